use db::{DbResult, Tx};
use kernel::{Lang, fold};

use super::{Organization, store};

/// A key is cut here: the rest of a longer text is compared afterwards.
pub(super) const KEY_CHARS: usize = 12;

/// Less than this says nothing.
const LEAST_CHARS: usize = 2;

/// Rows looked at when several words narrow a search.
const LOOKED_AT: i64 = 200;

/// Organizations that fit what was typed: a part of the name or its reading, a code, or a postcode, the beginning of a name first.
///
/// Width, kana, hyphens and spaces make no difference; further words may stand for the prefecture, the place or the kind.
pub async fn search(tx: &mut Tx<'_>, typed: &str, limit: usize) -> DbResult<Vec<Organization>> {
    let whole = key(typed);
    let mut found = matching(tx, &whole, limit, |_| true).await?;
    if found.is_empty() {
        let words: Vec<String> = typed.split_whitespace().map(key).filter(|word| !word.is_empty()).collect();
        if let Some(longest) = words.iter().max_by_key(|word| word.chars().count()).filter(|_| words.len() > 1) {
            found = matching(tx, longest, limit, |organization| says_all(organization, &words)).await?;
        }
    }
    Ok(found)
}

async fn matching(tx: &mut Tx<'_>, wanted: &str, limit: usize, fits: impl Fn(&Organization) -> bool) -> DbResult<Vec<Organization>> {
    if wanted.chars().count() < LEAST_CHARS {
        return Ok(Vec::new());
    }
    let beginning: String = wanted.chars().take(KEY_CHARS).collect();
    let is_whole = beginning == wanted;
    let mut found: Vec<Organization> = Vec::new();
    for rank in [store::Rank::Beginning, store::Rank::Inside] {
        for organization in store::with_key(tx, rank, &beginning, LOOKED_AT).await? {
            let is_new = found.iter().all(|earlier| earlier.id != organization.id);
            if is_new && (is_whole || contains(&organization, wanted)) && fits(&organization) {
                found.push(organization);
            }
        }
        if found.len() >= limit {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

fn contains(organization: &Organization, wanted: &str) -> bool {
    key(&organization.name).contains(wanted) || key(&organization.kana).contains(wanted)
}

fn says_all(organization: &Organization, words: &[String]) -> bool {
    let about = [
        key(&organization.name),
        key(&organization.kana),
        key(&format!("{}{}", organization.prefecture_name(Lang::Ja), organization.address)),
        key(organization.kind_name(Lang::Ja)),
    ];
    words.iter().all(|word| about.iter().any(|text| text.contains(word.as_str())))
}

/// The form in which names are compared: folded, and without what people write differently — hyphens, long vowels, dots, brackets.
pub(super) fn key(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric() && *c != 'ー')
        .map(|c| match c {
            'ヶ' => 'ケ',
            'ヵ' => 'カ',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ignores_how_a_name_is_written() {
        assert_eq!(key("みほん・クリニック（本院）"), key("ﾐﾎﾝｸﾘﾆｯｸ 本院"));
        assert_eq!(key("〒０００－００００"), "0000000");
        assert_eq!(key("センター"), key("センタ-"));
        assert_eq!(key("霞ヶ関"), key("霞ケ関"));
    }
}

use access::OrganizationId;
use db::{DbResult, Tx};
use intake::NoHeadings;
use kernel::{Timestamp, fold, one_line};
use serde::{Deserialize, Serialize};
use web::Words;

use super::{Organization, kind_named, prefecture_named, store};

/// Lines that one transaction takes: few enough for nobody to wait, many enough for the country in a minute.
pub const BATCH: usize = 500;

/// The columns, by the headings that a file may give them.
const COLUMNS: [intake::Column<Column>; 8] = [
    intake::Column::required(Column::Code, &["code", "コード", "医療機関コード"]),
    intake::Column::required(Column::Name, &["name", "名称", "名前", "施設名"]),
    intake::Column::required(Column::Kana, &["kana", "フリガナ", "読み"]),
    intake::Column::required(Column::Kind, &["kind", "種別", "種類"]),
    intake::Column::required(Column::Prefecture, &["prefecture", "都道府県"]),
    intake::Column::optional(Column::Postcode, &["postcode", "郵便番号"]),
    intake::Column::optional(Column::Address, &["address", "住所", "所在地"]),
    intake::Column::optional(Column::Beds, &["beds", "病床数"]),
];

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// 医療機関コード
    Code,
    /// 名称
    Name,
    /// フリガナ
    Kana,
    /// 種別: an id or a name of `data/institution-kinds.toml`
    Kind,
    /// 都道府県: a JIS code or a name
    Prefecture,
    /// 郵便番号
    Postcode,
    /// 住所
    Address,
    /// 病床数
    Beds,
}

/// One line of a file, checked.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file.
    pub number: usize,
    checked: Result<Checked, Vec<Mistake>>,
}

/// What a sound line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checked {
    pub(super) code: Option<String>,
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) kind: String,
    pub(super) prefecture: String,
    pub(super) postcode: String,
    pub(super) address: String,
    pub(super) beds: Option<i64>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// Where.
    pub column: Column,
    /// What stands there.
    pub found: String,
}

/// What an import does, or would do, with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// 追加
    Added,
    /// 更新
    Changed,
    /// 変更なし
    Same,
    /// エラー: the line is passed over.
    Wrong(Vec<Mistake>),
}

/// A line with its outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The number of the line.
    pub line: usize,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What an import does, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// 追加
    pub added: usize,
    /// 更新
    pub changed: usize,
    /// 変更なし
    pub same: usize,
    /// エラー, each with its reasons.
    pub wrong: Vec<Planned>,
}

impl Mistake {
    /// What is to be mended.
    pub fn words(&self, w: Words) -> String {
        let key = match self.column {
            Column::Code => "organizations-wrong-code",
            Column::Name => "organizations-wrong-name",
            Column::Kana => "organizations-wrong-kana",
            Column::Kind => "organizations-wrong-kind",
            Column::Prefecture => "organizations-wrong-prefecture",
            Column::Postcode => "organizations-wrong-postcode",
            Column::Address => "organizations-wrong-address",
            Column::Beds => "organizations-wrong-beds",
        };
        w.t(key)
    }
}

impl Import {
    /// With this line.
    pub fn count(&mut self, planned: Planned) {
        match planned.outcome {
            Outcome::Added => self.added += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Same => self.same += 1,
            Outcome::Wrong(_) => self.wrong.push(planned),
        }
    }
}

/// Reads and checks the lines of a file; its columns may stand in any order.
pub fn read(table: &intake::Table) -> Result<Vec<Line>, NoHeadings> {
    let headed = table.headed(&COLUMNS)?;
    Ok(headed.lines().map(|line| Line { number: line.number(), checked: check(|column| line.text(column)) }).collect())
}

fn check<'a>(cell: impl Fn(Column) -> &'a str) -> Result<Checked, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut wrong = |column: Column| {
        mistakes.push(Mistake { column, found: one_line(cell(column)).chars().take(40).collect() });
    };
    let code = fold(cell(Column::Code)).replace(is_hyphen, "");
    if !code.chars().all(|c| c.is_ascii_alphanumeric()) || code.len() > 20 {
        wrong(Column::Code);
    }
    let name = one_line(cell(Column::Name));
    if name.is_empty() || name.chars().count() > 200 {
        wrong(Column::Name);
    }
    let kana = one_line(cell(Column::Kana));
    if kana.chars().count() > 200 {
        wrong(Column::Kana);
    }
    let kind = kind_named(cell(Column::Kind));
    if kind.is_none() {
        wrong(Column::Kind);
    }
    let prefecture = prefecture_named(cell(Column::Prefecture)).map(|prefecture| prefecture.id.clone());
    if prefecture.is_none() {
        wrong(Column::Prefecture);
    }
    let postcode = fold(cell(Column::Postcode)).replace('〒', "").replace(is_hyphen, "");
    if !postcode.is_empty() && (postcode.len() != 7 || !postcode.bytes().all(|b| b.is_ascii_digit())) {
        wrong(Column::Postcode);
    }
    let address = one_line(cell(Column::Address));
    if address.chars().count() > 300 {
        wrong(Column::Address);
    }
    let beds = fold(cell(Column::Beds)).replace([',', '床'], "");
    let beds = if beds.is_empty() { Ok(None) } else { beds.parse::<u16>().map(|beds| Some(i64::from(beds))) };
    if beds.is_err() {
        wrong(Column::Beds);
    }
    match (kind, prefecture, beds) {
        (Some(kind), Some(prefecture), Ok(beds)) if mistakes.is_empty() => Ok(Checked {
            code: Some(code).filter(|code| !code.is_empty()),
            name,
            kana,
            kind: kind.id.clone(),
            prefecture,
            postcode: if postcode.is_empty() { postcode } else { format!("{}-{}", &postcode[..3], &postcode[3..]) },
            address,
            beds,
        }),
        _ => Err(mistakes),
    }
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '−' | '―' | '–' | 'ー')
}

/// What an import of these lines would do. Changes nothing.
pub async fn plan(tx: &mut Tx<'_>, lines: &[Line]) -> DbResult<Vec<Planned>> {
    let mut planned = Vec::with_capacity(lines.len());
    for line in lines {
        let outcome = match &line.checked {
            Ok(checked) => outcome_of(earlier(tx, checked).await?.as_ref(), checked),
            Err(mistakes) => Outcome::Wrong(mistakes.clone()),
        };
        planned.push(Planned { line: line.number, outcome });
    }
    Ok(planned)
}

/// Brings the lines in, passing over those that are wrong; at most [`BATCH`] in one transaction. Doing it again changes nothing.
///
/// A line is known again by its code, or without one by name and prefecture.
pub async fn apply(tx: &mut Tx<'_>, lines: &[Line], sample: bool, now: Timestamp) -> DbResult<Vec<Planned>> {
    let mut planned = Vec::with_capacity(lines.len());
    for line in lines {
        let outcome = match &line.checked {
            Ok(checked) => {
                let earlier = earlier(tx, checked).await?;
                let outcome = outcome_of(earlier.as_ref(), checked);
                match earlier {
                    None => store::add(tx, OrganizationId::new(now), checked, sample, now).await?,
                    Some(earlier) if outcome == Outcome::Changed => store::change(tx, earlier.id, checked, sample).await?,
                    Some(_) => {}
                }
                outcome
            }
            Err(mistakes) => Outcome::Wrong(mistakes.clone()),
        };
        planned.push(Planned { line: line.number, outcome });
    }
    Ok(planned)
}

async fn earlier(tx: &mut Tx<'_>, line: &Checked) -> DbResult<Option<Organization>> {
    match &line.code {
        Some(code) => store::by_code(tx, code).await,
        None => store::by_name(tx, &line.name, &line.prefecture).await,
    }
}

fn outcome_of(earlier: Option<&Organization>, line: &Checked) -> Outcome {
    match earlier {
        None => Outcome::Added,
        Some(earlier) if says(earlier) == *line => Outcome::Same,
        Some(_) => Outcome::Changed,
    }
}

fn says(organization: &Organization) -> Checked {
    let Organization { code, name, kana, kind, prefecture, postcode, address, beds, .. } = organization.clone();
    Checked { code, name, kana, kind, prefecture, postcode, address, beds }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code\tname\tkana\tkind\tprefecture\tpostcode\taddress\tbeds";

    fn lines(text: &str) -> Result<Vec<Line>, NoHeadings> {
        read(&intake::Table::read(text.as_bytes(), "list.tsv", intake::Limits::default()).unwrap())
    }

    fn one(cells: [&str; 8]) -> Result<Checked, Vec<Column>> {
        let line = lines(&format!("{HEAD}\n{}", cells.join("\t"))).unwrap().remove(0);
        line.checked.map_err(|mistakes| mistakes.iter().map(|mistake| mistake.column).collect())
    }

    #[test]
    fn a_line_is_read_however_it_is_written() {
        let typed =
            ["００１-0000001", "みほん　市立病院", "ミホンシリツビョウイン", "病院", "1", "〒０００ー００００", "例示町0-1", "1,320床"];
        let line = one(typed).unwrap();
        assert_eq!(line.code.as_deref(), Some("0010000001"));
        assert_eq!((line.name.as_str(), line.kind.as_str(), line.prefecture.as_str()), ("みほん 市立病院", "hospital", "01"));
        assert_eq!((line.postcode.as_str(), line.beds), ("000-0000", Some(1320)));
        assert_eq!(one(["", "見本", "", "hospital", "東京", "", "", ""]).unwrap().prefecture, "13");
    }

    #[test]
    fn every_mistake_of_a_line_is_named() {
        use Column::{Beds, Code, Kind, Name, Postcode, Prefecture};
        let wrong = one(["abc_1", "", "", "宇宙船", "48", "12345", "", "たくさん"]);
        assert_eq!(wrong, Err(vec![Code, Name, Kind, Prefecture, Postcode, Beds]));
    }

    #[test]
    fn columns_may_stand_in_any_order_and_have_japanese_names() {
        let lines_read = lines("都道府県\t種別\tフリガナ\t名称\t医療機関コード\n13\t薬局\tミホン\tみほん薬局\t1").unwrap();
        assert_eq!(lines_read[0].checked.as_ref().map(|line| line.name.as_str()), Ok("みほん薬局"));
        assert_eq!(lines_read[0].number, 2);
        let missing = lines("code\tname\tkana\tkind\n1\tみほん薬局\t\tpharmacy").unwrap_err();
        assert_eq!(missing, NoHeadings::Missing { row: 1, missing: vec!["prefecture"] });
    }
}

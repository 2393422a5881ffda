use kernel::Span;
use unicode_normalization::UnicodeNormalization;

/// A day: nobody stays longer, and a number that says so is none.
const MOST: i64 = 24 * 3_600;

/// A length as the tools write it: `62`, `62 mins`, `1h 2m 3s`, `1 時間 2 分 3 秒`, `01:02:03`. A number alone means minutes.
pub fn length(text: &str) -> Option<Span> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let seconds = if text.contains(':') { clock(&text)? } else { units(&text)? };
    (0..=MOST).contains(&seconds).then(|| Span::seconds(seconds))
}

fn clock(text: &str) -> Option<i64> {
    let parts: Option<Vec<i64>> = text.split(':').map(|part| part.trim().parse().ok().filter(|n| (0..100_000).contains(n))).collect();
    match parts?.as_slice() {
        [hours, minutes, seconds] => Some(hours * 3_600 + minutes * 60 + seconds),
        [hours, minutes] => Some(hours * 3_600 + minutes * 60),
        _ => None,
    }
}

fn units(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let number: f64 = number.parse().ok().filter(|number: &f64| number.is_finite() && *number < 1_000_000.0)?;
        let unit = after.trim_start();
        let ends = unit.find(|letter: char| letter.is_ascii_digit()).unwrap_or(unit.len());
        let (word, next) = unit.split_at(ends);
        let factor = match word.trim().trim_end_matches([',', '、']).trim() {
            "" if seconds == 0 => 60.0,
            "h" | "hr" | "hrs" | "hour" | "hours" | "時間" => 3_600.0,
            "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分間" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" | "秒" | "秒間" => 1.0,
            _ => return None,
        };
        #[expect(clippy::cast_possible_truncation, reason = "below a million hours")]
        let part = (number * factor).floor() as i64;
        seconds = seconds.saturating_add(part);
        rest = next;
    }
    Some(seconds)
}

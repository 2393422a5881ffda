//! Whatever people type is taken and brought into one form, or refused; it never brings anything down.

use kernel::{Day, EmailAddress, FiscalYear, Kana, Lang, PersonKey, PersonName, Text, fold, one_line, parse_day};
use proptest::prelude::*;

/// What is easily typed wrong or with intent: other widths, other kana, marks that join or hide, controls, signs of mail.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[髙﨑𠮷邊嶋見本太郎ぁ-ゖァ-ヺー・ｦ-ﾟ゙゚゛]{0,8}",
        "[ａ-ｚＡ-Ｚ０-９＠．＿－＋]{0,8}",
        "[a-zA-Z0-9@._+%:/ -]{0,12}",
        "[\u{0}-\u{20}\u{85}\u{A0}\u{A8}\u{200B}-\u{200F}\u{202A}-\u{202E}\u{2060}-\u{2069}\u{3000}\u{3099}\u{309A}\u{FEFF}]{0,4}",
        "[İıKÅſßŉǅϴΰ㎅℀㍿ﷺ①]{0,3}",
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// The same in full width.
fn wide(text: &str) -> String {
    text.chars().map(|c| if ('!'..='~').contains(&c) { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }).collect()
}

fn day() -> impl Strategy<Value = Day> {
    (0..30_000i64).prop_map(|days| Day::constant(2019, 5, 1).saturating_add(jiff::Span::new().days(days)))
}

fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}'))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mail_address_is_taken_in_one_form_or_refused(text in typed()) {
        let Ok(address) = text.parse::<EmailAddress>() else { return Ok(()) };
        let taken = address.as_str();
        prop_assert_eq!(taken.parse::<EmailAddress>(), Ok(address.clone()), "its form is read as itself");
        prop_assert!(taken.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()), "{}", taken);
        prop_assert_eq!(taken.matches('@').count(), 1);
        prop_assert!(taken.len() <= 254 && address.local().len() <= 64 && address.domain().contains('.'));
        prop_assert_eq!(format!("{}@{}", address.local(), address.domain()), taken);
    }

    #[test]
    fn an_address_is_the_same_however_wide_and_high_it_is_typed(
        address in "[a-z0-9][a-z0-9._+-]{0,20}@[a-z0-9]{1,12}(\\.[a-z0-9]{2,8}){0,2}\\.(jp|or\\.jp|example)",
        capitals in any::<u64>(), blanks in "[ \u{3000}\t]{0,2}",
    ) {
        let capital = |(at, c): (usize, char)| if capitals >> (at % 64) & 1 == 1 { c.to_ascii_uppercase() } else { c };
        let high: String = address.chars().enumerate().map(capital).collect();
        for text in [high.clone(), wide(&high), format!("{blanks}{}{blanks}", wide(&address)), format!("mailto:{address}")] {
            let taken = text.parse::<EmailAddress>();
            prop_assert_eq!(taken.as_ref().map(EmailAddress::as_str), Ok(address.as_str()), "{}", text);
        }
    }

    #[test]
    fn a_name_is_taken_in_one_form_or_refused(family in typed(), given in typed()) {
        let Ok(name) = PersonName::new(&family, &given) else { return Ok(()) };
        prop_assert!(PersonName::new(name.family(), name.given()) == Ok(name.clone()), "its form is read as itself: {:?}", name.full());
        for part in [name.family(), name.given()] {
            prop_assert!(is_clean(part) && part.trim() == part && (1..=PersonName::LONGEST).contains(&part.chars().count()), "{:?}", part);
        }
    }

    #[test]
    fn a_name_keeps_its_kanji_and_is_found_by_the_common_ones(name in "[髙﨑𠮷見本太郎花子例示試験]{1,12}", blank in "[ \u{3000}]{0,2}") {
        let typed = PersonName::new(&format!("{blank}{name}"), &format!("子{blank}")).expect("a name");
        prop_assert_eq!(typed.family(), name.as_str());
        let common = name.replace('髙', "高").replace('﨑', "崎").replace('𠮷', "吉");
        prop_assert_eq!(fold(&name), fold(&common));
        let address: EmailAddress = "clinic@example.jp".parse().expect("an address");
        let usual = PersonName::new(&common, "子").expect("a name");
        prop_assert!(PersonKey::of(&address, &typed) == PersonKey::of(&address, &usual), "the same person in the usual kanji");
    }

    #[test]
    fn a_reading_is_taken_in_katakana_or_refused(typed in typed()) {
        let Ok(kana) = Kana::check_part(&typed) else { return Ok(()) };
        prop_assert_eq!(Kana::check_part(&kana), Ok(kana.clone()));
        prop_assert!(kana.chars().all(|c| matches!(c, 'ァ'..='ヿ' | ' ' | '\'' | '.') || c.is_ascii_alphabetic()), "{}", kana);
    }

    #[test]
    fn a_reading_is_the_same_in_every_kana(reading in "[アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴパピプペポァィゥェォャュョッー]{1,20}") {
        let hiragana: String = reading.chars().map(|c| if c == 'ー' { c } else { char::from_u32(c as u32 - 0x60).unwrap_or(c) }).collect();
        prop_assert_eq!(Kana::check_part(&hiragana), Ok(reading.clone()));
        prop_assert_eq!(Kana::check_part(&half_width(&reading)), Ok(reading.clone()));
        prop_assert_eq!(fold(&hiragana), fold(&half_width(&reading)));
    }

    #[test]
    fn what_is_brought_into_one_form_stays_in_it(text in typed()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(!once.chars().any(char::is_whitespace) && is_clean(&once), "{:?}", once);
        let line = one_line(&text);
        prop_assert_eq!(one_line(&line), line.clone());
        prop_assert!(is_clean(&line) && !line.contains("  ") && line.trim() == line, "{:?}", line);
        if let Ok(once) = Text::<30>::new(&text) {
            prop_assert!(Text::<30>::new(once.as_str()) == Ok(once.clone()), "{:?}", once.as_str());
            prop_assert!(is_clean(&once.as_str().replace('\n', "")), "{:?}", once.as_str());
        }
    }

    #[test]
    fn a_day_is_read_in_every_usual_form(day in day(), from_near in -150..150i64, blank in "[ \u{3000}]{0,1}") {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let reiwa = y - 2018;
        let era = if reiwa == 1 { "元".to_owned() } else { reiwa.to_string() };
        let near = day.saturating_add(jiff::Span::new().days(from_near));
        let forms = [
            format!("{y}-{m:02}-{d:02}"), format!("{y}/{m}/{d}"), format!("{y}年{m}月{d}日"), format!("{y}.{m}.{d}"),
            format!("R{reiwa}.{m}.{d}"), format!("r{reiwa}/{m}/{d}"), format!("令和{era}年{m}月{d}日"), format!("{m}/{d}"), format!("{m}月{d}日"),
        ];
        for form in forms {
            // 29 February is nearest to another day in most years.
            if form.starts_with(&format!("{m}")) && (m, d) == (2, 29) { continue; }
            for text in [form.clone(), wide(&form), format!("{blank}{form}{blank}")] {
                prop_assert_eq!(parse_day(&text, near), Some(day), "{} near {}", text, near);
            }
        }
    }

    #[test]
    fn any_text_is_a_day_or_none(text in prop_oneof![typed(), "[rR令和0-9年月日/.+ -]{0,16}", "R?-?[0-9]{1,6}[-/.年]-?[0-9]{1,6}([-/.月]-?[0-9]{1,6})?日?"], near in day()) {
        if let Some(day) = parse_day(&text, near) {
            prop_assert_eq!(parse_day(&day.to_string(), near), Some(day), "{}", text);
        }
    }

    #[test]
    fn a_fiscal_year_is_read_as_it_is_written(text in prop_oneof![typed(), "[RrＲ]?[0-9]{0,5}"]) {
        let Ok(year) = text.parse::<FiscalYear>() else { return Ok(()) };
        prop_assert_eq!(year.to_string(), text);
        prop_assert!(year.contains(year.first_day()) && year.contains(year.last_day()));
        prop_assert_eq!(year.last_day().tomorrow().map(FiscalYear::of).ok(), Some(year.plus(1)));
        prop_assert!(year.label(Lang::Ja).starts_with("令和"));
    }

    #[test]
    fn every_day_lies_in_one_fiscal_year(day in day()) {
        let year = FiscalYear::of(day);
        prop_assert!(year.first_day() <= day && day <= year.last_day());
        prop_assert!(!year.plus(1).contains(day) && !year.plus(-1).contains(day));
        if day >= Day::constant(2020, 4, 1) {
            prop_assert_eq!(year.to_string().parse(), Ok(year));
        }
    }
}

/// ミホン as ﾐﾎﾝ, ガ as ｶﾞ.
fn half_width(katakana: &str) -> String {
    const PLAIN: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー";
    const HALF: &str = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ";
    let half = |c: char| PLAIN.chars().zip(HALF.chars()).find(|(plain, _)| *plain == c).map(|(_, half)| half);
    let before = |c: char, by: u32| char::from_u32(c as u32 - by).and_then(half);
    let one = |c: char| match (half(c), c) {
        (Some(half), _) => half.to_string(),
        (None, 'パ' | 'ピ' | 'プ' | 'ペ' | 'ポ') => format!("{}ﾟ", before(c, 2).unwrap_or(c)),
        (None, _) => format!("{}ﾞ", before(c, 1).unwrap_or(c)),
    };
    katakana.chars().map(one).collect()
}

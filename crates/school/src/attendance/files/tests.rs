use intake::{Charset, Source, Table};
use kernel::{Day, Span, Timestamp};
use proptest::prelude::*;

use super::lengths::length;
use super::moments::moment;
use super::{Kept, LIMITS, NotAReport, Report, Stay, Tool, Why, Zone};

const DAY: Day = Day::constant(2026, 12, 23);

fn zone() -> Zone {
    Zone::of("Asia/Tokyo")
}

fn read(bytes: &[u8], name: &str, zone: Zone, near: Day) -> Result<Report, NotAReport> {
    super::read(&Table::read(bytes, name, LIMITS).expect("it is a table"), zone, near)
}

fn sample(name: &str) -> Report {
    let path = format!("{}/src/attendance/files/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let report = read(&bytes, name, zone(), DAY).unwrap_or_else(|why| panic!("{name}: {why:?}"));
    assert_eq!(report.wrong, [], "{name}");
    report
}

fn at(hour: i8, minute: i8, second: i64) -> Timestamp {
    Timestamp::in_japan(DAY, hour, minute).plus(Span::seconds(second))
}

fn charset(report: &Report) -> (Charset, char) {
    match report.source {
        Source::Delimited { charset, separator } => (charset, separator),
        Source::Workbook { .. } => panic!("it is text"),
    }
}

#[test]
fn connections_are_read_from_each_layout_with_times() {
    for (name, tool, text) in [
        ("zoom-meeting-en.csv", Tool::Zoom, (Charset::Utf8, ',')),
        ("teams-en.csv", Tool::Teams, (Charset::Utf16, '\t')),
        ("webex-en.csv", Tool::Webex, (Charset::Utf16, '\t')),
        ("webex-ja.csv", Tool::Webex, (Charset::Utf8, ',')),
    ] {
        let report = sample(name);
        assert_eq!((report.tool, charset(&report), report.has_times, report.says_zone), (tool, text, true, false), "{name}");
        assert!(report.title.contains("経営者向け 第3回"), "{name}: {}", report.title);
        let taro: Vec<_> = report.lines.iter().filter(|line| line.name == "見本 太郎").collect();
        assert_eq!(taro.len(), 2, "{name}: the connection was lost once");
        assert_eq!(taro[0].address.as_ref().map(kernel::EmailAddress::as_str), Some("taro@example.jp"), "{name}");
        assert_eq!(taro[0].stay, Stay::Between(at(16, 58, 10), at(17, 21, 30)), "{name}");
        let hanako = report.lines.iter().find(|line| line.name.starts_with("R8-E3-0002")).expect("she is there");
        assert_eq!((hanako.address.as_ref(), hanako.stay), (None, Stay::Between(at(17, 3, 0), at(17, 49, 30))), "{name}");
    }
}

#[test]
fn the_japanese_meeting_report_in_shift_jis_is_read() {
    let report = sample("zoom-meeting-ja.csv");
    assert_eq!((report.tool, charset(&report), report.lines.len()), (Tool::Zoom, (Charset::ShiftJis, ','), 6));
    assert_eq!(report.title, "経営者向け 第3回");
    assert_eq!(report.lines[0].stay, Stay::Between(at(16, 58, 0), at(18, 1, 0)));
    assert_eq!(report.passed, [1, 2, 4], "the block about the meeting, and the headings");
}

#[test]
fn lengths_alone_are_read_from_each_layout_without_times() {
    for (name, tool, taro) in [
        ("zoom-unique-en.csv", Tool::Zoom, Span::minutes(62)),
        ("zoom-unique-ja.csv", Tool::Zoom, Span::minutes(62)),
        ("teams-ja.csv", Tool::Teams, Span::seconds(3_775)),
    ] {
        let report = sample(name);
        assert_eq!((report.tool, report.has_times), (tool, false), "{name}");
        assert_eq!(report.lines[0].stay, Stay::Total(taro), "{name}");
    }
}

#[test]
fn who_stands_among_teams_participants_alone_counts_by_length() {
    let text = "2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\n\
        見本 太郎\t-\t-\t1h 2m 3s\ttaro@example.jp\n見本 花子\t-\t-\t40m\thanako@example.jp\n\n\
        3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\n\
        見本 太郎\t12/23/26, 5:00:00 PM\t12/23/26, 5:30:00 PM\t30m\ttaro@example.jp\n";
    let report = read(text.as_bytes(), "report.csv", zone(), DAY).unwrap();
    let stays: Vec<Stay> = report.lines.iter().map(|line| line.stay).collect();
    assert_eq!(stays, [Stay::Total(Span::minutes(40)), Stay::Between(at(17, 0, 0), at(17, 30, 0))]);
    assert_eq!(report.passed, [1, 2, 3, 6, 7], "titles, headings, and whom the connections tell");
}

#[test]
fn columns_may_stand_in_any_order_and_rows_that_cannot_be_read_are_named() {
    let text = "退出時刻,ゲスト,名前（元の名前）,参加時刻,知らない列\n\
        2026/12/23 18:00,はい,見本 太郎,2026/12/23 17:00,x\n\
        きのう,はい,見本 花子,2026/12/23 17:00,x\n\
        2026/12/23 18:00,はい,例示 髙子,2026/13/45 17:00,x\n\
        2026/12/23 16:00,はい,試験 﨑男,2026/12/23 17:00,x\n\
        2026/12/23 18:00,はい,,2026/12/23 17:00,x\n\
        ,はい,𠮷見 見本,2026/12/23 17:00,x\n";
    let report = read(text.as_bytes(), "list.csv", zone(), DAY).unwrap();
    assert_eq!(report.lines.len(), 1);
    let wrong: Vec<(usize, Why, &str)> = report.wrong.iter().map(|wrong| (wrong.row, wrong.why, wrong.cell.as_str())).collect();
    let expected = [
        (3, Why::Leave, "きのう"),
        (4, Why::Join, "2026/13/45 17:00"),
        (5, Why::Backwards, "2026/12/23 16:00"),
        (6, Why::Nobody, "2026/12/23 18:00"),
        (7, Why::Leave, ""),
    ];
    assert_eq!(wrong, expected);
}

#[test]
fn other_files_are_refused() {
    let of = |text: &str| read(text.as_bytes(), "list.csv", zone(), DAY);
    assert_eq!(of("姓,名\n見本,太郎\n"), Err(NotAReport::Headings));
    assert_eq!(of("Name (Original Name),User Email,Total Duration (Minutes),Guest\n"), Err(NotAReport::Nobody));
}

#[test]
fn what_is_kept_of_a_file_says_the_same_and_a_file_itself_is_none_of_it() {
    let path = format!("{}/src/attendance/files/samples/teams-en.csv", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let kept = Kept::of(&bytes, Table::read(&bytes, "teams-en.csv", LIMITS).unwrap());
    let found = Kept::found(&kept.written().unwrap()).unwrap();
    assert_eq!(found, kept);
    assert_eq!(super::read(&found.table, zone(), DAY), Ok(sample("teams-en.csv")));
    assert_eq!(Kept::found(&bytes), None);
}

#[test]
fn moments_are_read_as_the_tools_write_them() {
    for text in [
        "12/23/2026 05:00:12 PM",
        "12/23/26, 5:00:12 PM",
        "12/23/26, 5:00:12\u{202f}PM",
        "2026/12/23 17:00:12",
        "2026-12-23 17:00:12",
        "2026-12-23T17:00:12+09:00",
        "2026-12-23T08:00:12Z",
        "2026年12月23日 17:00:12",
        "2026年12月23日（水）午後5時00分12秒",
        "２０２６／１２／２３　１７：００：１２",
        "23/12/2026, 17:00:12",
        "Dec 23, 2026 05:00:12 PM",
        "23 Dec 2026 17:00:12",
        "2026-12-23 08:00:12 GMT",
        "17:00:12",
    ] {
        assert_eq!(moment(text, zone(), DAY).map(|moment| moment.at), Some(at(17, 0, 12)), "{text}");
    }
    let own = |text| moment(text, zone(), DAY).map(|moment| moment.says_zone);
    assert_eq!((own("2026-12-23T08:00:12Z"), own("2026/12/23 17:00")), (Some(true), Some(false)));
    let in_london = moment("12/23/2026 08:00:12 AM", Zone::of("Europe/London"), DAY).map(|moment| moment.at);
    assert_eq!(in_london, Some(at(17, 0, 12)));
    let near = Day::constant(2026, 11, 12);
    let day = |text| moment(text, zone(), near).map(|moment| moment.at.day());
    assert_eq!(day("12/11/2026 17:00"), Some(near), "the session's own day, the other way");
    assert_eq!(day("12/10/2026 17:00"), Some(Day::constant(2026, 12, 10)), "the American way");
    for text in ["", "x", "2026/12/23", "2026/13/23 17:00", "2026/12/23 25:00", "13:00 PM", "1/2/3/4/5/6/7/8/9", "🗓 2026/12/23 17:00"] {
        assert_eq!(moment(text, zone(), DAY), None, "{text}");
    }
}

#[test]
fn lengths_are_read_as_the_tools_write_them() {
    let seconds = |text| length(text).map(Span::as_seconds);
    for (text, expected) in [
        ("62", 3_720),
        ("62 mins", 3_720),
        ("1h 2m 3s", 3_723),
        ("1 時間 2 分 3 秒", 3_723),
        ("1 時間 3 秒", 3_603),
        ("３２分", 1_920),
        ("01:02:03", 3_723),
        ("1 hr 2 min", 3_720),
        ("0", 0),
    ] {
        assert_eq!(seconds(text), Some(expected), "{text}");
    }
    for text in ["", "x", "1h x", "99999999", "1:2:3:4", "-5", "25h"] {
        assert_eq!(seconds(text), None, "{text}");
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Name (Original Name)".to_owned()),
        Just("User Email".to_owned()),
        Just("Join Time".to_owned()),
        Just("Leave Time".to_owned()),
        Just("Total Duration (Minutes)".to_owned()),
        Just("2. Participants".to_owned()),
        Just("見本 太郎".to_owned()),
        Just("taro@example.jp".to_owned()),
        Just("2026/12/23 17:00".to_owned()),
        Just("12/23/2026 05:00:12 PM".to_owned()),
        Just("62".to_owned()),
        Just(String::new()),
        "[0-9]{1,4}[-/:年 ][0-9]{1,2}[-/:月 ][0-9]{1,4} ?[0-9:]{0,8} ?[APM午前後]{0,2}",
        "\\PC{0,12}",
    ]
}

/// Every row that holds anything is read, named, or passed over, and once.
fn nothing_is_lost(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let Ok(table) = Table::read(bytes, name, LIMITS) else { return Ok(()) };
    let Ok(report) = super::read(&table, zone(), DAY) else { return Ok(()) };
    let mut rows: Vec<usize> = report.lines.iter().map(|line| line.row).collect();
    rows.extend(report.wrong.iter().map(|wrong| wrong.row));
    rows.extend(&report.passed);
    rows.sort_unstable();
    let all: Vec<usize> = table.rows().iter().map(intake::Row::number).collect();
    prop_assert_eq!(rows, all);
    for line in &report.lines {
        prop_assert!(!line.name.is_empty());
        if let Stay::Between(from, until) = line.stay {
            prop_assert!(from <= until);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_any_table_is_read_or_named(rows in prop::collection::vec(prop::collection::vec(cell(), 0..6), 0..20), tabs: bool) {
        let separator = if tabs { "\t" } else { "," };
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: Vec<String> = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(separator)).collect();
        nothing_is_lost(text.join("\r\n").as_bytes(), "list.csv")?;
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        nothing_is_lost(&bytes, "list.csv")?;
    }

    #[test]
    fn no_text_is_a_moment_or_a_length_that_cannot_be(text in "\\PC{0,40}") {
        let _ = moment(&text, zone(), DAY);
        if let Some(length) = length(&text) {
            prop_assert!(length >= Span::ZERO && length <= Span::days(1));
        }
    }
}

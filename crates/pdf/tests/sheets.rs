//! The sheets as they are set: whole, the same every time, and never with a box in place of a name.

use std::io::Write as _;
use std::process::{Command, Stdio};

use pdf::{Certificate, Moment, NotSet, Report, ReportPart, ReportSection, Roll, certificate, report, roll};

const MADE: Moment = Moment { year: 2026, month: 10, day: 1, hour: 0, minute: 0, second: 0 };

fn sample(name: &str) -> Certificate {
    let pair = |term: &str, value: &str| (term.to_owned(), value.to_owned());
    Certificate {
        title: "受講証明書".into(),
        number_label: "証明書番号".into(),
        number: "R8-I2-000142".into(),
        name: name.into(),
        honorific: "様".into(),
        organization: "みほん市立総合病院".into(),
        statement: vec!["令和8年度 医療情報セキュリティ研修において".into(), "次の研修を受講されたことを証明します".into()],
        facts: vec![
            pair("研修", "導入研修 －立入検査対策コース－　第2回"),
            pair("受講日", "令和8年9月30日（水）16:00～18:00"),
            pair("受講の形", "オンライン　120分のうち118分　キーワード確認済み"),
        ],
        date: "令和8年10月1日".into(),
        project: "医療機関向けセキュリティ教育支援事業（厚生労働省委託事業）".into(),
        issuer: "MIST 事務局（見本）".into(),
        seal: "見本事務局印".into(),
        check: "この証明書は、次のページで確かめられます。".into(),
        address: "mist.example.jp/verify/7QK4-M2XD-9F3H".into(),
        url: "https://mist.example.jp/verify/7QK4-M2XD-9F3H".into(),
        qr_label: "この証明書を確かめるページのQRコード".into(),
        seal_label: "印".into(),
        specimen: String::new(),
    }
}

/// Where a person can look at it: `MIST_SHEETS=FOLDER`.
fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("MIST_SHEETS") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).expect("the folder is there");
    }
}

/// What another program says of a sheet. `./test` installs it.
fn judged(program: &str, args: &[&str], bytes: &[u8]) -> String {
    let mut judge = Command::new(program).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("poppler-utils is there");
    judge.stdin.take().expect("a pipe").write_all(bytes).expect("it reads");
    let said = judge.wait_with_output().expect("it ends");
    String::from_utf8_lossy(&said.stdout).into_owned()
}

/// How many pages there are.
fn pages(bytes: &[u8]) -> usize {
    let text = judged("pdfinfo", &["-"], bytes);
    let count = text.lines().find_map(|line| line.strip_prefix("Pages:"));
    count.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("{text}"))
}

/// What can be read on all pages, without the blanks and the ends of lines.
fn said(bytes: &[u8]) -> String {
    judged("pdftotext", &["-raw", "-", "-"], bytes).split_whitespace().collect()
}

#[test]
fn the_same_facts_at_the_same_moment_give_the_same_bytes() {
    let first = certificate(&sample("例示　髙子"), MADE).expect("it can be set");
    keep("certificate", &first);
    assert!(first.starts_with(b"%PDF-1.7"));
    assert_eq!(certificate(&sample("例示　髙子"), MADE).expect("it can be set"), first);
    let later = certificate(&sample("例示　髙子"), Moment { hour: 1, ..MADE }).expect("it can be set");
    assert_ne!(later, first);
}

#[test]
fn rare_names_are_set_and_a_name_that_cannot_be_is_refused_by_its_character() {
    for (n, name) in ["試験　﨑男", "𠮷見　見本", "葛\u{E0100}飾　葛城　葛\u{E0101}城"].into_iter().enumerate() {
        keep(&format!("rare-{n}"), &certificate(&sample(name), MADE).expect("it can be set"));
    }
    let refused = certificate(&sample("見本　𪚥郎"), MADE).expect_err("no typeface has it");
    assert!(matches!(refused, NotSet::Unprintable(ref it) if it.character == "𪚥"), "{refused}");
}

#[test]
fn long_names_and_empty_seals_stay_on_the_sheet() {
    let long = Certificate {
        organization: "独立行政法人見本県立みほん市国民健康保険病院組合附属例示総合医療センター南館サテライト診療所".into(),
        facts: vec![
            ("研修".into(), "システム・セキュリティ管理者向け研修　インシデントに備えた体制の確立と、外部の機器からの侵入を防ぐための設定の考え方　第7回".into()),
            ("受講日".into(), "令和8年12月21日（月）16:00～18:00".into()),
        ],
        seal: String::new(),
        specimen: "見本".into(),
        ..sample("見本見本見本見本見本　マリアンヌ・アレクサンドラ・エグザンプル")
    };
    let bytes = certificate(&long, MADE).expect("it can be set");
    keep("long", &bytes);
    assert_eq!(pages(&bytes), 1);
    let said = said(&bytes);
    for words in ["サテライト診療所", "エグザンプル", "第7回", "7QK4-M2XD-9F3H"] {
        assert!(said.contains(words), "{words} is not on the sheet: {said}");
    }
}

#[test]
fn a_roll_flows_over_pages() {
    let row = |n: usize| {
        vec![
            n.to_string(),
            format!("見本　第{n}"),
            "経営者向け研修　第3回".into(),
            "令和8年12月16日（水）".into(),
            "オンライン".into(),
            "60分のうち58分".into(),
            "―".into(),
            format!("R8-E3-{n:06}"),
        ]
    };
    let list = Roll {
        title: "受講実績一覧".into(),
        organization: "みほん市立総合病院".into(),
        facts: vec![("期間".into(), "令和8年度".into()), ("人数".into(), "60名".into())],
        headings: ["", "氏名", "研修", "受講日", "受講の形", "出席の確認", "理解度の確認", "証明書番号"].map(str::to_owned).to_vec(),
        widths: vec![2, 6, 10, 8, 6, 8, 6, 6],
        rows: (1..=60).map(row).collect(),
        notes: vec!["この一覧は、証明書の記録から作成しました。".into()],
        issuer: "MIST 事務局（見本）".into(),
        nothing: "記録はありません。".into(),
    };
    let bytes = roll(&list, MADE).expect("it can be set");
    keep("roll", &bytes);
    assert!(pages(&bytes) > 1);
    let said = said(&bytes);
    for n in 1..=60 {
        assert!(said.contains(&format!("R8-E3-{n:06}")), "row {n} is on no page: {said}");
    }
    let empty = roll(&Roll { rows: Vec::new(), ..list }, MADE).expect("it can be set");
    keep("roll-empty", &empty);
    assert_eq!(pages(&empty), 1);
}

fn incident() -> Report {
    let text =
        |term: &str, lines: &[&str]| ReportPart::Text { term: term.into(), lines: lines.iter().map(|it| (*it).to_owned()).collect() };
    let section = |heading: &str, parts: Vec<ReportPart>| ReportSection { heading: heading.into(), parts };
    Report {
        title: "事案の報告（病院長の方へ）".into(),
        about: "みほん市立総合病院".into(),
        mark: "TLP:AMBER+STRICT".into(),
        drill: String::new(),
        facts: vec![("受付番号".into(), "2026-000123-7".into()), ("作成".into(), "2026年11月22日（日）9:00".into())],
        sections: vec![
            section(
                "何が起きたか",
                vec![text(
                    "",
                    &[
                        "11月22日3時12分、夜勤の職員が電子カルテを開けないことに気づきました。サーバー3台のファイルが暗号化され、金銭を求める文が残されていました。",
                    ],
                )],
            ),
            section(
                "原因",
                vec![ReportPart::Open {
                    term: String::new(), line: "調査中（次のお知らせ：2026年11月22日（日）12:00まで）".into()
                }],
            ),
            section("したこと", vec![text("", &["VPN装置の線を抜きました。", "保守用のIDを止めました。"])]),
            section(
                "手がかり",
                vec![ReportPart::Table {
                    headings: vec!["種類".into(), "値".into()],
                    widths: vec![1, 3],
                    rows: vec![vec!["ハッシュ".into(), "0a".repeat(32)], vec!["ドメイン".into(), "c2[.]example[.]net".into()]],
                }],
            ),
        ],
        issuer: "初動の相談窓口（見本）".into(),
        on_one_page: true,
    }
}

#[test]
fn a_report_is_set_the_same_each_time_and_carries_its_mark() {
    let bytes = report(&incident(), MADE).expect("it can be set");
    keep("report", &bytes);
    assert_eq!(report(&incident(), MADE).expect("it can be set"), bytes);
    for (name, mark, drill) in [("report-clear", "TLP:CLEAR", ""), ("report-drill", "TLP:GREEN", "【訓練】")] {
        let other = report(&Report { mark: mark.into(), drill: drill.into(), ..incident() }, MADE).expect("it can be set");
        keep(name, &other);
        assert_ne!(other, bytes);
    }
}

#[test]
fn a_report_for_one_page_grows_small_before_it_goes_on_to_a_second() {
    let pages = |it: &Report| pages(&report(it, MADE).expect("it can be set"));
    let long = |times: usize, on_one_page: bool| {
        let mut long = incident();
        let sections: Vec<ReportSection> = long.sections.iter().take(3).cloned().collect();
        long.sections = sections.iter().cycle().take(times).cloned().collect();
        Report { on_one_page, ..long }
    };
    let flowing = pages(&long(8, false));
    assert!(flowing >= 2, "{flowing}");
    assert_eq!(pages(&long(8, true)), 1);
    assert!(pages(&long(40, true)) >= 2, "never too small to read");
    keep("report-small", &report(&long(8, true), MADE).expect("it can be set"));
}

#[test]
fn a_report_refuses_a_character_that_no_typeface_has() {
    let mut odd = incident();
    odd.sections[0].parts.push(ReportPart::Text { term: String::new(), lines: vec!["見本　𪚥郎".into()] });
    let refused = report(&odd, MADE).expect_err("no typeface has it");
    assert!(matches!(refused, NotSet::Unprintable(ref it) if it.character == "𪚥"), "{refused}");
}

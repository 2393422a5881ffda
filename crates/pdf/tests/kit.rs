//! The sheets of a kit as they are set.

use pdf::Moment;
use pdf::kit::{Ask, Block, Deck, DeckPart, DeckSlide, Mark, Quiz, QuizWords, Roster, Run, answers, quiz, roster, script, slides};

const MADE: Moment = Moment { year: 2026, month: 11, day: 22, hour: 0, minute: 0, second: 0 };

/// Where a person can look at it: `MIST_SHEETS=FOLDER`.
fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("MIST_SHEETS") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).expect("the folder is there");
    }
}

fn pair(term: &str, value: &str) -> (String, String) {
    (term.to_owned(), value.to_owned())
}

fn text(words: &str) -> Block {
    Block::Text { runs: vec![Run { text: words.into(), mark: Mark::Plain }] }
}

fn slide(heading: &str, blocks: Vec<Block>) -> DeckSlide {
    DeckSlide { heading: heading.into(), blocks, notes: "ふだんの仕事の場面から話し始めます。".repeat(4) }
}

fn deck() -> Deck {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360"><style>.soft{fill:#e8f1fe}</style><rect class="soft" width="640" height="360"/><text x="320" y="180" font-family="BIZ UDPGothic" font-size="24" text-anchor="middle">見本の図</text></svg>"#;
    let figure = Block::Figure { svg: svg.into(), alt: "見本の図".into() };
    let item = |words: &str| vec![Run { text: words.into(), mark: Mark::Plain }];
    Deck {
        lang: "ja".into(),
        title: "はじめての情報セキュリティ".into(),
        over: "初学者・医療従事者の方へ".into(),
        institution: "みほん市立総合病院".into(),
        facts: vec![pair("日時", "2026年12月1日（火）17:30"), pair("講師", "見本 太郎")],
        parts: vec![DeckPart {
            over: "単元1".into(),
            title: "暮らしの習慣、パソコンの習慣".into(),
            minutes: "約4分".into(),
            slides: vec![
                slide("図のあるスライド", vec![text(&"朝8時、病棟の記録を打ち終えました。".repeat(3)), figure.clone(), Block::Contacts]),
                slide("図だけのスライド", vec![figure]),
                slide(
                    "すること、しないこと",
                    vec![
                        Block::List { items: vec![item("一つ目"), item("二つ目")] },
                        Block::Aside { role: "do".into(), label: "すること".into(), blocks: vec![text("担当者に知らせる")] },
                        Block::Aside { role: "dont".into(), label: "しないこと".into(), blocks: vec![text("電源を切る")] },
                        Block::Aside { role: "term".into(), label: "脆弱性".into(), blocks: vec![text("弱点のことです。")] },
                        Block::Aside {
                            role: "dated".into(), label: "2022年度 → 2026年6月".into(), blocks: vec![text("変わりました。")]
                        },
                        Block::Code { lines: vec!["Get-ADComputer -Filter *".into(), "  | Select-Object Name".into()] },
                        Block::Scene {
                            title: "届いたメール".into(),
                            situation: "おかしい所はどこですか。".into(),
                            rows: vec![pair("差出人", "見本銀行")],
                        },
                    ],
                ),
            ],
        }],
        contacts_title: "院内の連絡先".into(),
        contacts: vec![
            pair("はじめに知らせる人", "見本 花子（医療情報室）"),
            pair("内線", ""),
            pair("夜間・休日", "000-0000-0000（見本）"),
        ],
        contacts_note: "あやしいと思ったら、すぐ知らせてください。".into(),
        script_title: "話し方の原稿".into(),
        script_lead: "そのまま読んでも、自分の言葉に直しても構いません。".into(),
        terms: vec!["作成：見本事務局".into()],
        foot: "はじめての情報セキュリティ 2026.1".into(),
        issuer: "見本事務局".into(),
    }
}

fn test() -> Quiz {
    let choice = |n: usize| pair(["ア", "イ", "ウ", "エ"][n], "更新の知らせは、その日のうちに済ませる");
    let ask = |n: usize| Ask {
        text: format!("問題の見本 {n}。更新の知らせが出ました。どうしますか。"),
        how: "一つ選ぶ".into(),
        choices: (0..4).map(choice).collect(),
        lefts: if n == 2 { vec![pair("1", "左"), pair("2", "左の二つ目")] } else { Vec::new() },
        right: "イ".into(),
        whys: (0..4).map(choice).collect(),
        taught: "説明：暮らしの習慣「後で」".into(),
    };
    Quiz {
        lang: "ja".into(),
        title: "確認テスト（A）".into(),
        course: "はじめての情報セキュリティ".into(),
        institution: "みほん市立総合病院".into(),
        facts: vec![pair("合格", "12問以上")],
        lead: "答えは、うしろの解答用紙に書いてください。".into(),
        asks: (1..=15).map(ask).collect(),
        words: QuizWords {
            answer_sheet: "解答用紙（A）".into(),
            key: "解答と説明（A）".into(),
            key_lead: "一問一点です。".into(),
            name: "氏名".into(),
            department: "部署".into(),
            score: "点数".into(),
            number: "問".into(),
            answer: "答え".into(),
            qr: "このコースのページ".into(),
        },
        foot: "はじめての情報セキュリティ 2026.1".into(),
        issuer: "見本事務局".into(),
        url: "https://mist.example.jp/courses/beginner".into(),
    }
}

fn list(pages: u32) -> Roster {
    Roster {
        lang: "ja".into(),
        title: "受講者名簿".into(),
        course: "はじめての情報セキュリティ".into(),
        institution: "みほん市立総合病院".into(),
        facts: vec![pair("日時", ""), pair("場所", "講堂"), pair("講師", "見本 太郎"), pair("出席者数", "")],
        headings: ["番号", "部署", "職種", "氏名", "署名"].map(String::from).to_vec(),
        widths: vec![8, 26, 24, 34, 30],
        pages,
        below: vec!["実施した人".into(), "確かめた人".into()],
        foot: "はじめての情報セキュリティ 2026.1".into(),
        issuer: "見本事務局".into(),
    }
}

fn pages(bytes: &[u8]) -> usize {
    let needle = b"/Type/Page/";
    let spaced = b"/Type /Page\n";
    bytes.windows(needle.len()).filter(|window| window == needle).count()
        + bytes.windows(spaced.len()).filter(|window| window == spaced).count()
}

#[test]
fn every_sheet_of_a_kit_is_set_the_same_way_each_time() {
    let sheets = [
        ("kit-slides", slides(&deck(), MADE)),
        ("kit-script", script(&deck(), MADE)),
        ("kit-quiz", quiz(&test(), MADE)),
        ("kit-answers", answers(&test(), MADE)),
        ("kit-roster", roster(&list(2), MADE)),
    ];
    for (name, made) in sheets {
        let bytes = made.unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        keep(name, &bytes);
        assert!(bytes.starts_with(b"%PDF-1.7"), "{name}");
    }
    assert_eq!(slides(&deck(), MADE).expect("it can be set"), slides(&deck(), MADE).expect("it can be set"));
}

#[test]
fn twenty_five_sign_on_each_page() {
    let of = |count: u32| pages(&roster(&list(count), MADE).expect("it can be set"));
    let one = of(1);
    assert!(one >= 1 && of(4) == 4 * one, "{one} {}", of(4));
}

#[test]
fn a_name_that_cannot_be_printed_is_refused_by_its_character() {
    let mut deck = deck();
    deck.institution = "𪚥病院".into();
    assert!(matches!(slides(&deck, MADE), Err(pdf::NotSet::Unprintable(missing)) if missing.character == "𪚥"));
}

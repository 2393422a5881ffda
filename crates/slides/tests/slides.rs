//! Files of slides: what comes in, what is left out, what is refused.

mod hostile;

use hostile::{Fate, Pptx, Sent, relations, shape, slide};
use proptest::prelude::*;
use slides::{Block, Deck, Left, LeftOut, Limits, NotRead, PictureKind, receive, send};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)).expect("a sample")
}

fn read(bytes: &[u8], name: &str) -> Result<Deck, NotRead> {
    slides::read(bytes.to_vec(), name, None, &Limits::default())
}

/// What the process that reads would answer.
fn sent(outcome: &Result<Deck, NotRead>) -> Vec<u8> {
    let mut sent = Vec::new();
    send(outcome, &mut sent).expect("memory takes everything");
    sent
}

/// What was left out anywhere.
fn left(deck: &Deck) -> BTreeSet<&'static str> {
    deck.left.iter().chain(deck.slides.iter().flat_map(|slide| &slide.left)).map(|left| left.what.key()).collect()
}

#[test]
fn a_file_of_another_program_comes_in_as_its_slides_are_read() {
    let deck = read(&sample("training.pptx"), "院内研修.pptx").unwrap();
    let titles: Vec<&str> = deck.slides.iter().map(|slide| slide.title.as_str()).collect();
    assert_eq!(titles, ["持ち込み機器の確認", "受け取る前に確かめること", "連絡先", "受付の机", "件数"]);
    assert_eq!(deck.slides[0].blocks, [Block::Text("見本病院 情報システム係".into())]);
    let item = |level, text: &str| Block::Item { level, is_numbered: false, text: text.into() };
    let items =
        [item(0, "差出人と用件"), item(1, "予定にない来訪は担当者に電話する"), item(0, "USBメモリーは受け取らない"), item(0, "記録を残す")];
    assert_eq!(deck.slides[1].blocks, items);
    assert_eq!(deck.slides[1].notes, "予定にない機器は、まず担当者に電話します。\n受け取らないことが、いちばん簡単な守りです。");
    let Block::Table(rows) = &deck.slides[2].blocks[0] else { panic!("{:?}", deck.slides[2].blocks) };
    assert_eq!(rows[2], ["夜間と休日", "当直"]);
    let [Block::Picture { at: 0, alt, .. }, Block::Picture { at: 1, alt: nothing, .. }] = deck.slides[3].blocks.as_slice() else {
        panic!("{:?}", deck.slides[3].blocks)
    };
    assert_eq!((alt.as_str(), nothing.as_str()), ("差出人の名前がない封筒と、丸い判子の絵", ""));
    assert_eq!(deck.slides[4].blocks, [Block::Text("件数は増えています。".into())]);
    assert_eq!(left(&deck), BTreeSet::from(["chart", "hidden"]));

    // The photograph lay on its side, and said where it was taken.
    let photograph = &deck.pictures[1];
    assert_eq!((photograph.kind, photograph.width, photograph.height), (PictureKind::Jpeg, 360, 640));
    assert!(!photograph.bytes.windows(6).any(|window| window == b"secret" || window == b"Exif\0\0"));
}

#[test]
fn a_page_of_a_pdf_is_a_picture_with_its_words() {
    let deck = read(&sample("training.pdf"), "研修.PDF").unwrap();
    assert_eq!(deck.slides.len(), 2);
    assert_eq!(deck.slides[0].title, "持ち込み機器の確認");
    assert!(deck.slides[0].notes.contains("USBメモリーは受け取りません。"), "{}", deck.slides[0].notes);
    assert_eq!(deck.slides[1].notes, "Two factors\nSomething you know, something you have.");
    assert_eq!((deck.pictures[0].width, deck.pictures[0].height), (1_600, 900));
}

#[test]
fn what_takes_too_long_is_given_up() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    for (file, name) in [("training.pptx", "a.pptx"), ("training.pdf", "a.pdf")] {
        assert_eq!(slides::read(sample(file), name, None, &limits), Err(NotRead::TooLong));
    }
    let few = Limits { bytes: 100, ..Limits::default() };
    assert_eq!(slides::read(sample("training.pdf"), "a.pdf", None, &few), Err(NotRead::TooLarge { most: 100 }));
    let one = Limits { pictures: 1, ..Limits::default() };
    let deck = slides::read(sample("training.pptx"), "a.pptx", None, &one).unwrap();
    assert!(deck.pictures.len() == 1 && left(&deck).contains("many-pictures"));
}

#[test]
fn a_small_file_stays_small_wherever_it_is_shown() {
    // A red point.
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
    let pictures = |id: &str, count: usize| format!("<p:pic><p:blipFill><a:blip r:embed=\"{id}\"/></p:blipFill></p:pic>").repeat(count);
    let shapes = format!("{}{}{}", shape("title", "題"), pictures("rId8", 300), pictures("rId9", 600));
    let mut file = Pptx::of(10).with("ppt/media/a.png", png);
    for n in 1..=10 {
        let named = relations(&[("rId9", "image", "../media/a.png", "")]);
        file = file.with(&format!("ppt/slides/slide{n}.xml"), slide(&shapes)).with(&format!("ppt/slides/_rels/slide{n}.xml.rels"), named);
    }
    let outcome = read(&file.packed(), "a.pptx");
    let deck = outcome.as_ref().unwrap();
    assert_eq!((deck.slides.len(), deck.pictures.len()), (10, 1));
    for slide in &deck.slides {
        assert_eq!(slide.blocks.len(), 200);
        assert_eq!(slide.left, [Left::of(LeftOut::BrokenPicture), Left::about(LeftOut::ManyBlocks, "200")]);
    }
    assert!(sent(&outcome).len() < 256 << 10, "{}", sent(&outcome).len());

    let row = format!("<a:tr>{}</a:tr>", "<a:tc><a:txBody><a:p><a:r><a:t>1</a:t></a:r></a:p></a:txBody></a:tc>".repeat(15));
    let table =
        format!("<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>", row.repeat(20));
    let deck = read(&Pptx::of(1).showing(&table.repeat(5)).packed(), "a.pptx").unwrap();
    let rows: Vec<usize> = deck.slides[0]
        .blocks
        .iter()
        .map(|block| match block {
            Block::Table(rows) => rows.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(rows, [20, 6], "all tables of a slide share its 400 cells");
    assert_eq!(deck.slides[0].left, [Left::about(LeftOut::ManyCells, "400")]);
}

/// What is wrong with what became of a file, if anything.
fn wrong(sent: &Sent) -> Option<String> {
    let outcome = read(&sent.bytes, &sent.name);
    let told = match (&sent.fate, &outcome) {
        (Fate::Refused(keys), Err(not)) if keys.contains(&not.key()) => None,
        (Fate::LeftOut(""), Ok(deck)) if left(deck).is_empty() => None,
        (Fate::LeftOut(what), Ok(deck)) if left(deck).contains(what) => None,
        (Fate::Harmless, _) => None,
        (_, Ok(deck)) => Some(format!("came in, and left out {:?}", left(deck))),
        (_, Err(not)) => Some(format!("was refused: {not}")),
    };
    let is_clean = |deck: &Deck| deck.pictures.iter().all(|picture| !picture.bytes.windows(7).any(|window| window == b"<script"));
    told.or_else(|| outcome.as_ref().is_ok_and(|deck| !is_clean(deck)).then(|| "carries a script in a picture".to_owned()))
}

#[test]
fn whatever_is_sent_is_refused_or_harmless() {
    let all = hostile::all();
    assert!(all.len() >= 150, "{} files", all.len());
    let wrong: Vec<String> =
        all.iter().filter_map(|sent| Some(format!("{} ({}): {}, not {:?}", sent.tries, sent.name, wrong(sent)?, sent.fate))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn every_word_of_a_refusal_is_said_by_some_file() {
    let said: BTreeSet<&str> = hostile::all()
        .iter()
        .flat_map(|sent| match sent.fate {
            Fate::Refused(keys) => keys.to_vec(),
            _ => Vec::new(),
        })
        .collect();
    // These two are shown above, with limits of their own.
    let known = NotRead::KEYS.into_iter().filter(|key| !["too-large", "too-long"].contains(key));
    assert_eq!(known.filter(|key| !said.contains(key)).collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(LeftOut::ALL.len(), LeftOut::ALL.iter().map(|what| what.key()).collect::<BTreeSet<_>>().len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// However a file is spoilt: an answer comes, and what comes in is sent whole.
    #[test]
    fn a_spoilt_file_is_answered(changes in proptest::collection::vec((0usize..60_000, any::<u8>()), 1..12), cut in 0usize..60_000) {
        let mut bytes = sample("training.pptx");
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        if cut % 4 == 0 { bytes.truncate(cut.max(4)); }
        let outcome = read(&bytes, "a.pptx");
        prop_assert_eq!(receive(&sent(&outcome)), Ok(outcome));
    }

    /// Whatever XML stands in a slide: an answer comes, within what a slide may hold.
    #[test]
    fn any_slide_is_answered(parts in proptest::collection::vec(prop_oneof![
        Just("<p:sp>".to_owned()), Just("</p:sp>".to_owned()), Just("<p:grpSp>".to_owned()), Just("</p:grpSp>".to_owned()),
        Just("<p:txBody>".to_owned()), Just("</p:txBody>".to_owned()), Just("<a:p>".to_owned()), Just("</a:p>".to_owned()),
        Just("<a:t>".to_owned()), Just("</a:t>".to_owned()), Just("<a:br/>".to_owned()), Just("<p:pic>".to_owned()),
        Just("<a:blip r:embed='rId9'/>".to_owned()), Just("&#0;".to_owned()), Just("]]>".to_owned()), "[ -~あ-ん]{0,8}",
    ], 0..40)) {
        let file = Pptx::of(2).showing(&parts.concat()).packed();
        if let Ok(deck) = read(&file, "a.pptx") {
            for slide in &deck.slides {
                prop_assert!(slide.words().chars().count() <= Limits::default().characters + slide.blocks.len() * 400);
            }
        }
    }

    /// The words of a slide are those that stand in it.
    #[test]
    fn words_come_as_they_stand(title in "[あ-んA-z0-9]{1,30}", body in "[あ-んA-z0-9]{1,60}") {
        let file = Pptx::of(1).showing(&format!("{}{}", shape("title", &title.replace('\\', "")), shape("body", &body))).packed();
        let deck = read(&file, "a.pptx").unwrap();
        prop_assert_eq!(deck.slides[0].words(), format!("{}\n{body}", title.replace('\\', "")).trim_start().to_owned());
    }
}

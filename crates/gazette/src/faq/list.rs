//! よくある質問の取り込み: questions of another site become drafts, and keep their numbers.

use db::{DbResult, Tx};
use intake::Column;
use kernel::Timestamp;
use people::lists::{Cells, Checked, Fate, How, List};
use serde_json::json;
use web::{Frame, Portal, Visit, Words};

use super::question::{Place, Topic};
use super::room::{self, Faq};
use crate::approval::Room as _;
use crate::approval::drafts::{self, Draft, KEPT};

/// Questions with their answers.
pub struct QuestionList;

impl List for QuestionList {
    type Target = ();
    type Row = Draft;

    const KIND: &'static str = "questions";
    const BASE: &'static str = Faq::PATH;
    const COLUMNS: &'static [Column<&'static str>] = &[
        Column::optional("number", &["番号", "number"]),
        Column::required("topic", &["分類", "topic"]),
        Column::required("title", &["質問", "題名", "question"]),
        Column::required("body", &["回答", "本文", "答え", "answer"]),
        Column::optional("places", &["表示する場所", "places"]),
        Column::optional("title_en", &["英語の質問", "question (english)", "english question"]),
        Column::optional("body_en", &["英語の回答", "answer (english)", "english answer"]),
    ];
    const TEMPLATE: &'static [&'static str] = &["number", "topic", "title", "body", "places", "title_en", "body_en"];
    const SHOWN: &'static [&'static str] = &["number", "topic", "title"];
    const PEOPLE: bool = false;

    async fn find(_: &mut Tx<'_>, _: &str) -> DbResult<Option<()>> {
        Ok(Some(()))
    }

    fn frame((): &(), portal: &Portal, visit: &Visit, title: String) -> Frame {
        drafts::frame::<Faq>(portal, visit, title)
    }

    fn path((): &()) -> String {
        Faq::PATH.to_owned()
    }

    fn shelf((): &()) -> String {
        Faq::PATH.to_owned()
    }

    async fn check(_: &mut Tx<'_>, (): &(), cells: &Cells, w: Words, _: Timestamp) -> DbResult<Result<Checked<Self>, Vec<String>>> {
        let (mut wording, mut wrong) = drafts::wording(cells, w);
        let names = |keys: Vec<String>| keys.iter().map(|key| w.t(key)).collect::<Vec<_>>().join(w.lang.pick("、", ", "));
        let topic = Topic::ALL.into_iter().find(|topic| is_called(cells.get("topic"), topic.id(), &topic.key()));
        if topic.is_none() {
            wrong.push(w.one("lists-questions-wrong-topic", "names", &names(Topic::ALL.iter().map(|topic| topic.key()).collect())));
        }
        let typed: Vec<&str> = cells.get("places").split(['、', ',', '，', '\n']).map(str::trim).filter(|word| !word.is_empty()).collect();
        let named = |word: &&str| Place::ALL.into_iter().find(|place| is_called(word, place.id(), &place.key()));
        let places: Vec<Place> = typed.iter().filter_map(named).collect();
        if places.len() < typed.len() {
            wrong.push(w.one("lists-questions-wrong-place", "names", &names(Place::ALL.iter().map(|place| place.key()).collect())));
        }
        let typed = kernel::fold(cells.get("number"));
        let number = typed.trim_start_matches('q').parse::<i64>().ok().filter(|number| (1..=9999).contains(number));
        if number.is_none() && !typed.is_empty() {
            wrong.push(w.t("lists-questions-wrong-number"));
        }
        let Some(topic) = topic.filter(|_| wrong.is_empty()) else { return Ok(Err(wrong)) };
        let kept = number.map(|number| number.to_string());
        wording.facts = room::facts(topic, &places);
        if let Some(number) = &kept {
            wording.facts[KEPT] = json!(number);
        }
        Ok(Ok(Checked { row: Draft { wording, kept }, cares: Vec::new() }))
    }

    async fn plan(tx: &mut Tx<'_>, (): &(), rows: &[Draft], w: Words, _: Timestamp) -> DbResult<Vec<Fate>> {
        drafts::plan::<Faq>(tx, rows, w).await
    }

    async fn bring_in(tx: &mut Tx<'_>, (): &(), rows: &[Draft], how: &How, now: Timestamp) -> DbResult<Vec<Fate>> {
        drafts::bring_in::<Faq>(tx, rows, how, now).await
    }
}

/// Whether a list means this by what it says: the id, or the word in either language.
fn is_called(typed: &str, id: &str, key: &str) -> bool {
    let typed = kernel::fold(typed);
    let is_word = |lang| kernel::fold(&Words::of(lang).t(key)) == typed;
    typed == id || is_word(kernel::Lang::Ja) || is_word(kernel::Lang::En)
}

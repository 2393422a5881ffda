//! `notices.toml`: what mails about a case say. No content, no institution, no number, no way in.

use kernel::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

use crate::contents::{self, Both, ContentFault};

const FILE: &str = "notices.toml";

/// What notices say.
#[derive(Debug, Deserialize)]
pub struct Notices {
    allowed: Vec<String>,
    drill_mark: Both,
    late: Both,
    why: Both,
    how: Both,
    fake: Both,
    #[serde(rename = "notice")]
    all: Vec<Notice>,
}

/// One notice.
#[derive(Debug, Deserialize)]
pub struct Notice {
    id: String,
    subject: Both,
    title: Both,
    body: Both,
}

/// A notice as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The subject, with the mark of an exercise first.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// How a notice is to be worded.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// The language.
    pub lang: Lang,
    /// Whether it is an exercise.
    pub is_drill: bool,
    /// Whether it comes later than it should have.
    pub is_late: bool,
    /// The name of the desk.
    pub desk: &'a str,
    /// Its telephone number.
    pub phone: &'a str,
}

impl Notices {
    /// The notices as shipped. The program checks them at its start.
    pub fn shipped() -> &'static Self {
        static NOTICES: LazyLock<Notices> = LazyLock::new(|| Notices::read().expect("data/desk was checked at the start"));
        &NOTICES
    }

    /// Reads the notices of `data/desk`.
    pub fn read() -> Result<Self, ContentFault> {
        Self::parse(&contents::text(FILE))
    }

    /// Reads the notices, and makes sure that none asks for more than the desk's own name and number.
    fn parse(text: &str) -> Result<Self, ContentFault> {
        let notices: Self = contents::parse(FILE, text)?;
        for notice in &notices.all {
            for words in [&notice.subject, &notice.title, &notice.body].into_iter().flat_map(|words| [&words.ja, &words.en]) {
                let mut filled = words.split('{').skip(1).filter_map(|rest| rest.split('}').next());
                if let Some(strange) = filled.find(|name| !notices.allowed.iter().any(|allowed| allowed == name)) {
                    return Err(contents::fault(FILE, text, &notice.id, format!("{{{strange}}} may not be filled in")));
                }
            }
        }
        Ok(notices)
    }

    /// The notice with this id.
    pub fn find(&self, id: &str) -> Option<&Notice> {
        self.all.iter().find(|notice| notice.id == id)
    }

    /// A notice to an institution, which says how to come back, and how to tell what is false.
    pub fn to_institution(&self, notice: &Notice, wording: Wording<'_>) -> Text {
        let [title, body, how, why, fake] =
            [&notice.title, &notice.body, &self.how, &self.why, &self.fake].map(|words| wording.fill(words));
        self.marked(notice, wording, &format!("{title}\n\n{body}\n\n{how}\n\n{why}\n{fake}\n"))
    }

    /// A notice to somebody of the desk.
    pub fn to_desk(&self, notice: &Notice, wording: Wording<'_>) -> Text {
        self.marked(notice, wording, &format!("{}\n\n{}\n", wording.fill(&notice.body), wording.fill(&self.why)))
    }

    fn marked(&self, notice: &Notice, wording: Wording<'_>, text: &str) -> Text {
        let mark = if wording.is_drill { self.drill_mark.pick(wording.lang) } else { "" };
        let late = if wording.is_late { self.late.pick(wording.lang) } else { "" };
        Text { subject: format!("{mark}{late}{}", wording.fill(&notice.subject)), text: format!("{mark}{late}{text}") }
    }
}

impl Wording<'_> {
    fn fill(&self, words: &Both) -> String {
        words.pick(self.lang).replace("{desk}", self.desk).replace("{phone}", self.phone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(lang: Lang, is_drill: bool, is_late: bool) -> Wording<'static> {
        Wording { lang, is_drill, is_late, desk: "初動の相談窓口", phone: "000-0000-0000（見本）" }
    }

    #[test]
    fn an_exercise_says_so_first() {
        let notices = Notices::shipped();
        let alarm = notices.find("alarm").unwrap();
        let text = notices.to_desk(alarm, wording(Lang::Ja, true, false));
        assert!(text.subject.starts_with("【訓練】") && text.text.starts_with("【訓練】"), "{text:?}");
        let real = notices.to_desk(alarm, wording(Lang::Ja, false, true));
        assert!(!real.subject.contains("訓練") && real.subject.contains("遅れて"), "{real:?}");
        let text = notices.to_institution(notices.find("message").unwrap(), wording(Lang::Ja, true, false));
        assert!(text.subject.starts_with("【訓練】") && text.text.starts_with("【訓練】"), "{text:?}");
    }

    #[test]
    fn nothing_but_the_desk_and_its_number_is_filled_in() {
        let text = contents::text(FILE);
        let with_case = text.replacen("subject = { ja = \"{desk}：", "subject = { ja = \"{case}：", 1);
        assert_eq!(Notices::parse(&with_case).unwrap_err().what, "{case} may not be filled in");
    }

    #[test]
    fn a_notice_tells_nothing_but_whom_to_call() {
        let notices = Notices::shipped();
        for notice in &notices.all {
            for lang in [Lang::Ja, Lang::En] {
                let wording = wording(lang, false, false);
                for Text { subject, text } in [notices.to_institution(notice, wording), notices.to_desk(notice, wording)] {
                    let whole = format!("{subject}\n{text}");
                    assert!(!whole.contains("http") && !whole.contains('{') && !whole.contains("/incident"), "{}: {whole}", notice.id);
                }
            }
        }
    }
}

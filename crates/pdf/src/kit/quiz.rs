use serde::Serialize;

use crate::qr;
use crate::typeset::{Document, Moment, NotSet};

/// 紙のテスト: questions, a sheet to answer them on, and the answers with their reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quiz {
    /// `ja` or `en`.
    pub lang: String,
    /// 確認テスト
    pub title: String,
    /// The course.
    pub course: String,
    /// Whose session it is; empty if nobody has said.
    pub institution: String,
    /// Terms and what they are here: 日時, 合格.
    pub facts: Vec<(String, String)>,
    /// How it is done.
    pub lead: String,
    /// The questions.
    pub asks: Vec<Ask>,
    /// Words of the sheets.
    pub words: QuizWords,
    /// At the foot of every page.
    pub foot: String,
    /// Who made the course.
    pub issuer: String,
    /// Where the course and its test stand on-line.
    pub url: String,
}

/// Words of the sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuizWords {
    /// 解答用紙
    pub answer_sheet: String,
    /// 解答と説明
    pub key: String,
    /// How it is marked.
    pub key_lead: String,
    /// 氏名
    pub name: String,
    /// 部署
    pub department: String,
    /// 点数
    pub score: String,
    /// 問
    pub number: String,
    /// 答え
    pub answer: String,
    /// What the code is for.
    pub qr: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// What is asked.
    pub text: String,
    /// How it is answered: 一つ選ぶ.
    pub how: String,
    /// What may be chosen: ア, and the words. None where something is written.
    pub choices: Vec<(String, String)>,
    /// What is joined to them: 1, and the words. Of pairs alone.
    pub lefts: Vec<(String, String)>,
    /// The right answer: イ, or what is written.
    pub right: String,
    /// Why: of a choice, or of the whole where the first is empty.
    pub whys: Vec<(String, String)>,
    /// Where it is taught.
    pub taught: String,
}

/// Sets the questions, and the sheet to answer them on: A4, upright.
pub fn quiz(quiz: &Quiz, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    quiz.set(include_str!("quiz.typ"), "quiz", made_at)
}

/// Sets the answers: A4, upright.
pub fn answers(quiz: &Quiz, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    quiz.set(include_str!("answers.typ"), "answers", made_at)
}

impl Quiz {
    fn set(&self, template: &'static str, what: &str, made_at: Moment) -> Result<Vec<u8>, NotSet> {
        let facts = serde_json::to_vec(self).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
        let code = qr::svg(&self.url).ok_or(NotSet::AddressTooLong)?;
        let ident = format!("{what} {} {}", self.course, self.institution);
        let pictures = vec![("qr.svg", code.into_bytes())];
        Document { template, facts, pictures, texts: self.texts(), made_at, ident: &ident }.set()
    }

    fn texts(&self) -> Vec<&str> {
        let QuizWords { answer_sheet, key, key_lead, name, department, score, number, answer, qr } = &self.words;
        let mut texts: Vec<&str> = vec![&self.title, &self.course, &self.institution, &self.lead, &self.foot, &self.issuer, &self.url];
        texts.extend([answer_sheet, key, key_lead, name, department, score, number, answer, qr].map(String::as_str));
        texts.extend(self.facts.iter().flat_map(|(term, value)| [&**term, value]));
        for ask in &self.asks {
            texts.extend([&*ask.text, &ask.how, &ask.right, &ask.taught]);
            texts.extend(ask.choices.iter().chain(&ask.lefts).chain(&ask.whys).flat_map(|(mark, words)| [&**mark, words]));
        }
        texts
    }
}

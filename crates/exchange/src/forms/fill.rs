use crate::Tlp;
use crate::forms::{Field, Form, named};
use crate::leaving::Leaving;

/// A form with what is known in its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled<'a> {
    /// The form.
    pub form: &'a Form,
    /// Its fields, in their order.
    pub lines: Vec<Line<'a>>,
    /// Its sentences, to be read out.
    pub said: Vec<String>,
    /// Questions of the authority's own form, with what is known towards the answer.
    pub branches: Vec<(String, String)>,
}

/// A field and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The field.
    pub field: &'a Field,
    /// What stands in it. Never empty: what nobody knows yet is said to be so.
    pub text: String,
    /// The strictest mark of what stands in it.
    pub tlp: Tlp,
    /// Whether all that it asks for is known.
    pub is_complete: bool,
}

impl Form {
    /// Fills it in.
    pub fn fill<'a>(&'a self, leaving: &Leaving<'_>) -> Filled<'a> {
        let (text, is_known) = (|fact: &str| or_not_yet(leaving, fact), |fact: &str| leaving.said(fact).is_some());
        Filled {
            form: self,
            lines: self.field.iter().map(|field| field.fill(leaving)).collect(),
            said: self
                .say
                .iter()
                .map(|say| named(&say.ja).fold(say.ja.clone(), |said, fact| said.replace(&format!("{{{fact}}}"), &text(fact))))
                .collect(),
            branches: self
                .branch
                .iter()
                .map(|branch| {
                    let known: Vec<String> = branch.fact.iter().filter(|fact| is_known(fact)).map(|fact| text(fact)).collect();
                    let known = if known.is_empty() { leaving.not_known_yet() } else { known.join("\n") };
                    let doubt = if branch.doubt.is_empty() { String::new() } else { format!("（{}）", branch.doubt) };
                    let unsure = if branch.verified { "" } else { "※" };
                    (format!("{}. {}{unsure}{doubt}", branch.n, branch.text), known)
                })
                .collect(),
        }
    }
}

impl Field {
    fn fill<'a>(&'a self, leaving: &Leaving<'_>) -> Line<'a> {
        let mut tlp = leaving.case.tlp;
        let mut parts = Vec::new();
        let mut is_complete = true;
        for fact in &self.fact {
            match leaving.said(fact) {
                Some((mark, text)) => {
                    tlp = tlp.max(mark);
                    parts.push(self.part(leaving, fact, &leaving.for_people(&text)));
                }
                None if self.known_only => {}
                None => {
                    is_complete = false;
                    parts.push(self.part(leaving, fact, &leaving.not_known_yet()));
                }
            }
        }
        if parts.is_empty() {
            is_complete = false;
            parts.push(leaving.not_known_yet());
        }
        // Nothing of it is known: said once.
        if !is_complete && self.fact.iter().all(|fact| leaving.said(fact).is_none()) {
            parts = vec![leaving.not_known_yet()];
        }
        Line { field: self, text: parts.join("\n"), tlp, is_complete }
    }

    /// A fact among others in a field carries its name.
    fn part(&self, leaving: &Leaving<'_>, fact: &str, text: &str) -> String {
        if self.fact.len() == 1 {
            return text.to_owned();
        }
        let name = leaving.lexicon.fact(fact).map_or(fact, |kind| kind.name.ja.as_str());
        if text.contains('\n') { format!("【{name}】\n{text}") } else { format!("【{name}】{text}") }
    }

    /// The facts that fill it.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.fact.iter().map(String::as_str)
    }

    /// Whether facts of it that nobody knows are passed over.
    pub const fn is_known_only(&self) -> bool {
        self.known_only
    }

    /// The cell of the operator's template, if it has one.
    pub fn cell(&self) -> &str {
        &self.cell
    }

    /// What stands beside it for whoever fills it in: what the law numbers, what is due first, what was not checked.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(item) = self.item {
            remarks.push(format!("第{item}号"));
        }
        if self.first {
            remarks.push("第1報で伝える".to_owned());
        }
        if self.required_preliminary {
            remarks.push("速報に必要".to_owned());
        }
        if !self.verified {
            remarks.push("欄の名前は原本で確かめる".to_owned());
        }
        remarks
    }
}

fn or_not_yet(leaving: &Leaving<'_>, fact: &str) -> String {
    leaving.said(fact).map_or_else(|| leaving.not_known_yet(), |(_, text)| text)
}

use exchange::{Fault, Lexicon};
use std::sync::LazyLock;

use crate::contents::ContentFault;

/// Facts, forms and receivers of `data/desk`.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| shipped().expect("data/desk was checked at the start"));
    &LEXICON
}

/// Reads all of it once, so that the program does not start with a fault in it.
pub fn check() -> Result<(), ContentFault> {
    let named = |fault: Fault| {
        let file = fault.file.strip_prefix("desk/").unwrap_or(&fault.file).to_owned();
        ContentFault { file, line: fault.line, what: fault.reason }
    };
    shipped().map(|_| ()).map_err(named)
}

/// The same, or where a file is wrong.
pub fn shipped() -> Result<Lexicon, Fault> {
    let lexicon = Lexicon::read(web::data_text, &web::data_names("desk/forms"))?;
    let missing = lexicon.forms.iter().find(|form| !form.template.is_empty() && web::data_file(&form.template).is_none());
    let mut ends =
        lexicon.receivers.iter().flat_map(|receiver| receiver.ends.iter().chain(&receiver.ends_final).map(move |it| (receiver, it)));
    let strange = ends.find_map(|(receiver, (paper, clocks))| {
        let unknown = clocks.iter().find(|id| crate::clocks::clocks().get(id).is_none());
        let reason = match unknown {
            _ if !receiver.papers.contains(paper) => format!("{} is not given {paper}", receiver.id),
            Some(clock) => format!("{paper} for {} ends {clock}, which is no clock", receiver.id),
            None => return None,
        };
        Some(Fault { file: "desk/receivers.toml".to_owned(), line: 0, reason })
    });
    if let Some(fault) = strange {
        return Err(fault);
    }
    match missing {
        Some(form) => {
            let file = format!("desk/forms/{}.toml", form.id);
            Err(Fault { file, line: 0, reason: format!("the template data/{} is not there", form.template) })
        }
        None => Ok(lexicon),
    }
}

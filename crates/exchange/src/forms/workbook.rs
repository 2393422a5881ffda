use intake::export::{Cell, Sheet, book};

use crate::NotMade;
use crate::forms::template;
use crate::forms::{CellName, Filled};
use crate::leaving::Leaving;
use crate::moments;

/// The form as a workbook: in the operator's template where there is one, else in sheets of ours.
pub fn workbook(filled: &Filled<'_>, leaving: &Leaving<'_>, original: Option<&[u8]>) -> Result<Vec<u8>, NotMade> {
    match original {
        Some(original) => {
            let cells = filled.lines.iter().filter_map(|line| CellName::parse(line.field.cell()).map(|cell| (cell, line.text.as_str())));
            Ok(template::fill(original, cells)?)
        }
        None => Ok(book(&sheets(filled, leaving))?),
    }
}

fn sheets(filled: &Filled<'_>, leaving: &Leaving<'_>) -> Vec<Sheet> {
    let text = |words: &str| Cell::Text(words.to_owned());
    let headings = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let form = filled.form;
    let note = format!(
        "{}　{}　提出先：{}　受付番号 {}　第{}報　{} 現在",
        leaving.titled(&form.name.ja),
        leaving.tlp(),
        form.to.join("、"),
        leaving.case.number,
        leaving.issue.number,
        moments::for_people(leaving.at),
    );
    let rows = filled.lines.iter().map(|line| {
        let so_far = if line.is_complete { "記入済み" } else { "調査中あり" };
        let remarks = line.field.remarks().into_iter().chain([line.field.hint.clone()]).collect::<Vec<_>>().join("／");
        vec![text(&line.field.label), text(&line.text), text(so_far), text(line.tlp.label()), text(&remarks)]
    });
    let mut sheets = vec![Sheet {
        name: form.name.ja.clone(),
        note,
        headings: headings(&["項目", "内容", "進み", "TLP", "書き方"]),
        rows: rows.collect(),
    }];
    if !filled.branches.is_empty() {
        let rows = filled.branches.iter().map(|(question, known)| vec![text(question), text(known)]).collect();
        sheets.push(Sheet {
            name: "フォームの分かれ目".into(),
            note: String::new(),
            headings: headings(&["質問", "わかっていること"]),
            rows,
        });
    }
    if !filled.said.is_empty() {
        let rows = filled.said.iter().map(|sentence| vec![text(sentence)]).collect();
        sheets.push(Sheet { name: "電話で伝える文".into(), note: String::new(), headings: headings(&["読み上げる文"]), rows });
    }
    sheets
}

/// A plain text mail as HTML under its subject: paragraphs, line breaks, and addresses as links. One text, so both say the same.
pub fn mail_html(subject: &str, text: &str, lang: kernel::Lang) -> String {
    let paragraphs = text.split("\n\n").map(str::trim_end).filter(|paragraph| !paragraph.trim().is_empty());
    let body: Vec<String> = paragraphs
        .map(|paragraph| {
            let lines: Vec<String> = paragraph.lines().map(linked).collect();
            format!("<p style=\"margin:0 0 16px\">{}</p>\n", lines.join("<br>\n"))
        })
        .collect();
    let body = body.concat();
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body style=\"margin:0;padding:24px 16px;\
         font-family:sans-serif;font-size:16px;line-height:1.7;color:#333\"><div style=\"max-width:640px;margin:0 auto\">\n{body}</div>\
         </body></html>",
        lang.code(),
        escape(subject)
    )
}

fn linked(line: &str) -> String {
    line.split_inclusive([' ', '　'])
        .map(|word| {
            let address = word.trim_end();
            if address.starts_with("https://") || address.starts_with("http://") {
                let shown = escape(address);
                format!("<a href=\"{shown}\" style=\"color:#00118f\">{shown}</a>{}", &word[address.len()..])
            } else {
                escape(word)
            }
        })
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_text_and_addresses_become_links() {
        let html = mail_html("件名 <i>", "お名前　<b>見本</b> 様\n\n確認\nhttps://mist.example.jp/a/x?y&z", kernel::Lang::Ja);
        assert!(html.contains("&lt;b&gt;見本&lt;/b&gt;"), "{html}");
        assert!(html.contains("<title>件名 &lt;i&gt;</title>"), "{html}");
        assert!(html.contains("<a href=\"https://mist.example.jp/a/x?y&amp;z\""), "{html}");
    }
}

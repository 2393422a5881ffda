use crate::Site;

/// A plain text mail as HTML under its subject: paragraphs, line breaks, and the portal's own addresses as links. One text, so both
/// say the same.
///
/// An address that somebody typed, as a name or in a question, stays text: the portal's mail must not lead anybody elsewhere.
pub fn mail_html(site: &Site, subject: &str, text: &str, lang: kernel::Lang) -> String {
    let paragraphs = text.split("\n\n").map(str::trim_end).filter(|paragraph| !paragraph.trim().is_empty());
    let body: Vec<String> = paragraphs
        .map(|paragraph| {
            let lines: Vec<String> = paragraph.lines().map(|line| linked(site, line)).collect();
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

/// Every address that we write stands alone on its line and is one of this portal; whatever else looks like one was typed.
fn linked(site: &Site, line: &str) -> String {
    let address = line.trim();
    let is_ours = address.strip_prefix(site.base_url.as_str()).is_some_and(|path| path.starts_with('/'));
    if !is_ours || address.contains(char::is_whitespace) {
        return escape(line);
    }
    let shown = escape(address);
    let indent = &line[..line.len() - line.trim_start().len()];
    format!("{indent}<a href=\"{shown}\" style=\"color:#00118f\">{shown}</a>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_portal(text: &str) -> String {
        let base_url = "https://mist.example.jp".to_owned();
        let site = Site { base_url, hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() };
        mail_html(&site, "件名 <i>", text, kernel::Lang::Ja)
    }

    #[test]
    fn what_was_typed_stays_text_and_our_addresses_become_links() {
        let html = of_the_portal("お名前　<b>見本</b> 様\n\n確認\nhttps://mist.example.jp/a/x?y&z\n　https://mist.example.jp/b");
        assert!(html.contains("&lt;b&gt;見本&lt;/b&gt;"), "{html}");
        assert!(html.contains("<title>件名 &lt;i&gt;</title>"), "{html}");
        assert!(html.contains("<a href=\"https://mist.example.jp/a/x?y&amp;z\""), "{html}");
        assert!(html.contains("　<a href=\"https://mist.example.jp/b\""), "{html}");
    }

    #[test]
    fn an_address_that_was_typed_is_no_link() {
        for typed in [
            "https://evil.example/",
            "お名前　https://evil.example/ 様",
            "　http://evil.example/x",
            "https://mist.example.jp.evil.example/",
            "https://mist.example.jp@evil.example/",
            "https://mist.example.jp:8080/",
            "見本 https://mist.example.jp/sign-in 様",
            "https://mist.example.jp/x 様",
        ] {
            let html = of_the_portal(&format!("確認\n{typed}\n続き"));
            assert!(!html.contains("<a "), "{typed}: {html}");
        }
    }
}

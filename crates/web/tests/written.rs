//! What people write is shown and never runs; what we sign is known again and nothing else.

use kernel::Lang;
use proptest::prelude::*;
use web::{Keys, Site, mail_html, markdown};

/// Markdown, HTML and addresses as somebody writes them who wants a script to run.
fn hostile() -> impl Strategy<Value = String> {
    let words: &[&str] = &[
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href='",
        "'>",
        "<style>",
        "<iframe src=",
        "javascript:",
        "JaVaScRiPt:",
        "java\tscript:",
        "&#106;avascript:",
        "\u{1}javascript:",
        "data:text/html;base64,",
        "vbscript:",
        "](",
        "[x",
        ")",
        "![",
        "<javascript:alert(1)>",
        "<https://example.jp>",
        "`",
        "```\n",
        "\n\n",
        "| a | b |\n|---|---|\n",
        "~~",
        "**",
        "\\",
        "\"",
        "'",
        "<!--",
        "-->",
        "<![CDATA[",
        "&lt;",
        "&quot;",
        "[r]: javascript:alert(1) \"x\"\n",
        "<form action=",
        "<input onfocus=x autofocus>",
        "\0",
        "<math><mtext><table><mglyph><style>",
        "<noscript>",
        "www.example.jp",
        "見本",
    ];
    prop::collection::vec(prop_oneof![4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => any::<String>()], 0..12)
        .prop_map(|pieces| pieces.concat())
}

/// The scheme that a browser reads: it passes over blanks and controls before an address, and over tabs and line ends within.
fn scheme(address: &str) -> Option<String> {
    let address = address.trim_start_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "");
    let (scheme, _) = address.split_once(':')?;
    let is_one =
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_one.then(|| scheme.to_ascii_lowercase())
}

/// Looks at what a browser would make of it, not at the letters.
fn could_run(html: &str) -> Option<String> {
    const HARMLESS: &str = "html head body p h1 h2 h3 h4 h5 h6 a em strong del code pre ul ol li blockquote hr br img table thead tbody tfoot \
         tr th td caption span b i u s sup sub kbd dl dt dd div abbr cite q samp var small wbr ruby rt rp rb rtc bdi bdo time mark ins strike \
         details summary figure figcaption article aside header footer nav hgroup center tt acronym area map col colgroup data dfn";
    const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];
    let page = scraper::Html::parse_document(html);
    let suspicious = |element: &scraper::node::Element| {
        let foreign = (!HARMLESS.split_whitespace().any(|name| name == element.name())).then(|| element.name().to_owned());
        let attribute = element.attrs().find_map(|(name, value)| {
            let scheme = scheme(value);
            let leads = ["href", "src", "action", "cite", "background", "poster"].contains(&name);
            let is_wrong = name.starts_with("on")
                || name == "style"
                || name == "srcdoc"
                || (leads && scheme.is_some_and(|scheme| !SCHEMES.contains(&scheme.as_str())));
            is_wrong.then(|| format!("{name}={value}"))
        });
        foreign.or(attribute)
    };
    page.tree.values().filter_map(|node| node.as_element()).find_map(suspicious)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_nothing_in_it_runs(text in hostile()) {
        let html = markdown(&text);
        prop_assert_eq!(could_run(&html), None, "{}", html);
    }

    #[test]
    fn whatever_stands_in_a_mail_nothing_in_it_runs(text in hostile()) {
        let base_url = "https://mist.example.jp".to_owned();
        let site = Site { base_url, hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() };
        let html = mail_html(&site, "", &text, Lang::Ja);
        let body = html.replace(" style=\"", " class=\"").replace("<meta charset=\"utf-8\"><title></title>", "");
        prop_assert_eq!(could_run(&body), None, "{}", html);
    }

    #[test]
    fn the_parts_of_a_digest_do_not_run_into_each_other(parts in prop::collection::vec("[ab\\x00]{0,3}", 0..5), others in prop::collection::vec("[ab\\x00]{0,3}", 0..5)) {
        let digest = |parts: &[String]| Keys::new([7; 32]).mac("idempotency", &parts.iter().map(String::as_bytes).collect::<Vec<_>>());
        prop_assert_eq!(digest(&parts) == digest(&others), parts == others);
    }

    #[test]
    fn only_what_we_signed_is_ours(text in any::<String>(), other in any::<String>(), at in any::<prop::sample::Index>()) {
        let keys = Keys::new([7; 32]);
        let signed = keys.sign("begun", &text);
        prop_assert_eq!(keys.verify("begun", &signed), Some(text.as_str()));
        let mut forged: Vec<char> = signed.chars().collect();
        let at = at.index(forged.len());
        forged[at] = if forged[at] == 'A' { 'B' } else { 'A' };
        let forged: String = forged.into_iter().collect();
        prop_assert_eq!(keys.verify("begun", &forged), None);
        prop_assert_eq!(keys.verify("begun", &other), None);
        prop_assert_eq!(Keys::claimed_application(&other), None);
    }
}

#[test]
fn what_would_run_is_noticed() {
    for html in ["<script>x</script>", "<a href=' JAVA\tscript:x'>", "<p onclick=x>", "<svg>", "<img src='data:text/html,x'>"] {
        assert!(could_run(html).is_some(), "{html}");
    }
    assert_eq!(could_run("<p><a href=\"/faq#q3\">見本</a> <a href=\"https://example.jp/?a:b\">x</a>"), None);
}

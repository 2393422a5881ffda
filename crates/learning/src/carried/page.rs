use web::Words;

/// A page beside which everything lies that it needs: `{name}.css`, `{name}.js`, and what it knows in `{data}.js`.
pub(crate) struct Standing<'p> {
    /// What its files are called.
    pub name: &'p str,
    /// The file of what it knows.
    pub data: &'p str,
    /// What it is called.
    pub title: &'p str,
    /// What stands above it until its script has begun.
    pub head: &'p str,
    /// Whether it speaks to a learning system, wherever that is.
    pub speaks: bool,
    /// Its languages, the first of which is its own.
    pub languages: &'p [Words],
}

impl Standing<'_> {
    /// The page itself. From a disk, 'self' is no origin, and the scheme is named.
    pub fn html(&self) -> String {
        let code = |w: &Words| w.lang.code();
        let needs: Vec<String> =
            self.languages.iter().map(|w| format!("<p lang=\"{}\">{}</p>", code(w), escaped(&w.t("kit-page-no-script")))).collect();
        format!(
            r#"<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; {connect}base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="{name}.css">
</head>
<body>
<header id="head">{head}</header>
<main id="main"><noscript>{needs}</noscript></main>
<script src="{data}.js"></script>
<script src="{name}.js"></script>
</body>
</html>
"#,
            lang = self.languages.first().map_or("ja", code),
            connect = if self.speaks { "connect-src https: http:; " } else { "" },
            title = escaped(self.title),
            head = escaped(self.head),
            needs = needs.concat(),
            name = self.name,
            data = self.data,
        )
    }
}

/// A text within HTML, also within quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

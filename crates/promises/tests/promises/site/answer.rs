use http::{HeaderMap, StatusCode, header};
use scraper::{ElementRef, Html, Selector};

/// What the portal answered.
#[derive(Clone)]
pub struct Answer {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A form as it stands on a page.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    fields: Vec<(String, String)>,
    lines: Vec<String>,
    choices: Vec<(String, String, String)>,
    required: Vec<String>,
}

impl Answer {
    /// The body as text.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {}", self.path, self.body()))
    }

    /// A header, empty if it is not there.
    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }

    /// Where it sends the browser, empty if nowhere.
    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// What a reader reads between the head and the foot of the page, on one line.
    pub fn text(&self) -> String {
        self.texts("main").join(" ")
    }

    /// What a reader reads in each of these elements.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body());
        page.select(&selector(css)).map(words).collect()
    }

    /// What stands in each of these elements, with its lines as they are.
    pub fn raw_texts(&self, css: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body());
        page.select(&selector(css)).map(|element| element.text().collect()).collect()
    }

    /// What a reader of English reads in these elements, without what is marked as Japanese.
    pub fn english(&self, css: &str) -> String {
        let page = Html::parse_document(&self.body());
        let japanese = selector("[lang=ja]");
        let mut text = Vec::new();
        for element in page.select(&selector(css)) {
            let marked: Vec<_> = element.select(&japanese).map(|part| part.id()).collect();
            for node in element.descendants().filter(|node| node.value().is_text()) {
                if !node.ancestors().any(|above| marked.contains(&above.id())) {
                    text.extend(node.value().as_text().map(|text| text.to_string()));
                }
            }
        }
        text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// An attribute of each of these elements.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body());
        page.select(&selector(css)).filter_map(|element| element.attr(name).map(ToOwned::to_owned)).collect()
    }

    /// The heading.
    pub fn heading(&self) -> String {
        self.texts("h1").first().cloned().unwrap_or_default()
    }

    /// Fails, and prints the page, unless it says this.
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(text.contains(words), "{} does not say “{words}”:\n{text}", self.path);
        self
    }

    /// Fails, and prints the page, if it says this.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        let text = self.text();
        assert!(!text.contains(words), "{} says “{words}”:\n{text}", self.path);
        self
    }

    /// Fails, and prints the page, unless it has this status.
    #[track_caller]
    pub fn is(&self, status: StatusCode) -> &Self {
        assert_eq!(self.status, status, "{} {}\n{}", self.path, self.location(), self.text());
        self
    }

    /// The form that is sent to an address with this end.
    #[track_caller]
    pub fn form(&self, action_end: &str) -> Form {
        let found = self.find_form(action_end);
        found.unwrap_or_else(|| panic!("{} has no form for {action_end}:\n{}", self.path, self.text()))
    }

    /// The form that is sent there and carries this value, where several are.
    #[track_caller]
    pub fn form_of(&self, action_end: &str, name: &str, value: &str) -> Form {
        let page = Html::parse_document(&self.body());
        let forms = selector("form[method=post]");
        let mut forms =
            page.select(&forms).filter(|form| form.attr("action").is_some_and(|action| action.ends_with(action_end))).map(Form::read);
        let found = forms.find(|form| form.value(name) == value);
        found.unwrap_or_else(|| panic!("{} has no form for {action_end} with {name}={value}:\n{}", self.path, self.text()))
    }

    /// The same, if there is one.
    pub fn find_form(&self, action_end: &str) -> Option<Form> {
        let page = Html::parse_document(&self.body());
        let forms = selector("form[method=post]");
        page.select(&forms).find(|form| form.attr("action").is_some_and(|action| action.ends_with(action_end))).map(Form::read)
    }
}

impl Form {
    fn read(form: ElementRef<'_>) -> Self {
        let mut read = Self {
            action: form.attr("action").unwrap_or_default().to_owned(),
            fields: Vec::new(),
            lines: Vec::new(),
            choices: Vec::new(),
            required: Vec::new(),
        };
        for control in form.select(&selector("input, select, textarea")) {
            let name = control.attr("name").unwrap_or_default().to_owned();
            let value = control.attr("value").unwrap_or_default().to_owned();
            if control.attr("required").is_some() && !read.required.contains(&name) {
                read.required.push(name.clone());
            }
            match (control.value().name(), control.attr("type").unwrap_or("text")) {
                ("select", _) => {
                    let options: Vec<_> = control.select(&selector("option")).collect();
                    let value = |option: &ElementRef<'_>| option.attr("value").unwrap_or_default().to_owned();
                    let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first()).map(value);
                    read.fields.extend(chosen.map(|chosen| (name.clone(), chosen)));
                    read.choices.extend(options.iter().map(|option| (name.clone(), value(option), words(*option))));
                }
                ("textarea", _) => {
                    read.fields.push((name.clone(), control.text().collect()));
                    read.lines.push(name);
                }
                (_, "radio" | "checkbox") => {
                    if control.attr("checked").is_some() {
                        read.fields.push((name.clone(), value.clone()));
                    }
                    let label = control.parent().and_then(ElementRef::wrap).map(words).unwrap_or_default();
                    read.choices.push((name, value, label));
                }
                (_, "file") => {}
                (_, kind) => {
                    if kind != "hidden" {
                        read.lines.push(name.clone());
                    }
                    read.fields.push((name, value));
                }
            }
        }
        read
    }

    /// The names of the fields in which one types.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The names of all fields, those nobody sees too.
    pub fn names(&self) -> Vec<String> {
        let all: std::collections::BTreeSet<_> =
            self.fields.iter().map(|(name, _)| name).chain(self.choices.iter().map(|(name, ..)| name)).cloned().collect();
        all.into_iter().filter(|name| !name.is_empty()).collect()
    }

    /// Whether the page says that this field has to be filled in.
    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required == name)
    }

    /// Without a field.
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }

    /// With a field once more, whatever stands there already.
    pub fn with_another(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The fields as they would be sent.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// With something typed into a field that stands on the page.
    #[track_caller]
    pub fn fill(self, name: &str, value: &str) -> Self {
        assert!(self.lines.iter().any(|line| line == name), "there is nothing to type {name} into: {:?}", self.lines);
        self.with(name, value)
    }

    /// With a choice that stands on the page.
    #[track_caller]
    pub fn choose(self, name: &str, value: &str) -> Self {
        let is_there = self.choices.iter().any(|(choice, offered, _)| choice == name && offered == value);
        assert!(is_there, "{name} does not offer {value}: {:?}", self.choices);
        self.with(name, value)
    }

    /// With the choice whose words hold these.
    #[track_caller]
    pub fn choose_saying(self, name: &str, label: &str) -> Self {
        let found = self.choices.iter().find(|(choice, _, words)| choice == name && words.contains(label));
        let value = found.unwrap_or_else(|| panic!("{name} does not offer {label}: {:?}", self.choices)).1.clone();
        self.with(name, &value)
    }

    /// What a choice offers, in words.
    pub fn offers(&self, name: &str) -> Vec<&str> {
        self.choices.iter().filter(|(choice, ..)| choice == name).map(|(_, _, words)| words.as_str()).collect()
    }

    /// With a field that the page need not have, as somebody may send who writes requests by hand.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The body that a browser sends.
    pub fn encoded(&self) -> String {
        serde_urlencoded::to_string(&self.fields).expect("fields can be encoded")
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// The words of an element, without those of scripts, with single blanks.
fn words(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

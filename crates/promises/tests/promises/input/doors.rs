//! The forms that stand open to everybody, each with a way to fill it in.

use crate::site::{Answer, Form, Outcome, Person, Site, Visitor};

/// A public form.
pub struct Door {
    pub page: String,
    /// How the address ends to which it is sent.
    pub action: &'static str,
    pub visitor: Visitor,
    typed: Vec<(&'static str, String)>,
    chosen: Vec<(&'static str, &'static str)>,
}

/// Every public form, as somebody sees it who has applied for a training.
pub async fn doors(site: &Site) -> Vec<Door> {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/4").await, Outcome::Applied);
    let own = taro.application.clone();
    let mut doors = vec![apply(site.visitor("見本 花子")), contact(site), address(site, "/links", "/links")];
    for (page, action) in [
        ("/tell-me/intro", "/tell-me/intro"),
        ("/tell-me/executive?about=archive", "/tell-me/executive"),
        ("/tell-me/admin", "/tell-me/admin"),
        ("/tell-me/beginner", "/tell-me/beginner"),
        ("/sign-in", "/sign-in"),
    ] {
        doors.push(address(site, page, action));
    }
    doors.push(Door {
        typed: vec![("login", "hanako@example.jp".into()), ("passphrase", "見本 の 長い 合言葉 です".into()), ("code", "123456".into())],
        ..address(site, "/sign-in", "/sign-in/passphrase")
    });
    for (page, action) in [("", "/archive-notice"), ("/move", "/move"), ("/cancellation", "/cancellation")] {
        let door = Door { typed: Vec::new(), visitor: taro.clone(), ..address(site, &format!("{own}{page}"), action) };
        doors.push(door);
    }
    doors
}

/// The application form.
pub fn apply(visitor: Visitor) -> Door {
    let Person { family, given, family_kana, given_kana, email, place } = visitor.person.clone();
    Door {
        page: "/apply/R8/executive/3".to_owned(),
        action: "/executive/3",
        visitor,
        typed: vec![
            ("family", family),
            ("given", given),
            ("family_kana", family_kana),
            ("given_kana", given_kana),
            ("email", email),
            ("place", place),
            ("question", "質問です".into()),
        ],
        chosen: vec![("kind", "clinic"), ("prefecture", "13"), ("job", "nurse"), ("consent", "yes")],
    }
}

/// お問い合わせ
pub fn contact(site: &Site) -> Door {
    Door {
        page: "/contact".to_owned(),
        action: "/contact",
        visitor: site.visitor("例示 髙子"),
        typed: vec![
            ("name", "例示 髙子".into()),
            ("email", "takako@example.jp".into()),
            ("institution", "見本内科クリニック".into()),
            ("body", "質問です".into()),
        ],
        chosen: vec![("about", "portal"), ("consent", "yes")],
    }
}

fn address(site: &Site, page: &str, action: &'static str) -> Door {
    let typed = vec![("email", "hanako@example.jp".to_owned())];
    Door { page: page.to_owned(), action, visitor: site.visitor("見本 花子"), typed, chosen: Vec::new() }
}

impl Door {
    /// The same form in English.
    pub fn in_english(mut self) -> Self {
        self.visitor = self.visitor.in_english();
        if self.page.starts_with("/applications/") {
            self.page = format!("/en{}", self.page);
        }
        self
    }

    /// The form as it comes, empty.
    pub async fn open(&self) -> (Visitor, Form) {
        let mut visitor = self.visitor.clone();
        let page = visitor.get(&self.page).await;
        let form = page.is(http::StatusCode::OK).form(self.action);
        (visitor, form)
    }

    /// The form, filled in as it should be.
    pub async fn fill(&self) -> (Visitor, Form) {
        let (visitor, mut form) = self.open().await;
        for (name, value) in &self.typed {
            form = form.fill(name, value);
        }
        for (name, value) in &self.chosen {
            form = form.choose(name, value);
        }
        (visitor, form)
    }

    /// Fails unless the answer says in words what to mend in this field, leads to it, and has everything else as it was sent.
    #[track_caller]
    pub fn is_refused(&self, answer: &Answer, sent: &Form, field: &str, what: &str) {
        let told = format!("{} {field}, {what}", self.page);
        assert_eq!(answer.status, 422, "{told}:\n{}", answer.text());
        let links = answer.attributes(".summary a", "href");
        let target = links.first().unwrap_or_else(|| panic!("{told}: no link in the summary:\n{}", answer.text()));
        assert_eq!(target.strip_prefix('#'), Some(field), "{told}: {links:?}");
        assert!(!answer.attributes(&format!("[id='{field}']"), "id").is_empty(), "{told}: the link leads nowhere");
        assert!(answer.texts(".summary a")[0].chars().count() > 5, "{told}: words");
        let back = answer.form(self.action);
        for (name, value) in sent.fields() {
            let is_kept = !matches!(name.as_str(), "key" | "token" | "passphrase" | "code") && name != field;
            assert!(!is_kept || back.value(name) == value, "{told}: {name} was {value}, is {}", back.value(name));
        }
    }
}

use super::Form;

/// Somebody who applies, and where they work.
#[derive(Clone, Debug)]
pub struct Person {
    pub family: String,
    pub given: String,
    pub family_kana: String,
    pub given_kana: String,
    pub email: String,
    pub place: String,
}

impl Person {
    /// One of the sample people.
    pub fn named(name: &str) -> Self {
        let (kana, email) = match name {
            "見本 太郎" => ("ミホン タロウ", "taro@example.jp"),
            "見本 花子" => ("ミホン ハナコ", "hanako@example.jp"),
            "例示 髙子" => ("レイジ タカコ", "takako@example.jp"),
            "試験 﨑男" => ("シケン サキオ", "sakio@example.jp"),
            "𠮷見 見本" => ("ヨシミ ミホン", "yoshimi@example.jp"),
            _ => panic!("{name} is none of the sample people"),
        };
        Self::new(name, kana, email)
    }

    /// One of a crowd.
    pub fn number(n: usize) -> Self {
        Self::new(&format!("見本 第{n}"), "ミホン ダイ", &format!("person{n}@example.jp"))
    }

    fn new(name: &str, kana: &str, email: &str) -> Self {
        let halves = |text: &str| text.split_once(' ').map(|(one, two)| (one.to_owned(), two.to_owned())).expect("two names");
        let ((family, given), (family_kana, given_kana)) = (halves(name), halves(kana));
        Self { family, given, family_kana, given_kana, email: email.to_owned(), place: "見本内科クリニック".to_owned() }
    }

    /// The same name at another address.
    pub fn at(mut self, email: &str) -> Self {
        email.clone_into(&mut self.email);
        self
    }

    /// Fills in the application form of the page.
    pub fn fills(&self, form: Form) -> Form {
        form.fill("family", &self.family)
            .fill("given", &self.given)
            .fill("family_kana", &self.family_kana)
            .fill("given_kana", &self.given_kana)
            .fill("email", &self.email)
            .fill("place", &self.place)
            .choose("kind", "clinic")
            .choose("prefecture", "13")
            .choose("consent", "yes")
    }
}

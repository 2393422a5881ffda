//! Something to look at and decide: a mail, a call, a login page, a message, a ransom screen, a desk.

use kernel::Lang;
use serde::Deserialize;

use super::text::Text;

/// A scene.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// `mail`, `call`, `login`, `message`, `ransom`, `usb` or `desk`.
    pub kind: String,
    /// Its name.
    pub title: Text,
    /// Where, when, and what to choose.
    pub situation: Text,
    /// What is to be read, in its order.
    pub rows: Vec<Row>,
    /// What is to be seen, as SVG, and what it tells.
    pub picture: Option<(String, Text)>,
    /// What may be chosen.
    pub spots: Vec<Spot>,
}

/// One part of what is to be read.
#[derive(Clone, Debug)]
pub struct Row {
    /// The part, as spots name it.
    pub part: String,
    /// Who says it; empty where nobody does.
    pub who: Text,
    /// The words.
    pub text: Text,
}

/// Something that may be chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Its id within the scene.
    pub id: String,
    /// The part that it is on.
    pub on: String,
    /// The words within the part.
    #[serde(default)]
    pub mark: Text,
    /// Whether it is to be chosen.
    pub right: bool,
    /// Its name in the list.
    pub label: Text,
    /// Why it is right or wrong.
    pub why: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    title: Text,
    situation: Text,
    mail: Option<Mail>,
    call: Option<Call>,
    login: Option<Login>,
    message: Option<Message>,
    ransom: Option<Ransom>,
    usb: Option<Seen>,
    desk: Option<Seen>,
    spots: Vec<Spot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    from_name: Text,
    from_address: String,
    to: Text,
    subject: Text,
    received: String,
    body: Text,
    #[serde(default)]
    attachment: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    caller: Text,
    lines: Vec<Said>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    who: Text,
    says: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    address_bar: String,
    page_title: Text,
    #[serde(default)]
    lines: Vec<Text>,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    id: String,
    label: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    from: Text,
    number: Text,
    received: String,
    lines: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ransom {
    lines: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    picture: String,
    picture_alt: Text,
    things: Vec<Thing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Thing {
    id: String,
    #[serde(rename = "name")]
    _name: Text,
    #[serde(rename = "box")]
    _box: [i64; 4],
}

/// Why a file is no scene: the byte, the key of the words, what it is about.
pub type Wrong = (usize, &'static str, String);

/// Reads a scene. `figure` gives the drawing of a name such as `figures/usb-desk.svg`.
pub fn read(text: &str, languages: &[Lang], figure: &dyn Fn(&str) -> Option<String>) -> Result<Scene, Wrong> {
    let file: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (at, "unreadable", error.message().to_owned())
    })?;
    let (mut rows, mut parts, mut picture) = (Vec::new(), Vec::new(), None);
    let mut row = |part: &str, who: Text, text: Text| rows.push(Row { part: part.to_owned(), who, text });
    let nobody = Text::default;
    match file.kind.as_str() {
        "mail" => {
            let mail = file.mail.ok_or_else(|| absent(&file.kind))?;
            row("from_name", nobody(), mail.from_name);
            row("from_address", nobody(), Text::plain(&mail.from_address));
            row("to", nobody(), mail.to);
            row("subject", nobody(), mail.subject);
            row("received", nobody(), moment(&mail.received));
            row("body", nobody(), mail.body);
            if !mail.attachment.is_empty() {
                row("attachment", nobody(), Text::plain(&mail.attachment));
            }
        }
        "call" => {
            let call = file.call.ok_or_else(|| absent(&file.kind))?;
            row("caller", nobody(), call.caller);
            call.lines.into_iter().for_each(|line| row("lines", line.who, line.says));
        }
        "login" => {
            let login = file.login.ok_or_else(|| absent(&file.kind))?;
            row("address_bar", nobody(), Text::plain(&login.address_bar));
            row("page_title", nobody(), login.page_title);
            login.lines.into_iter().for_each(|line| row("lines", nobody(), line));
            for field in login.fields {
                row(&field.id, nobody(), field.label);
            }
        }
        "message" => {
            let message = file.message.ok_or_else(|| absent(&file.kind))?;
            row("from", nobody(), message.from);
            row("number", nobody(), message.number);
            row("received", nobody(), moment(&message.received));
            message.lines.into_iter().for_each(|line| row("lines", nobody(), line));
        }
        "ransom" => {
            let ransom = file.ransom.ok_or_else(|| absent(&file.kind))?;
            ransom.lines.into_iter().for_each(|line| row("lines", nobody(), line));
            parts.push("do".to_owned());
        }
        "usb" | "desk" => {
            let seen = file.usb.or(file.desk).ok_or_else(|| absent(&file.kind))?;
            parts.extend(seen.things.into_iter().map(|thing| thing.id));
            let svg = figure(&seen.picture).ok_or_else(|| (at(text, &seen.picture), "no-figure", seen.picture.clone()))?;
            picture = Some((super::lesson::without_title(&svg), seen.picture_alt));
        }
        other => return Err((at(text, "kind"), "unknown-scene", other.to_owned())),
    }
    let scene = Scene { kind: file.kind, title: file.title, situation: file.situation, rows, picture, spots: file.spots };
    scene.checked(text, languages, &parts).map_or(Ok(scene), Err)
}

fn absent(kind: &str) -> Wrong {
    (0, "no-table", kind.to_owned())
}

/// Where something stands in the file.
fn at(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or(0)
}

/// `2026-11-30T17:24` as people write it.
fn moment(local: &str) -> Text {
    let Some((day, time)) = local.split_once('T') else { return Text::plain(local) };
    let Ok(day) = day.parse::<kernel::Day>() else { return Text::plain(local) };
    Text { ja: format!("{} {time}", kernel::long_date(day, Lang::Ja)), en: format!("{}, {time}", kernel::long_date(day, Lang::En)) }
}

impl Scene {
    /// What is wrong with its spots, if anything.
    fn checked(&self, text: &str, languages: &[Lang], parts: &[String]) -> Option<Wrong> {
        let right = self.spots.iter().filter(|spot| spot.right).count();
        if right == 0 || right == self.spots.len() {
            return Some((at(text, "[[spots]]"), "no-choice", String::new()));
        }
        self.spots.iter().find_map(|spot| {
            let here = at(text, &format!("id = \"{}\"", spot.id));
            let wrong = |what| Some((here, what, spot.id.clone()));
            let is_known = parts.contains(&spot.on) || self.rows.iter().any(|row| row.part == spot.on);
            if !is_known {
                return wrong("unknown-part");
            }
            if !spot.label.is_in(languages) || !spot.why.is_in(languages) {
                return wrong("no-text");
            }
            let is_marked = |lang: &Lang| {
                let mark = lang.pick(&spot.mark.ja, &spot.mark.en);
                let of_the_part = self.rows.iter().filter(|row| row.part == spot.on);
                mark.is_empty() || of_the_part.map(|row| row.text.get(*lang).matches(mark.as_str()).count()).sum::<usize>() == 1
            };
            if languages.iter().all(is_marked) { None } else { wrong("bad-mark") }
        })
    }
}

//! What a statement says, as a person reads it.

use jiff::{Span, Unit};
use kernel::{Lang, Timestamp};
use serde_json::Value;
use web::Words;

use crate::experiences::Did;

/// The verbs of cmi5 that a person may meet, by the keys of their words. Those of the portal's own are in [`Did`].
const OF_COURSES: [(&str, &str); 5] = [
    ("http://adlnet.gov/expapi/verbs/initialized", "records-verb-initialized"),
    ("http://adlnet.gov/expapi/verbs/launched", "records-verb-launched"),
    ("http://adlnet.gov/expapi/verbs/terminated", "records-verb-terminated"),
    ("https://w3id.org/xapi/adl/verbs/satisfied", "records-verb-satisfied"),
    ("https://w3id.org/xapi/adl/verbs/waived", "records-verb-waived"),
];

/// A statement in words.
pub(crate) struct Told {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub when: String,
    /// When it happened, for machines.
    pub moment: String,
    /// When it happened.
    pub at: Option<Timestamp>,
    /// Who did it.
    pub who: String,
    /// What was done.
    pub did: String,
    /// In which language that is said.
    pub did_lang: String,
    /// With what.
    pub what: String,
    /// In which language that is called so.
    pub what_lang: String,
    /// The id of what it was done with; empty where it is no activity.
    pub object: String,
    /// What came of it: passed, completed, the score, how long it took.
    pub result: Vec<String>,
    /// Who says so.
    pub said_by: String,
}

impl Told {
    /// Reads a statement of the store.
    pub fn of(statement: &Value, w: Words) -> Self {
        let at = statement["timestamp"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
        let at = at.map(|at| Timestamp::from_micros(at.as_microsecond()));
        let (did, did_lang) = verb(&statement["verb"], w);
        let (what, what_lang) = object(&statement["object"], w);
        let is_activity = matches!(statement["object"]["objectType"].as_str(), None | Some("Activity"));
        Self {
            id: text(&statement["id"]),
            when: at.map_or_else(String::new, |at| kernel::long_moment(at, w.lang)),
            moment: at.map_or_else(String::new, Timestamp::rfc3339),
            at,
            who: actor(&statement["actor"], w),
            did,
            did_lang,
            what,
            what_lang,
            object: if is_activity { text(&statement["object"]["id"]) } else { String::new() },
            result: result(&statement["result"], w),
            said_by: actor(&statement["authority"], w),
        }
    }

    /// The same, done by somebody whom the portal knows under this name.
    #[must_use]
    pub fn by(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            name.clone_into(&mut self.who);
        }
        self
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A language map in the reader's language, or in the first that it has; else the end of the IRI. With the language.
fn named(map: &Value, iri: &Value, lang: Lang) -> (String, String) {
    let map = map.as_object();
    let word = |(tag, word): (&String, &Value)| (text(word), tag.clone());
    let of = |code: &str| map?.iter().find(|(tag, _)| tag.split('-').next() == Some(code)).map(word);
    let first = || map?.iter().next().map(word);
    let found = of(lang.code()).or_else(|| of("ja")).or_else(|| of("en")).or_else(first).filter(|(word, _)| !word.trim().is_empty());
    found.unwrap_or_else(|| {
        let end = iri.as_str().unwrap_or_default().trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default();
        (end.to_owned(), Lang::En.code().to_owned())
    })
}

/// What was done, in words of the portal's own where it knows the verb.
fn verb(verb: &Value, w: Words) -> (String, String) {
    let mut known = Did::ALL.map(|did| (did.iri(), did.key())).into_iter().chain(OF_COURSES);
    let key = known.find(|(iri, _)| verb["id"] == **iri).map(|(_, key)| key);
    key.map_or_else(|| named(&verb["display"], &verb["id"], w.lang), |key| (w.t(key), w.lang.code().to_owned()))
}

/// The name, or by what the agent is known.
fn actor(actor: &Value, w: Words) -> String {
    let name = text(&actor["name"]);
    let identity = if let Some(mbox) = actor["mbox"].as_str() {
        mbox.strip_prefix("mailto:").unwrap_or(mbox).to_owned()
    } else if let Some(account) = actor["account"]["name"].as_str() {
        account.to_owned()
    } else if let Some(openid) = actor["openid"].as_str() {
        openid.to_owned()
    } else {
        text(&actor["mbox_sha1sum"])
    };
    match (name.is_empty(), identity.is_empty()) {
        (true, true) => actor["member"].as_array().map_or_else(String::new, |members| w.count("records-members", members.len())),
        (true, false) => identity,
        (false, true) => name,
        (false, false) => format!("{name}{}", w.lang.pick(format!("（{identity}）"), format!(" ({identity})"))),
    }
}

/// What it was done with, and in which language that is called so.
fn object(object: &Value, w: Words) -> (String, String) {
    let own = |words: String| (words, w.lang.code().to_owned());
    match object["objectType"].as_str() {
        Some("Agent" | "Group") => own(actor(object, w)),
        Some("StatementRef") => own(w.one("records-statement-of", "id", &text(&object["id"]))),
        Some("SubStatement") => {
            let (did, _) = verb(&object["verb"], w);
            own(w.with("records-sub-statement", &[("who", &actor(&object["actor"], w)), ("did", &did)]))
        }
        _ => named(&object["definition"]["name"], &object["id"], w.lang),
    }
}

fn result(result: &Value, w: Words) -> Vec<String> {
    let mut all = Vec::new();
    match result["success"].as_bool() {
        Some(true) => all.push(w.t("records-success")),
        Some(false) => all.push(w.t("records-no-success")),
        None => {}
    }
    if result["completion"].as_bool() == Some(true) {
        all.push(w.t("records-completion"));
    }
    let score = &result["score"];
    if let (Some(raw), Some(max)) = (score["raw"].as_f64(), score["max"].as_f64()) {
        all.push(w.with("records-points", &[("raw", &raw.to_string()), ("max", &max.to_string())]));
    } else if let Some(scaled) = score["scaled"].as_f64() {
        all.push(w.one("records-scaled", "percent", &(scaled * 100.0).round()));
    }
    let seconds = result["duration"].as_str().and_then(|text| text.parse::<Span>().ok()).and_then(|span| span.total(Unit::Second).ok());
    all.extend(seconds.map(|seconds| took(seconds, w)));
    all
}

/// 「2分30秒」
fn took(seconds: f64, w: Words) -> String {
    let whole = seconds.round();
    let part = |of: f64| (whole / of).floor();
    match () {
        () if whole >= 3600.0 => {
            w.with("records-hours", &[("hours", &part(3600.0).to_string()), ("minutes", &((whole % 3600.0) / 60.0).floor().to_string())])
        }
        () if whole >= 60.0 => w.with("records-minutes", &[("minutes", &part(60.0).to_string()), ("seconds", &(whole % 60.0).to_string())]),
        () => w.one("records-seconds", "seconds", &whole),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_statement_reads_as_a_sentence_of_who_what_and_what_came_of_it() {
        let statement = json!({
            "id": "0190c8a0-0000-7000-8000-000000000001",
            "actor": { "name": "見本 太郎", "mbox": "mailto:taro@example.jp" },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/passed", "display": { "en-US": "passed", "ja-JP": "合格した" } },
            "object": { "id": "https://example.jp/courses/one", "definition": { "name": { "ja": "見本のコース" } } },
            "result": { "success": true, "completion": true, "score": { "scaled": 0.875 }, "duration": "PT1H2M30.4S" },
            "timestamp": "2026-11-22T03:04:05.678Z",
            "authority": { "account": { "homePage": "https://example.jp", "name": "lms" } },
        });
        let told = Told::of(&statement, Words::of(Lang::Ja));
        assert_eq!((told.who.as_str(), told.did.as_str(), told.what.as_str()), ("見本 太郎（taro@example.jp）", "合格", "見本のコース"));
        assert_eq!(told.result, ["合格", "完了", "得点 88%", "1時間2分"]);
        assert_eq!((told.when.as_str(), told.said_by.as_str()), ("2026年11月22日（日）12:04", "lms"));
    }

    #[test]
    fn what_has_no_name_is_called_by_the_end_of_its_address() {
        let statement = json!({
            "actor": { "objectType": "Group", "member": [{ "mbox": "mailto:a@example.jp" }, { "mbox": "mailto:b@example.jp" }] },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/experienced" },
            "object": { "id": "https://example.jp/slides/7/" },
            "result": { "duration": "PT90S" },
        });
        let told = Told::of(&statement, Words::of(Lang::Ja));
        assert_eq!((told.who.as_str(), told.did.as_str(), told.what.as_str()), ("2名のグループ", "experienced", "7"));
        assert_eq!((told.result.as_slice(), told.when.as_str()), (["1分30秒".to_owned()].as_slice(), ""));
    }
}

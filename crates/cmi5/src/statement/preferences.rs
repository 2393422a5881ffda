use xapi::Json;

use crate::Refused;
use crate::requirement as need;

/// Whether a document is what a learner's preferences have to be (cmi5 section 11).
pub fn check(content_type: &str, content: &[u8]) -> Result<(), Refused> {
    let is_json = content_type.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
    let document = if is_json { Json::parse(content).ok() } else { None };
    let Some(document @ Json::Object(_)) = document else {
        return Err(Refused::of(need::PREFERENCES, "preferences are a JSON object"));
    };
    let text = |key| document.get(key).and_then(Json::as_str);
    let (Some(languages), Some(audio)) = (text("languagePreference"), text("audioPreference")) else {
        return Err(Refused::of(need::PREFERENCES, "languagePreference or audioPreference is missing"));
    };
    if !languages.split(',').all(|tag| xapi::is_tag(tag.trim())) {
        return Err(Refused::of(need::LANGUAGES, "languagePreference is no list of language tags"));
    }
    if matches!(audio, "on" | "off") { Ok(()) } else { Err(Refused::of(need::PREFERENCES, "audioPreference is neither on nor off")) }
}

//! STIX 2.1, written by us: libraries that come to it by way of other formats lose the incident and the markings.

pub(crate) mod ids;
mod observables;

use serde_json::{Value, json};

use crate::leaving::Leaving;
use crate::lexicon::Technique;
use crate::{Desk, Indicator, Tlp, moments};
use observables::observable;

/// The TLP 2.0 extension of OASIS.
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// The incident extension of OASIS.
const INCIDENT: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// The bundle of what leaves.
pub fn bundle(leaving: &Leaving<'_>, desk: &Desk) -> Value {
    let mut bundle = Bundle::of(leaving, desk);
    bundle.identities(desk);
    bundle.incident();
    bundle.attack();
    bundle.indicators();
    bundle.actions();
    bundle.timeline();
    bundle.report();
    bundle.finish()
}

struct Bundle<'a> {
    leaving: &'a Leaving<'a>,
    desk: String,
    victim: String,
    incident: String,
    /// What indicators point to: the malware, or the way in where there is none.
    threat: Option<String>,
    /// What a course of action mitigates, what a vulnerability is exploited by.
    malware: Option<String>,
    objects: Vec<Value>,
    markings: Vec<Tlp>,
}

impl<'a> Bundle<'a> {
    fn of(leaving: &'a Leaving<'a>, desk: &Desk) -> Self {
        let case = leaving.case.number.as_str();
        Self {
            leaving,
            desk: ids::of_object("identity", "desk", &desk.name),
            victim: ids::of_object("identity", case, "victim"),
            incident: ids::of_object("incident", case, ""),
            threat: None,
            malware: None,
            objects: Vec::new(),
            markings: Vec::new(),
        }
    }

    /// Puts an object in, with what every object carries, and gives its id.
    fn add(&mut self, kind: &str, what: &str, tlp: Tlp, properties: Value) -> String {
        let id = match (kind, what) {
            ("identity", "desk") => self.desk.clone(),
            (kind, what) => ids::of_object(kind, &self.leaving.case.number, what),
        };
        let common = json!({
            "type": kind,
            "spec_version": "2.1",
            "id": id,
            "created_by_ref": self.desk,
            "created": moments::for_stix(self.leaving.case.made_at),
            "modified": moments::for_stix(self.leaving.at.max(self.leaving.case.made_at)),
            "lang": "ja",
        });
        self.put(tlp, merged(common, properties));
        id
    }

    fn put(&mut self, tlp: Tlp, mut object: Value) {
        object["object_marking_refs"] = json!([ids::of_marking(tlp)]);
        self.markings.push(tlp);
        self.objects.push(object);
    }

    fn relate(&mut self, source: &str, kind: &str, target: &str, tlp: Tlp) {
        let properties = json!({ "relationship_type": kind, "source_ref": source, "target_ref": target });
        self.add("relationship", &format!("{source} {kind} {target}"), tlp, properties);
    }

    fn case_tlp(&self) -> Tlp {
        self.leaving.case.tlp
    }

    fn identities(&mut self, desk: &Desk) {
        let mut properties = json!({ "name": desk.name, "identity_class": "organization", "sectors": ["healthcare"] });
        if !desk.contact.is_empty() {
            properties["contact_information"] = json!(desk.contact);
        }
        self.add("identity", "desk", Tlp::Clear, properties);
        let victim = json!({ "name": self.leaving.victim.label, "identity_class": "organization", "sectors": ["healthcare"] });
        self.add("identity", "victim", self.case_tlp(), victim);
    }

    fn incident(&mut self) {
        let leaving = self.leaving;
        let case = &leaving.case;
        let tool = case.stage.and_then(|stage| leaving.lexicon.tool_stage(stage));
        let mut extension = json!({
            "extension_type": "property-extension",
            "determination": tool.map_or("suspected", |it| it.determination.as_str()),
            "investigation_status": status(leaving),
        });
        if let Some(tool) = tool {
            extension["recoverability"] = json!(tool.recoverability);
        }
        if let Some(event) = case.event.as_deref().and_then(|event| leaving.lexicon.tool_event(event)) {
            extension["incident_types"] = json!(event.incident_types);
        }
        if let Some((stage, words)) = case.stage.and_then(|stage| leaving.lexicon.stages.get(&stage).map(|words| (stage, words))) {
            extension["criticality"] = json!(words.criticality);
            extension["scores"] = json!([{ "name": "MHLW malware stage", "value": stage, "description": words.label.ja }]);
        }
        let mut properties = json!({
            "name": leaving.titled(&case.number),
            "external_references": [{ "source_name": "MIST", "external_id": case.number }],
            "extensions": { INCIDENT: extension },
        });
        let tlp = match leaving.said("summary") {
            Some((tlp, summary)) => {
                properties["description"] = json!(summary);
                tlp.max(case.tlp)
            }
            None => case.tlp,
        };
        if case.is_drill {
            properties["labels"] = json!(["exercise"]);
        }
        self.add("incident", "", tlp, properties);
        let (incident, victim) = (self.incident.clone(), self.victim.clone());
        self.relate(&incident, "related-to", &victim, self.case_tlp());
    }

    /// Malware, and how it came in and what it did, as far as the kind of the event and the way in say.
    fn attack(&mut self) {
        let leaving = self.leaving;
        let case = &leaving.case;
        let event = case.event.as_deref().and_then(|event| leaving.lexicon.tool_event(event));
        let way_in = case.axes.get("path").and_then(|path| leaving.lexicon.way_in(path));
        let (incident, victim) = (self.incident.clone(), self.victim.clone());
        if let Some(event) = event.filter(|event| !event.malware_types.is_empty()) {
            let family = leaving.said("ransom_family");
            let tlp = family.as_ref().map_or(case.tlp, |(tlp, _)| case.tlp.max(*tlp));
            let mut properties = json!({ "is_family": family.is_some(), "malware_types": event.malware_types });
            properties["name"] = json!(family.map_or_else(|| "不明".to_owned(), |(_, name)| name));
            let malware = self.add("malware", "", tlp, properties);
            self.relate(&malware, "targets", &victim, tlp);
            self.relate(&incident, "related-to", &malware, tlp);
            self.malware = Some(malware);
        }
        let mut ways = Vec::new();
        let techniques = event.map(|event| event.techniques.iter()).into_iter().flatten();
        for (technique, is_way_in) in way_in.map(|it| (it, true)).into_iter().chain(techniques.map(|it| (it, false))) {
            ways.push(self.technique(technique, is_way_in));
        }
        self.threat = self.malware.clone().or_else(|| ways.first().cloned());
    }

    fn technique(&mut self, technique: &Technique, is_way_in: bool) -> String {
        let case_tlp = self.case_tlp();
        let detail = self.leaving.said("path_detail").filter(|_| is_way_in);
        let tlp = detail.as_ref().map_or(case_tlp, |(tlp, _)| case_tlp.max(*tlp));
        let mut properties = json!({
            "name": technique.name,
            "external_references": [{ "source_name": "mitre-attack", "external_id": technique.id }],
        });
        if let Some((_, detail)) = detail {
            properties["description"] = json!(detail);
        }
        let way = self.add("attack-pattern", &technique.id, tlp, properties);
        let victim = self.victim.clone();
        match self.malware.clone() {
            Some(malware) => self.relate(&malware, "uses", &way, tlp),
            None => self.relate(&way, "targets", &victim, tlp),
        }
        way
    }

    fn indicators(&mut self) {
        let leaving = self.leaving;
        for indicator in &leaving.indicators {
            match observable(&indicator.sign) {
                Some((object, pattern)) => self.indicator(indicator, object, &pattern),
                None => self.vulnerability(indicator),
            }
        }
    }

    fn indicator(&mut self, indicator: &Indicator, object: Value, pattern: &str) {
        let (leaving, tlp) = (self.leaving, indicator.tlp);
        let seen = indicator.first_seen.or(indicator.last_seen).or(leaving.case.known_at).unwrap_or(leaving.case.made_at);
        let last = indicator.last_seen.unwrap_or(seen).max(seen);
        let object_id = object["id"].clone();
        self.put(tlp, object);
        let observed = json!({
            "first_observed": moments::for_stix(seen),
            "last_observed": moments::for_stix(last),
            "number_observed": 1,
            "object_refs": [object_id],
        });
        let observed = self.add("observed-data", pattern, tlp, observed);
        let note = Some(indicator.note.trim()).filter(|note| !note.is_empty());
        let properties = json!({
            "name": indicator.sign.value(),
            "description": note.unwrap_or_else(|| indicator.sign.for_people()),
            "pattern": pattern,
            "pattern_type": "stix",
            "valid_from": moments::for_stix(seen),
            "indicator_types": ["malicious-activity"],
        });
        let id = self.add("indicator", pattern, tlp, properties);
        self.relate(&id, "based-on", &observed, tlp);
        if let Some(threat) = self.threat.clone() {
            self.relate(&id, "indicates", &threat, tlp);
        }
    }

    fn vulnerability(&mut self, indicator: &Indicator) {
        let number = indicator.sign.value();
        let mut properties = json!({ "name": number, "external_references": [{ "source_name": "cve", "external_id": number }] });
        if !indicator.note.trim().is_empty() {
            properties["description"] = json!(indicator.note.trim());
        }
        let id = self.add("vulnerability", &number, indicator.tlp, properties);
        match self.malware.clone().or_else(|| self.threat.clone()) {
            Some(malware) if malware.starts_with("malware") => self.relate(&malware, "exploits", &id, indicator.tlp),
            Some(way) => self.relate(&way, "targets", &id, indicator.tlp),
            None => {
                let incident = self.incident.clone();
                self.relate(&incident, "related-to", &id, indicator.tlp);
            }
        }
    }

    fn actions(&mut self) {
        let Some((tlp, actions)) = self.leaving.said("actions") else { return };
        let id = self.add("course-of-action", "", tlp, json!({ "name": "窓口と医療機関がしたこと", "description": actions }));
        if let Some(threat) = self.threat.clone() {
            self.relate(&id, "mitigates", &threat, tlp);
        }
    }

    fn timeline(&mut self) {
        let leaving = self.leaving;
        for (n, happening) in leaving.timeline.iter().enumerate() {
            let note = json!({
                "abstract": "経緯",
                "content": format!("{}　{}", moments::for_tables(happening.at), happening.text),
                "object_refs": [self.incident],
            });
            self.add("note", &format!("{n} {}", happening.at), happening.tlp, note);
        }
        let written = leaving.words.get("timeline").map(|it| ("timeline", "経緯", it));
        for (what, heading, item) in written.into_iter().chain(leaving.words.get("cause").map(|it| ("cause", "原因", it))) {
            let note = json!({ "abstract": heading, "content": item.text.trim(), "object_refs": [self.incident] });
            self.add("note", what, item.tlp, note);
        }
    }

    fn report(&mut self) {
        let refs: Vec<Value> = self.objects.iter().map(|object| object["id"].clone()).collect();
        let properties = json!({
            "name": self.leaving.titled(&format!("事案 {}", self.leaving.case.number)),
            "report_types": ["threat-report"],
            "published": moments::for_stix(self.leaving.at),
            "object_refs": refs,
        });
        self.add("report", "", self.leaving.tlp(), properties);
    }

    fn finish(mut self) -> Value {
        self.markings.sort_unstable();
        self.markings.dedup();
        let mut objects: Vec<Value> = self.markings.iter().map(|tlp| marking(*tlp)).collect();
        objects.append(&mut self.objects);
        let said = Value::from(objects.clone()).to_string();
        json!({ "type": "bundle", "id": format!("bundle--{}", ids::steady(&["bundle", &said])), "objects": objects })
    }
}

fn marking(tlp: Tlp) -> Value {
    json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": ids::of_marking(tlp),
        "created": "2022-10-01T00:00:00.000Z",
        "name": tlp.label(),
        "extensions": { TLP_2: { "extension_type": "property-extension", "tlp_2_0": tlp.id() } },
    })
}

/// `new`, `open` or `closed`.
pub(crate) fn status(leaving: &Leaving<'_>) -> &'static str {
    match (&leaving.case.closed_at, &leaving.case.answered_at) {
        (Some(_), _) => "closed",
        (None, Some(_)) => "open",
        (None, None) => "new",
    }
}

fn merged(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}

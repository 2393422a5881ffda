//! Writing a `cmi5.xml`: what [`Course::read`] reads, said again.

use quick_xml::escape::escape;
use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Block, Course, LaunchMethod, MoveOn, Node, Objective, Texts, Unit};
use crate::vocabulary::NAMESPACE;

impl Course {
    /// The course as a `cmi5.xml`, in UTF-8. The same course gives the same bytes.
    ///
    /// Characters that XML 1.0 has no way to write stand as U+FFFD.
    pub fn write(&self) -> String {
        let mut out = Out(String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"));
        out.open(0, "courseStructure", &[("xmlns", NAMESPACE)]);
        out.open(1, "course", &[("id", self.id.as_str())]);
        out.head(2, &self.title, &self.description);
        out.close(1, "course");
        if !self.objectives.is_empty() {
            out.open(1, "objectives", &[]);
            self.objectives.iter().for_each(|objective| out.objective(objective));
            out.close(1, "objectives");
        }
        out.nodes(1, &self.children);
        out.close(0, "courseStructure");
        out.0
    }
}

/// What is written so far; each line as deep as its elements lie.
struct Out(String);

impl Out {
    fn nodes(&mut self, depth: usize, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Block(block) => self.block(depth, block),
                Node::Unit(unit) => self.unit(depth, unit),
            }
        }
    }

    fn objective(&mut self, objective: &Objective) {
        self.open(2, "objective", &[("id", objective.id.as_str())]);
        self.head(3, &objective.title, &objective.description);
        self.close(2, "objective");
    }

    fn block(&mut self, depth: usize, block: &Block) {
        self.open(depth, "block", &[("id", block.id.as_str())]);
        self.head(depth + 1, &block.title, &block.description);
        self.references(depth + 1, &block.objectives);
        self.nodes(depth + 1, &block.children);
        self.close(depth, "block");
    }

    fn unit(&mut self, depth: usize, unit: &Unit) {
        let mut attributes = vec![("id", unit.id.as_str())];
        // What is the default need not be said.
        if unit.move_on != MoveOn::default() {
            attributes.push(("moveOn", unit.move_on.id()));
        }
        if let Some(score) = &unit.mastery_score {
            attributes.push(("masteryScore", score.as_str()));
        }
        if unit.launch_method != LaunchMethod::default() {
            attributes.push(("launchMethod", unit.launch_method.id()));
        }
        if let Some(kind) = &unit.activity_type {
            attributes.push(("activityType", kind.as_str()));
        }
        self.open(depth, "au", &attributes);
        self.head(depth + 1, &unit.title, &unit.description);
        self.references(depth + 1, &unit.objectives);
        self.text(depth + 1, "url", &[], unit.url.as_str());
        for (name, text) in [("launchParameters", &unit.launch_parameters), ("entitlementKey", &unit.entitlement_key)] {
            if let Some(text) = text {
                self.text(depth + 1, name, &[], text);
            }
        }
        self.close(depth, "au");
    }

    fn references(&mut self, depth: usize, objectives: &[String]) {
        if objectives.is_empty() {
            return;
        }
        self.open(depth, "objectives", &[]);
        for id in objectives {
            self.text(depth + 1, "objective", &[("idref", id.as_str())], "");
        }
        self.close(depth, "objectives");
    }

    /// Title and description, each in its languages.
    fn head(&mut self, depth: usize, title: &Texts, description: &Texts) {
        for (name, texts) in [("title", title), ("description", description)] {
            self.open(depth, name, &[]);
            for (tag, text) in &texts.0 {
                let language: &[(&str, &str)] = if tag.is_empty() { &[] } else { &[("lang", tag.as_str())] };
                self.text(depth + 1, "langstring", language, text);
            }
            self.close(depth, name);
        }
    }

    fn open(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.tag(depth, name, attributes);
        self.0.push_str(">\n");
    }

    fn close(&mut self, depth: usize, name: &str) {
        self.indent(depth);
        writeln!(self.0, "</{name}>").expect("a string takes everything");
    }

    /// An element with nothing but a text in it.
    fn text(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.tag(depth, name, attributes);
        if text.is_empty() {
            self.0.push_str("/>\n");
        } else {
            writeln!(self.0, ">{}</{name}>", escape(sound(text))).expect("a string takes everything");
        }
    }

    fn tag(&mut self, depth: usize, name: &str, attributes: &[(&str, &str)]) {
        self.indent(depth);
        write!(self.0, "<{name}").expect("a string takes everything");
        for (key, value) in attributes {
            write!(self.0, " {key}=\"{}\"", escape(sound(value))).expect("a string takes everything");
        }
    }

    fn indent(&mut self, depth: usize) {
        self.0.extend(std::iter::repeat_n("  ", depth));
    }
}

/// A text without what no XML file can hold: control characters, and the two that are none.
fn sound(text: &str) -> Cow<'_, str> {
    let is_sound = |c: char| (!c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{85}')) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.chars().all(is_sound) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_sound(c) { c } else { '\u{fffd}' }).collect())
}

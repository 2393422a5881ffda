//! From elements to a course, by the schema of section 13.2 and the rules of section 13.1.

use std::collections::BTreeSet;

use super::xml::Element;
use super::{Block, Course, LaunchMethod, MasteryScore, MoveOn, Node, NotACourse, Objective, Texts, Unit, UnitUrl, Wrong};
use crate::vocabulary::NAMESPACE;

type Read<T> = Result<T, NotACourse>;

pub(super) fn course(root: &Element) -> Read<Course> {
    if root.name != "courseStructure" || root.namespace != NAMESPACE {
        return Err(NotACourse::of(Wrong::Root, root.name.as_str(), root.namespace.as_str()));
    }
    attributes(root, &[])?;
    let mut children = Children::of(root);
    let course = children.need("course")?;
    attributes(course, &["id"])?;
    let (id, title, description) = head(course)?;
    Children::after_head(course).none_left()?;
    let objectives = children.may("objectives").map(objectives).transpose()?.unwrap_or_default();
    let mut reading = Reading { objectives: objectives.iter().map(|objective| objective.id.clone()).collect(), ..Reading::default() };
    let nodes = reading.nodes(&mut children, root)?;
    Ok(Course { id, title, description, objectives, children: nodes })
}

/// What was met so far.
#[derive(Default)]
struct Reading {
    objectives: BTreeSet<String>,
    blocks: BTreeSet<String>,
    units: BTreeSet<String>,
}

impl Reading {
    /// Units and blocks, at least one of them.
    fn nodes(&mut self, children: &mut Children<'_>, around: &Element) -> Read<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(child) = children.next_own() {
            nodes.push(match child.name.as_str() {
                "block" => Node::Block(self.block(child)?),
                "au" => Node::Unit(Box::new(self.unit(child)?)),
                _ => return Err(misplaced(child, around)),
            });
        }
        if nodes.is_empty() { Err(NotACourse::of(Wrong::NoUnit, name_of(around), "")) } else { Ok(nodes) }
    }

    fn block(&mut self, element: &Element) -> Read<Block> {
        attributes(element, &["id"])?;
        let (id, title, description) = head(element)?;
        let position = self.blocks.len();
        if !self.blocks.insert(id.clone()) {
            return Err(NotACourse::of(Wrong::DuplicateBlock, id, ""));
        }
        let mut children = Children::after_head(element);
        let objectives = self.references(children.may("objectives"), &id)?;
        Ok(Block { position, id, title, description, objectives, children: self.nodes(&mut children, element)? })
    }

    fn unit(&mut self, element: &Element) -> Read<Unit> {
        attributes(element, &["id", "moveOn", "masteryScore", "launchMethod", "activityType"])?;
        let (id, title, description) = head(element)?;
        let position = self.units.len();
        if !self.units.insert(id.clone()) {
            return Err(NotACourse::of(Wrong::DuplicateUnit, id, ""));
        }
        let mut children = Children::after_head(element);
        let objectives = self.references(children.may("objectives"), &id)?;
        let url = UnitUrl::parse(bare(children.need("url")?)?, &id)?;
        let mut text = |name: &str| -> Read<Option<String>> { Ok(children.may(name).map(bare).transpose()?.map(str::to_owned)) };
        let (launch_parameters, entitlement_key) = (text("launchParameters")?, text("entitlementKey")?);
        children.none_left()?;
        let activity_type = element.attribute("activityType").map(|iri| whole_iri(iri, &id)).transpose()?;
        Ok(Unit {
            position,
            title,
            description,
            objectives,
            url,
            launch_parameters,
            entitlement_key,
            move_on: chosen(element, "moveOn", &MoveOn::ALL, MoveOn::id, Wrong::MoveOn, &id)?,
            mastery_score: match element.attribute("masteryScore") {
                Some(text) => Some(MasteryScore::parse(text).ok_or_else(|| NotACourse::of(Wrong::MasteryScore, &id, text))?),
                None => None,
            },
            launch_method: chosen(
                element,
                "launchMethod",
                &[LaunchMethod::OwnWindow, LaunchMethod::AnyWindow],
                LaunchMethod::id,
                Wrong::LaunchMethod,
                &id,
            )?,
            activity_type,
            id,
        })
    }

    /// Objectives that a block or unit refers to: each of them is there.
    fn references(&self, list: Option<&Element>, of: &str) -> Read<Vec<String>> {
        let Some(list) = list else { return Ok(Vec::new()) };
        attributes(list, &[])?;
        let mut found = Vec::new();
        let mut children = Children::of(list);
        while let Some(child) = children.next_own() {
            if child.name != "objective" {
                return Err(misplaced(child, list));
            }
            attributes(child, &["idref"])?;
            let id = child.attribute("idref").ok_or_else(|| NotACourse::of(Wrong::NoId, of, "objective"))?;
            let id = whole_iri(id, of)?;
            if !self.objectives.contains(&id) {
                return Err(NotACourse::of(Wrong::UnknownObjective, of, id));
            }
            found.push(id);
        }
        if found.is_empty() { Err(NotACourse::of(Wrong::Missing, name_of(list), "objective")) } else { Ok(found) }
    }
}

fn objectives(list: &Element) -> Read<Vec<Objective>> {
    attributes(list, &[])?;
    let (mut objectives, mut seen) = (Vec::new(), BTreeSet::new());
    let mut children = Children::of(list);
    while let Some(child) = children.next_own() {
        if child.name != "objective" {
            return Err(misplaced(child, list));
        }
        attributes(child, &["id"])?;
        let (id, title, description) = head(child)?;
        Children::after_head(child).none_left()?;
        if !seen.insert(id.clone()) {
            return Err(NotACourse::of(Wrong::DuplicateObjective, id, ""));
        }
        objectives.push(Objective { id, title, description });
    }
    if objectives.is_empty() { Err(NotACourse::of(Wrong::Missing, name_of(list), "objective")) } else { Ok(objectives) }
}

/// The children of an element that belong to cmi5, in the order of the schema.
struct Children<'a> {
    around: &'a Element,
    rest: std::iter::Peekable<Box<dyn Iterator<Item = &'a Element> + 'a>>,
}

impl<'a> Children<'a> {
    fn of(around: &'a Element) -> Self {
        let own: Box<dyn Iterator<Item = &'a Element> + 'a> =
            Box::new(around.children.iter().filter(|child| child.namespace == NAMESPACE || child.namespace.is_empty()));
        Self { around, rest: own.peekable() }
    }

    /// Behind title and description.
    fn after_head(around: &'a Element) -> Self {
        let mut children = Self::of(around);
        children.may("title");
        children.may("description");
        children
    }

    fn next_own(&mut self) -> Option<&'a Element> {
        self.rest.next()
    }

    /// The next one, if it has this name.
    fn may(&mut self, name: &str) -> Option<&'a Element> {
        self.rest.next_if(|child| child.name == name && child.namespace == NAMESPACE)
    }

    /// The next one, which has this name.
    fn need(&mut self, name: &str) -> Read<&'a Element> {
        match self.may(name) {
            Some(found) => Ok(found),
            // What is there and stands elsewhere is not missing: whatever stands here is in its place.
            None if self.around.children.iter().any(|child| child.name == name) => match self.rest.peek() {
                Some(child) => Err(misplaced(child, self.around)),
                None => Err(self.missing(name)),
            },
            None => Err(self.missing(name)),
        }
    }

    fn missing(&self, name: &str) -> NotACourse {
        NotACourse::of(Wrong::Missing, name_of(self.around), name)
    }

    fn none_left(mut self) -> Read<()> {
        match self.next_own() {
            Some(child) => Err(misplaced(child, self.around)),
            None => Ok(()),
        }
    }
}

/// Id, title and description.
fn head(element: &Element) -> Read<(String, Texts, Texts)> {
    let id = element.attribute("id").ok_or_else(|| NotACourse::of(Wrong::NoId, element.name.as_str(), ""))?;
    let id = whole_iri(id, &element.name)?;
    let mut children = Children::of(element);
    let title = texts(children.need("title")?, &id)?;
    let description = texts(children.need("description")?, &id)?;
    Ok((id, title, description))
}

/// A text in at least one language.
fn texts(element: &Element, of: &str) -> Read<Texts> {
    attributes(element, &[])?;
    let mut texts = Vec::new();
    let mut children = Children::of(element);
    while let Some(child) = children.next_own() {
        if child.name != "langstring" {
            return Err(misplaced(child, element));
        }
        attributes(child, &["lang"])?;
        let tag = child.attribute("lang").unwrap_or_default();
        if child.attribute("lang").is_some() && !xapi::is_tag(tag) {
            return Err(NotACourse::of(Wrong::Language, of, tag));
        }
        texts.push((tag.to_owned(), plain(child)?.to_owned()));
    }
    if texts.is_empty() { Err(NotACourse::of(Wrong::NoText, of, element.name.as_str())) } else { Ok(Texts(texts)) }
}

/// A text without elements in it, and without attributes.
fn bare(element: &Element) -> Read<&str> {
    attributes(element, &[])?;
    plain(element)
}

/// A text without elements in it.
fn plain(element: &Element) -> Read<&str> {
    match element.children.first() {
        Some(child) => Err(misplaced(child, element)),
        None => Ok(element.trimmed()),
    }
}

fn attributes(element: &Element, known: &[&str]) -> Read<()> {
    match element.attributes.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(NotACourse::of(Wrong::Attribute, name_of(element), name.as_str())),
        None => Ok(()),
    }
}

fn chosen<T: Copy + Default>(element: &Element, name: &str, all: &[T], id: impl Fn(T) -> &'static str, wrong: Wrong, of: &str) -> Read<T> {
    let Some(text) = element.attribute(name) else { return Ok(T::default()) };
    all.iter().copied().find(|value| id(*value) == text).ok_or_else(|| NotACourse::of(wrong, of, text))
}

fn whole_iri(text: &str, of: &str) -> Read<String> {
    match xapi::check_iri(text) {
        Ok(()) => Ok(text.to_owned()),
        Err(_) => Err(NotACourse::of(Wrong::NotAnIri, of, text)),
    }
}

fn misplaced(child: &Element, around: &Element) -> NotACourse {
    NotACourse::of(Wrong::Misplaced, name_of(around), child.name.as_str())
}

/// By what somebody finds the element: its id, else its name.
fn name_of(element: &Element) -> &str {
    element.attribute("id").unwrap_or(&element.name)
}

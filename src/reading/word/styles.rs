//! Styles: what a paragraph is and how words look follows from them (ECMA-376, part 1, 17.7).

use std::collections::BTreeMap;

use super::super::Refused;
use super::super::flow::{Look, Role, compared};
use super::super::xml::{Element, Event, Xml};

/// The styles of a document, with what they take from those that they are based on.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    /// The language of words that say none.
    pub(super) language: String,
}

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Its name and its id, without spaces and in small letters. Word writes the names of its own in
    /// English, whatever language it speaks; the ids are translated.
    names: [String; 2],
    based_on: Option<String>,
    /// From 0; 9 is no level.
    pub(super) outline: Option<u8>,
    /// Its list, and how deep in it, from 0.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    pub(super) run: Run,
}

/// How words are set; nothing where it is left to another style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    is_strong: Option<bool>,
    is_emphasis: Option<bool>,
    is_hidden: Option<bool>,
    /// Below the line, above it, or neither.
    align: Option<Align>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Base,
    Below,
    Above,
}

/// The most styles that are followed from one to what it is based on. Word allows eleven.
const MOST_BASES: usize = 12;

impl Styles {
    /// A style and those that it is based on, the nearest first.
    fn line(&self, id: &str) -> impl Iterator<Item = &Style> {
        let based_on = |style: &&Style| self.all.get(style.based_on.as_deref()?);
        std::iter::successors(self.all.get(id), based_on).take(MOST_BASES)
    }

    /// What a paragraph in a style is, by all but its own outline level.
    pub(super) fn role(&self, id: &str, outline: Option<u8>) -> Role {
        let is_named = |wanted: &[&str]| {
            let mut line = self.line(id).take(1);
            let own = line.any(|style| style.is_named(wanted));
            // A style that is used and not described.
            own || wanted.contains(&compared(id).as_str())
        };
        let is_like =
            |wanted: &[&str]| is_named(wanted) || self.line(id).any(|style| style.is_named(wanted));
        // Of styles based on the title's, most are something else: a subtitle, a date.
        if is_named(&["title"]) {
            return Role::Title;
        }
        let level = outline.or_else(|| self.line(id).find_map(|style| style.outline));
        let level = level.or_else(|| self.heading(id));
        if let Some(level) = level.filter(|level| *level < 9) {
            return Role::Heading(level + 1);
        }
        if is_named(&["author"]) {
            Role::Byline
        } else if is_like(&["quote", "intensequote", "blocktext", "quotations"]) {
            Role::Quotation
        } else if is_like(&["caption"]) {
            Role::Caption
        } else if self.line(id).any(Style::is_code) {
            Role::Code
        } else if is_named(&["listcontinue"]) || self.depth(id).is_some_and(|(goes_on, _)| goes_on)
        {
            Role::GoesOn
        } else {
            Role::Text
        }
    }

    /// The level of a heading whose style has the name of one, but says none: from 0.
    fn heading(&self, id: &str) -> Option<u8> {
        let names = self.line(id).map(|style| style.names[0].clone());
        let mut names = names.chain([compared(id)]);
        names.find_map(|name| {
            let level: u8 = name.strip_prefix("heading")?.parse().ok()?;
            level.checked_sub(1).filter(|level| *level < 9)
        })
    }

    /// Word's own styles for deeper lists are not based on each other: "List Bullet 2", "List
    /// Continue 3". Whether it goes on with an item, and how deep.
    pub(super) fn depth(&self, id: &str) -> Option<(bool, u8)> {
        let own = self.all.get(id).map(|style| style.names[0].clone());
        let name = own.unwrap_or_else(|| compared(id));
        let kinds = [
            ("listbullet", false),
            ("listnumber", false),
            ("listcontinue", true),
        ];
        kinds.into_iter().find_map(|(prefix, goes_on)| {
            let depth = name.strip_prefix(prefix)?.parse().ok()?;
            Some((goes_on, depth))
        })
    }

    /// The list that paragraphs in a style are in, and how deep, from 0.
    pub(super) fn list(&self, id: &str) -> (Option<String>, Option<usize>) {
        let list = self.line(id).find_map(|style| style.list.clone());
        (list, self.line(id).find_map(|style| style.level))
    }

    /// How words look, and whether they are hidden: by what is said of them, else by their style.
    pub(super) fn look(&self, own: Run, style: Option<&str>) -> (Look, bool) {
        let mut run = own;
        let mut is_code = false;
        if let Some(id) = style {
            for style in self.line(id) {
                run = run.or(style.run);
                is_code |= style.is_code();
            }
            is_code |= is_code_name(&compared(id));
        }
        let look = Look {
            link: None,
            is_strong: run.is_strong.unwrap_or_default(),
            is_emphasis: run.is_emphasis.unwrap_or_default(),
            is_code,
            is_subscript: run.align == Some(Align::Below),
            is_superscript: run.align == Some(Align::Above),
        };
        (look, run.is_hidden.unwrap_or_default())
    }
}

impl Style {
    fn is_named(&self, wanted: &[&str]) -> bool {
        self.names
            .iter()
            .any(|name| wanted.contains(&name.as_str()))
    }

    fn is_code(&self) -> bool {
        self.names.iter().any(|name| is_code_name(name))
    }
}

impl Run {
    fn or(self, other: Self) -> Self {
        Self {
            is_strong: self.is_strong.or(other.is_strong),
            is_emphasis: self.is_emphasis.or(other.is_emphasis),
            is_hidden: self.is_hidden.or(other.is_hidden),
            align: self.align.or(other.align),
        }
    }

    /// One property of a run.
    pub(super) fn take(&mut self, xml: &Xml, property: &Element) {
        let value = || xml.attribute(property, "w", "val");
        match property.name.pair() {
            ("w", "b") => self.is_strong = Some(is_on(value())),
            ("w", "i") => self.is_emphasis = Some(is_on(value())),
            ("w", "vanish") => self.is_hidden = Some(is_on(value())),
            ("w", "vertAlign") => {
                self.align = Some(match value().as_deref() {
                    Some("subscript") => Align::Below,
                    Some("superscript") => Align::Above,
                    _ => Align::Base,
                });
            }
            _ => {}
        }
    }
}

/// Whether a switch is on, by its value (17.17.4).
pub(super) fn is_on(value: Option<String>) -> bool {
    !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
}

fn is_code_name(name: &str) -> bool {
    // Word's own, pandoc's, LibreOffice's.
    let parts = [
        "code",
        "preformatted",
        "sourcetext",
        "teletype",
        "typewriter",
        "verbatim",
    ];
    parts.iter().any(|part| name.contains(part))
}

/// The styles that a part describes.
pub(super) fn read(text: &str) -> Result<Styles, Refused> {
    let (mut xml, mut styles) = (Xml::new(text), Styles::default());
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.name.pair() {
            ("w", "style") => {
                let id = xml.attribute(&element, "w", "styleId").unwrap_or_default();
                let style = style(&mut xml, &id)?;
                styles.all.insert(id, style);
            }
            // That of the defaults is the first; in styles none is looked at.
            ("w", "lang") if styles.language.is_empty() => {
                styles.language = xml.attribute(&element, "w", "val").unwrap_or_default();
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn style(xml: &mut Xml, id: &str) -> Result<Style, Refused> {
    let at = xml.depth();
    let mut style = Style {
        names: [compared(id), compared(id)],
        ..Style::default()
    };
    while let Some(element) = xml.child(at)? {
        let value = xml.attribute(&element, "w", "val");
        match element.name.pair() {
            ("w", "name") => style.names[0] = compared(&value.unwrap_or_default()),
            ("w", "basedOn") => style.based_on = value,
            ("w", "pPr") => {
                while let Some(element) = xml.child(at + 1)? {
                    match element.name.pair() {
                        ("w", "outlineLvl") => {
                            let value = xml.attribute(&element, "w", "val");
                            style.outline = value.and_then(|value| value.parse().ok());
                        }
                        ("w", "numPr") => (style.list, style.level) = list(xml)?,
                        _ => {}
                    }
                }
            }
            ("w", "rPr") => {
                while let Some(element) = xml.child(at + 1)? {
                    style.run.take(xml, &element);
                }
            }
            _ => {}
        }
    }
    Ok(style)
}

/// The list that the element that has begun last names, and how deep in it.
pub(super) fn list(xml: &mut Xml) -> Result<(Option<String>, Option<usize>), Refused> {
    let (at, mut list, mut level) = (xml.depth(), None, None);
    while let Some(element) = xml.child(at)? {
        let value = xml.attribute(&element, "w", "val");
        match element.name.pair() {
            ("w", "numId") => list = value,
            ("w", "ilvl") => level = value.and_then(|value| value.parse().ok()),
            _ => {}
        }
    }
    Ok((list, level))
}

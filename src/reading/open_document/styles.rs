//! Styles: what a paragraph is and how words look follows from them (16).

use std::collections::BTreeMap;

use super::super::Refused;
use super::super::flow::{self, Role};
use super::super::xml::{Element, Event, Xml};

/// The styles of a document, with what they take from their parents.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<String, Style>,
    texts: BTreeMap<String, Style>,
    lists: BTreeMap<String, Vec<Level>>,
    /// The levels of headings that are numbered, from 1.
    numbered: Vec<usize>,
    /// The language of words that say none.
    pub(super) language: String,
    /// Whether there are words in headers and footers.
    pub(super) has_headers: bool,
}

/// A style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Its name without spaces and in small letters. Names of the program's own are in English,
    /// whatever language it speaks.
    name: String,
    parent: Option<String>,
    /// Made for one place in the text, by hand.
    is_automatic: bool,
    /// From 1.
    outline: Option<u8>,
    pub(super) run: Run,
}

/// How words are set; nothing where it is left to another style.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) is_strong: Option<bool>,
    pub(super) is_emphasis: Option<bool>,
    pub(super) is_hidden: Option<bool>,
    /// Below the line where it is less than zero, above it where it is more.
    pub(super) align: Option<i8>,
    pub(super) is_code: bool,
}

/// A level of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    /// From 1.
    level: usize,
    pub(super) sign: Sign,
    pub(super) start: u32,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Number,
    Bullet,
    /// Nothing to be seen.
    Blank,
}

/// How deep lists go, and so how many levels of one are read.
const LEVELS: usize = 10;

/// The most styles that are followed from one to its parent.
const MOST_PARENTS: usize = 32;

impl Run {
    /// How it is set, or else another.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            is_strong: self.is_strong.or(other.is_strong),
            is_emphasis: self.is_emphasis.or(other.is_emphasis),
            is_hidden: self.is_hidden.or(other.is_hidden),
            align: self.align.or(other.align),
            is_code: self.is_code || other.is_code,
        }
    }
}

impl Styles {
    /// A style and its parents, the nearest first.
    fn line<'a>(
        styles: &'a BTreeMap<String, Style>,
        name: &str,
    ) -> impl Iterator<Item = &'a Style> {
        let parent = |style: &&'a Style| styles.get(style.parent.as_deref()?);
        std::iter::successors(styles.get(name), parent).take(MOST_PARENTS)
    }

    /// What a paragraph in a style is.
    pub(super) fn role(&self, name: &str) -> Role {
        let line = || Self::line(&self.paragraphs, name).filter(|style| !style.is_automatic);
        let undescribed = plain(name);
        let own = line().next().map_or(&undescribed, |style| &style.name);
        let is_like = |wanted: &str| own == wanted || line().any(|style| style.name == wanted);
        if own == "title" {
            Role::Title
        } else if let Some(level) = line().find_map(|style| style.outline) {
            Role::Heading(level)
        } else if own == "author" {
            Role::Byline
        } else if ["quotations", "quote", "intensequote", "blocktext"]
            .iter()
            .any(|name| is_like(name))
        {
            Role::Quotation
        } else if is_like("caption") || own == "figurecaption" {
            Role::Caption
        } else if is_code(own) || line().any(|style| is_code(&style.name)) {
            Role::Code
        } else {
            Role::Text
        }
    }

    /// How the words of a paragraph are set by hand, and whether it is hidden by its style.
    pub(super) fn paragraph(&self, name: &str) -> Run {
        let mut run = Run::default();
        for style in Self::line(&self.paragraphs, name) {
            if style.is_automatic {
                run = run.or(style.run);
            }
            run.is_hidden = run.is_hidden.or(style.run.is_hidden);
        }
        run
    }

    /// How words in a style are set.
    pub(super) fn text(&self, name: &str) -> Run {
        let mut run = Run {
            is_code: is_code(&plain(name)),
            ..Run::default()
        };
        for style in Self::line(&self.texts, name) {
            run = run.or(style.run);
            run.is_code |= is_code(&style.name);
        }
        run
    }

    /// What stands before items of a list, at a depth from 1. Pandoc describes the first level only,
    /// of a list that stands in another, too: the last that is described holds for those below.
    pub(super) fn list(&self, name: &str, depth: usize) -> Option<Level> {
        let levels = self.lists.get(name)?;
        let above = levels.iter().filter(|level| level.level <= depth);
        above.max_by_key(|level| level.level).copied()
    }

    /// Whether headings of a level have numbers.
    pub(super) fn is_numbered(&self, level: u8) -> bool {
        self.numbered.contains(&usize::from(level))
    }

    /// Takes the styles that a file describes, up to its text.
    pub(super) fn read(&mut self, text: &str) -> Result<(), Refused> {
        let mut xml = Xml::new(text);
        let mut is_automatic = false;
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else {
                continue;
            };
            match element.name.pair() {
                ("office", "body") => break,
                ("office", "automatic-styles") => is_automatic = true,
                ("office", "styles") => is_automatic = false,
                ("office", "meta" | "settings" | "scripts" | "font-face-decls") => xml.skip()?,
                ("style", "style") => self.style(&mut xml, &element, is_automatic)?,
                ("style", "default-style") => {
                    let of = xml.attribute(&element, "style", "family");
                    let language = language(&mut xml)?;
                    if of.as_deref() == Some("paragraph") && self.language.is_empty() {
                        self.language = language;
                    }
                }
                ("text", "list-style") => {
                    let name = xml.attribute(&element, "style", "name").unwrap_or_default();
                    let levels = levels(&mut xml)?;
                    self.lists.insert(name, levels);
                }
                ("text", "outline-style") => {
                    let levels = levels(&mut xml)?.into_iter();
                    let numbered = levels.filter(|level| level.sign == Sign::Number);
                    self.numbered = numbered.map(|level| level.level).collect();
                }
                (
                    "style",
                    "header" | "header-left" | "header-first" | "footer" | "footer-left"
                    | "footer-first",
                ) => self.has_headers |= xml.text()?.contains(char::is_alphabetic),
                _ => {}
            }
        }
        Ok(())
    }

    fn style(
        &mut self,
        xml: &mut Xml,
        element: &Element,
        is_automatic: bool,
    ) -> Result<(), Refused> {
        let value = |name| xml.attribute(element, "style", name);
        let name = value("name").unwrap_or_default();
        let outline = value("default-outline-level");
        let mut style = Style {
            name: plain(&name),
            parent: value("parent-style-name"),
            is_automatic,
            outline: outline.and_then(|level| level.parse().ok()),
            run: Run::default(),
        };
        let family = value("family");
        let at = xml.depth();
        while let Some(element) = xml.child(at)? {
            if element.name.pair() == ("style", "text-properties") {
                style.run = run(xml, &element);
            }
        }
        match family.as_deref() {
            Some("paragraph") => _ = self.paragraphs.insert(name, style),
            Some("text") => _ = self.texts.insert(name, style),
            _ => {}
        }
        Ok(())
    }
}

/// How words are set (20.2 to 20.4).
fn run(xml: &Xml, properties: &Element) -> Run {
    let value = |space, name| xml.attribute(properties, space, name);
    let is_heavy = |weight: String| {
        let number = weight.parse();
        weight == "bold" || number.is_ok_and(|number: u16| number >= 600)
    };
    let is_slanted = |style: String| matches!(style.as_str(), "italic" | "oblique");
    Run {
        is_strong: value("fo", "font-weight").map(is_heavy),
        is_emphasis: value("fo", "font-style").map(is_slanted),
        is_hidden: value("text", "display").map(|display| display == "none"),
        align: value("style", "text-position").map(|position| align(&position)),
        is_code: false,
    }
}

/// A position as "sub 58%", "super", "-33% 58%" (20.384).
fn align(position: &str) -> i8 {
    match position.split_whitespace().next().unwrap_or_default() {
        "sub" => -1,
        "super" => 1,
        height => {
            let height = height.trim_end_matches('%').parse().unwrap_or(0.0_f32);
            match height.total_cmp(&0.0) {
                std::cmp::Ordering::Less => -1,
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Greater => 1,
            }
        }
    }
}

/// The levels of the list's or the outline's style that has begun last (16.30, 16.34).
fn levels(xml: &mut Xml) -> Result<Vec<Level>, Refused> {
    let (at, mut levels) = (xml.depth(), Vec::new());
    while let Some(element) = xml.child(at)? {
        let value = |space, name| xml.attribute(&element, space, name);
        let sign = match element.name.pair() {
            ("text", "list-level-style-number" | "outline-level-style") => {
                let format = value("style", "num-format");
                let is_seen = format.is_some_and(|format| !format.is_empty());
                if is_seen { Sign::Number } else { Sign::Blank }
            }
            ("text", "list-level-style-bullet" | "list-level-style-image") => Sign::Bullet,
            _ => continue,
        };
        if levels.len() == LEVELS {
            continue;
        }
        let number = |name| value("text", name).and_then(|number| number.parse::<u32>().ok());
        levels.push(Level {
            level: number("level").unwrap_or_default() as usize,
            sign,
            start: number("start-value").unwrap_or(1),
        });
    }
    Ok(levels)
}

/// The language that the style that has begun last sets words in.
fn language(xml: &mut Xml) -> Result<String, Refused> {
    let (at, mut language) = (xml.depth(), String::new());
    while let Some(element) = xml.child(at)? {
        let value = |name| xml.attribute(&element, "fo", name);
        let is_said = |part: &String| !matches!(part.as_str(), "" | "none" | "zxx");
        if let Some(own) = value("language").filter(is_said) {
            language = match value("country").filter(is_said) {
                Some(country) => format!("{own}-{country}"),
                None => own,
            };
        }
    }
    Ok(language)
}

/// A name to compare with: in the file a space is written by its number, "_20_".
fn plain(name: &str) -> String {
    flow::compared(&name.replace("_20_", ""))
}

fn is_code(name: &str) -> bool {
    let parts = [
        "code",
        "literal",
        "preformatted",
        "sourcetext",
        "teletype",
        "verbatim",
    ];
    parts.iter().any(|part| name.contains(part))
}

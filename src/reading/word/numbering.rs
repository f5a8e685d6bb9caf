//! Lists: which number an item has is not in the file, it is counted (ECMA-376, part 1, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::super::Refused;
use super::super::xml::{Event, Xml};

/// How deep lists go.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<String, Pattern>,
    lists: BTreeMap<String, List>,
    /// The patterns that have the levels of others, by the style that says so.
    links: BTreeMap<String, String>,
    /// By pattern: lists of one pattern are counted on.
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    /// The lists and levels that have begun anew, as they ask for.
    begun: BTreeSet<(String, usize)>,
}

/// What several lists share (17.9.1).
#[derive(Debug, Default)]
struct Pattern {
    levels: [Level; LEVELS],
    /// The name of a style that has the levels.
    link: Option<String>,
    /// The name of the style that has its levels from here.
    is_link: Option<String>,
}

/// A list (17.9.15).
#[derive(Debug, Default)]
struct List {
    pattern: String,
    /// Levels that are otherwise than the pattern's.
    levels: BTreeMap<usize, Level>,
    /// What levels begin with once this list comes.
    starts: BTreeMap<usize, u32>,
}

/// A level (17.9.6).
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    sign: Sign,
    /// The level, from 1, that it begins anew after; 0 where it never does.
    restart: Option<usize>,
    /// The style whose paragraphs are on it.
    style: Option<String>,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Number,
    Bullet,
    /// Nothing to be seen.
    Blank,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            // What the standard says where nothing is said (17.9.25).
            start: 0,
            sign: Sign::Number,
            restart: None,
            style: None,
        }
    }
}

impl Numbering {
    /// The pattern of a list.
    fn pattern(&self, list: &List) -> Option<(&str, &Pattern)> {
        let (name, pattern) = self.patterns.get_key_value(&list.pattern)?;
        match &pattern.link {
            Some(link) => {
                let (name, pattern) = self.patterns.get_key_value(self.links.get(link)?)?;
                Some((name, pattern))
            }
            None => Some((name, pattern)),
        }
    }

    /// The level of a list that the paragraphs of a style are on.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<usize> {
        let (_, pattern) = self.pattern(self.lists.get(list)?)?;
        let is_it = |level: &Level| level.style.as_deref() == Some(style);
        pattern.levels.iter().position(is_it)
    }

    /// What stands before the next item of a list on a level, and its number; nothing where there is
    /// no such list.
    pub(super) fn next(&mut self, name: &str, level: usize) -> Option<(Sign, u32)> {
        let level = level.min(LEVELS - 1);
        let list = self.lists.get(name)?;
        let (pattern_name, pattern) = self.pattern(list)?;
        let own = |level: usize| list.levels.get(&level).unwrap_or(&pattern.levels[level]);
        let (sign, start) = (own(level).sign, own(level).start);
        let restarts: Vec<usize> = (level + 1..LEVELS)
            .filter(|deeper| own(*deeper).restart.is_none_or(|after| level < after))
            .collect();
        let anew = list.starts.get(&level).copied();
        let pattern_name = pattern_name.to_owned();
        let is_first = anew.is_some() && self.begun.insert((name.to_owned(), level));
        let counted = self.counted.entry(pattern_name).or_default();
        let number = match (anew, counted[level]) {
            (Some(start), _) if is_first => start,
            (_, Some(last)) => last.saturating_add(1),
            (_, None) => start,
        };
        counted[level] = Some(number);
        for deeper in restarts {
            counted[deeper] = None;
        }
        Some((sign, number))
    }
}

/// The lists that a part describes.
pub(super) fn read(text: &str) -> Result<Numbering, Refused> {
    let (mut xml, mut numbering) = (Xml::new(text), Numbering::default());
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.name.pair() {
            ("w", "abstractNum") => {
                let name = xml.attribute(&element, "w", "abstractNumId");
                let (name, pattern) = (name.unwrap_or_default(), pattern(&mut xml)?);
                if let Some(link) = &pattern.is_link {
                    numbering.links.insert(link.clone(), name.clone());
                }
                numbering.patterns.insert(name, pattern);
            }
            ("w", "num") => {
                let name = xml.attribute(&element, "w", "numId");
                let list = list(&mut xml)?;
                numbering.lists.insert(name.unwrap_or_default(), list);
            }
            _ => {}
        }
    }
    // Zero takes a paragraph out of its style's list (17.9.18).
    numbering.lists.remove("0");
    Ok(numbering)
}

fn pattern(xml: &mut Xml) -> Result<Pattern, Refused> {
    let (at, mut pattern) = (xml.depth(), Pattern::default());
    while let Some(element) = xml.child(at)? {
        match element.name.pair() {
            ("w", "numStyleLink") => pattern.link = xml.attribute(&element, "w", "val"),
            ("w", "styleLink") => pattern.is_link = xml.attribute(&element, "w", "val"),
            ("w", "lvl") => {
                let number = xml.attribute(&element, "w", "ilvl");
                let level = level(xml)?;
                let number: Option<usize> = number.and_then(|number| number.parse().ok());
                if let Some(own) = number.and_then(|number| pattern.levels.get_mut(number)) {
                    *own = level;
                }
            }
            _ => {}
        }
    }
    Ok(pattern)
}

fn list(xml: &mut Xml) -> Result<List, Refused> {
    let (at, mut list) = (xml.depth(), List::default());
    while let Some(element) = xml.child(at)? {
        match element.name.pair() {
            ("w", "abstractNumId") => {
                list.pattern = xml.attribute(&element, "w", "val").unwrap_or_default();
            }
            ("w", "lvlOverride") => {
                let number = xml.attribute(&element, "w", "ilvl");
                let number: Option<usize> = number.and_then(|number| number.parse().ok());
                let Some(number) = number.filter(|number| *number < LEVELS) else {
                    continue;
                };
                while let Some(element) = xml.child(at + 1)? {
                    match element.name.pair() {
                        ("w", "startOverride") => {
                            let start = xml.attribute(&element, "w", "val");
                            let start = start.and_then(|start| start.parse().ok());
                            list.starts.insert(number, start.unwrap_or_default());
                        }
                        ("w", "lvl") => _ = list.levels.insert(number, level(xml)?),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    Ok(list)
}

fn level(xml: &mut Xml) -> Result<Level, Refused> {
    let (at, mut level) = (xml.depth(), Level::default());
    let (mut is_seen, mut is_picture) = (true, false);
    while let Some(element) = xml.child(at)? {
        let value = xml.attribute(&element, "w", "val");
        let number = || value.as_ref().and_then(|value| value.parse().ok());
        match element.name.pair() {
            ("w", "start") => level.start = number().unwrap_or_default(),
            ("w", "numFmt") => {
                level.sign = match value.as_deref() {
                    Some("bullet") => Sign::Bullet,
                    Some("none") => Sign::Blank,
                    _ => Sign::Number,
                };
            }
            ("w", "lvlRestart") => {
                level.restart = number().and_then(|level| usize::try_from(level).ok())
            }
            ("w", "pStyle") => level.style = value,
            ("w", "lvlPicBulletId") => is_picture = true,
            ("w", "lvlText") => is_seen = value.is_some_and(|value| !value.trim().is_empty()),
            _ => {}
        }
    }
    if !is_seen {
        level.sign = if is_picture {
            Sign::Bullet
        } else {
            Sign::Blank
        };
    }
    Ok(level)
}

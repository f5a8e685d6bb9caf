//! The package that a document is (ECMA-376, part 2): parts, and relations between them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::xml::{Event, Xml};
use super::super::{About, Refused};
use crate::archive::Archive;
use crate::words::reading_office as words;

/// A document's package.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// The name of the part with the text.
    main: String,
    /// Its relations.
    relations: Vec<Relation>,
    /// The part with what the file says about itself.
    core: Option<String>,
}

/// That a part needs another, or leads elsewhere.
#[derive(Debug)]
struct Relation {
    id: String,
    /// The last word of its type, which is the same in both flavours of the format.
    kind: String,
    /// The name of a part, or an address.
    target: String,
    is_external: bool,
}

/// A part that is read, and where it leads.
pub(super) struct Part {
    /// XML.
    pub(super) text: String,
    /// Addresses outside the package, by the relation's name.
    pub(super) links: BTreeMap<String, String>,
}

impl<'a> Package<'a> {
    /// The package in an archive.
    pub(super) fn open(mut archive: Archive<'a>) -> Result<Self, Refused> {
        let relations = relations(&mut archive, "")?;
        let target = |kind: &str| {
            let mut all = relations.iter();
            all.find(|relation| relation.kind == kind && !relation.is_external)
                .map(|relation| relation.target.clone())
        };
        let main = match target("officeDocument") {
            Some(main) => main,
            None => main_by_type(&mut archive)?,
        };
        for (folder, refused) in [("xl/", words::SPREADSHEET), ("ppt/", words::SLIDES)] {
            if main.starts_with(folder) {
                return Err(refused.into());
            }
        }
        let core = target("core-properties");
        let relations = self::relations(&mut archive, &main)?;
        Ok(Self {
            archive,
            main,
            relations,
            core,
        })
    }

    /// The part with the text.
    pub(super) fn main(&mut self) -> Result<Part, Refused> {
        let name = self.main.clone();
        self.named(&name)?.ok_or(words::NO_DOCUMENT.into())
    }

    /// The part that the text needs as something.
    pub(super) fn part(&mut self, kind: &str) -> Result<Option<Part>, Refused> {
        let mut relations = self.relations.iter();
        let found = relations.find(|relation| relation.kind == kind && !relation.is_external);
        match found.map(|relation| relation.target.clone()) {
            Some(name) => self.named(&name),
            None => Ok(None),
        }
    }

    fn named(&mut self, name: &str) -> Result<Option<Part>, Refused> {
        let Some(text) = self.archive.text(name)? else {
            return Ok(None);
        };
        let relations = relations(&mut self.archive, name)?.into_iter();
        let links = relations.filter(|relation| relation.is_external);
        let links = links
            .map(|relation| (relation.id, relation.target))
            .collect();
        Ok(Some(Part { text, links }))
    }

    /// Whether headers and footers hold words.
    pub(super) fn has_headers(&mut self) -> bool {
        let kinds = ["header", "footer"];
        let headers = self.relations.iter();
        let headers = headers.filter(|relation| kinds.contains(&relation.kind.as_str()));
        let names: BTreeSet<String> = headers.map(|relation| relation.target.clone()).collect();
        // One that can't be read is left out all the same.
        names.iter().any(|name| {
            let text = self.archive.text(name).ok().flatten();
            text.is_some_and(|text| says_something(&text).unwrap_or_default())
        })
    }

    /// What the file says about itself, and the language that its styles are in, where it does not
    /// say one.
    pub(super) fn about(&mut self, language: &str) -> Result<About, Refused> {
        let mut about = About::default();
        if let Some(name) = self.core.take()
            && let Some(text) = self.archive.text(&name)?
        {
            read_core(&text, &mut about)?;
        }
        if about.language.is_empty() {
            language.clone_into(&mut about.language);
        }
        Ok(about)
    }
}

/// The part with the text, by what the package says that its parts are.
fn main_by_type(archive: &mut Archive) -> Result<String, Refused> {
    const MAIN: [&str; 4] = [
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        "ms-word.document.macroEnabled.main+xml",
        "ms-word.template.macroEnabledTemplate.main+xml",
    ];
    let Some(text) = archive.text("[Content_Types].xml")? else {
        return Err(words::NO_DOCUMENT.into());
    };
    let mut xml = Xml::new(&text);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        if element.name.pair() == ("ct", "Override") {
            let is = xml
                .attribute(&element, "", "ContentType")
                .unwrap_or_default();
            let name = xml.attribute(&element, "", "PartName").unwrap_or_default();
            if MAIN.iter().any(|main| is.ends_with(main)) {
                return Ok(name.trim_start_matches('/').to_owned());
            }
        }
    }
    Err(words::NO_DOCUMENT.into())
}

/// The relations of a part, or of the package where it has no name.
fn relations(archive: &mut Archive, part: &str) -> Result<Vec<Relation>, Refused> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let separator = if folder.is_empty() { "" } else { "/" };
    let Some(text) = archive.text(&format!("{folder}{separator}_rels/{name}.rels"))? else {
        return Ok(Vec::new());
    };
    let (mut xml, mut relations) = (Xml::new(&text), Vec::new());
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        if element.name.pair() == ("rel", "Relationship") {
            let value = |name| xml.attribute(&element, "", name).unwrap_or_default();
            let target = value("Target");
            let is_external = value("TargetMode") == "External";
            let kind = value("Type");
            relations.push(Relation {
                id: value("Id"),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if is_external {
                    target
                } else {
                    resolved(folder, &target)
                },
                is_external,
            });
        }
    }
    Ok(relations)
}

/// The name of a part that another in a folder names.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(name) = target.strip_prefix('/') {
        return name.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => _ = steps.pop(),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Whether a part has words in it, and not the number of a page only.
fn says_something(text: &str) -> Result<bool, Refused> {
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.name.pair() == ("w", "t")
            && xml.text()?.contains(char::is_alphabetic)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The core properties (part 2, clause 11).
fn read_core(text: &str, about: &mut About) -> Result<(), Refused> {
    let mut xml = Xml::new(text);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        let name = element.name.pair();
        if name == ("cp", "coreProperties") {
            continue;
        }
        let value = xml.text()?.trim().to_owned();
        match name {
            _ if value.is_empty() => {}
            ("dc", "title") => about.title = value,
            ("dc", "creator") => about.author = value,
            ("dc", "language") => about.language = value,
            ("dcterms", "created") => about.date = value,
            ("dc" | "dcterms" | "cp", name) => about.others.push((name.to_owned(), value)),
            _ => {}
        }
    }
    if about.date.is_empty() {
        let modified = about.others.iter().find(|(name, _)| name == "modified");
        about.date = modified.map(|(_, date)| date.clone()).unwrap_or_default();
    }
    Ok(())
}

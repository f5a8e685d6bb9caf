//! XML, element by element, as the readers of office documents need it: namespaces under short names
//! of our own, entities as what they stand for, and no recursion.

use std::rc::Rc;

use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event as Found};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::Refused;
use crate::words::reading_office as words;

/// The deepest that elements may stand in each other. Documents of people stay below a hundred.
pub(super) const DEEPEST: usize = 1_000;

/// The namespaces that are read, by our short name. Word's have two addresses each: that of ECMA-376,
/// which everyone writes ("transitional"), and that of ISO 29500 strict.
const SPACES: [(&str, &str); 31] = [
    (
        "w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    ("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (
        "r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "r",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        "m",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    ("m", "http://purl.oclc.org/ooxml/officeDocument/math"),
    (
        "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        "wp",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("a", "http://purl.oclc.org/ooxml/drawingml/main"),
    (
        "mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    ),
    ("v", "urn:schemas-microsoft-com:vml"),
    (
        "rel",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ),
    (
        "ct",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    ),
    (
        "cp",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    ),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    (
        "fo",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    ),
    (
        "svg",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    ),
    ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    (
        "manifest",
        "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    ),
    (
        "presentation",
        "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    ),
    ("math", "http://www.w3.org/1998/Math/MathML"),
    (
        "loext",
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    ),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
];

/// What stands in a file next.
pub(super) enum Event<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// An element ends.
    End(Name),
    /// Words between elements.
    Words(String),
}

/// An element's name: the namespace's short name, or nothing, and the name in it, which is empty where
/// the namespace is none of ours.
#[derive(Clone)]
pub(super) struct Name {
    space: &'static str,
    local: Rc<str>,
}

impl Name {
    /// Both, to be matched.
    pub(super) fn pair(&self) -> (&str, &str) {
        (self.space, &self.local)
    }
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    /// Its name.
    pub(super) name: Name,
    start: BytesStart<'a>,
}

/// A file of XML that is being read.
pub(super) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    open: Vec<Name>,
}

impl<'a> Xml<'a> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            open: Vec::new(),
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// What stands next; nothing at the end.
    ///
    /// # Errors
    /// A sentence where the file is no XML, or where elements stand deeper than [`DEEPEST`].
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Refused> {
        loop {
            let event = self.reader.read_event().map_err(|_| words::DAMAGED)?;
            return Ok(Some(match event {
                Found::Start(start) => {
                    if self.open.len() == DEEPEST {
                        return Err(words::TOO_DEEP.into());
                    }
                    let (space, local) = self.reader.resolver().resolve_element(start.name());
                    let space = space_of(&space);
                    let local = if space.is_empty() {
                        ""
                    } else {
                        local.into_inner()
                    };
                    let name = Name {
                        space,
                        local: local.into(),
                    };
                    self.open.push(name.clone());
                    Event::Start(Element { name, start })
                }
                Found::End(_) => match self.open.pop() {
                    Some(name) => Event::End(name),
                    None => return Err(words::DAMAGED.into()),
                },
                Found::Text(words) => Event::Words(words.xml10_content().into_owned()),
                Found::CData(words) => Event::Words(words.xml10_content().into_owned()),
                Found::GeneralRef(reference) => {
                    let name = reference.xml10_content();
                    let character = reference.resolve_char_ref().ok().flatten();
                    // What a document declares itself stands for nothing: no office program
                    // declares any, and such declarations have been used to blow up readers.
                    Event::Words(match (character, resolve_predefined_entity(&name)) {
                        (Some(character), _) => character.into(),
                        (None, Some(known)) => known.into(),
                        (None, None) => format!("&{name};"),
                    })
                }
                Found::Eof if self.open.is_empty() => return Ok(None),
                Found::Eof => return Err(words::DAMAGED.into()),
                _ => continue,
            }));
        }
    }

    /// The next element that stands in the one of a depth, past all that stands in others; nothing
    /// where that ends.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn child(&mut self, of: usize) -> Result<Option<Element<'a>>, Refused> {
        while self.depth() >= of {
            match self.next()? {
                Some(Event::Start(element)) if self.depth() == of + 1 => return Ok(Some(element)),
                Some(_) => {}
                None => break,
            }
        }
        Ok(None)
    }

    /// Goes past the end of the element at a depth.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn leave(&mut self, depth: usize) -> Result<(), Refused> {
        while self.depth() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    /// Goes past the end of the element that has begun last.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<(), Refused> {
        self.leave(self.depth())
    }

    /// The words in the element that has begun last, and past its end.
    ///
    /// # Errors
    /// Those of [`Xml::next`].
    pub(super) fn text(&mut self) -> Result<String, Refused> {
        let (of, mut text) = (self.depth(), String::new());
        while self.depth() >= of {
            match self.next()? {
                Some(Event::Words(words)) => text += &words,
                Some(_) => {}
                None => break,
            }
        }
        Ok(text)
    }

    /// An attribute of the element that has begun last.
    pub(super) fn attribute(&self, of: &Element, space: &str, local: &str) -> Option<String> {
        let mut attributes = of.start.attributes();
        // Each would be compared with all before it.
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.ok()?;
            let (own, name) = self.reader.resolver().resolve_attribute(attribute.key);
            if name.into_inner() == local && space_of(&own) == space {
                let written: &str = &attribute.value;
                let value = unescape_with(written, resolve_predefined_entity);
                return Some(value.map_or_else(|_| written.to_owned(), Into::into));
            }
        }
        None
    }
}

fn space_of(space: &ResolveResult) -> &'static str {
    let ResolveResult::Bound(space) = space else {
        return "";
    };
    let address = space.into_inner();
    let found = SPACES.iter().find(|(_, known)| *known == address);
    found.map_or("", |(short, _)| short)
}

//! How many values a member may have, and of what kind.

use serde_json::Value;

use super::svg::is_svg;
use super::values::{is_iri, is_moment, is_name, whole};

/// How often a member may stand. Where only one is allowed, a list is refused even if
/// it has one item (1.4: an array only "if more than one is allowed").
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    One,
    AtMostOne,
    Many,
    AtLeastOne,
    /// One or more, and in a list even if it is one.
    ListOfOne,
}

/// What a member's value, or each item of it, must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Iri,
    /// The `id` of what may do without an IRI: a blank node says just that.
    Node,
    Text,
    /// A class: a term of some context, or an IRI.
    Name,
    SetName,
    SchemaName,
    StyleName,
    Moment,
    Whole,
    Direction,
    Svg,
    Mailbox,
    Motivation,
    Reference,
    Agent,
    Audience,
    Resource,
    Stylesheet,
    Selector,
    State,
    /// A selector or a state.
    Specifier,
    Page,
    Annotation,
}

/// 3.2.7 and appendix D.
pub(super) const SETS: [&str; 4] = ["Choice", "Composite", "List", "Independents"];

/// The model's own classes that an audience may have without a prefix (3.3.2).
const AGENTS: [&str; 3] = ["Person", "Organization", "Software"];

impl Kind {
    /// What goes after "must be".
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Iri => "an IRI, such as `https://example.org/1` or `urn:uuid:…`",
            Self::Node => "an IRI, such as `https://example.org/1`, or be left out",
            Self::Text => "a plain string",
            Self::Name => "the name of a class, or its IRI",
            Self::SetName => "`Choice`, `Composite`, `List` or `Independents`",
            Self::SchemaName => "the name of a class with its prefix, such as `schema:Audience`",
            Self::StyleName => "`CssStylesheet`",
            Self::Moment => "a date and time in UTC, such as `2026-01-31T09:30:00Z`",
            Self::Whole => "a whole number, 0 or more",
            Self::Direction => "`ltr`, `rtl` or `auto`",
            Self::Svg => "well-formed SVG",
            Self::Mailbox => "an IRI that begins with `mailto:`",
            Self::Motivation => "a motivation, such as `commenting`, or the IRI of one",
            Self::Reference => "an IRI, or an object with an IRI as its `id`",
            Self::Agent => {
                "the IRI of a person, an organization or a program, or an object that describes one"
            }
            Self::Audience => "the IRI of an audience, or an object that describes one",
            Self::Resource => "the IRI of a resource, or an object that describes one",
            Self::Stylesheet => "the IRI of a stylesheet, or an object that describes one",
            Self::Selector => "the IRI of a selector, or an object that describes one",
            Self::State => "the IRI of a state, or an object that describes one",
            Self::Specifier => "the IRI of a selector or a state, or an object that describes one",
            Self::Page => "the IRI of a page, or the page itself",
            Self::Annotation => "an annotation, or the IRI of one",
        }
    }

    /// Whether a string is of this kind. A relationship's string is always an IRI.
    pub(super) fn takes(self, text: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Node => is_iri(text) || text.starts_with("_:"),
            Self::Name | Self::Motivation => is_name(text),
            Self::SetName => SETS.contains(&text),
            Self::SchemaName => is_iri(text) || AGENTS.contains(&text),
            Self::StyleName => text == "CssStylesheet",
            Self::Moment => is_moment(text),
            Self::Direction => ["ltr", "rtl", "auto"].contains(&text),
            Self::Svg => is_svg(text),
            Self::Mailbox => is_iri(text) && text.starts_with("mailto:"),
            Self::Whole => false,
            _ => is_iri(text),
        }
    }
}

/// The value of a `Whole`.
pub(super) fn number(value: &Value) -> Option<f64> {
    value.as_number().and_then(whole)
}

//! How many values a member may have, and of what kind.

use serde_json::Value;

use super::svg::is_svg;
use super::values::{is_iri, is_moment, is_name, whole};
use crate::words::annotation_file::model::value;

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
            Self::Iri => value::IRI,
            Self::Node => value::NODE,
            Self::Text => value::TEXT,
            Self::Name => value::NAME,
            Self::SetName => value::SET_NAME,
            Self::SchemaName => value::SCHEMA_NAME,
            Self::StyleName => value::STYLE_NAME,
            Self::Moment => value::MOMENT,
            Self::Whole => value::WHOLE,
            Self::Direction => value::DIRECTION,
            Self::Svg => value::SVG,
            Self::Mailbox => value::MAILBOX,
            Self::Motivation => value::MOTIVATION,
            Self::Reference => value::REFERENCE,
            Self::Agent => value::AGENT,
            Self::Audience => value::AUDIENCE,
            Self::Resource => value::RESOURCE,
            Self::Stylesheet => value::STYLESHEET,
            Self::Selector => value::SELECTOR,
            Self::State => value::STATE,
            Self::Specifier => value::SPECIFIER,
            Self::Page => value::PAGE,
            Self::Annotation => value::ANNOTATION,
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

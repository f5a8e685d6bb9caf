//! The model as tables: which members a class has, how many of each, and of what kind.

use super::kind::Count::{AtLeastOne, AtMostOne, ListOfOne, Many, One};
use super::kind::Kind::{
    Agent, Annotation, Audience, Direction, Iri, Mailbox, Moment, Motivation, Name, Node, Page,
    Reference, Resource, SchemaName, Selector, SetName, State, StyleName, Stylesheet, Text, Whole,
};
use super::kind::{Count, Kind};
use crate::words::annotation_file::model::noun;

/// One member of a class.
pub(super) struct Rule(pub(super) &'static str, pub(super) Count, pub(super) Kind);

/// What an object is, as far as its members go.
pub(super) struct Class {
    /// How a message calls it.
    pub(super) noun: &'static str,
    /// The class that its `type` must have, if any.
    pub(super) named: &'static str,
    pub(super) rules: &'static [&'static [Rule]],
}

impl Class {
    pub(super) fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied().flatten()
    }
}

/// 3.3: what any resource may say of itself.
const ABOUT: &[Rule] = &[
    Rule("created", AtMostOne, Moment),
    Rule("modified", AtMostOne, Moment),
    Rule("generated", AtMostOne, Moment),
    Rule("creator", Many, Agent),
    Rule("generator", Many, Agent),
    Rule("audience", Many, Audience),
    Rule("rights", Many, Reference),
    Rule("canonical", AtMostOne, Reference),
    Rule("via", Many, Reference),
];

/// 3.2.1, 3.3.4, 3.3.5: what a body or a target may say besides.
const CONTENT: &[Rule] = &[
    Rule("format", Many, Text),
    Rule("language", Many, Text),
    Rule("processingLanguage", AtMostOne, Text),
    Rule("textDirection", AtMostOne, Direction),
    Rule("accessibility", Many, Text),
    Rule("purpose", Many, Motivation),
];

/// 3.1 Annotations, 3.2.5 String Body, 4.4 Styles.
pub(super) const ANNOTATION: Class = Class {
    noun: noun::ANNOTATION,
    named: "Annotation",
    rules: &[
        &[
            Rule("id", One, Iri),
            Rule("type", AtLeastOne, Name),
            Rule("target", AtLeastOne, Resource),
            Rule("body", Many, Resource),
            Rule("bodyValue", AtMostOne, Text),
            Rule("motivation", Many, Motivation),
            Rule("stylesheet", AtMostOne, Stylesheet),
        ],
        ABOUT,
    ],
};

/// 3.2.1 External Web Resources.
pub(super) const EXTERNAL: Class = Class {
    noun: noun::RESOURCE,
    named: "",
    rules: &[
        &[Rule("id", One, Iri), Rule("type", Many, Name)],
        CONTENT,
        ABOUT,
    ],
};

/// 3.2.4 Embedded Textual Body.
pub(super) const TEXTUAL_BODY: Class = Class {
    noun: noun::TEXTUAL_BODY,
    named: "",
    rules: &[
        &[
            Rule("id", AtMostOne, Node),
            Rule("type", Many, Name),
            Rule("value", One, Text),
        ],
        CONTENT,
        ABOUT,
    ],
};

/// 3.2.7 Choice, and appendix D: Composite, List and Independents. The appendix is
/// informative, yet the W3C's samples hold these three to the rules of a Choice.
pub(super) const SET: Class = Class {
    noun: noun::SET,
    named: "",
    rules: &[
        &[
            Rule("id", AtMostOne, Node),
            Rule("type", One, SetName),
            Rule("items", ListOfOne, Resource),
        ],
        CONTENT,
        ABOUT,
    ],
};

/// 4 Specific Resources.
pub(super) const SPECIFIC_RESOURCE: Class = Class {
    noun: noun::SPECIFIC_RESOURCE,
    named: "",
    rules: &[
        &[
            Rule("id", AtMostOne, Node),
            Rule("type", Many, Name),
            Rule("source", One, Resource),
            Rule("selector", Many, Selector),
            Rule("state", Many, State),
            Rule("styleClass", Many, Text),
            Rule("renderedVia", Many, Agent),
            Rule("scope", Many, Reference),
        ],
        CONTENT,
        ABOUT,
    ],
};

/// Members that only a specific resource has, so that one needs no `type` (it is a
/// SHOULD, and W3C's samples leave it out).
pub(super) const SPECIFIC: [&str; 6] = [
    "source",
    "selector",
    "state",
    "styleClass",
    "renderedVia",
    "scope",
];

/// A relationship to something that must have an IRI (1.4).
pub(super) const REFERENCE: Class = Class {
    noun: noun::RESOURCE,
    named: "",
    rules: &[&[Rule("id", One, Iri)]],
};

/// 3.3.2.
const PERSONAL: &[Rule] = &[
    Rule("name", Many, Text),
    Rule("nickname", AtMostOne, Text),
    Rule("email", Many, Mailbox),
    Rule("email_sha1", Many, Text),
    Rule("homepage", Many, Reference),
];

/// 3.3.2 Agents.
pub(super) const AGENT: Class = Class {
    noun: noun::AGENT,
    named: "",
    rules: &[
        &[Rule("id", AtMostOne, Node), Rule("type", Many, Name)],
        PERSONAL,
    ],
};

/// 3.3.3 Intended Audience.
pub(super) const AUDIENCE: Class = Class {
    noun: noun::AUDIENCE,
    named: "",
    rules: &[
        &[
            Rule("id", AtMostOne, Node),
            Rule("type", Many, SchemaName),
            Rule("label", Many, Text),
        ],
        PERSONAL,
    ],
};

/// 4.4 Styles.
pub(super) const STYLESHEET: Class = Class {
    noun: noun::STYLESHEET,
    named: "",
    rules: &[&[
        Rule("id", AtMostOne, Node),
        Rule("type", AtMostOne, StyleName),
        Rule("value", AtMostOne, Text),
    ]],
};

/// 5.1 Annotation Collection.
pub(super) const COLLECTION: Class = Class {
    noun: noun::COLLECTION,
    named: "AnnotationCollection",
    rules: &[
        &[
            Rule("id", One, Iri),
            Rule("type", AtLeastOne, Name),
            Rule("label", Many, Text),
            Rule("total", AtMostOne, Whole),
            Rule("first", AtMostOne, Page),
            Rule("last", AtMostOne, Page),
        ],
        ABOUT,
    ],
};

/// 5.2 Annotation Page.
pub(super) const PAGE: Class = Class {
    noun: noun::PAGE,
    named: "AnnotationPage",
    rules: &[
        &[
            Rule("id", One, Iri),
            Rule("type", AtLeastOne, Name),
            Rule("items", ListOfOne, Annotation),
            Rule("partOf", Many, Reference),
            Rule("next", AtMostOne, Reference),
            Rule("prev", AtMostOne, Reference),
            Rule("startIndex", AtMostOne, Whole),
        ],
        ABOUT,
    ],
};

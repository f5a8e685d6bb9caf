//! Does a JSON document keep every MUST of the W3C Web Annotation Data Model?
//!
//! The source is the [Recommendation of 23 February 2017](https://www.w3.org/TR/2017/REC-annotation-model-20170223/);
//! the numbers are its sections. What a SHOULD asks for is never a problem here,
//! and neither is a property or a class that the model does not know: JSON-LD is open.
//!
//! | section | what must hold |
//! |---|---|
//! | 1.4 | a relationship is an IRI or an object, a property never an object; a list stands only where more than one is allowed |
//! | 3.1 | `@context` has `http://www.w3.org/ns/anno.jsonld`, as a string if it is the only one |
//! | 3.1 | an annotation has exactly one `id`, an IRI; its `type` has `Annotation`; it has one `target` or more, and any number of `body` |
//! | 3.2.1, 3.2.3 | an external resource has exactly one `id`, an IRI; `format` and `language` are strings; at most one `processingLanguage`; at most one `textDirection`, `ltr`, `rtl` or `auto` |
//! | 3.2.4 | a textual body has exactly one `value`, a string, and at most one `id` |
//! | 3.2.5 | at most one `bodyValue`, a plain string, and never with `body` |
//! | 3.2.7, D | a `Choice`, `Composite`, `List` or `Independents` has exactly one `type` and a list of `items` |
//! | 3.3.1 | at most one `created`, `modified`, `generated`, each an `xsd:dateTime` in UTC written `Z`; `creator` and `generator` are agents |
//! | 3.3.2 | an agent has at most one `id` and one `nickname`; `email` is a `mailto:` IRI; `name`, `email_sha1` are strings, `homepage` is a resource |
//! | 3.3.3 | what describes an `audience` is prefixed, as `schema:` is |
//! | 3.3.4 | `accessibility` is made of strings |
//! | 3.3.5, 4.1 | `motivation` and `purpose` are motivations: terms or IRIs |
//! | 3.3.6, 3.3.7 | `rights` and `via` are IRIs, `canonical` is at most one |
//! | 4 | a specific resource has exactly one `source`, and at most one `id` |
//! | 4.2.1–4.2.8 | a selector of the model has exactly one `type` and its own members: `value`; `exact`, at most one `prefix` and `suffix`; `start` and `end`, whole numbers and in order; `startSelector` and `endSelector`; at most one `conformsTo`; the SVG is well formed, or elsewhere under an `id` |
//! | 4.2.9, 4.3.3 | `refinedBy` a selector is a selector, `refinedBy` a state is either |
//! | 4.3.1 | `TimeState`: moments in UTC; `sourceDateStart` and `sourceDateEnd` only together, and never with `sourceDate` |
//! | 4.3.2 | `HttpRequestState` has exactly one `value` |
//! | 4.4 | at most one `stylesheet`, whose `type`, if any, is `CssStylesheet`; `styleClass` is made of strings |
//! | 4.5, 4.6 | `renderedVia` is an agent, `scope` a resource |
//! | 5.1 | a collection has `@context`, one `id`, its `type`, `label`s that are strings; at most one `total`, a whole number; `first` if `total` is more than 0 |
//! | 5.2 | a page has one `id`, its `type`, one annotation or more in a list of `items`; `@context` unless embedded; `next` unless it is the last; at most one `startIndex`, a whole number |
//! | JSON-LD 1.0, 8 | no key stands twice in one object ([`parse`] sees to that) |
//!
//! Deliberately absent, because a file alone cannot show it: whether an IRI leads
//! anywhere, whether a quote was normalized (4.2.4), and all that the model asks of
//! software. `"@id"` and `"@type"`, which JSON-LD knows as the same, are not taken for
//! `id` and `type`: the model names its keys.

mod classes;
mod kind;
mod parse;
mod rules;
mod specifiers;
mod svg;
mod values;
mod walk;

use serde_json::Value;

pub use parse::{Piece, STAND_IN, parse, parse_in_pieces};
use walk::Walk;

/// The most problems that are told of one document; the first ones are.
pub const MOST: usize = 100;

/// What breaks a MUST, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// An RFC 6901 JSON Pointer. When a member is missing, or two do not go
    /// together, it is the object that is pointed at.
    pub at: String,
    /// A sentence or two for a person: what is wrong and what to do.
    pub message: String,
}

/// Whether an annotation states its own `@context` or stands in something that did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// It stands alone, so it must.
    Own,
    /// It is an item of a page or a collection, so it need not.
    Inherited,
}

/// All problems of one annotation, collection or page, or of a bare array of
/// annotations, which is what some tools write; [`MOST`] at the most.
///
/// They come in the order of the document as `serde_json` keeps it: what is wrong with
/// an object as a whole, then its members. Its default map sorts them by their keys.
#[must_use]
pub fn validate(value: &Value) -> Vec<Problem> {
    let mut walk = Walk::new("");
    walk.document(value);
    walk.problems
}

/// All problems of a single annotation that stands at the pointer `at`.
#[must_use]
pub fn annotation(value: &Value, at: &str, context: Context) -> Vec<Problem> {
    let mut walk = Walk::new(at);
    walk.annotation(value, context);
    walk.problems
}

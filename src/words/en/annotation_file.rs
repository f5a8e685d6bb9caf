//! Annotation files: what of one could not be taken over, and why one is refused.

pub const NO_ANNOTATIONS: &str = "It is JSON, but holds no annotations that Themark can read: those are Web Annotations, as Themark itself downloads them.";

/// What is wrong, and where in the file: the path to it (RFC 6901).
pub fn at(problem: &str, path: &str) -> String {
    format!("{problem} (at {path})")
}

/// What could not be taken over, each behind a number.
pub mod skipped {
    pub const HALVES: &str = "place(s) hold half a character (a surrogate without its other half); “\u{fffd}” stands there now.";
    pub const BARE: &str =
        "name(s) are not IRIs, as the standard asks; they were taken as they are.";
    pub const TWICE: &str = "annotation(s) repeat an id of this file; the first was taken.";
    pub const BODIES: &str = "body or bodies are not text; they were left out.";
    pub const TARGETS: &str =
        "further target(s) of an annotation were left out; the first was taken.";
    pub const SELECTORS: &str =
        "annotation(s) select by something other than a quote or a position in the text.";
    pub const PAGES: &str = "page(s) of the collection are elsewhere and were not fetched.";
    pub const NAMED: &str = "annotation(s) are elsewhere and were not fetched.";
}

/// Why a text is not JSON.
pub mod json {
    pub const EMPTY: &str = "The text is empty. An annotation is a JSON object.";

    pub fn ends_early(line: &str, column: &str) -> String {
        [
            "This is not whole JSON: the text ends too early, in line ",
            line,
            ", column ",
            column,
            ".",
        ]
        .concat()
    }

    pub fn nested(line: &str, column: &str) -> String {
        [
            "This JSON is nested too deeply, in line ",
            line,
            ", column ",
            column,
            ".",
        ]
        .concat()
    }

    /// `reason` is one of those below.
    pub fn unsafe_to_read(reason: &str, line: &str, column: &str) -> String {
        [
            "This is not JSON that can be read safely: ",
            reason,
            ", in line ",
            line,
            ", column ",
            column,
            ".",
        ]
        .concat()
    }

    /// `reason` is the parser's, in English.
    pub fn malformed(reason: &str, line: &str, column: &str) -> String {
        [
            "This is not JSON: ",
            reason,
            ", in line ",
            line,
            ", column ",
            column,
            ".",
        ]
        .concat()
    }

    pub fn twice(key: &str) -> String {
        ["`", key, "` stands twice in one object"].concat()
    }

    pub const STOPPED: &str = "it was not gone on with";
}

/// What breaks the standard. Each `{}` is a word that its doc names, in that order.
pub mod model {
    pub const NESTED: &str = "This is nested too deeply.";
    pub const NO_ANNOTATION: &str = "This is not an annotation. An annotation is a JSON object.";
    pub const CONTEXT_IN_LIST: &str = "The only `@context` must be a string, not a list.";
    pub const BODY_TWICE: &str =
        "The annotation has both `body` and `bodyValue`. Keep one of them.";

    /// A noun, the address of the context.
    pub const NO_CONTEXT: &str = "The {} has no `@context`. Add `{}`.";

    /// The address of the context.
    pub const OTHER_CONTEXT: &str = "`@context` must be `{}`, or a list that has it.";

    /// A value.
    pub const NO_FIRST: &str = "The collection has annotations but no `first`. Add {}.";
    pub const NO_NEXT: &str =
        "The page is not the last, yet has no `next`. Add the IRI of the page that follows.";

    /// A member, twice.
    pub const NO_PREFIX: &str = "`{}` describes an audience. Add its prefix: `schema:{}`.";
    pub const NO_STYLES: &str =
        "The stylesheet has neither an `id` nor a `value`. Add one of them.";

    /// A member, a noun, another noun.
    pub const OTHER_CLASS: &str = "`{}` must be a {}, which a {} is not.";

    /// A noun, a class.
    pub const NO_TYPE_OF_MANY: &str = "The {} has no `type`. Add one, such as `{}`.";
    pub const NO_TYPE: &str = "The {} has no `type`. Add `{}`.";

    /// A class.
    pub const OTHER_TYPE: &str = "`type` must be `{}`, or a list that has it.";

    /// A noun.
    pub const ENDS_BEFORE: &str = "The {}'s `end` is before its `start`.";
    pub const NO_SVG: &str =
        "The SvgSelector has neither a `value` nor an `id`. Add the SVG, or its IRI.";
    pub const TWO_TIMES: &str = "The TimeState has both `sourceDate` and a period. Keep one.";

    /// A member.
    pub const HALF_A_PERIOD: &str = "The TimeState has half a period. Add `{}`.";

    /// A noun, a member, a value.
    pub const NO_MEMBER: &str = "The {} has no `{}`. Add {}.";

    /// A member, a value.
    pub const NOT_A_LIST: &str = "`{}` must stand once, not as a list. It must be {}.";
    pub const MUST_BE: &str = "`{}` must be {}.";

    /// A member.
    pub const MUST_BE_LIST: &str = "`{}` must be a list, even if of one.";

    /// Nouns, as they follow "The". Selectors and states that have a class are called by that.
    pub mod noun {
        pub const ANNOTATION: &str = "annotation";
        pub const RESOURCE: &str = "resource";
        pub const TEXTUAL_BODY: &str = "textual body";
        pub const SET: &str = "set of resources";
        pub const SPECIFIC_RESOURCE: &str = "specific resource";
        pub const AGENT: &str = "agent";
        pub const AUDIENCE: &str = "audience";
        pub const STYLESHEET: &str = "stylesheet";
        pub const COLLECTION: &str = "collection";
        pub const PAGE: &str = "page";
        pub const SELECTOR: &str = "selector";
        pub const STATE: &str = "state";
    }

    /// Values, as they follow "must be" and "Add".
    pub mod value {
        pub const IRI: &str = "an IRI, such as `https://example.org/1` or `urn:uuid:…`";
        pub const NODE: &str = "an IRI, such as `https://example.org/1`, or be left out";
        pub const TEXT: &str = "a plain string";
        pub const NAME: &str = "the name of a class, or its IRI";
        pub const SET_NAME: &str = "`Choice`, `Composite`, `List` or `Independents`";
        pub const SCHEMA_NAME: &str =
            "the name of a class with its prefix, such as `schema:Audience`";
        pub const STYLE_NAME: &str = "`CssStylesheet`";
        pub const MOMENT: &str = "a date and time in UTC, such as `2026-01-31T09:30:00Z`";
        pub const WHOLE: &str = "a whole number, 0 or more";
        pub const DIRECTION: &str = "`ltr`, `rtl` or `auto`";
        pub const SVG: &str = "well-formed SVG";
        pub const MAILBOX: &str = "an IRI that begins with `mailto:`";
        pub const MOTIVATION: &str = "a motivation, such as `commenting`, or the IRI of one";
        pub const REFERENCE: &str = "an IRI, or an object with an IRI as its `id`";
        pub const AGENT: &str =
            "the IRI of a person, an organization or a program, or an object that describes one";
        pub const AUDIENCE: &str = "the IRI of an audience, or an object that describes one";
        pub const RESOURCE: &str = "the IRI of a resource, or an object that describes one";
        pub const STYLESHEET: &str = "the IRI of a stylesheet, or an object that describes one";
        pub const SELECTOR: &str = "the IRI of a selector, or an object that describes one";
        pub const STATE: &str = "the IRI of a state, or an object that describes one";
        pub const SPECIFIER: &str =
            "the IRI of a selector or a state, or an object that describes one";
        pub const PAGE: &str = "the IRI of a page, or the page itself";
        pub const ANNOTATION: &str = "an annotation, or the IRI of one";
    }
}

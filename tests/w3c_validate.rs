//! The validator against the W3C's own samples, against every MUST in its table, and
//! against any JSON at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use themark::format::w3c::validate::{Context, MOST, Problem, annotation, parse, validate};

/// Text to problems, whether they are of the JSON or of the model.
fn problems(text: &str) -> Vec<Problem> {
    parse(text).map_or_else(|problem| vec![problem], |value| validate(&value))
}

fn told(problems: &[Problem]) -> String {
    let line = |problem: &Problem| ["\n  \"", &problem.at, "\" ", &problem.message].concat();
    problems.iter().map(line).collect()
}

// ── the W3C's samples ────────────────────────────────────────────────────────────

fn samples(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/w3c-web-annotation")
        .join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    files
        .map(|file| {
            let name = file.file_name().into_string().unwrap();
            (
                name.replace(".json", ""),
                fs::read_to_string(file.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn every_correct_sample_is_accepted() {
    let samples = samples("correct");
    assert_eq!(samples.len(), 45);
    for (name, text) in samples {
        let problems = problems(&text);
        assert!(problems.is_empty(), "{name}{}", told(&problems));
    }
}

#[test]
fn every_incorrect_sample_is_refused_for_what_is_wrong_with_it() {
    // The defect that each was written for, found by hand from its `label`. Those with
    // `!` are not JSON; all but `anno1` are, once a trailing comma is removed.
    let expected = [
        ("anno1!", "", "not JSON"),
        ("anno2", "", "no `target`"),
        ("anno3", "", "no `@context`"),
        ("anno4", "/@context", "`http://www.w3.org/ns/anno.jsonld`"),
        ("anno5", "/@context", "`http://www.w3.org/ns/anno.jsonld`"),
        ("anno6", "/id", "must be an IRI"),
        ("anno7", "/id", "once"),
        ("anno8", "", "no `type`"),
        ("anno9", "/type", "`Annotation`"),
        ("anno10!", "", "no `target`"),
        ("anno11", "/target", "the IRI of a resource"),
        ("anno12!", "/body", "the IRI of a resource"),
        ("anno13!", "/body/id", "must be an IRI"),
        ("anno14!", "/body/format", "a plain string"),
        // Its defect stands under `langauage`, a key that the model does not know, so
        // that only the two `id`s are wrong.
        ("anno15!", "/id", "once"),
        ("anno16!", "/body/textDirection", "`ltr`, `rtl` or `auto`"),
        ("anno17!", "/body", "no `value`"),
        ("anno18!", "/body/value", "once"),
        ("anno19!", "", "both `body` and `bodyValue`"),
        ("anno20!", "/bodyValue", "once"),
        ("anno21!", "/bodyValue", "a plain string"),
        ("anno22!", "/body/type", "once"),
        ("anno23!", "/body/processingLanguage", "once"),
        ("anno24!", "/body/textDirection", "once"),
        ("anno25!", "/body", "no `type`. Add `Choice`"),
        ("anno26", "/creator", "the IRI of a person"),
        ("anno27", "/generator", "the IRI of a person"),
        ("anno28", "/created", "date and time"),
        ("anno29", "/modified", "date and time"),
        ("anno30", "/generated", "date and time"),
        ("anno31", "/modified", "once"),
        ("anno32", "/created", "once"),
        ("anno33", "/generated", "once"),
        ("anno34", "/rights", "an IRI"),
        ("anno35", "/via", "an IRI"),
        ("anno36", "/canonical", "an IRI"),
        ("anno37!", "/target", "no `source`"),
        ("anno38", "/target/selector", "no `value`"),
        ("anno39", "/target/selector/value", "once"),
    ];
    let samples = samples("incorrect");
    assert_eq!((samples.len(), expected.len()), (39, 39));
    let mut not_json = 0;
    for (name, at, word) in expected {
        let text = &samples[name.trim_end_matches('!')];
        assert_eq!(parse(text).is_err(), name.ends_with('!'), "{name}");
        let mut found = problems(text);
        assert!(!found.is_empty(), "{name}");
        if name.ends_with('!') {
            not_json += 1;
            assert!(
                found[0].message.contains("not JSON"),
                "{name}{}",
                told(&found)
            );
            assert!(
                found[0].message.contains("in line "),
                "{name}{}",
                told(&found)
            );
        }
        if name.ends_with('!') && name != "anno1!" {
            assert!(
                found[0].message.contains("trailing comma"),
                "{name}{}",
                told(&found)
            );
            let (before, after) = text.rsplit_once(',').unwrap();
            found = problems(&[before, after].concat());
        }
        let hit = |problem: &Problem| problem.at == at && problem.message.contains(word);
        assert!(
            found.iter().any(hit),
            "{name} lacks {at:?} {word:?}{}",
            told(&found)
        );
    }
    assert_eq!(not_json, 17);
}

// ── every MUST, accepted and refused ─────────────────────────────────────────────

/// A good annotation. What `CASE` brings replaces a member, and `null` takes it away.
const ANNOTATION: &str = r#"{"@context": "CONTEXT", "type": "Annotation", "target": "a:b",
    "id": "urn:uuid:0198c3a4-0000-7000-8000-000000000001", CASE}"#;
const TARGET: &str = r#""target": CASE"#;
const BODY: &str = r#""body": CASE"#;
const SELECTOR: &str = r#""target": {"source": "a:b", "selector": CASE}"#;
const STATE: &str = r#""target": {"source": "a:b", "state": CASE}"#;
const COLLECTION: &str =
    r#"{"@context": "CONTEXT", "id": "a:c", "type": "AnnotationCollection", CASE}"#;
const PAGE: &str = r#"{"@context": "CONTEXT", "id": "a:p", "type": "AnnotationPage", CASE}"#;
const ITEM: &str = r#"{"id": "a:1", "type": "Annotation", "target": "a:b"}"#;

/// Each line is a case: JSON, `=>`, and `ok`, or the pointer of the only problem (`.` is
/// the whole document) and words of its message. The JSON is put where the frame says
/// `CASE`; a frame that is a member is put into a good annotation first.
#[track_caller]
fn check(frame: &str, cases: &str) {
    let frame = match frame.chars().next() {
        Some('"') => ANNOTATION.replace("CASE", frame),
        _ => frame.to_owned(),
    };
    for case in cases.lines().map(str::trim).filter(|case| !case.is_empty()) {
        let (json, expected) = case.split_once(" => ").unwrap();
        let text = frame.replace("CASE", json).replace("ITEM", ITEM);
        let text = text.replace("CONTEXT", "http://www.w3.org/ns/anno.jsonld");
        let mut value: Value = serde_json::from_str(&text).expect(&text);
        if let Value::Object(members) = &mut value {
            members.retain(|_, member| !member.is_null());
        }
        let problems = validate(&value);
        let (at, words) = expected.split_once(' ').unwrap_or((expected, ""));
        let at = at.trim_start_matches('.');
        let fits = match problems.as_slice() {
            [] => expected == "ok",
            [only] => only.at == at && only.message.contains(words),
            _ => false,
        };
        assert!(fits, "{case}{}", told(&problems));
    }
}

#[test]
fn an_annotation_says_by_its_context_that_it_is_one() {
    check(
        ANNOTATION,
        r#"
        "@context": "CONTEXT" => ok
        "@context": ["CONTEXT", {"themark": "urn:uuid:1#"}] => ok
        "@context": ["https://example.org/x", "CONTEXT"] => ok
        "@context": null => . The annotation has no `@context`. Add `http://www.w3.org/ns/
        "@context": "https://www.w3.org/ns/anno.jsonld" => /@context must be `http://
        "@context": {"a": "b:c"} => /@context must be
        "@context": ["CONTEXT"] => /@context must be a string
        "#,
    );
}

#[test]
fn an_annotation_has_one_id_and_its_type() {
    check(
        ANNOTATION,
        r#"
        "id": "https://example.org/1", "type": ["Annotation", "themark:Mark"] => ok
        "id": null => . The annotation has no `id`. Add an IRI
        "id": "1" => /id `id` must be an IRI
        "id": "_:b0" => /id `id` must be an IRI
        "id": ["a:b"] => /id must stand once
        "id": {"id": "a:b"} => /id must be an IRI
        "type": null => . The annotation has no `type`. Add `Annotation`.
        "type": [] => /type must be `Annotation`
        "type": 1 => /type must be `Annotation`
        "type": ["Person"] => /type must be `Annotation`
        "type": ["Annotation", 1] => /type/1 the name of a class
        "#,
    );
}

#[test]
fn an_annotation_has_targets_and_may_have_bodies() {
    check(
        ANNOTATION,
        r#"
        "target": ["a:b", {"id": "a:c"}], "body": ["a:b", {"value": ""}] => ok
        "body": [] => ok
        "target": null => . no `target`. Add the IRI of a resource
        "target": [] => /target no `target`
        "target": ["a:b", "page 1"] => /target/1 must be the IRI of a resource
        "target": [["a:b"]] => /target/0 must be
        "body": "a comment" => /body must be the IRI of a resource
        "body": true => /body must be the IRI of a resource
        "#,
    );
}

#[test]
fn an_external_resource_has_one_id() {
    check(
        TARGET,
        r#"
        {"id": "https://example.org/i#xywh=1,1,2,2", "type": ["Image", "a:B"]} => ok
        {"type": "Image"} => /target The resource has no `id`
        {"id": "page 1"} => /target/id must be an IRI
        {"id": "_:b0"} => /target/id must be an IRI
        {"id": ["a:b", "a:c"]} => /target/id once
        {"id": "a:b", "type": 1} => /target/type the name of a class
        {} => /target no `id`
        "#,
    );
}

#[test]
fn a_resource_says_its_format_and_language_in_strings() {
    check(
        TARGET,
        r#"
        {"id": "a:b", "format": ["text/html", "x"], "language": ["en", "kk"]} => ok
        {"id": "a:b", "processingLanguage": "en", "textDirection": "rtl"} => ok
        {"id": "a:b", "format": 6} => /target/format a plain string
        {"id": "a:b", "language": ["en", 6]} => /target/language/1 a plain string
        {"id": "a:b", "language": {"id": "a:b"}} => /target/language a plain string
        {"id": "a:b", "processingLanguage": ["en"]} => /target/processingLanguage once
        {"id": "a:b", "textDirection": "up"} => /target/textDirection `ltr`, `rtl`
        {"id": "a:b", "textDirection": ["ltr"]} => /target/textDirection once
        "#,
    );
}

#[test]
fn a_textual_body_has_one_value() {
    check(
        BODY,
        r#"
        {"type": "TextualBody", "value": "x", "format": "text/plain"} => ok
        {"id": "_:b0", "value": "x"} => ok
        {"type": ["TextualBody", "Text"]} => /body The textual body has no `value`
        {"type": ["TextualBody", 1], "value": "x"} => /body/type/1 the name of a class
        {"value": ["x"]} => /body/value once
        {"value": {"@value": "x"}} => /body/value a plain string
        {"type": "TextualBody", "value": "x", "id": "x"} => /body/id or be left out
        {"type": "TextualBody", "value": "x", "id": ["a:b", "a:c"]} => /body/id once
        [{"value": "x"}, {"value": null}] => /body/1/value a plain string
        "#,
    );
}

#[test]
fn a_string_body_is_one_plain_string_and_stands_alone() {
    check(
        ANNOTATION,
        r#"
        "bodyValue": "x" => ok
        "bodyValue": 1 => /bodyValue a plain string
        "bodyValue": ["x"] => /bodyValue once
        "bodyValue": {"@value": "x", "@language": "en"} => /bodyValue a plain string
        "bodyValue": "x", "body": "a:b" => . both `body` and `bodyValue`
        "#,
    );
}

#[test]
fn a_choice_or_a_set_has_one_type_and_a_list_of_items() {
    check(
        BODY,
        r#"
        {"type": "Choice", "items": ["a:b", {"value": "x"}]} => ok
        {"type": "Composite", "items": ["a:b"]} => ok
        {"type": "List", "items": ["a:b"], "id": "a:b"} => ok
        {"type": "Independents", "items": [{"source": "a:b"}]} => ok
        {"type": "Independents"} => /body The set of resources has no `items`
        {"type": ["Choice"], "items": ["a:b"]} => /body/type once
        {"items": ["a:b"]} => /body no `type`. Add `Choice`
        {"type": "Choice", "items": []} => /body/items no `items`
        {"type": "Choice", "items": "a:b"} => /body/items must be a list
        {"type": "Choice", "items": ["a:b", "b"]} => /body/items/1 the IRI of a resource
        {"type": "Choice", "id": 1, "items": ["a:b"]} => /body/id must be an IRI
        {"type": "Choice", "id": ["a:b"], "items": ["a:b"]} => /body/id once
        {"type": "a:Manifest", "id": "a:b", "items": [1]} => ok
        "#,
    );
}

#[test]
fn a_date_is_one_moment_in_utc() {
    for key in ["created", "modified", "generated"] {
        let cases = r#"
            "2024-01-05T13:19:14.716Z" => ok
            "2024-01-05T13:19:14+01:00" => /KEY in UTC
            "2024-01-05T13:19:14" => /KEY in UTC
            "2024-01-05" => /KEY date and time
            1704460754 => /KEY date and time
            ["2024-01-05T13:19:14Z"] => /KEY once
            "#;
        check(&format!("{key:?}: CASE"), &cases.replace("KEY", key));
    }
    check(
        BODY,
        r#"
        {"value": "x", "created": "2024-01-05T13:19:14Z"} => ok
        {"value": "x", "created": "today"} => /body/created date and time
        {"source": {"id": "a:b", "modified": "now"}} => /body/source/modified date and time
        "#,
    );
}

#[test]
fn whoever_made_it_is_an_agent() {
    check(
        ANNOTATION,
        r#"
        "creator": ["a:b", {"id": "a:c"}], "generator": {"type": "Software"} => ok
        "creator": {"id": "_:b0", "name": ["A", "B"], "nickname": "a"} => ok
        "creator": {"email": "mailto:a@b.c", "homepage": ["a:b", {"id": "a:b"}]} => ok
        "creator": "Jane Doe" => /creator the IRI of a person
        "generator": 42 => /generator the IRI of a person
        "creator": {"id": ["a:b", "a:c"]} => /creator/id once
        "creator": {"id": "jane doe"} => /creator/id must be an IRI
        "creator": {"type": "a person"} => /creator/type the name of a class
        "creator": {"name": 1} => /creator/name a plain string
        "creator": {"nickname": ["a", "b"]} => /creator/nickname once
        "creator": {"email": "a@b.c"} => /creator/email `mailto:`
        "creator": {"email": ["https://b.c"]} => /creator/email/0 `mailto:`
        "creator": {"email_sha1": [1]} => /creator/email_sha1/0 a plain string
        "creator": {"homepage": "my page"} => /creator/homepage an IRI
        "body": {"value": "x", "creator": {"nickname": 1}} => /body/creator/nickname a plain
        "#,
    );
}

#[test]
fn what_describes_an_audience_is_prefixed() {
    check(
        ANNOTATION,
        r#"
        "audience": {"type": "schema:Audience", "schema:audienceType": "x"} => ok
        "audience": ["a:b", {"type": "Person", "name": "x", "@language": "en"}] => ok
        "audience": {"type": "EducationalAudience"} => /audience/type with its prefix
        "audience": {"age/s~": "x"} => /audience/age~1s~0 Add its prefix: `schema:age/s~`
        "audience": "teachers" => /audience the IRI of an audience
        "audience": {"id": ["a:b", "a:c"]} => /audience/id once
        "#,
    );
}

#[test]
fn accessibility_is_made_of_strings() {
    check(
        TARGET,
        r#"
        {"id": "a:b", "accessibility": ["captions", "braille"]} => ok
        {"id": "a:b", "accessibility": {}} => /target/accessibility a plain string
        "#,
    );
}

#[test]
fn a_motivation_or_a_purpose_is_a_term_or_an_iri() {
    check(
        ANNOTATION,
        r#"
        "motivation": ["highlighting", "a:coding", {"id": "a:b"}] => ok
        "body": {"value": "x", "purpose": ["tagging", "themark:memo"]} => ok
        "motivation": "just because" => /motivation a motivation, such as `commenting`
        "motivation": "" => /motivation a motivation
        "motivation": {"name": "x"} => /motivation no `id`
        "body": {"value": "x", "purpose": 1} => /body/purpose a motivation
        "body": {"source": "a:b", "purpose": ["tagging", 1]} => /body/purpose/1 a motivation
        "#,
    );
}

#[test]
fn rights_and_other_identities_are_iris() {
    check(
        ANNOTATION,
        r#"
        "rights": ["a:b", {"id": "a:b"}], "via": ["a:b", "a:c"], "canonical": "a:b" => ok
        "rights": "CC BY 4.0" => /rights an IRI
        "rights": {"name": "CC BY 4.0"} => /rights no `id`
        "rights": {"id": "CC BY 4.0"} => /rights/id must be an IRI
        "via": ["a:b", "b"] => /via/1 an IRI
        "canonical": "b" => /canonical an IRI
        "canonical": ["a:b", "a:c"] => /canonical once
        "body": {"id": "a:b", "rights": "CC0 1.0"} => /body/rights an IRI
        "#,
    );
}

#[test]
fn a_specific_resource_has_one_source() {
    check(
        TARGET,
        r#"
        {"type": "SpecificResource", "source": "a:b", "purpose": "tagging"} => ok
        {"id": "_:t", "source": {"id": "a:b", "format": "text/html"}} => ok
        {"source": {"type": "TextualBody", "value": "x"}} => ok
        {"type": "SpecificResource"} => /target no `source`
        {"id": "a:b", "selector": "a:b"} => /target no `source`
        {"source": ["a:b", "a:c"]} => /target/source once
        {"source": "article.html"} => /target/source the IRI of a resource
        {"source": {"format": "x"}} => /target/source no `id`
        {"source": "a:b", "id": ["a:b"]} => /target/id once
        {"source": "a:b", "type": "a resource"} => /target/type the name of a class
        "#,
    );
}

#[test]
fn a_selector_is_of_one_type_or_described_elsewhere() {
    check(
        SELECTOR,
        r#"
        ["a:b", {"id": "a:b"}, {"type": "themark:Words", "n": 1}] => ok
        {"type": ["a:B", "a:C"]} => ok
        "body > p" => /target/selector the IRI of a selector
        {"exact": "x"} => /target/selector The selector has no `type`
        {"type": 1} => /target/selector/type the name of a class
        {"id": 1, "type": "a:B"} => /target/selector/id must be an IRI
        {"type": ["CssSelector", "a:B"], "value": "p"} => /target/selector/type once
        {"type": "TimeState"} => /target/selector must be a selector, which a TimeState is not
        "#,
    );
}

#[test]
fn fragment_css_and_xpath_selectors_have_one_value() {
    for class in ["FragmentSelector", "CssSelector", "XPathSelector"] {
        let cases = r#"
            {"type": "CLASS", "value": "x"} => ok
            {"type": "CLASS"} => /target/selector The CLASS has no `value`
            {"type": "CLASS", "value": ["x"]} => /target/selector/value once
            {"type": "CLASS", "value": 1} => /target/selector/value a plain string
            "#;
        check(SELECTOR, &cases.replace("CLASS", class));
    }
    check(
        r#""target": {"source": "a:b",
            "selector": {"type": "FragmentSelector", "value": "x", "conformsTo": CASE}}"#,
        r#"
        "http://tools.ietf.org/rfc/rfc5147" => ok
        "RFC 5147" => /target/selector/conformsTo an IRI
        ["a:b", "a:c"] => /target/selector/conformsTo once
        "#,
    );
}

#[test]
fn a_quote_has_one_exact_and_at_most_one_prefix_and_suffix() {
    check(
        r#""target": {"source": "a:b", "selector": {"type": "TextQuoteSelector", CASE}}"#,
        r#"
        "exact": "" => ok
        "exact": "x", "prefix": "a", "suffix": "b" => ok
        "prefix": "a" => /target/selector no `exact`
        "exact": ["a"] => /target/selector/exact once
        "exact": "a", "prefix": ["a", "b"] => /target/selector/prefix once
        "exact": "a", "suffix": null => /target/selector/suffix a plain string
        "#,
    );
}

#[test]
fn a_position_has_a_start_and_an_end_in_order() {
    for class in ["TextPositionSelector", "DataPositionSelector"] {
        let cases = r#"
            {"type": "CLASS", "start": 0, "end": 0} => ok
            {"type": "CLASS", "start": 412.0, "end": 1e3} => ok
            {"type": "CLASS", "end": 1} => /target/selector no `start`
            {"type": "CLASS", "start": 1} => /target/selector no `end`
            {"type": "CLASS", "start": -1, "end": 1} => /target/selector/start a whole number
            {"type": "CLASS", "start": 0, "end": 1.5} => /target/selector/end a whole number
            {"type": "CLASS", "start": "0", "end": 1} => /target/selector/start a whole number
            {"type": "CLASS", "start": [0], "end": 1} => /target/selector/start once
            {"type": "CLASS", "start": 2, "end": 1} => /target/selector `end` is before its
            "#;
        check(SELECTOR, &cases.replace("CLASS", class));
    }
}

#[test]
fn an_svg_selector_has_svg_or_says_where_it_is() {
    check(
        SELECTOR,
        r#"
        {"type": "SvgSelector", "value": "<svg><circle r='1'/></svg>"} => ok
        {"type": "SvgSelector", "id": "a:b"} => ok
        {"type": "SvgSelector"} => /target/selector neither a `value` nor an `id`
        {"type": "SvgSelector", "value": "<svg>"} => /target/selector/value well-formed
        {"type": "SvgSelector", "value": ["<svg/>"]} => /target/selector/value once
        "#,
    );
}

#[test]
fn a_range_has_a_start_and_an_end_selector() {
    let css = r#"{"type": "CssSelector", "value": "p"}"#;
    let cases = r#"
        "startSelector": CSS, "endSelector": "a:b" => ok
        "endSelector": "a:b" => /target/selector no `startSelector`
        "startSelector": "a:b" => /target/selector no `endSelector`
        "startSelector": [CSS], "endSelector": CSS => /target/selector/startSelector once
        "startSelector": CSS, "endSelector": {} => /target/selector/endSelector no `type`
        "#;
    check(
        r#""target": {"source": "a:b", "selector": {"type": "RangeSelector", CASE}}"#,
        &cases.replace("CSS", css),
    );
}

#[test]
fn a_selector_is_refined_by_selectors_and_a_state_by_either() {
    let cases = r#"
        ["a:b", {"type": "TextQuoteSelector", "exact": "x"}] => ok
        {"type": "TextQuoteSelector"} => AT/refinedBy no `exact`
        {"type": "a:B", "refinedBy": 1} => AT/refinedBy/refinedBy must be the IRI of a selector
        "#;
    check(
        r#""target": {"source": "a:b",
            "selector": {"type": "CssSelector", "value": "p", "refinedBy": CASE}}"#,
        &[
            &cases.replace("AT", "/target/selector"),
            r#"{"type": "TimeState"} => /target/selector/refinedBy must be a selector"#,
        ]
        .concat(),
    );
    check(
        r#""target": {"source": "a:b", "state": {"type": "TimeState", "refinedBy": CASE}}"#,
        &[
            &cases.replace("AT", "/target/state"),
            r#"{"type": "TimeState"} => ok"#,
        ]
        .concat(),
    );
}

#[test]
fn a_time_state_has_moments_or_one_whole_period() {
    let cases = r#"
        "sourceDate": ["DATE", "DATE"], "cached": ["a:b", {"id": "a:b"}] => ok
        "sourceDateStart": "DATE", "sourceDateEnd": "DATE" => ok
        "sourceDate": "2015-07-20" => /target/state/sourceDate date and time
        "cached": "a copy" => /target/state/cached an IRI
        "sourceDateStart": "DATE" => /target/state Add `sourceDateEnd`
        "sourceDateEnd": "DATE" => /target/state Add `sourceDateStart`
        "sourceDate": "DATE", "sourceDateEnd": "DATE" => /target/state both `sourceDate` and
        "sourceDateStart": "x", "sourceDateEnd": "DATE" => /target/state/sourceDateStart in UTC
        "sourceDateStart": "DATE", "sourceDateEnd": [] => /target/state/sourceDateEnd once
        "#;
    check(
        r#""target": {"source": "a:b", "state": {"type": "TimeState", CASE}}"#,
        &cases.replace("DATE", "2015-07-20T13:30:00Z"),
    );
}

#[test]
fn a_request_state_has_one_value_and_a_state_is_no_selector() {
    check(
        STATE,
        r#"
        [{"type": "HttpRequestState", "value": "Accept: text/html"}, {"id": "a:b"}] => ok
        {"type": "HttpRequestState"} => /target/state no `value`
        {"type": "HttpRequestState", "value": ["a", "b"]} => /target/state/value once
        {"type": ["TimeState", "a:B"]} => /target/state/type once
        {} => /target/state The state has no `type`
        {"type": "CssSelector", "value": "p"} => /target/state must be a state, which a CssS
        "#,
    );
}

#[test]
fn a_style_is_one_stylesheet_and_names_of_classes() {
    check(
        ANNOTATION,
        r#"
        "stylesheet": "a:b" => ok
        "stylesheet": {"type": "CssStylesheet", "value": ".a {}"} => ok
        "stylesheet": {"id": "a:b"}, "target": {"source": "a:b", "styleClass": ["a", "b"]} => ok
        "stylesheet": ["a:b", "a:c"] => /stylesheet once
        "stylesheet": ".a {}" => /stylesheet the IRI of a stylesheet
        "stylesheet": {"type": "Css", "id": "a:b"} => /stylesheet/type `CssStylesheet`
        "stylesheet": {"type": "CssStylesheet"} => /stylesheet neither an `id` nor a `value`
        "stylesheet": {"value": 1} => /stylesheet/value a plain string
        "target": {"source": "a:b", "styleClass": 1} => /target/styleClass a plain string
        "#,
    );
}

#[test]
fn rendering_software_and_scope_are_resources() {
    check(
        TARGET,
        r#"
        {"source": "a:b", "renderedVia": {"type": "Software", "a:version": "2"}} => ok
        {"source": "a:b", "scope": ["a:b", {"id": "a:b"}]} => ok
        {"source": "a:b", "renderedVia": "a reader"} => /target/renderedVia the IRI of
        {"source": "a:b", "scope": {"label": "x"}} => /target/scope no `id`
        {"source": "a:b", "scope": "page 1"} => /target/scope an IRI
        "#,
    );
}

#[test]
fn a_collection_has_an_id_a_type_a_total_and_a_first_page() {
    check(
        COLLECTION,
        r#"
        "label": ["a", "b"], "total": 0 => ok
        "total": 2, "first": "a:p", "last": {"id": "a:q"}, "creator": "a:b" => ok
        "@context": ["CONTEXT"], "type": ["a:Box", "AnnotationCollection"] => ok
        "@context": null => . The collection has no `@context`
        "id": null => . The collection has no `id`
        "label": ["a", 1] => /label/1 a plain string
        "total": -1 => /total a whole number
        "total": [0] => /total once
        "total": 1 => . no `first`. Add the IRI of a page
        "first": ["a:p"] => /first once
        "first": "page 1" => /first the IRI of a page
        "last": "page 1" => /last the IRI of a page
        "creator": 1 => /creator the IRI of a person
        "#,
    );
}

#[test]
fn an_embedded_page_is_held_to_the_same_rules() {
    check(
        r#"{"@context": "CONTEXT", "id": "a:c", "type": "AnnotationCollection", "total": 2,
            "first": {"id": "a:p", "type": "AnnotationPage", CASE}}"#,
        r#"
        "items": [ITEM, ITEM] => ok
        "items": [ITEM], "next": "a:q" => ok
        "items": [ITEM] => /first not the last, yet has no `next`
        "next": "a:q" => /first The page has no `items`
        "items": [{"id": "a:1", "type": "Annotation"}, "a:2"] => /first/items/0 no `target`
        "items": [ITEM, ITEM], "type": "a:B" => /first/type `AnnotationPage`
        "#,
    );
    check(
        COLLECTION,
        r#"
        "first": {"type": "AnnotationPage", "items": [ITEM]} => /first no `id`
        "first": {"id": "a:p", "items": [ITEM]} => /first no `type`. Add `AnnotationPage`
        "last": {"id": "a:p", "type": "AnnotationPage"} => /last no `items`
        "#,
    );
}

#[test]
fn a_page_has_an_id_a_type_and_a_list_of_annotations() {
    check(
        PAGE,
        r#"
        "items": [ITEM, "a:2"], "startIndex": 0, "prev": "a:o", "next": {"id": "a:q"} => ok
        "items": [ITEM], "partOf": {"id": "a:c", "total": 1}, "startIndex": 0 => ok
        "items": [ITEM], "partOf": {"id": "a:c", "total": 9} => ok
        "items": [ITEM], "partOf": {"id": "a:c", "total": 9}, "startIndex": 7 => . no `next`
        "items": ["a:1"], "@context": null => . The page has no `@context`
        "items": ["a:1"], "id": null => . The page has no `id`
        "items": [] => /items no `items`. Add an annotation
        "items": ITEM => /items must be a list
        "items": ["x"] => /items/0 an annotation, or the IRI of one
        "items": [{"id": "a:1", "type": "Annotation", "target": "b"}] => /items/0/target the IRI
        "items": [ITEM], "partOf": "b" => /partOf an IRI
        "items": [ITEM], "partOf": {"label": "b"} => /partOf no `id`
        "items": [ITEM], "next": ["a:b"] => /next once
        "items": [ITEM], "prev": "b" => /prev an IRI
        "items": [ITEM], "startIndex": [0] => /startIndex once
        "items": [ITEM], "startIndex": -1 => /startIndex a whole number
        "#,
    );
}

#[test]
fn a_bare_list_is_a_list_of_annotations_that_each_stand_alone() {
    let alone = ITEM.replacen('{', r#"{"@context": "CONTEXT", "#, 1);
    let cases = r#"
        [] => ok
        [ALONE, ALONE] => ok
        [ALONE, ITEM] => /1 no `@context`
        [ALONE, "a:1"] => /1 not an annotation
        "a:1" => . not an annotation
        null => . not an annotation
        [[]] => /0 not an annotation
        "#;
    check("CASE", &cases.replace("ALONE", &alone));
}

#[test]
fn a_key_stands_once() {
    let problem = parse(r#"{"id": "a:1", "id": "a:2"}"#).unwrap_err();
    assert!(problem.message.contains("`id` stands twice"), "{problem:?}");
    assert!(parse(r#"[{"id": "a:1"}, {"id": "a:2"}]"#).is_ok());
}

// ── beyond the model ─────────────────────────────────────────────────────────────

#[test]
fn what_the_model_does_not_know_is_welcome() {
    let ours = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {
            "themark": "urn:uuid:0198c3a4-0000-7000-8000-00000000000f#",
            "revision": {"@id": "themark:revision", "@type": "xsd:integer"},
        }],
        "id": "urn:uuid:0198c3a4-0000-7000-8000-000000000001",
        "type": "Annotation",
        "revision": 3,
        "themark:coder": {"anything": [1, null, {"id": 5}]},
        "label": 5,
        "body": {
            "type": "SpecificResource",
            "purpose": "tagging",
            "themark:certain": true,
            "source": {
                "id": "urn:uuid:0198c3a4-0000-7000-8000-00000000000a",
                "themark:colour": "red",
            },
        },
        "target": {
            "source": "urn:uuid:0198c3a4-0000-7000-8000-00000000000b",
            "themark:digest": "sha256:00",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "é", "themark:unit": "word"},
                {"type": "TextPositionSelector", "start": 3, "end": 4},
                {"type": "themark:BlockSelector", "themark:block": 7},
            ],
        },
    });
    let problems = validate(&ours);
    assert!(problems.is_empty(), "{}", told(&problems));
}

#[test]
fn recogito_is_told_that_its_ids_are_no_iris_and_nothing_else() {
    // As @recogito/text-annotator-js writes it: bare UUIDs, `annotation` in the target.
    let written = json!([{
        "id": "9b6aa528-660a-4551-8265-66f45c61acab",
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": [],
        "creator": {"id": "ktKoKXUSAY88XxClOvGp"},
        "created": "2024-01-05T13:19:14.716Z",
        "target": {
            "id": "602e0698-6602-46b2-87bc-4085df9eb2bc",
            "annotation": "9b6aa528-660a-4551-8265-66f45c61acab",
            "source": "https://www.gutenberg.org/files/1727/1727-h/1727-h.htm",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "death", "prefix": "d ", "suffix": " h"},
                {"type": "TextPositionSelector", "start": 741, "end": 746},
            ],
        },
    }]);
    let problems = validate(&written);
    let at: Vec<_> = problems.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(at, ["/0/creator/id", "/0/id", "/0/target/id"]);
}

#[test]
fn a_single_annotation_is_told_of_where_it_stands() {
    let value = json!({"id": "a:1", "type": "Annotation", "target": 1});
    let at = |context| -> Vec<String> {
        annotation(&value, "/items/7", context)
            .into_iter()
            .map(|problem| problem.at)
            .collect()
    };
    assert_eq!(at(Context::Inherited), ["/items/7/target"]);
    assert_eq!(at(Context::Own), ["/items/7", "/items/7/target"]);
}

#[test]
fn the_problems_are_bounded_and_in_order() {
    let many = validate(&json!(vec![json!({}); 1000]));
    assert_eq!(many.len(), MOST);
    let at: Vec<_> = many.iter().map(|problem| problem.at.as_str()).collect();
    assert_eq!(at[..5], ["/0", "/0", "/0", "/0", "/1"]);
    let wide = json!({"target": vec![json!(1); 1000]});
    assert_eq!(validate(&wide).len(), MOST);
}

#[test]
fn a_value_nested_deeper_than_any_text_is_refused_without_overflow() {
    let mut selector = json!({"type": "CssSelector", "value": "p"});
    for _ in 0..1000 {
        selector = json!({"type": "CssSelector", "value": "p", "refinedBy": selector});
    }
    let value = json!({"source": "a:b", "selector": selector});
    let problems = validate(&json!({"target": value}));
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("nested too deeply"))
    );
}

/// Any JSON, with the model's words in it often enough to reach every rule.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop::sample::select(vec![
        "@context",
        "http://www.w3.org/ns/anno.jsonld",
        "id",
        "type",
        "Annotation",
        "target",
        "body",
        "bodyValue",
        "value",
        "source",
        "selector",
        "state",
        "items",
        "Choice",
        "TextualBody",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "SvgSelector",
        "RangeSelector",
        "TimeState",
        "HttpRequestState",
        "refinedBy",
        "start",
        "end",
        "exact",
        "startSelector",
        "endSelector",
        "sourceDate",
        "sourceDateStart",
        "created",
        "creator",
        "audience",
        "email",
        "rights",
        "stylesheet",
        "AnnotationCollection",
        "AnnotationPage",
        "first",
        "total",
        "startIndex",
        "partOf",
        "next",
        "2015-07-20T13:30:00Z",
        "<svg/>",
    ]);
    let string = prop_oneof![
        4 => word.prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9T:.Z-]{0,24}",
        1 => "[<>/a-z!?\\[=\"' -]{0,24}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        string.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(8, 128, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(string.clone(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_answered_and_every_problem_points_into_it(value in any_json()) {
        // A name may look like a gap that was not filled.
        let names = value.to_string();
        let odd = names.contains('`') || names.contains("{}");
        for problem in validate(&value) {
            prop_assert!(value.pointer(&problem.at).is_some(), "{problem:?}");
            prop_assert!(problem.message.ends_with('.'), "{problem:?}");
            let filled = !problem.message.contains("{}") && !problem.message.contains("``");
            prop_assert!(filled || odd, "{problem:?}");
        }
        for context in [Context::Own, Context::Inherited] {
            let _ = annotation(&value, "", context);
        }
    }

    #[test]
    fn text_is_parsed_as_serde_json_parses_it(value in any_json()) {
        let text = value.to_string();
        prop_assert_eq!(parse(&text).ok(), serde_json::from_str(&text).ok());
    }

    #[test]
    fn any_text_is_answered(text in ".{0,64}") {
        let _ = problems(&text);
        let _ = problems(&["{\"id\": \"", &text, "\"}"].concat());
    }

    #[test]
    fn one_wrong_member_anywhere_in_a_good_annotation_is_told_of_there(
        name in prop::sample::select(samples("correct").into_keys().collect::<Vec<_>>()),
        pick in any::<prop::sample::Index>(),
    ) {
        // A boolean fits nowhere in the model, so each member that the model knows must
        // be told of when it becomes one.
        let mut value = parse(&samples("correct")[&name]).unwrap();
        let mut places = Vec::new();
        members(&value, "", &mut places);
        let place = pick.get(&places);
        *value.pointer_mut(place).unwrap() = Value::Bool(true);
        let problems = validate(&value);
        prop_assert!(problems.iter().any(|problem| problem.at == *place), "{name} {place}{}", told(&problems));
    }
}

/// Pointers to all members that the model knows; only what the samples add is left out.
fn members(value: &Value, at: &str, places: &mut Vec<String>) {
    let steps: Vec<(String, &Value)> = match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), value))
            .collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        _ => return,
    };
    for (step, value) in steps {
        let place = format!("{at}/{step}");
        if !step.contains(':') {
            members(value, &place, places);
            places.push(place);
        }
    }
}

use std::sync::Arc;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use uuid::Uuid;

use super::*;
use crate::anchor::{Quote, Selectors};
use crate::annotation::Annotation;
use crate::document::{Document, Record, Version, plain};
use crate::project::{Edit, OnTheme, Project};
use crate::testing::{annotation, document, resolve_all, span_of, theme};

/// Two documents: the usual one, with all that makes formats differ, and one that was not read.
fn project() -> Project {
    let mut project = Project::new([document()]);
    let mut record = Record::clone(&document().record);
    let says: Version = plain::read("Anna\n\nPrices, I think.");
    record.id = DocumentId(Uuid::from_u128(0xd1));
    record.name = "anna".into();
    record.title = "Anna, *2*".into();
    record.source = "urn:uuid:00000000-0000-0000-0000-0000000000d1".into();
    record.version = says.id();
    record.fields.set(&"author".into(), &"=Berik".into());
    record.fields.set(&"Note".into(), &"long, \"very\"".into());
    let other = Document::of(Arc::new(record.clone()), &says);
    let mut one = annotation(1, span_of("quick brown fox"));
    one.themes = vec![theme("Sovereignty"), theme("Energy")];
    one.note = "- first\nsecond\n\n1. third".into();
    let mut two = annotation(2, span_of("jumps"));
    two.creator = Some("Anna".into());
    let mut lost = annotation(3, span_of("lazy"));
    lost.target.selectors = Arc::new(Selectors {
        quote: Some(Quote::new("an ", "_unknown_ # passage", "")),
        ..Selectors::default()
    });
    let span = crate::text::Span::between(5_usize, 21);
    let target = crate::annotation::Target::on(&other, span);
    let four = Annotation {
        themes: vec![theme("Energy")],
        note: "@sum".into(),
        ..Annotation::new(
            crate::annotation::AnnotationId(Uuid::from_u128(4)),
            target,
            Timestamp(5),
        )
    };
    let add = |own| Edit::AddAnnotation(Arc::new(own));
    project.apply(&[
        Edit::AddDocument(Box::new(record)),
        Edit::Theme(theme("Sovereignty"), OnTheme::Name("Law; order".into())),
        add(one),
        add(two),
        add(lost),
        add(four),
    ]);
    resolve_all(&mut project);
    project
}

fn written(format: Format, project: &Project, documents: &[DocumentId]) -> (String, Vec<String>) {
    let written = format.write(&Bundle {
        project,
        documents,
        generated: Timestamp(0),
    });
    let text = String::from_utf8(written.bytes).unwrap();
    (text, written.losses.sentences())
}

fn both() -> [DocumentId; 2] {
    [document().id(), DocumentId(Uuid::from_u128(0xd1))]
}

#[test]
fn a_table_has_a_row_a_mark_and_says_what_it_had_to_change() {
    let (table, losses) = written(Format::Csv, &project(), &both());
    let id = |number| format!("00000000-0000-0000-0000-00000000000{number}");
    let ms = |number| format!("1970-01-01T00:00:00.00{number}Z");
    let times = format!("{0},{0}", ms(1));
    let rows = [
        "\u{feff}document,Note (field),author,themes,quote,prefix,suffix,start,end,state,note,creator,created,modified,id".to_owned(),
        format!("A small text,,,Law; order; Energy,quick brown fox,\"A small text\nThe \",\" 😀 jumps over the lazy dog.\nCaf\",17,32,exact,\"'- first\nsecond\n\n1. third\",,{times},{}", id(1)),
        format!("A small text,,,,jumps,\"mall text\nThe quick brown fox 😀 \",\" over the lazy dog.\nCafe\u{301} noir, \",35,40,exact,,Anna,{times},{}", id(2)),
        format!("A small text,,,,_unknown_ # passage,an ,,,,lost,,,{times},{}", id(3)),
        format!("\"Anna, *2*\",\"long, \"\"very\"\"\",'=Berik,Energy,\"Prices, I think.\",\"Anna\n\",,5,21,exact,'@sum,,{0},{0},{1}", ms(5), id(4)),
    ];
    let expected: String = rows.map(|row| row + "\r\n").concat();
    assert_eq!(table, expected);
    assert_eq!(
        losses,
        [
            "Where one theme ends and the next begins, on 1 mark: the name of a theme has a semicolon.",
            "3 cells would run as a formula in a spreadsheet: an apostrophe stands before the words.",
            "Start and end of 1 mark without a sure place: these cells are empty.",
            "1 theme with no mark.",
            "Colour and order of 3 themes.",
            "The texts of 2 documents.",
        ]
    );
}

#[test]
fn a_report_has_quotes_by_theme_with_their_sources_and_notes() {
    let (report, losses) = written(Format::Markdown, &project(), &both());
    let expected = "\
# Marks in 2 documents

## Law; order

> quick brown fox

— *A small text*, characters 17–32

\\- first\\
second

1\\. third

## Energy

> quick brown fox

— *A small text*, characters 17–32

\\- first\\
second

1\\. third

> Prices, I think.

— *Anna, \\*2\\**, characters 5–21

@sum

## Without a theme

> jumps

— *A small text*, characters 35–40

> \\_unknown\\_ # passage

— *A small text*, not found in the text
";
    assert_eq!(report, expected);
    assert_eq!(
        losses,
        [
            "Who made 1 mark that came from other files.",
            "When 4 marks were made and changed.",
            "1 theme with no mark.",
            "Colour and order of 3 themes.",
            "What is said about 1 document (author, date and other fields).",
            "The texts of 2 documents.",
        ]
    );
    let (one, _) = written(Format::Markdown, &project(), &both()[1..]);
    assert!(one.starts_with("# Marks in “Anna, \\*2\\*”\n\n## Energy\n"));
}

#[test]
fn json_of_one_document_is_the_download_and_of_several_one_collection() {
    let project = project();
    let (one, losses) = written(Format::W3c, &project, &both()[..1]);
    assert_eq!(one, w3c::write(&project, &document(), Timestamp(0)));
    assert_eq!(losses, ["The text of the document."]);
    let (all, losses) = written(Format::W3c, &project, &both());
    assert_eq!(losses.len(), 2);
    let value: serde_json::Value = serde_json::from_str(&all).unwrap();
    assert_eq!(w3c::validate::validate(&value), []);
    assert_eq!(value["total"], 4);
    assert_eq!(value["label"], "Marks in 2 documents");
    assert_eq!(value["themark:text"][1]["themark:title"], "Anna, *2*");
    let items = value["first"]["items"].as_array().unwrap();
    let sources = items.iter().map(|item| item["target"]["source"].as_str());
    let [small, anna] = [
        "https://example.org/small",
        "urn:uuid:00000000-0000-0000-0000-0000000000d1",
    ];
    assert!(sources.eq([small, small, small, anna].map(Some)));
    // What it says of each annotation is what it says alone, and which document it is on.
    let (lone, _) = written(Format::W3c, &project, &both()[1..]);
    let mut lone: serde_json::Value = serde_json::from_str(&lone).unwrap();
    let lone = &mut lone["first"]["items"][0];
    lone["target"]["themark:document"] = anna.into();
    assert_eq!(*lone, items[3]);
    let (none, _) = written(Format::W3c, &Project::new([]), &[]);
    let none: serde_json::Value = serde_json::from_str(&none).unwrap();
    assert_eq!(w3c::validate::validate(&none), []);
}

#[test]
fn json_of_several_documents_reads_back() {
    let project = project();
    let (all, _) = written(Format::W3c, &project, &both());
    let said = read(&all, &project);
    assert_eq!(said.warnings, [""; 0]);
    for own in &said.annotations {
        let was = &project.annotation(own.id).unwrap().annotation;
        assert_eq!((&own.themes, &own.note), (&was.themes, &was.note));
        assert_eq!(own.target.selectors.quote, was.target.selectors.quote);
    }
    assert_eq!(said.annotations.len(), 4);
}

fn read(file: &str, project: &Project) -> Said {
    assert_eq!(Format::sniff("a.json", file.as_bytes()), Some(Format::W3c));
    let onto = Destination {
        codebook: project.codebook(),
        document: document().id(),
        at: Timestamp(0),
    };
    Format::W3c.read(file, &onto, &|_| ()).unwrap()
}

#[test]
fn formats_differ_in_what_they_are_called_and_only_json_is_read() {
    let mut ends: Vec<&str> = Format::WRITTEN.map(|own| own.about().extension).to_vec();
    ends.dedup();
    assert_eq!(ends.len(), Format::WRITTEN.len());
    assert_eq!(Format::sniff("a.csv", b"document,themes"), None);
    let project = project();
    let onto = Destination {
        codebook: project.codebook(),
        document: document().id(),
        at: Timestamp(0),
    };
    assert!(Format::Csv.read("a,b", &onto, &|_| ()).is_err());
}

/// A project with a mark of some words, a note on it, and a theme of a name.
fn with_words(words: &str, note: &str, name: &str) -> Project {
    let says = Version::new([(crate::document::BlockKind::Paragraph, words)]);
    let mut record = Record::clone(&document().record);
    record.version = says.id();
    record.title = name.into();
    let document = Document::of(Arc::new(record), &says);
    let span = crate::text::Span::between(0_usize, words.len());
    let mut own = annotation(1, span);
    own.target = crate::annotation::Target::on(&document, span);
    own.themes = vec![theme("Energy")];
    own.note = note.into();
    let mut project = Project::new([Arc::new(document)]);
    project.apply(&[
        Edit::Theme(theme("Energy"), OnTheme::Name(name.into())),
        Edit::AddAnnotation(Arc::new(own)),
    ]);
    project
}

/// The cells of a table (RFC 4180).
fn cells(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, is_quoted) {
            ('"', true) if letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(letter),
        }
    }
    assert!(!is_quoted && cell.is_empty() && row.is_empty());
    rows
}

/// What a report says: the headings, the quotes, and all paragraphs outside of these.
fn said(report: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut headings, mut quotes, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut now: Option<String> = None;
    let mut is_quote = false;
    for event in Parser::new_ext(
        report,
        Options::all().difference(Options::ENABLE_SMART_PUNCTUATION),
    ) {
        match event {
            Event::Start(Tag::BlockQuote(_)) => (now, is_quote) = (Some(String::new()), true),
            Event::Start(Tag::Paragraph) if is_quote => {
                let now = now.get_or_insert_default();
                if !now.is_empty() {
                    now.push('\n');
                }
            }
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) => now = Some(String::new()),
            Event::End(TagEnd::BlockQuote(_)) => {
                quotes.extend(now.take());
                is_quote = false;
            }
            Event::End(TagEnd::Heading(_)) => headings.extend(now.take()),
            Event::End(TagEnd::Paragraph) if !is_quote => others.extend(now.take()),
            Event::Text(words) => now.get_or_insert_default().push_str(&words),
            Event::HardBreak => now.get_or_insert_default().push('\n'),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis | TagEnd::Paragraph) => {}
            other => panic!("{other:?} in {report}"),
        }
    }
    (headings, quotes, others)
}

proptest! {
    #[test]
    fn what_a_table_holds_reads_as_it_stands(
        words in "[a-z=+@;,\"'\r\n\t -]{1,12}", note in any::<String>()
    ) {
        // Those would look like guarded ones.
        prop_assume!(!words.starts_with('\'') && !note.starts_with('\''));
        let project = with_words(&words, &note, "Energy");
        let (table, _) = written(Format::Csv, &project, &[document().id()]);
        let rows = cells(table.trim_start_matches('\u{feff}'));
        prop_assert_eq!(rows.len(), 2);
        prop_assert!(rows[1].iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
        let plain = |cell: &str| cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell).to_owned();
        prop_assert_eq!(plain(&rows[1][2]), words);
        prop_assert_eq!(plain(&rows[1][8]), note);
    }

    #[test]
    fn what_a_report_holds_is_read_as_it_stands(
        words in "[a-z#*_0-9.)>|<&;`~^$:=+\\[\\]!(){}\\\\ \t-]{1,12}(\n[a-z#*0-9.)>-]{1,5})?",
        note in "([a-z#*_0-9.)>|<&;`~^=+\\[\\]\\\\ -]{1,8}\n?){0,3}",
    ) {
        let project = with_words(&words, &note, "A *name* # ");
        let (report, _) = written(Format::Markdown, &project, &[document().id()]);
        let (headings, quotes, others) = said(&report);
        prop_assert_eq!(headings, ["Marks in “A *name* # ”", "A *name* # "], "{}", report);
        prop_assert_eq!(quotes, [words], "{}", report);
        let own: Vec<&str> = note.trim().split('\n').filter(|own| !own.trim().is_empty()).collect();
        let notes = others[1..].join("\n");
        prop_assert_eq!(notes, own.join("\n"), "{}", report);
    }
}

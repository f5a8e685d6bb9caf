use proptest::prelude::*;
use uuid::Uuid;

use std::borrow::Cow;

use super::*;
use crate::annotation::{Annotation, AnnotationId, Known};
use crate::document::{DocumentId, Licence};
use crate::project::OnAnnotation;
use crate::testing::{annotation, document, edits, other_version, project, span_of, theme};

const AT: Timestamp = Timestamp(1_642_000_000_000);

/// A file of a project, with a journal or without.
fn file(project: &Project, journal: Option<&str>) -> Vec<u8> {
    let texts: Vec<Version> = (0..3).map(other_version).collect();
    let written = write(&Parts {
        title: "Interviews",
        generated: AT,
        project,
        texts: &texts,
        journal,
    });
    let written = written.unwrap();
    assert_eq!(written.warnings, [""; 0]);
    written.bytes
}

fn read_here(bytes: &[u8]) -> Result<Read, String> {
    read(bytes, &[document()], AT, &|_| ())
}

/// The project that a store comes to in which what was read is kept.
fn stored(read: &Read) -> Project {
    let mut project = Project::new([document()]);
    if !read.records.is_empty() {
        let replayed = journal::replay(&mut project, &joined(&read.records), &|_| ());
        assert_eq!((replayed.unread, replayed.incomplete), (0, false));
    }
    for text in &read.texts {
        project.read(text.clone());
    }
    project.check().unwrap();
    project
}

/// A journal of steps, and the project that it comes to.
fn journal_of(steps: &[Vec<Edit>]) -> (String, Project) {
    let mut project = project();
    let (mut lines, mut after) = (Vec::new(), None);
    for (edits, at) in steps.iter().zip(1..) {
        let head = Head::new(crate::testing::stamp(at), "step");
        let mut own = edits.iter().map(Cow::Borrowed);
        let (line, sum) =
            journal::write_part(&head, journal::Part::WHOLE, after.as_ref(), &mut own);
        (after, _) = (Some(sum), lines.push(line));
        project.apply(edits);
    }
    (joined(&lines), project)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_project_comes_back_as_it_was_with_its_history_and_without(
        steps in proptest::collection::vec(edits(&project(), 1..8), 0..5)
    ) {
        let (journal, project) = journal_of(&steps);
        for history in [None, Some(&*journal)] {
            let bytes = file(&project, history);
            let read = read_here(&bytes).unwrap();
            prop_assert_eq!(&read.warnings, &[""; 0]);
            prop_assert_eq!(&*read.title, "Interviews");
            prop_assert_eq!((read.generated, read.has_history), (AT, history.is_some()));
            let again = stored(&read);
            prop_assert!(wire::is_same(&again, &project));
            if let Some(journal) = history {
                prop_assert_eq!(joined(&read.records), journal);
            }
            // What is stored then makes the same file.
            prop_assert_eq!(file(&again, history), bytes);
        }
    }
}

/// A project with all that there may be in one.
fn full() -> Project {
    let mut project = project();
    let mark = |id, words| annotation(id, span_of(words));
    let mut noted = mark(1, "quick brown fox");
    noted.themes = vec![theme("Energy")];
    noted.note = "Why “quick”?\nAsk.".into();
    let mut other = mark(2, "jumps");
    other.iri = Some("https://example.org/a".into());
    other.creator = Some("Anna".into());
    other.target.source = Some("https://example.org/elsewhere".into());
    other.target.known = Some(Box::new(Known::DoubtedIn(document().digest.clone())));
    other.deleted = true;
    let mut bare = mark(3, "lazy");
    bare.target.selectors = Arc::default();
    bare.target.known = Some(Box::new(Known::AbsentFrom(document().digest.clone())));
    let add = |own: Annotation| Edit::AddAnnotation(Arc::new(own));
    let mut record = Record::clone(&document().record);
    record.id = DocumentId(Uuid::from_u128(0xd1));
    record.version = other_version(1).id();
    record.licence = Some(Licence {
        name: "CC0".into(),
        address: "https://creativecommons.org/publicdomain/zero/1.0/".into(),
    });
    record
        .fields
        .set(&"Author".into(), &"Anna\nand Berik".into());
    project.apply(&[
        Edit::AddDocument(Box::new(record)),
        Edit::Theme(theme("Counterterrorism"), OnTheme::Deleted(true)),
        add(noted),
        add(other),
        add(bare),
    ]);
    project
}

/// What a file in the archive says.
fn part(bytes: &[u8], name: &str) -> String {
    let part = Archive::open(bytes).unwrap().read(name).unwrap();
    String::from_utf8(part.unwrap()).unwrap()
}

/// The same file with another part in the place of one, or without it.
fn with_part(bytes: &[u8], name: &str, part: Option<&[u8]>) -> Vec<u8> {
    let mut archive = Archive::open(bytes).unwrap();
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let others = names.iter().filter(|own| *own != name);
    let mut files: Vec<(&str, Vec<u8>)> = others
        .map(|own| (&**own, archive.read(own).unwrap().unwrap()))
        .collect();
    files.extend(part.map(|part| (name, part.to_vec())));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(own, part)| (*own, &**part)).collect();
    archive::write(&files).unwrap()
}

#[test]
fn everything_that_may_be_in_a_project_comes_back() {
    let project = full();
    let read = read_here(&file(&project, None)).unwrap();
    assert_eq!((read.documents, read.annotations), (2, 2));
    let again = stored(&read);
    assert!(wire::is_same(&again, &project));
    assert_eq!(again.versions().count(), 2);
}

#[test]
fn the_description_has_what_is_written_as_its_example() {
    let guide = include_str!("../../../docs/format.md");
    let mut project = Project::new([document()]);
    let mut noted = annotation(1, span_of("quick brown fox"));
    noted.themes = vec![theme("Energy")];
    noted.note = "Why “quick”?".into();
    project.apply(&[Edit::AddAnnotation(Arc::new(noted))]);
    let bytes = file(&project, None);
    let text = texts::path(&document().record.version);
    for name in [PROJECT, &text] {
        let written = part(&bytes, name);
        let block = format!("```json\n{written}```");
        assert!(guide.contains(&block), "{name}:\n{written}");
    }
    assert!(guide.contains(&text));
}

#[test]
fn two_files_of_a_project_differ_in_when_they_were_made_only() {
    let project = full();
    let at = |generated| {
        let parts = Parts {
            title: "One",
            generated,
            project: &project,
            texts: &[],
            journal: Some(""),
        };
        write(&parts).unwrap().bytes
    };
    let (one, two) = (at(Timestamp(0)), at(AT));
    assert_eq!(one, at(Timestamp(0)));
    let other = part(&one, PROJECT).replace(&Timestamp(0).to_string(), &AT.to_string());
    assert_eq!(other, part(&two, PROJECT));
    // The kind shows at the beginning.
    assert!(one[30..].starts_with(&[MIMETYPE, MEDIA_TYPE].concat().into_bytes()));
}

#[test]
fn texts_that_nobody_needs_do_not_come_along_and_those_of_a_history_do() {
    let (journal, project) = journal_of(&[vec![crate::testing::says(1)]]);
    let texts = |journal| read_here(&file(&project, journal)).unwrap().texts.len();
    assert_eq!((texts(None), texts(Some(&*journal))), (1, 3));
    // They may stand among the records.
    let text = journal::texts::write(&other_version(2));
    let written = write(&Parts {
        title: "",
        generated: AT,
        project: &project,
        texts: &[],
        journal: Some(&format!("{text}\n\n{journal}")),
    });
    let read = read_here(&written.unwrap().bytes).unwrap();
    assert_eq!(joined(&read.records), journal);
    assert_eq!(read.texts.len(), 2);
}

#[test]
fn a_document_without_its_text_is_named() {
    let project = Project::new([document()]);
    let mut lost = Project::default();
    lost.apply(&restore::snapshot(&Project::default(), &project));
    let written = write(&Parts {
        title: "",
        generated: AT,
        project: &lost,
        texts: &[],
        journal: None,
    });
    let written = written.unwrap();
    let sentence = "These documents come without their text, which is not there: A small text.";
    assert_eq!(written.warnings, [sentence]);
    // A text that is here already is not missed.
    assert_eq!(read_here(&written.bytes).unwrap().warnings, [""; 0]);
    let read = read(&written.bytes, &[], AT, &|_| ()).unwrap();
    assert_eq!(read.warnings, [sentence]);
}

#[test]
fn a_project_that_began_with_other_documents_and_themes_brings_its_own() {
    let mark = Edit::AddAnnotation(Arc::new(annotation(1, span_of("fox"))));
    let (journal, project) = journal_of(&[vec![mark]]);
    let mut record = Record::clone(&document().record);
    record.id = DocumentId(Uuid::from_u128(0xd2));
    let other = Arc::new(Document::of(Arc::new(record), &other_version(1)));
    for history in [None, Some(&*journal)] {
        let bytes = file(&project, history);
        let said = part(&bytes, PROJECT);
        let own = said.replace(
            &theme("Energy").0.to_string(),
            &Uuid::from_u128(5).to_string(),
        );
        let bytes = with_part(&bytes, PROJECT, Some(own.as_bytes()));
        let read = read(&bytes, std::slice::from_ref(&other), AT, &|_| ()).unwrap();
        assert_eq!(read.warnings, [""; 0]);
        assert_eq!((read.documents, read.annotations), (1, 1));
        let mut again = Project::new([other.clone()]);
        let replayed = journal::replay(&mut again, &joined(&read.records), &|_| ());
        assert_eq!((replayed.unread, replayed.incomplete), (0, false));
        assert!(again.record(other.id()).unwrap().deleted);
        assert!(
            again
                .record(document().id())
                .is_some_and(|own| !own.deleted)
        );
        let names = again
            .codebook()
            .themes()
            .map(|own| own.id)
            .collect::<Vec<_>>();
        assert!(names.contains(&crate::codebook::ThemeId(Uuid::from_u128(5))));
        assert!(!names.contains(&theme("Energy")));
    }
}

#[test]
fn what_is_not_taken_over_is_said() {
    let id = AnnotationId(Uuid::from_u128(1));
    let step = |edit: Edit| vec![edit];
    let (journal, project) = journal_of(&[
        step(Edit::AddAnnotation(Arc::new(annotation(1, span_of("fox"))))),
        step(Edit::Annotation(id, OnAnnotation::Note("one".into()))),
        step(Edit::Annotation(id, OnAnnotation::Note("two".into()))),
    ]);
    let bytes = file(&project, Some(&journal));
    let warned = |bytes: &[u8]| read_here(bytes).unwrap().warnings;
    let with_journal =
        |journal: &str| warned(&with_part(&bytes, JOURNAL, Some(journal.as_bytes())));
    assert_eq!(
        with_journal(&journal.replace("note one", "note ones")),
        [words::unread(1)]
    );
    let lines: Vec<&str> = journal.split("\n\nv ").collect();
    let gap = format!("{}\n\nv {}", lines[0], lines[2]);
    assert_eq!(with_journal(&gap), [words::INCOMPLETE]);
    let two = format!("{}\n\nv {}\n", lines[0], lines[1]);
    assert_eq!(with_journal(&two), [words::OTHER_STATE]);
    assert_eq!(with_journal(" \n"), [words::OTHER_STATE]);
    assert_eq!(
        warned(&with_part(&bytes, JOURNAL, None)),
        [words::NO_HISTORY]
    );
    let mut strange = bytes.clone();
    for name in [
        "__MACOSX/._a",
        "../../etc/passwd",
        "texts/../b.json",
        "texts/",
    ] {
        strange = with_part(&strange, name, Some(b"x"));
    }
    assert_eq!(warned(&strange), [words::others(3)]);
}

#[test]
fn what_is_no_whole_project_is_refused_with_a_sentence() {
    let (journal, _) = journal_of(&[vec![crate::testing::says(1)]]);
    let bytes = file(&full(), Some(&journal));
    let said = part(&bytes, PROJECT);
    let text = texts::path(&document().record.version);
    let says = part(&bytes, &text);
    let refused = |bytes: &[u8]| read_here(bytes).unwrap_err();
    let of_part = |name: &str, part: &str| refused(&with_part(&bytes, name, Some(part.as_bytes())));
    let changed = |from: &str, to: &str| {
        assert!(said.contains(from), "{from}: {said}");
        of_part(PROJECT, &said.replacen(from, to, 1))
    };
    assert_eq!(refused(b""), words::NO_ARCHIVE);
    assert_eq!(refused(b"{}"), words::NO_ARCHIVE);
    assert_eq!(refused(&with_part(&bytes, PROJECT, None)), words::FOREIGN);
    assert_eq!(of_part(PROJECT, "{\"format\": \"other\"}"), words::FOREIGN);
    assert_eq!(of_part(PROJECT, "{}"), words::FOREIGN);
    assert_eq!(
        changed("\"version\": 1", "\"version\": 2, \"new\": 1"),
        words::NEWER
    );
    for end in [10, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(refused(&bytes[..end]), words::DAMAGED, "{end}");
    }
    for (from, to, expected) in [
        (
            "\"title\": \"Interviews\"",
            "\"title\": 1",
            "“project.json” in it can’t be read: invalid type: integer `1`, expected a string at line 6 column 12.",
        ),
        (
            "\"title\"",
            "\"what\": [], \"title\"",
            "“project.json” in it can’t be read: unknown field `what`, expected one of",
        ),
        (
            "#e08a00",
            "orange",
            "“project.json” in it says something that can’t be: “colour” is “orange”.",
        ),
        ("\"order\": \"1\"", "\"order\": \"1A\"", "“order” is “1A”"),
        ("texts/", "../texts/", "“text” is “../texts/"),
        ("1970-01-01T", "1970-13-01T", "“created” is “1970-13-01T"),
        ("\"start\": ", "\"start\": 9", "“position” is “9"),
        ("\"Author\"", "\"a\\tb\"", "“fields” is “a\tb”"),
        (
            "\"absentFrom\": \"",
            "\"absentFrom\": \"é",
            "“absentFrom” is “é",
        ),
        (
            "\"absentFrom\": \"",
            &format!(
                "\"doubtedIn\": \"{0}\", \"absentFrom\": \"",
                document().digest
            ),
            "“doubtedIn” is",
        ),
        (
            "00000000-0000-0000-0000-000000000002",
            "00000000-0000-0000-0000-000000000001",
            "two records with the same id: 00000000-0000-0000-0000-000000000001.",
        ),
    ] {
        let refused = changed(from, to);
        assert!(refused.contains(expected), "{refused}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(of_part(PROJECT, &deep).contains("can’t be read"));
    let newer = journal::sealed("v 9\nshape unknown\n");
    assert_eq!(of_part(JOURNAL, &newer), words::NEWER);
    assert_eq!(
        refused(&with_part(&bytes, JOURNAL, Some(b"v 6\n\xff"))),
        words::DAMAGED
    );
    for (from, to) in [
        ("quick", "quack"),
        ("\"end\": 12", "\"end\": 11"),
        ("\"start\": 13", "\"start\": 12"),
        ("\"kind\": \"title\"", "\"kind\": \"text\""),
        ("\"kind\": \"title\"", "\"kind\": \"title 1\""),
        ("\"sha256\": \"", "\"sha256\": \"0"),
        ("\"end\": 12", "\"end\": 4294967295"),
    ] {
        assert!(says.contains(from), "{from}: {says}");
        let other = says.replacen(from, to, 1);
        assert_eq!(of_part(&text, &other), words::other_text(&text), "{from}");
    }
    assert!(of_part(&text, "[]").contains("can’t be read"));
    let other = texts::path(&other_version(1).id());
    assert_eq!(of_part(&other, &says), words::other_text(&other));
    let mut locked = bytes.clone();
    let entry = locked.windows(4).position(|own| own == b"PK\x01\x02");
    for at in entry.unwrap()..locked.len() - 8 {
        if locked[at..].starts_with(b"PK\x01\x02") {
            locked[at + 8] |= 1;
        }
    }
    assert_eq!(refused(&locked), words::LOCKED);
}

#[test]
fn no_more_is_read_than_a_memory_holds() {
    let bytes = with_part(&file(&full(), None), PROJECT, Some(&[b' '; 100_000]));
    assert!(bytes.len() < 10_000);
    let limits = |of_one, in_all| Limits { of_one, in_all };
    for limits in [limits(99_999, 1_000_000), limits(1_000_000, 99_999)] {
        let read = read_within(&bytes, limits, &[document()], AT, &|_| ());
        assert_eq!(read.unwrap_err(), words::TOO_LARGE);
    }
    let whole = file(&full(), None);
    let read = |in_all| {
        read_within(
            &whole,
            limits(1_000_000, in_all),
            &[document()],
            AT,
            &|_| (),
        )
    };
    let length = part(&whole, PROJECT).len();
    assert!(read(1_000_000).is_ok());
    assert_eq!(read(length + 10).unwrap_err(), words::TOO_LARGE);
}

#[test]
fn a_damaged_copy_is_refused_or_harmless() {
    let (journal, _) = journal_of(&[vec![crate::testing::says(1)]]);
    let bytes = file(&full(), Some(&journal));
    let whole = read_here(&bytes).unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        if let Ok(read) = read_here(&damaged) {
            // A name that is another may have hidden a file: that is said.
            let is_same = read.records == whole.records && read.texts == whole.texts;
            assert!(is_same || !read.warnings.is_empty(), "{at}");
        }
    }
}

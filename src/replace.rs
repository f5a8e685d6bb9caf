//! What putting another version of its text in a document's place would do, before
//! anything is done.
//!
//! The two versions are aligned, and marks go where their words went. What the alignment
//! does not show is looked for in the new text as in any other: a paragraph may have been
//! moved. What is not sure then keeps its selectors and is reviewed by a person.

mod blocks;
mod preview;

pub use preview::{ChangePreview, Fate, MarkPreview};

use std::cell::Cell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::anchor::{Alignment, Finder, describe};
use crate::annotation::{Annotation, Known, Target};
use crate::document::{Document, Version, plain};
use crate::project::{Edit, OnAnnotation, Placed, Project};
use crate::text::{Span, TextIndex};
use crate::time::Timestamp;

/// The edits a replacement would make, and what a person should know before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// All of it, as one step; nothing where the text is the same. The worker sends them apart.
    #[serde(skip)]
    pub edits: Vec<Edit>,
    /// The text, divided into blocks; nothing where it is the one that is there. The worker sends it
    /// apart.
    #[serde(skip)]
    pub version: Option<Version>,
    /// Marks that stay where they are between the texts around them.
    pub kept: usize,
    /// Of these, those in whose passage something was changed.
    pub reworded: usize,
    /// Marks that were found elsewhere for sure.
    pub moved: usize,
    /// Marks that had no sure place in the old text, and have one in the new.
    pub found: usize,
    /// Marks that may be in several places, or in a doubtful one.
    pub uncertain: usize,
    /// Marks whose words are nowhere.
    pub lost: usize,
    /// Marks that don't stay as they are, in text order: the first of them.
    pub marks: Vec<MarkPreview>,
    /// Stretches that are not as they were, in text order: the first of them.
    pub changes: Vec<ChangePreview>,
    /// All of these.
    pub all_changes: usize,
}

/// Another version of a text, as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVersion {
    /// What it says.
    pub version: Version,
    /// Whether it can't tell a headline from a paragraph: its blocks are of the kinds of those that
    /// they come from then, and what stood out stands out.
    pub is_plain: bool,
}

impl NewVersion {
    /// A plain text.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            version: plain::read(text),
            is_plain: true,
        }
    }
}

/// Plans to put another version of the text in the place of the document's, at a time. The places
/// of its annotations have to be known. It is work for the worker; `progress` is told in
/// percent how far it is.
#[must_use]
pub fn plan(
    project: &Project,
    document: &Document,
    new: &NewVersion,
    at: Timestamp,
    progress: &dyn Fn(u8),
) -> Plan {
    let alignment = Alignment::new(document.text.text(), new.version.text.text());
    let version = if new.is_plain {
        blocks::like_those_before(document, &new.version, &alignment)
    } else {
        new.version.clone()
    };
    let mut plan = Plan::default();
    if version == document.version() {
        return plan;
    }
    let mut next = project.clone();
    next.read(version.clone());
    // A title that a person has given stays.
    let before = document.version();
    let follows = before
        .headline()
        .is_none_or(|headline| headline == &*document.record.title);
    plan.put(
        Edit::replacing(document.id(), &version, follows).collect(),
        &mut next,
    );

    let old_text = &document.text;
    let carried = project.annotations(document.id()).filter_map(|placed| {
        let span = alignment.map(placed.span()?)?;
        Some(pointed(&placed.annotation, span, old_text, &version, at))
    });
    plan.put(carried.flatten().collect(), &mut next);

    let done = Cell::new(0);
    let tell = |percent: u8| {
        let left = u16::from(100 - done.get());
        progress(done.get() + (u16::from(percent) * left / 200) as u8);
    };
    let finder = Finder::new(&version.text, &version.digest).with_progress(&tell);
    // What is found for sure tells where the rest is to be expected; and the rest has to
    // be what the page will find when it looks for that alone.
    loop {
        let unresolved: Vec<Arc<Annotation>> = next.unresolved(document.id()).cloned().collect();
        if unresolved.is_empty() {
            break;
        }
        let selectors = unresolved
            .iter()
            .map(|annotation| &*annotation.target.selectors);
        let found = finder.resolve_all(selectors);
        let mut sure: Vec<Edit> = Vec::new();
        for (annotation, found) in unresolved.iter().zip(&found) {
            let is_doubted = annotation.target.is_doubted_in(&version.digest);
            let Some(span) = found.span().filter(|_| !is_doubted) else {
                continue;
            };
            // Words that are another passage's are no reason to be sure.
            let before = project.live(annotation.id).and_then(Placed::span);
            if before.is_some_and(|before| alignment.is_anothers(span, before)) {
                let target = Target {
                    known: Some(Box::new(Known::DoubtedIn(version.digest.clone()))),
                    ..annotation.target.clone()
                };
                sure.push(Edit::Annotation(
                    annotation.id,
                    OnAnnotation::Target(Box::new(target)),
                ));
            } else {
                sure.extend(pointed(annotation, span, old_text, &version, at));
            }
        }
        if sure.is_empty() {
            for (annotation, found) in unresolved.iter().zip(found) {
                next.resolve(annotation.id, found);
            }
            break;
        }
        plan.put(sure, &mut next);
        done.set(done.get() + (100 - done.get()) / 2);
    }
    preview::marks(&mut plan, project, &next, document, &alignment);
    preview::changes(&mut plan, document, &version, &alignment);
    plan.version = Some(version);
    plan
}

/// Points an annotation at a passage of the new text. Other words are a change of it; that
/// they stand elsewhere is none.
fn pointed(
    annotation: &Annotation,
    span: Span,
    old: &TextIndex,
    version: &Version,
    at: Timestamp,
) -> impl Iterator<Item = Edit> + use<> {
    let Target { selectors, .. } = &annotation.target;
    let words = span.of(version.text.text());
    let is_same = match (&selectors.quote, selectors.position) {
        (Some(quote), _) => quote.exact() == words,
        (None, Some(points)) => old
            .span_from_code_points(points)
            .is_some_and(|span| span.of(old.text()) == words),
        (None, None) => false,
    };
    let target = Target {
        selectors: Arc::new(describe(&version.text, &version.digest, span)),
        source: None,
        known: None,
        ..annotation.target.clone()
    };
    let modified = (!is_same).then_some(OnAnnotation::Modified(at));
    let fields = [OnAnnotation::Target(Box::new(target))]
        .into_iter()
        .chain(modified);
    let id = annotation.id;
    fields.map(move |field| Edit::Annotation(id, field))
}

impl Plan {
    /// Takes edits in, and carries them out on a copy of the project.
    fn put(&mut self, edits: Vec<Edit>, next: &mut Project) {
        next.apply(&edits);
        self.edits.extend(edits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Inline, InlineKind};
    use crate::project::{Applied, OnDocument};
    use crate::testing::{
        annotation, document, edits, other_version, project, resolve_all, span_of,
    };
    use proptest::prelude::*;

    /// A project with a mark on each of these words.
    fn marked(words: &[&str]) -> Project {
        let mut project = project();
        let marks = words
            .iter()
            .zip(1..)
            .map(|(words, id)| Edit::AddAnnotation(Arc::new(annotation(id, span_of(words)))));
        project.apply(&marks.collect::<Vec<_>>());
        project
    }

    /// Does what is planned.
    fn carry_out(project: &mut Project, plan: &Plan) -> Applied {
        if let Some(version) = &plan.version {
            project.read(version.clone());
        }
        project.apply(&plan.edits)
    }

    /// A project with another text, and a mark on the first of each of these words.
    fn on(text: &str, words: &[&str]) -> Project {
        let mut project = project();
        let version = super::plain::read(text);
        let id = OnDocument::Version(Box::new(version.id()));
        project.read(version);
        project.apply(&[Edit::Document(document().id(), id)]);
        let document = project.document(document().id()).unwrap().clone();
        let mark = |(words, id): (&&str, u128)| {
            let start = document.text.text().find(words).unwrap();
            let span = Span::between(start, start + words.len());
            let mut record = annotation(id, span_of("fox"));
            record.target.selectors = Arc::new(describe(&document.text, &document.digest, span));
            Edit::AddAnnotation(Arc::new(record))
        };
        project.apply(&words.iter().zip(1..).map(mark).collect::<Vec<_>>());
        project
    }

    fn planned(project: &Project, text: &str) -> Plan {
        plan(
            project,
            &document(),
            &NewVersion::plain(text),
            Timestamp(5),
            &|_| (),
        )
    }

    /// What each mark stands on, in the order of their ids.
    fn standing(project: &Project) -> Vec<String> {
        let text = project.document(document().id()).unwrap().text.clone();
        let words = |record: &Arc<Annotation>| {
            let span = project.live(record.id)?.span()?;
            Some(span.of(text.text()).to_string())
        };
        project
            .records()
            .map(|record| words(record).unwrap_or_else(|| "?".into()))
            .collect()
    }

    /// The first block of another text that is put in the place of the small one.
    fn opening_of(text: &str) -> BlockKind {
        planned(&project(), text).version.unwrap().blocks[0].kind
    }

    #[test]
    fn a_title_that_a_person_has_given_stays() {
        let titles = |project: &Project| {
            let document = project.document(document().id()).unwrap();
            let version = NewVersion::plain("Another headline\n\nThe quick brown fox 😀 jumps.");
            let plan = plan(project, document, &version, Timestamp(9), &|_| ());
            let is_title = |edit: &&Edit| matches!(edit, Edit::Document(_, OnDocument::Title(_)));
            plan.edits.iter().filter(is_title).count()
        };
        let mut project = project();
        assert_eq!(titles(&project), 1);
        let given = OnDocument::Title("Interview 3".into());
        project.apply(&[Edit::Document(document().id(), given)]);
        assert_eq!(titles(&project), 0);
    }

    #[test]
    fn blocks_and_what_stands_out_are_those_of_a_rich_version() {
        let words = [
            "A small text",
            "The quick brown fox 😀 jumps over the lazy dog.",
        ];
        let kinds = [BlockKind::Heading(2), BlockKind::Quotation];
        let version = Version::new(kinds.into_iter().zip(words));
        let emphasis = Inline {
            kind: InlineKind::Emphasis,
            span: Span::between(2, 7),
        };
        let version = Version {
            inlines: [emphasis].into(),
            ..version
        };
        let mut project = marked(&MARKED);
        let new = NewVersion {
            version: version.clone(),
            is_plain: false,
        };
        let rich = plan(&project, &document(), &new, Timestamp(5), &|_| ());
        assert_eq!(rich.version, Some(version.clone()));
        assert_eq!((rich.kept, rich.lost), (2, 1));
        carry_out(&mut project, &rich);
        // The same words with other blocks are another version, in which all is kept.
        let plainer = NewVersion {
            version: Version::new(
                version
                    .parts()
                    .map(|(_, words)| (BlockKind::Paragraph, words)),
            ),
            is_plain: false,
        };
        let document = project.document(document().id()).unwrap().clone();
        let plan = plan(&project, &document, &plainer, Timestamp(6), &|_| ());
        assert_eq!(plan.version, Some(plainer.version));
        assert_eq!((plan.kept, plan.reworded, plan.moved), (2, 0, 0));
    }

    #[test]
    fn another_text_has_its_own_headline() {
        assert_eq!(
            opening_of("Three languages\n\nGanz etwas anderes."),
            BlockKind::Title
        );
        assert_eq!(opening_of("Ganz etwas anderes."), BlockKind::Paragraph);
        assert_eq!(opening_of("Eins.\n\nZwei."), BlockKind::Paragraph);
        let long = "Wort ".repeat(40);
        assert_eq!(
            opening_of(&format!("{long}\n\nZwei.")),
            BlockKind::Paragraph
        );
    }

    const MARKED: [&str; 4] = ["quick brown fox", "lazy dog", "中文-简体", "quick end"];

    #[test]
    fn marks_go_with_their_words_and_the_plan_says_which() {
        let mut project = marked(&MARKED);
        let text = "A small text\n\nOnce the quick red fox 😀 jumps over dogs.\n\n\
            Cafe\u{301} noir, 中文-简体.";
        let plan = planned(&project, text);
        assert_eq!((plan.kept, plan.reworded), (2, 1));
        assert_eq!((plan.moved, plan.uncertain, plan.lost), (0, 1, 1));
        let told: Vec<_> = plan
            .marks
            .iter()
            .map(|mark| (mark.fate, &*mark.old, &*mark.new))
            .collect();
        assert_eq!(
            told,
            [
                (Fate::Reworded, "quick brown fox", "quick red fox"),
                (Fate::Lost, "lazy dog", ""),
                (Fate::Uncertain, "quick end", ""),
            ]
        );
        let first = &plan.changes[0];
        assert_eq!(
            (&*first.old, &*first.new),
            ("The quick brown", "Once the quick red")
        );
        assert_eq!(plan.changes.len(), plan.all_changes);
        carry_out(&mut project, &plan);
        project.check().unwrap();
        assert_eq!(standing(&project), ["quick red fox", "?", "中文-简体", "?"]);
    }

    #[test]
    fn what_moved_is_found_elsewhere() {
        let moving = "A border of many miles lies between the two lands, and few cross it.";
        let rest = "No one wants to see that happen, and nobody will.\n\n\
            Some say it will, though they have never been there at all.";
        let words = "many miles lies between the two lands";
        let mut project = on(
            &format!("{moving}\n\n{rest}"),
            &[words, "though they have never"],
        );
        let document = project.document(document().id()).unwrap().clone();
        let new = NewVersion::plain(&format!("{rest}\n\n{moving}"));
        let plan = super::plan(&project, &document, &new, Timestamp(5), &|_| ());
        assert_eq!((plan.kept, plan.moved), (1, 1));
        carry_out(&mut project, &plan);
        assert_eq!(standing(&project), [words, "though they have never"]);
    }

    #[test]
    fn the_same_text_changes_nothing() {
        let same = "A small text\r\n\r\nThe quick brown fox 😀 jumps over the lazy dog.\r\n\r\n\
            Cafe\u{301} noir, 中文-简体 and العربية: the quick end.\r\n";
        assert_eq!(planned(&marked(&MARKED), same), Plan::default());
    }

    #[test]
    fn a_text_copied_from_the_page_is_the_same_text() {
        // Blank lines between some of the blocks only, as browsers copy them.
        let copied = "A small text\nThe quick brown fox 😀 jumps over the lazy dog.\n\n\
            Cafe\u{301} noir, 中文-简体 and العربية: the quick end.";
        assert_eq!(planned(&marked(&MARKED), copied), Plan::default());
    }

    #[test]
    fn paragraphs_that_are_joined_or_split_are_told() {
        let joined = document().text.text().replace('\n', " ");
        let plan = planned(&marked(&MARKED), &joined);
        assert_eq!((plan.kept, plan.reworded, plan.all_changes), (4, 0, 2));
        let first = &plan.changes[0];
        assert_eq!((first.old.trim(), first.new.trim()), ("¶", ""));

        let split = document().text.text().replace("jumps over", "jumps\nover");
        let plan = planned(&marked(&MARKED), &split);
        assert_eq!((plan.kept, plan.all_changes), (4, 1));
        let first = &plan.changes[0];
        assert_eq!((first.old.trim(), first.new.trim()), ("", "¶"));
    }

    #[test]
    fn other_words_are_a_modification_and_another_place_is_none() {
        let mut project = marked(&["quick brown fox", "quick end"]);
        let text = "Before all.\n\nA small text\n\nThe quick red fox 😀 jumps over the lazy dog.\n\n\
            Cafe\u{301} noir, 中文-简体 and العربية: the quick end.";
        let plan = planned(&project, text);
        assert_eq!((plan.kept, plan.reworded), (2, 1));
        carry_out(&mut project, &plan);
        let modified: Vec<_> = project.records().map(|record| record.modified).collect();
        assert_eq!(modified, [Timestamp(5), Timestamp(1)]);
    }

    #[test]
    fn what_was_lost_and_is_there_again_is_found() {
        let mut project = marked(&["lazy dog"]);
        let old = document().text.text().replace('\n', "\n\n");
        let plan = planned(&project, "Quite another text.");
        assert_eq!(plan.lost, 1);
        carry_out(&mut project, &plan);
        resolve_all(&mut project);
        let document = project.document(document().id()).unwrap().clone();
        let plan = super::plan(
            &project,
            &document,
            &NewVersion::plain(&old),
            Timestamp(6),
            &|_| (),
        );
        assert_eq!((plan.found, plan.moved, plan.kept), (1, 0, 0));
    }

    #[test]
    fn what_stands_on_anothers_words_only_is_for_a_person_to_judge() {
        let old = "By the river.\n\nI don't know. My father came here.\n\n\
            I don't know. My mother did.\n\nThen war.";
        let mut project = on(old, &["I don't know.", "I don't know. My mother"]);
        let document = project.document(document().id()).unwrap().clone();
        let new = "By the river.\n\nI don't know. My mother did.\n\nThen war.";
        let plan = super::plan(
            &project,
            &document,
            &NewVersion::plain(new),
            Timestamp(5),
            &|_| (),
        );
        assert_eq!((plan.kept, plan.uncertain + plan.lost), (1, 1));
        carry_out(&mut project, &plan);
        resolve_all(&mut project);
        project.check().unwrap();
        assert_eq!(standing(&project), ["?", "I don't know. My mother"]);
    }

    #[track_caller]
    fn check_kinds(text: &str, expected: &[BlockKind]) {
        let plan = planned(&project(), text);
        let Some(version) = plan.version else {
            panic!("{text} changes nothing");
        };
        let kinds: Vec<BlockKind> = version.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds, expected, "{text}");
    }

    #[test]
    fn a_headline_stays_one_and_is_the_only_one() {
        use BlockKind::{Paragraph, Title};
        let body = "The quick brown fox 😀 jumps over the lazy dog.";
        check_kinds(&format!("A small text\n\n{body}"), &[Title, Paragraph]);
        // Edited, written anew, split, gone.
        check_kinds(
            &format!("A rather small text\n\n{body}"),
            &[Title, Paragraph],
        );
        check_kinds(&format!("News\n\n{body}"), &[Title, Paragraph]);
        check_kinds(
            &format!("A small\n\ntext\n\n{body}"),
            &[Title, Paragraph, Paragraph],
        );
        check_kinds(&format!("{body}\n\nMore."), &[Paragraph, Paragraph]);
        // Nothing of the old text: nothing of its kinds.
        check_kinds("Q: Where?\n\nA: In the north.", &[Paragraph, Paragraph]);
    }

    #[test]
    fn a_headline_that_was_left_out_is_one_again_when_it_is_back() {
        let mut project = project();
        let old = document().text.text().replace('\n', "\n\n");
        let without = old.split_once("\n\n").unwrap().1;
        let plan = planned(&project, without);
        carry_out(&mut project, &plan);
        let document = project.document(document().id()).unwrap().clone();
        assert_eq!(document.version().headline(), None);
        let plan = super::plan(
            &project,
            &document,
            &NewVersion::plain(&old),
            Timestamp(5),
            &|_| (),
        );
        carry_out(&mut project, &plan);
        let again = project.document(document.id()).unwrap().version();
        assert_eq!(again.headline(), Some("A small text"));
    }

    #[test]
    fn only_so_much_is_told_of_long_changes() {
        let long = "word ".repeat(4_000);
        let plan = planned(&marked(&MARKED), &format!("A small text\n\n{long}"));
        let most = 160 + "…".len();
        assert!(plan.changes.iter().all(|change| change.new.len() <= most));
        assert!(plan.changes.iter().any(|change| change.new.ends_with('…')));
        assert_eq!(plan.kept + plan.moved + plan.uncertain + plan.lost, 4);
    }

    #[test]
    fn it_tells_how_far_it_is() {
        let told = std::cell::RefCell::new(Vec::new());
        let version = NewVersion::plain("Quite another text.");
        let tell = |percent| told.borrow_mut().push(percent);
        let plan = plan(&marked(&MARKED), &document(), &version, Timestamp(5), &tell);
        assert_eq!(plan.lost, MARKED.len());
        let told = told.into_inner();
        assert!(told.len() > 3, "{told:?}");
        assert!(told.is_sorted() && told.iter().all(|percent| *percent <= 100));
    }

    proptest! {
        /// Whatever was done before: a replacement is one step that can be taken back
        /// whole, and the marks that the plan counts are those that then stand.
        #[test]
        fn a_replacement_can_be_taken_back_and_keeps_its_promise(
            before in edits(&project(), 0..16), number in 0_usize..3,
        ) {
            let mut project = project();
            project.apply(&before);
            resolve_all(&mut project);
            let document = project.document(document().id()).unwrap().clone();
            let shown = |project: &Project| {
                let rows = crate::query::all_rows(project, document.id(), crate::project::Filter::All);
                (project.document(document.id()).unwrap().version(), rows)
            };
            let was = shown(&project);
            let new = NewVersion {
                version: other_version(number),
                is_plain: true,
            };
            let plan = plan(&project, &document, &new, Timestamp(5), &|_| ());
            let counted = plan.kept + plan.moved + plan.found;
            let all = counted + plan.uncertain + plan.lost;
            let applied = carry_out(&mut project, &plan);
            project.check().unwrap();
            if applied.changes.is_empty() {
                return Ok(());
            }
            resolve_all(&mut project);
            let placed = project.annotations(document.id()).filter(|placed| placed.span().is_some());
            prop_assert_eq!(placed.count(), counted);
            prop_assert_eq!(project.annotations(document.id()).count(), all);
            project.take_back(&applied.changes);
            project.check().unwrap();
            resolve_all(&mut project);
            prop_assert_eq!(shown(&project), was);
        }
    }
}

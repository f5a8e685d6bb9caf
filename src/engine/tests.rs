//! Several engines and one store, in one process, with whatever may go wrong between two events.

use std::collections::{HashSet, VecDeque};

use proptest::prelude::*;

use super::*;
use crate::journal::Taken;
use crate::project::{Edit, OnAnnotation, TransactionId};
use crate::testing::{self, annotation, document, edits, other_version, project, span_of, theme};
use crate::time::Timestamp;

/// Edits in one step: few, so that most changes take several.
const FEW: usize = 2;

/// The journal as all windows share it, and the windows.
#[derive(Default)]
struct World {
    journal: Vec<String>,
    /// The window whose transaction may write.
    writer: Option<usize>,
    windows: Vec<Window>,
    /// How many windows there ever were.
    opened: usize,
    /// How many changes were given a name.
    stamped: i64,
}

struct Window {
    /// When all of its changes are made: it tells them from those of other windows.
    at: Timestamp,
    engine: Engine,
    /// How many lines of the journal there were when it began to read them.
    past: usize,
    /// What was made in it.
    own: HashSet<TransactionId>,
    /// How many lines of the journal it knows.
    known: usize,
    /// How many there were when its transaction began.
    seen: usize,
    /// A transaction that it has asked for, and whether that writes.
    asked: Option<bool>,
    writing: Option<Writing>,
    /// Lines that it is to be given.
    lines: VecDeque<String>,
    /// Changes that were made in it.
    made: usize,
    /// Changes that were stopped.
    stopped: usize,
}

/// What happens in one of the windows.
#[derive(Clone, Debug)]
enum Act {
    Change(Vec<Edit>),
    Undo,
    Redo,
    Stop,
    Freeze(bool),
    /// Its passages without a place were looked for, and found nowhere.
    Find,
    /// It is given what it wants, so many times.
    GoOn(usize),
    /// The store lets its transaction begin.
    Begin,
    /// The store answers what it was asked: it was kept, or not.
    Keep,
    Refuse,
    /// It was kept, and the answer is that it was not.
    Lose,
    Retry,
    /// It hears that another has appended something.
    Hear,
    /// It ends, in the middle of everything; what is on its way to the store gets there, or not.
    Crash(bool),
}

impl World {
    fn new(windows: usize) -> Self {
        let mut world = Self::default();
        for _ in 0..windows {
            let window = world.opened();
            world.windows.push(window);
        }
        world
    }

    /// A window that begins to read what there is.
    fn opened(&mut self) -> Window {
        self.opened += 1;
        let mut engine = Engine::new(project());
        engine.batch = FEW;
        Window {
            at: Timestamp(self.opened as i64),
            engine,
            past: self.journal.len(),
            own: HashSet::new(),
            known: self.journal.len(),
            seen: 0,
            asked: None,
            writing: None,
            lines: self.journal.iter().cloned().collect(),
            made: 0,
            stopped: 0,
        }
    }

    fn handle(&mut self, at: usize, event: Event) {
        let window = &mut self.windows[at];
        let effects = window.engine.handle(event);
        for effect in effects {
            match effect {
                Effect::Begin { writes } => {
                    assert!(window.asked.is_none() && window.writing.is_none());
                    window.asked = Some(writes);
                }
                Effect::Append(writing) => {
                    assert_eq!(self.writer, Some(at), "who reads only writes nothing");
                    window.writing = Some(writing);
                }
                Effect::Release => {
                    window.known = window.seen;
                    self.writer = None;
                }
                Effect::Read => {
                    let effects = window.engine.handle(Event::Shown);
                    for effect in effects {
                        if let Effect::Begin { writes } = effect {
                            window.asked = Some(writes);
                        }
                    }
                }
                Effect::Done(done) => {
                    window.made += usize::from(done.is_changed || done.origin != Origin::Person);
                }
                Effect::Stopped => window.stopped += 1,
                Effect::Unread(lines) => panic!("{lines:?} can't be read"),
                Effect::ReadAnew => panic!("there is no snapshot"),
                Effect::Run | Effect::Moved(_) | Effect::Show(_) | Effect::Resolved => {}
            }
        }
        self.windows[at].engine.project.check().unwrap();
        self.what_is_saved_is_there(at);
    }

    /// Lets a transaction begin that was asked for, where no other is in its way.
    fn begin(&mut self, at: usize) -> bool {
        let window = &mut self.windows[at];
        let Some(writes) = window.asked else {
            return false;
        };
        if self.writer.is_some() {
            return false;
        }
        window.asked = None;
        window.seen = self.journal.len();
        let others = self.journal[window.known..].to_vec();
        let told = Others::of(others.iter().cloned());
        window.lines.extend(others);
        if writes {
            self.writer = Some(at);
        }
        self.handle(at, Event::Begun(told));
        if self.windows[at].writing.is_none() && self.writer == Some(at) {
            self.writer = None;
        }
        true
    }

    /// Keeps what a window has handed over.
    fn keep(&mut self, at: usize) -> bool {
        let Some(mut writing) = self.windows[at].writing.take() else {
            return false;
        };
        self.journal.extend(writing.by_ref());
        self.windows[at].known = self.journal.len();
        self.writer = None;
        self.handle(at, Event::Written(writing.checksum().cloned()));
        true
    }

    fn refuse(&mut self, at: usize) {
        let window = &mut self.windows[at];
        if window.asked.take().is_some() || window.writing.take().is_some() {
            // What it was to be given comes with the next transaction.
            window.lines.clear();
            if self.writer == Some(at) {
                self.writer = None;
            }
            self.handle(at, Event::Refused("the disk is full".into()));
        }
    }

    /// What the next change of a window is given.
    fn stamp(&mut self, at: usize) -> Stamp {
        self.stamped += 1;
        let window = &mut self.windows[at];
        let id = testing::stamp(self.stamped).id;
        window.own.insert(id);
        Stamp {
            id,
            ..testing::stamp(window.at.0)
        }
    }

    /// Gives a window what it wants; whether it wants anything.
    fn go_on(&mut self, at: usize) -> bool {
        let event = match self.windows[at].engine.wants() {
            Want::Nothing => return false,
            Want::Step => Event::Step,
            Want::Line => match self.windows[at].lines.pop_front() {
                Some(line) => Event::Line(line),
                None => Event::LinesEnd(End::Journal),
            },
        };
        self.handle(at, event);
        true
    }

    fn act(&mut self, at: usize, act: Act) {
        let stamp = self.stamp(at);
        match act {
            Act::Change(edits) => {
                let head = Head::new(stamp, "change");
                self.handle(at, Event::Change(Transaction { head, edits }));
            }
            Act::Undo => self.handle(at, Event::Reverse(Origin::Undo, stamp)),
            Act::Redo => self.handle(at, Event::Reverse(Origin::Redo, stamp)),
            Act::Stop => self.handle(at, Event::Stop),
            Act::Freeze(is_frozen) => {
                // A page reads its project only where nothing else is being done.
                if !is_frozen || self.windows[at].engine.busy().is_none() {
                    self.handle(at, Event::Freeze(is_frozen));
                }
            }
            Act::Find => {
                let document = document().id();
                let own = &self.windows[at].engine.project;
                let text = own.document(document).unwrap().digest.clone();
                let unresolved = own.unresolved(document).cloned();
                let found = unresolved.map(|asked| (asked, Resolution::Lost)).collect();
                self.handle(at, Event::Found(document, text, found));
            }
            Act::GoOn(times) => {
                for _ in 0..times {
                    self.go_on(at);
                }
            }
            Act::Begin => {
                self.begin(at);
            }
            Act::Keep => {
                self.keep(at);
            }
            Act::Refuse => self.refuse(at),
            Act::Lose => {
                let writing = self.windows[at].writing.as_mut();
                self.journal.extend(writing.into_iter().flatten());
                self.refuse(at);
            }
            Act::Retry => self.handle(at, Event::Retry),
            Act::Hear => self.handle(at, Event::Appended),
            Act::Crash(arrives) => {
                if let Some(writing) = self.windows[at].writing.take()
                    && arrives
                {
                    self.journal.extend(writing);
                }
                if self.writer == Some(at) {
                    self.writer = None;
                }
                self.windows[at] = self.opened();
            }
        }
    }

    /// Lets everything come to an end.
    fn settle(&mut self) {
        for at in 0..self.windows.len() {
            self.handle(at, Event::Freeze(false));
        }
        // What one writes the others hear of.
        for _ in 0..2 {
            for at in 0..self.windows.len() {
                while self.go_on(at) {}
                self.handle(at, Event::Retry);
                self.handle(at, Event::Appended);
            }
            let mut rounds = 0;
            while (0..self.windows.len()).any(|at| self.begin(at) | self.keep(at) | self.go_on(at))
            {
                rounds += 1;
                assert!(rounds < 10_000, "it comes to an end");
            }
        }
    }

    /// What a window calls saved is in the journal, once, and nothing else that it has made.
    fn what_is_saved_is_there(&self, at: usize) {
        let window = &self.windows[at];
        if window.engine.saving() != Saving::Saved {
            return;
        }
        let is_own = |line: &&String| {
            let record = crate::journal::read_part(line).unwrap();
            record.part.is_last() && record.transaction.head.at == window.at
        };
        assert_eq!(self.journal.iter().filter(is_own).count(), window.made);
    }

    /// All windows hold what the journal says.
    fn agrees(&self) {
        let mut expected = project();
        let mut reader = Reader::default();
        for line in &self.journal {
            let Taken { torn, record, .. } = reader.take(line);
            assert!(!torn);
            expected.apply(&record.unwrap().transaction.edits);
        }
        assert!(!reader.end() && reader.gaps() == 0);
        for window in &self.windows {
            let engine = &window.engine;
            assert_eq!((engine.saving(), engine.busy()), (Saving::Saved, None));
            assert_eq!((engine.wants(), engine.exchanges()), (Want::Nothing, false));
            assert_eq!(all(engine.project()), all(&expected));
            let history = self.history_of(window);
            assert_eq!(format!("{:?}", engine.history()), format!("{history:?}"));
        }
    }

    /// What can be undone and redone in a window, as the journal has it: what was there when it
    /// was opened, and what was made in it.
    fn history_of(&self, window: &Window) -> History {
        let (mut project, mut history) = (project(), History::default());
        let mut changes = Vec::new();
        for (number, line) in self.journal.iter().enumerate() {
            let record = crate::journal::read_part(line).unwrap();
            let Transaction { head, edits } = record.transaction;
            changes.extend(project.apply(&edits).changes);
            if record.part.is_last() {
                let changes = Arc::new(std::mem::take(&mut changes));
                if number < window.past || window.own.contains(&head.id) {
                    history.record(&head, changes, &[]);
                }
            }
        }
        history
    }
}

/// All that a project holds, what is deleted as well. Where passages were found is no part of it:
/// not each window has looked.
fn all(project: &Project) -> String {
    let records: Vec<_> = project.records().collect();
    let sure: Vec<_> = project
        .placed()
        .filter(|placed| matches!(placed.place, Some(Resolution::Exact(_))))
        .collect();
    let documents: Vec<_> = project.documents().collect();
    format!(
        "{records:?} {sure:?} {:?} {documents:?}",
        project.codebook()
    )
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let act = prop_oneof![
        6 => edits(&project(), 1..7).prop_map(Act::Change),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => Just(Act::Stop),
        1 => any::<bool>().prop_map(Act::Freeze),
        1 => Just(Act::Find),
        6 => (1..6_usize).prop_map(Act::GoOn),
        6 => Just(Act::Begin),
        5 => Just(Act::Keep),
        1 => Just(Act::Refuse),
        1 => Just(Act::Lose),
        1 => Just(Act::Retry),
        3 => Just(Act::Hear),
        1 => any::<bool>().prop_map(Act::Crash),
    ];
    proptest::collection::vec((0..3_usize, act), 1..80)
}

/// A thousand cases; where there is time, a hundred thousand.
fn config() -> ProptestConfig {
    let is_thorough = std::env::var_os("THEMARK_THOROUGH").is_some();
    ProptestConfig::with_cases(if is_thorough { 100_000 } else { 1_000 })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn windows_come_to_the_same_whatever_happens(windows in 2..4_usize, acts in acts()) {
        let mut world = World::new(windows);
        for (at, act) in acts {
            world.act(at % windows, act);
        }
        world.settle();
        world.agrees();
    }
}

/// An engine without a store, which is at nothing.
fn alone() -> Engine {
    let mut engine = Engine::new(project());
    engine.handle(Event::NoStore("it is a test".into()));
    engine
}

/// What a project comes to, as it is downloaded.
fn exported(engine: &Engine) -> String {
    let project = engine.project();
    project.check().unwrap();
    let document = project.document(document().id()).unwrap();
    crate::format::w3c::write(project, document, Timestamp(0))
}

proptest! {
    #[test]
    fn undoing_everything_and_redoing_it_gives_back_every_export(
        steps in proptest::collection::vec(edits(&project(), 1..6), 1..8),
    ) {
        let mut engine = alone();
        let mut exports = vec![exported(&engine)];
        for (edits, number) in steps.into_iter().zip(1..) {
            let head = Head::new(testing::stamp(number), "step");
            let effects = engine.handle(Event::Change(Transaction { head, edits }));
            let is_changed = |effect: &Effect| matches!(effect, Effect::Done(done) if done.is_changed);
            if effects.iter().any(is_changed) {
                exports.push(exported(&engine));
            }
        }
        for (expected, number) in exports.iter().rev().skip(1).zip(100..) {
            assert!(engine.history().undo_label().is_some());
            engine.handle(Event::Reverse(Origin::Undo, testing::stamp(number)));
            prop_assert_eq!(&exported(&engine), expected);
        }
        prop_assert!(engine.history().undo_label().is_none());
        // What could not be seen, as a mark that was never but in the bin, is no step any more.
        let mut again = vec![exported(&engine)];
        for number in 200.. {
            if engine.history().redo_label().is_none() {
                break;
            }
            engine.handle(Event::Reverse(Origin::Redo, testing::stamp(number)));
            again.push(exported(&engine));
        }
        again.dedup();
        exports.dedup();
        prop_assert_eq!(again, exports);
    }
}

#[test]
fn a_text_that_comes_later_has_its_marks_where_they_stand() {
    let mut engine = Engine::new(Project::new([document()]));
    engine.handle(Event::NoStore("it is a test".into()));
    let head = |number| Head::new(testing::stamp(number), "step");
    for (number, edit) in [(1, add(1, "quick brown fox")), (2, testing::says(1))] {
        let edits = vec![edit];
        engine.handle(Event::Change(Transaction {
            head: head(number),
            edits,
        }));
    }
    let own = annotation(1, span_of("fox")).id;
    let stands = |engine: &Engine| engine.project().live(own).unwrap().span();
    assert!(engine.project().document(document().id()).is_none());
    assert_eq!(stands(&engine), None);

    let effects = engine.handle(Event::Text(other_version(1)));
    assert!(
        matches!(&effects[..], [Effect::Show(touched)] if touched.documents == [document().id()])
    );
    engine.project().check().unwrap();
    let now = engine.project().document(document().id()).unwrap();
    assert_eq!(now.version(), other_version(1));
    // It is there already.
    assert!(engine.handle(Event::Text(other_version(1))).is_empty());

    engine.handle(Event::Reverse(Origin::Undo, testing::stamp(3)));
    assert_eq!(stands(&engine), Some(span_of("quick brown fox")));
}

#[test]
fn a_text_that_an_earlier_program_replaced_and_undid_can_be_replaced_again() {
    let mut last = String::new();
    let mut line = |by: &str, at: i64, number: usize| {
        let version = other_version(number);
        let text = version.text.text().replace('\n', "\\n");
        let id = document().id().0;
        let after = (!last.is_empty()).then(|| format!("after {last}\n"));
        let line = crate::journal::sealed(format!(
            "v 4\nat {at}\nby {by}\nwhat replacement\n{}\nblocks {}\ndo text\nid {id}\ntext {text}\n",
            after.unwrap_or_default(),
            version.layout(),
        ).trim_end());
        last = sum(&line).digits().to_owned();
        line
    };
    let lines = [line("person", 1, 1), line("undo", 2, 0)];
    for (some, undo, redo) in [(&lines[..1], true, false), (&lines[..], false, true)] {
        let mut engine = Engine::new(Project::new([document()]));
        let effects = read(&mut engine, some, End::Journal);
        assert!(matches!(effects[..], [Effect::Read]));
        engine.handle(Event::Shown);
        let history = engine.history();
        assert_eq!(
            (
                history.undo_label().is_some(),
                history.redo_label().is_some()
            ),
            (undo, redo)
        );
        let now = engine.project().document(document().id()).unwrap();
        assert_eq!(now.version(), other_version(usize::from(undo)));
    }
}

/// A window that has read what there is.
fn world() -> World {
    let mut world = World::new(2);
    world.settle();
    world
}

fn add(id: u128, words: &str) -> Edit {
    Edit::AddAnnotation(Arc::new(annotation(id, span_of(words))))
}

fn marks(world: &World, at: usize) -> usize {
    world.windows[at]
        .engine
        .project
        .annotations(document().id())
        .count()
}

#[test]
fn a_long_change_that_is_stopped_leaves_nothing() {
    let mut world = world();
    world.act(0, Act::Change((1..=7).map(|id| add(id, "fox")).collect()));
    world.act(0, Act::GoOn(2));
    assert_eq!(marks(&world, 0), 2 * FEW);
    assert_eq!(
        world.windows[0].engine.progress(),
        Some((Origin::Person, 57))
    );
    // Another window's change comes meanwhile, and waits.
    world.act(1, Act::Change(vec![add(9, "lazy dog")]));
    world.begin(1);
    world.keep(1);
    world.act(0, Act::Hear);
    world.begin(0);
    world.act(0, Act::Stop);
    // It takes time as well, and a person sees that.
    assert_eq!(
        world.windows[0].engine.progress(),
        Some((Origin::Person, 0))
    );
    while world.go_on(0) {}
    assert_eq!(world.windows[0].engine.progress(), None);
    assert_eq!((marks(&world, 0), world.windows[0].stopped), (1, 1));
    assert!(world.windows[0].engine.history().undo_label().is_none());
    world.settle();
    world.agrees();
    assert_eq!(world.journal.len(), 1);
}

#[test]
fn nothing_is_changed_while_something_long_is_done() {
    let mut world = world();
    world.act(0, Act::Change((1..=7).map(|id| add(id, "fox")).collect()));
    world.act(0, Act::GoOn(1));
    assert_eq!(world.windows[0].engine.busy(), Some(Busy::Working));
    assert_eq!(world.windows[0].engine.saving(), Saving::Busy);
    world.act(0, Act::Change(vec![add(9, "lazy dog")]));
    world.act(0, Act::Undo);
    world.settle();
    assert_eq!((marks(&world, 0), marks(&world, 1)), (7, 7));
    assert_eq!(world.windows[0].engine.busy(), None);
    world.act(0, Act::Undo);
    world.settle();
    assert_eq!((marks(&world, 0), marks(&world, 1)), (0, 0));
    world.agrees();
}

#[test]
fn an_undo_leaves_what_the_other_window_has_written_since() {
    let mut world = world();
    let id = annotation(1, span_of("fox")).id;
    let note = |words: &str| Edit::Annotation(id, OnAnnotation::Note(words.into()));
    world.act(0, Act::Change(vec![add(1, "fox")]));
    world.settle();
    world.act(
        0,
        Act::Change(vec![
            note("mine"),
            Edit::Annotation(id, OnAnnotation::Tag(theme("Energy"), true)),
        ]),
    );
    world.settle();
    world.act(1, Act::Change(vec![note("theirs")]));
    world.settle();
    world.act(0, Act::Undo);
    world.settle();
    world.agrees();
    let own = world.windows[1].engine.project.live(id).unwrap();
    assert_eq!(
        (&*own.annotation.note, own.annotation.themes.len()),
        ("theirs", 0)
    );
}

#[test]
fn a_note_stands_on_a_passage_whose_text_is_replaced_meanwhile() {
    let mut world = world();
    let id = annotation(1, span_of("fox")).id;
    world.act(0, Act::Change(vec![add(1, "quick brown fox")]));
    world.settle();
    world.act(1, Act::Change(vec![testing::says(1)]));
    world.act(
        0,
        Act::Change(vec![Edit::Annotation(
            id,
            OnAnnotation::Note("mine".into()),
        )]),
    );
    // The text comes first.
    world.begin(1);
    world.keep(1);
    world.settle();
    world.agrees();
    let own = &world.windows[0].engine.project;
    assert_eq!(&*own.live(id).unwrap().annotation.note, "mine");
    assert_eq!(
        own.document(document().id()).unwrap().digest,
        other_version(1).digest
    );
}

#[test]
fn what_was_refused_is_not_called_saved_and_is_there_after_another_try() {
    let mut world = world();
    world.act(0, Act::Change(vec![add(1, "fox")]));
    world.act(0, Act::Begin);
    world.act(0, Act::Refuse);
    let refused = Saving::Failed("the disk is full".into());
    assert_eq!(world.windows[0].engine.saving(), refused);
    // That others have appended something is no reason to try.
    world.act(0, Act::Hear);
    assert!(world.windows[0].asked.is_none());
    world.act(0, Act::Retry);
    assert_eq!(world.windows[0].engine.saving(), Saving::Busy);
    world.settle();
    world.agrees();
    assert_eq!((world.journal.len(), marks(&world, 1)), (1, 1));
}

#[test]
fn what_was_kept_without_an_answer_is_not_written_again() {
    let mut world = world();
    world.act(0, Act::Change(vec![add(1, "fox")]));
    world.act(0, Act::Begin);
    world.act(0, Act::Lose);
    let refused = Saving::Failed("the disk is full".into());
    assert_eq!(world.windows[0].engine.saving(), refused);
    // Something is done meanwhile, here and there.
    world.act(0, Act::Change(vec![add(2, "lazy dog")]));
    world.act(1, Act::Change(vec![add(3, "quick brown fox")]));
    world.settle();
    world.agrees();
    assert_eq!((world.journal.len(), marks(&world, 1)), (3, 3));
    // It can be undone as what it is.
    world.act(0, Act::Undo);
    world.act(0, Act::Undo);
    world.settle();
    world.agrees();
    assert_eq!(marks(&world, 0), 1);
}

/// A note that the other window writes comes before this one's in the journal; what an undo leaves
/// of that, however the answer to this one's comes.
fn check_undo_goes_back_to_what_others_did(answer: impl Fn(&mut World)) {
    let mut world = world();
    let id = annotation(1, span_of("fox")).id;
    let note = |words: &str| vec![Edit::Annotation(id, OnAnnotation::Note(words.into()))];
    world.act(0, Act::Change(vec![add(1, "fox")]));
    world.settle();
    world.act(1, Act::Change(note("theirs")));
    world.act(0, Act::Change(note("mine")));
    world.begin(1);
    world.keep(1);
    answer(&mut world);
    world.settle();
    world.agrees();
    world.act(0, Act::Undo);
    world.settle();
    world.agrees();
    let own = world.windows[0].engine.project.live(id).unwrap();
    assert_eq!(&*own.annotation.note, "theirs");
}

#[test]
fn what_others_did_before_ones_own_is_what_an_undo_goes_back_to() {
    check_undo_goes_back_to_what_others_did(|_| ());
}

#[test]
fn what_was_kept_without_an_answer_is_undone_to_what_others_did_before() {
    check_undo_goes_back_to_what_others_did(|world| {
        world.act(0, Act::Begin);
        world.act(0, Act::Lose);
    });
}

#[test]
fn nothing_is_put_behind_what_a_newer_program_has_written() {
    let mut world = world();
    world.act(0, Act::Change(vec![add(1, "fox")]));
    let newer = crate::journal::sealed("v 99\nsomething else");
    let told = Others::of(std::iter::once(newer.clone()));
    let window = &mut world.windows[0];
    window.asked = None;
    let effects = window.engine.handle(Event::Begun(told));
    assert!(matches!(effects[..], [Effect::Release, Effect::Run]));
    while window.engine.wants() != Want::Line {
        window.engine.handle(Event::Step);
    }
    window.engine.handle(Event::Line(newer));
    let effects = window.engine.handle(Event::LinesEnd(End::Journal));
    assert!(matches!(effects[..], [Effect::Unread(ref lines)] if *lines == [0]));
    while window.engine.wants() != Want::Nothing {
        window.engine.handle(Event::Step);
    }
    assert!(
        matches!(window.engine.saving(), Saving::Off(reason) if reason.contains("newer version"))
    );
    // It can still be taken along.
    assert_eq!(marks(&world, 0), 1);
    world.act(0, Act::Change(vec![add(2, "lazy dog")]));
    assert_eq!((marks(&world, 0), world.windows[0].asked), (2, None));
}

/// An engine that is given lines, and what it says at their end.
fn read(engine: &mut Engine, lines: &[String], end: End) -> Vec<Effect> {
    for line in lines {
        assert_eq!(engine.wants(), Want::Line);
        engine.handle(Event::Line(line.clone()));
        while engine.wants() == Want::Step {
            engine.handle(Event::Step);
        }
    }
    let mut effects = engine.handle(Event::LinesEnd(end));
    while engine.wants() == Want::Step {
        effects.extend(engine.handle(Event::Step));
    }
    effects
}

#[test]
fn what_a_project_begins_with_is_no_step_to_take_back() {
    let began = [add(1, "fox")];
    let lines = crate::journal::beginning::lines(&began, Timestamp(1));
    let mut engine = Engine::new(project());
    read(&mut engine, &lines, End::Journal);
    assert!(
        engine
            .project()
            .live(annotation(1, span_of("fox")).id)
            .is_some()
    );
    assert_eq!(engine.history().undo_label(), None);
}

/// The journal of three marks that are made in one window, one after the other.
fn journal() -> Vec<String> {
    let mut world = world();
    for (id, words) in [(1, "fox"), (2, "quick brown fox"), (3, "lazy dog")] {
        world.act(0, Act::Change(vec![add(id, words)]));
        world.settle();
    }
    world.journal
}

fn sum(line: &str) -> Sum {
    crate::journal::sum_of(line).unwrap()
}

#[test]
fn a_snapshot_and_what_came_since_are_read_and_only_that_can_be_undone() {
    let lines = journal();
    let mut engine = Engine::new(project());
    let effects = read(&mut engine, &lines[..2], End::Snapshot(sum(&lines[1])));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Read)));
    let effects = read(&mut engine, &lines[2..], End::Journal);
    assert!(matches!(effects[..], [Effect::Read]));
    assert_eq!(engine.busy(), Some(Busy::Reading));
    engine.handle(Event::Shown);
    assert_eq!((engine.busy(), engine.saving()), (None, Saving::Saved));
    assert_eq!(engine.project().annotations(document().id()).count(), 3);
    engine.handle(Event::Reverse(Origin::Undo, testing::stamp(9)));
    assert_eq!(engine.project().annotations(document().id()).count(), 2);
    assert!(engine.history().undo_label().is_none());
}

#[test]
fn a_snapshot_that_is_damaged_or_has_a_gap_behind_it_is_not_relied_on() {
    let lines = journal();
    let damaged = lines[1].replace("fox", "box");
    for (snapshot, up_to, has_gap) in [
        (vec![lines[0].clone(), damaged], sum(&lines[1]), false),
        (vec![lines[0].clone()], sum(&lines[0]), true),
    ] {
        let mut engine = Engine::new(project());
        read(&mut engine, &snapshot, End::Snapshot(up_to));
        let effects = read(&mut engine, &lines[2..], End::Journal);
        assert!(matches!(effects.last(), Some(Effect::ReadAnew)));
        assert_eq!(engine.is_missing(), has_gap);
    }
}

#[test]
fn what_is_cut_off_is_shown_and_nothing_is_written_to_it() {
    let lines = journal();
    let mut engine = Engine::new(project());
    let cut = End::CutOff("the disk is gone".into());
    let effects = read(&mut engine, &lines[..2], cut);
    assert!(matches!(effects[..], [Effect::Read]));
    assert!(engine.handle(Event::Shown).is_empty());
    assert!(matches!(engine.saving(), Saving::Off(reason) if reason.contains("disk is gone")));
    let change = vec![add(4, "lazy dog")];
    let effects = engine.handle(Event::Change(Transaction {
        head: Head::new(testing::stamp(9), "change"),
        edits: change,
    }));
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Begin { .. }))
    );
    assert_eq!(engine.project().annotations(document().id()).count(), 3);
}

#[test]
fn what_was_begun_and_has_no_end_is_taken_out_while_the_rest_is_read() {
    let mut world = world();
    let many: Vec<Edit> = (1..=50).map(|id| add(id, "fox")).collect();
    world.act(0, Act::Change(many));
    world.settle();
    // A transaction of two parts, of which the second is missing; one stands behind it.
    let [first, _] = &world.journal[..] else {
        panic!("{} lines", world.journal.len());
    };
    let mut lines = vec![first.clone()];
    let mut other = World::new(1);
    other.settle();
    other.act(0, Act::Change(vec![add(99, "lazy dog")]));
    other.settle();
    lines.extend(other.journal);
    let mut engine = Engine::new(project());
    engine.batch = FEW;
    let effects = read(&mut engine, &lines, End::Journal);
    assert!(matches!(&effects[..], [Effect::Unread(unread), Effect::Read] if *unread == [0]));
    assert_eq!(engine.project().annotations(document().id()).count(), 1);
    assert!(engine.is_missing());
}

#[test]
fn what_was_found_is_taken_over_where_it_was_looked_for() {
    let mut world = world();
    world.act(
        0,
        Act::Change(vec![add(1, "quick brown fox"), add(2, "lazy dog")]),
    );
    world.act(0, Act::Change(vec![testing::says(1)]));
    world.settle();
    let engine = &mut world.windows[0].engine;
    let asked: Vec<Arc<Annotation>> = engine
        .project()
        .unresolved(document().id())
        .cloned()
        .collect();
    assert_eq!(asked.len(), 2);
    let found = || {
        asked
            .iter()
            .map(|asked| (asked.clone(), Resolution::Lost))
            .collect()
    };
    let unresolved = |engine: &Engine| engine.project().unresolved(document().id()).count();
    // In the text that was there before.
    let mut take = |text: &Digest| {
        engine.handle(Event::Found(document().id(), text.clone(), found()));
        let mut effects = Vec::new();
        while engine.wants() == Want::Step {
            effects = engine.handle(Event::Step);
        }
        assert!(matches!(effects.last(), Some(Effect::Resolved)));
        unresolved(engine)
    };
    assert_eq!(take(&document().digest), 2);
    assert_eq!(take(&other_version(1).digest), 0);
}

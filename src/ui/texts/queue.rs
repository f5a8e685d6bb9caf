//! What came is read, one after the other, and brought in.

use std::collections::HashSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::line::{Known, Line, Stage, State, Text, Way};
use crate::browser::reader::Reader;
use crate::browser::worker::Stop;
use crate::browser::{self, file};
use crate::document::DocumentId;
use crate::format::sniff::{Kind, SNIFFED_BYTES, sniff};
use crate::job::{Failure, NewText};
use crate::library::{FOLDER, SOURCE};
use crate::reading::{Asked, Reading};
use crate::recognition::Recognition;
use crate::replace::NewVersion;
use crate::session::{Replacement, Session};
use crate::ui::dialog::Dialog;
use crate::ui::page::Page;
use crate::words;

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(super) struct Bringing {
    pub(super) session: Session,
    pub(super) page: Page,
    pub(super) lines: RwSignal<Vec<Line>>,
    /// Raised when one of them has changed.
    pub(super) changed: Trigger,
    /// What was left where it lay, by its path, with why.
    pub(super) left: RwSignal<Vec<(String, String)>>,
    is_running: StoredValue<bool>,
    /// All is to be brought in as soon as it has been read.
    is_awaited: StoredValue<bool>,
    /// What stops the reader that is under way.
    stop: StoredValue<Option<Stop>, LocalStorage>,
}

/// How much there is to bring in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// What becomes a document.
    pub(super) documents: usize,
    /// What becomes a new version of one.
    pub(super) versions: usize,
    /// Files of annotations.
    pub(super) annotations: usize,
    /// What may become a new version of one, and does not.
    pub(super) known: usize,
    /// The first document that is there already.
    pub(super) there: Option<DocumentId>,
    /// What has been read, or can't be.
    pub(super) done: usize,
    /// What is still being read or compared: nothing is brought in before, or it would be left out.
    pub(super) coming: usize,
}

impl Tally {
    pub(super) fn is_empty(&self) -> bool {
        let has_none = self.documents + self.versions + self.annotations == 0;
        self.coming > 0 || has_none && self.there.is_none()
    }
}

impl Bringing {
    pub(super) fn new(session: Session, page: Page) -> Self {
        Self {
            session,
            page,
            lines: RwSignal::new(Vec::new()),
            changed: Trigger::new(),
            left: RwSignal::new(Vec::new()),
            is_running: StoredValue::new(false),
            is_awaited: StoredValue::new(false),
            stop: StoredValue::new_local(None),
        }
    }

    /// Takes what has come.
    pub(super) fn take(self) {
        let left = self.page.left.try_update_value(std::mem::take);
        let left = left.unwrap_or_default();
        if !left.is_empty() {
            self.left.update(|all| all.extend(left));
        }
        let brought = self.page.brought.try_update_value(std::mem::take);
        let brought = brought.unwrap_or_default();
        if !brought.is_empty() {
            let lines = brought.into_iter().map(Line::new);
            self.lines.update(|all| all.extend(lines));
            self.run();
        }
    }

    /// Reads one once more, as something else.
    pub(super) fn read_as(self, line: &Line, change: impl FnOnce(&mut Asked)) {
        line.state.update(|state| {
            change(&mut state.asked);
            state.stage = Stage::Waiting;
        });
        self.run();
    }

    /// Has something else be done with a text. Of several that may be a new version of one document the
    /// one that was chosen last is.
    pub(super) fn choose(self, line: &Line, way: Way) {
        let own = line.with(versioned);
        for other in self.lines.get_untracked() {
            if way == Way::Version && other.with(versioned) == own {
                other.update_text(|text| {
                    if text.way == Way::Version {
                        text.way = Way::Add;
                    }
                });
            }
        }
        line.update_text(|text| text.way = way);
        self.run();
    }

    /// Has all that may be new versions become that: of several of one document the first.
    pub(super) fn choose_versions(self) {
        let mut taken = HashSet::new();
        self.lines.with_untracked(|lines| {
            for line in lines {
                let Some(id) = line.with(versioned) else {
                    continue;
                };
                let is_first = taken.insert(id);
                line.update_text(|text| match text.way {
                    _ if is_first => text.way = Way::Version,
                    Way::Version => text.way = Way::Add,
                    Way::Add | Way::Leave => {}
                });
            }
        });
        self.run();
    }

    /// Stops one that is being read, or is to be.
    pub(super) fn stop(self, line: &Line) {
        let is_reading = line.with(|stage| matches!(stage, Stage::Reading));
        line.state.update(|state| state.stage = Stage::Stopped);
        self.changed.notify();
        if is_reading {
            self.stop_reading();
        }
    }

    /// Stops all that have not been read.
    pub(super) fn stop_all(self) {
        for line in self.lines.get_untracked() {
            if line.is_coming() {
                line.state.update(|state| state.stage = Stage::Stopped);
            }
        }
        self.changed.notify();
        self.stop_reading();
    }

    /// Ends the worker that is under way.
    pub(super) fn stop_reading(self) {
        if let Some(Some(stop)) = self.stop.try_update_value(Option::take) {
            stop.stop();
        }
        let own = [words::work::COMPARING, words::work::READING];
        self.session.stop_work(&own);
    }

    /// Goes through all that is to be read or compared, unless that is being done.
    fn run(self) {
        self.changed.notify();
        if self.is_running.get_value() {
            return;
        }
        self.is_running.set_value(true);
        spawn_local(async move {
            let mut reader = None;
            // None is there any more where the dialog is closed.
            loop {
                if let Some(line) = self.next(|state| matches!(state.stage, Stage::Waiting)) {
                    self.read(&mut reader, &line).await;
                } else if let Some(line) = self.next(is_to_be_compared) {
                    // With the last that is read its memory is free again.
                    reader = None;
                    self.compare(&line).await;
                } else {
                    break;
                }
            }
            self.is_running.try_set_value(false);
            if self.is_awaited.try_get_value() == Some(true) {
                self.is_awaited.set_value(false);
                if self.is_plain() {
                    self.bring();
                }
            }
        });
    }

    /// Brings all in once what was taken last has been read; where there is something to be said of
    /// that, a person sees it first.
    pub(super) fn bring_once_read(self) {
        self.is_awaited.set_value(true);
    }

    /// Whether what came last is a text that nothing has to be said of.
    fn is_plain(self) -> bool {
        let last = self.lines.with_untracked(|lines| lines.last().cloned());
        last.is_some_and(|line| {
            line.with(|stage| match stage {
                Stage::Text(text) => text.known == Known::New && text.reading.remarks.is_empty(),
                _ => false,
            })
        })
    }

    /// The first line of which something holds; none where the dialog is closed.
    fn next(self, holds: impl Fn(&State) -> bool) -> Option<Line> {
        let found = self.lines.try_with_untracked(|lines| {
            let mut lines = lines.iter();
            lines
                .find(|line| line.state.with_untracked(&holds))
                .cloned()
        });
        found.flatten()
    }

    /// Reads one; with the same reader as the one before, unless that broke off.
    async fn read(self, reader: &mut Option<Reader>, line: &Line) {
        line.state.update(|state| state.stage = Stage::Reading);
        let asked = line.state.with_untracked(|state| state.asked.clone());
        let stage = self.stage_of(reader, line, &asked).await;
        // It may have been stopped meanwhile, or be wanted as something else.
        let is_due = line
            .state
            .with_untracked(|state| matches!(state.stage, Stage::Reading) && state.asked == asked);
        if is_due && self.lines.try_with_untracked(|_| ()).is_some() {
            line.state.update(|state| state.stage = stage);
            self.changed.notify();
        }
    }

    async fn stage_of(self, reader: &mut Option<Reader>, line: &Line, asked: &Asked) -> Stage {
        let held: &web_sys::Blob = &line.held;
        if let Err(reason) = file::check_size(held, &asked.name) {
            return Stage::Refused(reason);
        }
        if !asked.is_fragment && !asked.name.is_empty() {
            match kind_of(held, &asked.name).await {
                Err(reason) => return Stage::Refused(reason),
                Ok(Kind::Json) => return self.annotations(held).await,
                Ok(Kind::Journal) => return Stage::Journal,
                Ok(Kind::Project) => return Stage::Project,
                Ok(_) => {}
            }
        }
        let started = match reader.take() {
            Some(started) => Ok(started),
            None => Reader::start(),
        };
        let started = match started {
            Ok(started) => started,
            Err(failure) => return stage_of_failure(failure),
        };
        self.stop
            .try_update_value(|own| *own = Some(started.stop()));
        match started.read(asked, held).await {
            Ok(read) => {
                *reader = Some(started);
                match read {
                    Ok(reading) => self.text(line, reading),
                    Err(reason) => Stage::Refused(reason),
                }
            }
            Err(failure) => stage_of_failure(failure),
        }
    }

    async fn annotations(self, held: &web_sys::Blob) -> Stage {
        let Some(file) = held.dyn_ref::<File>() else {
            return Stage::Refused(words::reading::EMPTY.into());
        };
        match self.session.plan_import(file.clone(), false).await {
            Ok((preview, _)) if preview.edits.is_empty() => {
                let intro = preview.intro.replacen("{}", &file.name(), 1);
                Stage::Refused([vec![intro], preview.lines].concat().join(" "))
            }
            Ok((preview, base)) => Stage::Annotations(Arc::new(preview), base),
            Err(failure) => stage_of_failure(failure),
        }
    }

    fn text(self, line: &Line, reading: Reading) -> Stage {
        let words = reading.version.text.text().split_whitespace().count();
        let known = self.known(line, &reading);
        Stage::Text(Box::new(Text {
            way: known.way(),
            reading: Arc::new(reading),
            words,
            known,
            plan: None,
        }))
    }

    fn known(self, line: &Line, reading: &Reading) -> Known {
        let digest = &reading.version.digest;
        let says_so = |other: &&Line| {
            other.with(|stage| match stage {
                Stage::Text(text) => {
                    text.way != Way::Leave && text.reading.version.digest == *digest
                }
                _ => false,
            })
        };
        let above = self
            .lines
            .try_with_untracked(|lines| lines.iter().find(says_so).map(Line::name));
        if let Some(Some(above)) = above {
            return Known::Above(above);
        }
        match self.session.recognize(&line.file(), reading) {
            Recognition::New => Known::New,
            Recognition::Same(id) => Known::Same(id),
            Recognition::Version(id) => Known::Version(id),
        }
    }

    /// Finds out what a text would do as a new version.
    async fn compare(self, line: &Line) {
        let asked = line.with(|stage| match stage {
            Stage::Text(text) => {
                let new = NewVersion {
                    version: text.reading.version.clone(),
                    is_plain: text.reading.is_plain,
                };
                match text.known {
                    Known::Version(id) => Some((id, new)),
                    _ => None,
                }
            }
            _ => None,
        });
        let Some((id, new)) = asked else { return };
        let planned = self.session.plan_replacement(id, NewText::of(&new)).await;
        let planned = planned.map_err(|failure| {
            let stopped = || words::said::STOPPED.into();
            failure.words().unwrap_or_else(stopped)
        });
        line.update_text(|text| text.plan = Some(planned));
        self.changed.notify();
    }

    /// How much there is to bring in, as it changes.
    pub(super) fn tally(self) -> Tally {
        self.changed.track();
        self.lines.track();
        self.counted()
    }

    /// The same now.
    fn counted(self) -> Tally {
        let lines = self.lines.get_untracked();
        let mut tally = Tally::default();
        for line in &lines {
            tally.done += usize::from(!line.is_coming());
            tally.coming += usize::from(line.is_coming());
            line.with(|stage| match stage {
                Stage::Annotations(..) => tally.annotations += 1,
                Stage::Text(text) => {
                    if matches!(text.known, Known::Version(_)) && text.way == Way::Add {
                        tally.known += 1;
                    }
                    match (text.way, &text.known, &text.plan) {
                        (Way::Add, ..) => tally.documents += 1,
                        (Way::Version, _, Some(Ok(_))) => tally.versions += 1,
                        (Way::Version, _, None) => tally.coming += 1,
                        (Way::Leave, Known::Same(id), _) => {
                            tally.there.get_or_insert(*id);
                        }
                        _ => {}
                    }
                }
                _ => {}
            });
        }
        tally
    }

    /// Brings in all that can be.
    pub(super) fn bring(self) {
        let tally = self.counted();
        if tally.is_empty() || !self.session.may_change() {
            return;
        }
        let lines = self.lines.get_untracked();
        let replacements: Vec<Replacement> = lines.iter().filter_map(replacement).collect();
        if !replacements.iter().all(|own| self.session.may_replace(own)) {
            self.session.say(words::said::CHANGED_SINCE);
            for line in &lines {
                line.update_text(|text| text.plan = None);
            }
            self.run();
            return;
        }
        let readings: Vec<(String, Reading)> = lines.iter().filter_map(document).collect();
        let annotations = lines.iter().filter_map(|line| {
            line.with(|stage| match stage {
                Stage::Annotations(preview, base) => {
                    Some((line.as_file(), preview.clone(), base.clone()))
                }
                _ => None,
            })
        });
        let annotations: Vec<_> = annotations.collect();
        let (session, page) = (self.session, self.page);
        let has_texts = !readings.is_empty() || !replacements.is_empty();
        // Without texts the first is done as it was previewed, or not at all.
        if let Some((_, _, base)) = annotations.first().filter(|_| !has_texts)
            && !session.may_import(base)
        {
            session.say(words::said::CHANGED_SINCE);
            for line in &lines {
                if line.with(|stage| matches!(stage, Stage::Annotations(..))) {
                    line.state.update(|state| state.stage = Stage::Waiting);
                }
            }
            self.run();
            return;
        }
        page.dialog.set(Dialog::None);
        page.close_drawer();
        let there = tally.there.filter(|_| annotations.is_empty());
        spawn_local(async move {
            // Texts first: annotations may be on them. Those on no text that is known go into the
            // document that was open.
            let open = session.open_now();
            let mut first = None;
            if has_texts || there.is_some() {
                first = session.bring(readings, &replacements, there);
                // The documents are in view by then: to draw one takes as long again.
                browser::pause().await;
            }
            let open = if open == DocumentId::default() {
                first.unwrap_or(open)
            } else {
                open
            };
            let mut wrong = None;
            for (at, (file, preview, base)) in annotations.into_iter().enumerate() {
                session.until_free().await;
                if at == 0 && !has_texts {
                    session.import((*preview).clone(), &base);
                    continue;
                }
                // What those before have brought is here now.
                let name = file.name();
                if session.open_and_wait(open).await {
                    match session.plan_import(file, false).await {
                        Ok((preview, base)) if !preview.edits.is_empty() => {
                            session.import(preview, &base);
                        }
                        Ok(_) => {}
                        // The others come in all the same.
                        Err(failure) => wrong = failure.words().or(wrong),
                    }
                } else {
                    wrong = Some(words::texts::gone_elsewhere(&name));
                }
            }
            if let Some(first) = first {
                session.open(first);
            }
            if let Some(wrong) = wrong {
                session.say(&wrong);
            }
        });
    }
}

/// The document that a text may become a new version of.
fn versioned(stage: &Stage) -> Option<DocumentId> {
    match stage {
        Stage::Text(text) => match text.known {
            Known::Version(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}

/// What kind a file is, by its beginning and its end.
///
/// # Errors
/// When it can't be read, in a sentence.
pub(in crate::ui) async fn kind_of(file: &web_sys::Blob, name: &str) -> Result<Kind, String> {
    let edges = file::edges(file, name, SNIFFED_BYTES).await?;
    let is_named_json = name.to_lowercase().ends_with(".json");
    Ok(match sniff(name, &edges) {
        // It can't be read, and is to be refused as what it should be.
        Kind::Utf16 if is_named_json => Kind::Json,
        kind => kind,
    })
}

fn is_to_be_compared(state: &State) -> bool {
    match &state.stage {
        Stage::Text(text) => text.way == Way::Version && text.plan.is_none(),
        _ => false,
    }
}

fn stage_of_failure(failure: Failure) -> Stage {
    match failure.words() {
        Some(reason) => Stage::Refused(reason),
        None => Stage::Stopped,
    }
}

/// What a line does as a new version.
fn replacement(line: &Line) -> Option<Replacement> {
    line.with(|stage| match stage {
        Stage::Text(text) if text.way == Way::Version => text.plan.clone()?.ok(),
        _ => None,
    })
}

/// What a line becomes as a document: what its file is called, and what it says.
fn document(line: &Line) -> Option<(String, Reading)> {
    let takes_notes = line.state.with_untracked(|state| state.takes_notes);
    let mut reading = line.with(|stage| match stage {
        Stage::Text(text) if text.way == Way::Add => Some((*text.reading).clone()),
        _ => None,
    })?;
    if !takes_notes {
        reading.notes.clear();
    }
    let about = &mut reading.about;
    let has_folder = about.others.iter().any(|(name, _)| name == FOLDER);
    if !line.folder.is_empty() && !has_folder {
        about.others.push((FOLDER.into(), line.folder.to_string()));
    }
    if let Some(sent) = &line.sent {
        if about.title.is_empty() {
            about.title.clone_from(&sent.title);
        }
        // The address that was sent is truer than the one that a page names.
        if !sent.address.is_empty() {
            about.source.clone_from(&sent.address);
            about.others.retain(|(name, _)| name != SOURCE);
        }
    }
    Some((line.file(), reading))
}

//! Projects as files: written and read by the worker.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, File};

use super::Session;
use super::projects::{self, Counts, Entry, Made};
use super::records::Stored;
use crate::browser::{clock, file};
use crate::job::{self, Failure};
use crate::journal::texts;
use crate::words;

/// What a project file holds, ready to be made a project of.
pub struct Brought {
    /// The project.
    pub made: Made,
    /// How much is in it.
    pub counts: Counts,
    /// Whether its history is there.
    pub has_history: bool,
    /// What is missing or was left out, in sentences.
    pub warnings: Vec<String>,
}

impl Session {
    /// A project as a file, and what is missing in that, in sentences; nothing where a person has
    /// stopped it.
    ///
    /// # Errors
    /// Why it can't be written, in sentences.
    pub async fn project_file(
        &self,
        entry: &Entry,
        title: &str,
        with_history: bool,
    ) -> Result<Option<(Blob, Vec<String>)>, String> {
        let began = projects::began(&entry.database).await?;
        let pieces = Array::new();
        // The store need not have what comes with the program.
        for document in &began {
            let text = texts::write(&document.version()) + "\n\n";
            pieces.push(&file::piece(&text)?.into());
        }
        if let Some(stored) = Stored::open_project(&entry.database).await? {
            let last = stored.newest().await?.map_or(0, |(last, _)| last);
            let mut records = stored.up_to(last).await?;
            while let Some(piece) = records.next().await? {
                pieces.push(&file::piece(&piece)?.into());
            }
        }
        let journal = file::of("journal.txt", &pieces)?;
        let question = job::ask_for_project_file(title, &began, with_history, clock::now());
        let asked = self.ask(words::projects::WRITING, question, Some(journal));
        let file = match asked.await.and_then(|(_, bytes)| job::project_file(&bytes)) {
            Ok(file) => file,
            Err(failure) => return stopped_or(failure),
        };
        let bytes = file::of_bytes(&Uint8Array::from(&*file.bytes))?;
        Ok(Some((bytes, file.warnings)))
    }

    /// What a project file holds; nothing where a person has stopped it.
    ///
    /// # Errors
    /// Why it can't be read, in sentences.
    pub async fn read_project(&self, file: File) -> Result<Option<Brought>, String> {
        file::check_size(&file, &file.name())?;
        let question = job::ask_to_read_project(clock::now());
        let mut lines = Vec::new();
        let mut hear = |line| lines.push(line);
        let answer = self.ask_hearing(words::projects::READING, question, Some(file), &mut hear);
        let read = answer.await.and_then(|bytes| {
            let contents = job::project_contents(&bytes)?;
            Ok((contents.texts()?, contents))
        });
        let (texts, contents) = match read {
            Ok(read) => read,
            Err(failure) => return stopped_or(failure),
        };
        Ok(Some(Brought {
            made: Made {
                title: contents.title,
                lines,
                texts,
                is_sample: false,
            },
            counts: Counts {
                documents: contents.documents,
                marks: contents.marks,
            },
            has_history: contents.has_history,
            warnings: contents.warnings,
        }))
    }
}

fn stopped_or<T>(failure: Failure) -> Result<Option<T>, String> {
    match failure.words() {
        None => Ok(None),
        Some(reason) => Err(reason),
    }
}

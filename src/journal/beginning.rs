//! How the journal of another project begins: with what it is made of, as a transaction that nobody
//! made and nobody can take back.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::{Sum, read_part, write_part, write_parts};
use crate::document::Version;
use crate::project::{Edit, Head, TransactionId};
use crate::time::Timestamp;
use crate::words;

/// The lines of a journal that says no more than what a project begins with. Without edits there are
/// none.
#[must_use]
pub fn lines(edits: &[Edit], at: Timestamp) -> Vec<String> {
    write(edits, at).0
}

fn write(edits: &[Edit], at: Timestamp) -> (Vec<String>, Option<Sum>) {
    let head = Head {
        label: words::steps::BEGIN.into(),
        ..Head::of_nobody(TransactionId::default(), at)
    };
    if edits.is_empty() {
        return (Vec::new(), None);
    }
    let (lines, mut sums): (Vec<String>, Vec<Sum>) = write_parts(&head, edits, None).unzip();
    (lines, sums.pop())
}

/// A journal as one that stands alone: what it relied on, since that comes with the program, is what
/// it begins with. It is taken in line by line.
///
/// Each line names the one before by its checksum, so all of them are written anew; a transaction of
/// an early version, whose name followed from its checksum, keeps that. A line that can't be read
/// stays as it is: whoever reads the journal is told of it, as before.
pub struct Alone {
    /// What it begins with, until it is known when that was.
    began: Option<Vec<Edit>>,
    /// The checksum of the line before, as it was; nothing before the first, and behind one that
    /// can't be read.
    before: Option<Sum>,
    /// The same as it is written.
    after: Option<Sum>,
}

/// What a line becomes.
#[derive(Debug, Default, PartialEq)]
pub struct Rewritten {
    /// The lines that stand in its place.
    pub lines: VecDeque<String>,
    /// Texts that an early version had in its journal.
    pub texts: Vec<Version>,
}

impl Alone {
    /// A journal that begins with what some edits bring.
    #[must_use]
    pub fn new(began: Vec<Edit>) -> Self {
        Self {
            began: Some(began),
            before: None,
            after: None,
        }
    }

    /// What is still to be written behind the last line: all that it begins with, where there was none.
    pub fn end(&mut self, at: Timestamp) -> Vec<String> {
        lines(&self.began.take().unwrap_or_default(), at)
    }

    /// Takes the next line in.
    pub fn take(&mut self, line: String) -> Rewritten {
        let record = read_part(&line).ok();
        let mut rewritten = Rewritten::default();
        if let Some(began) = self.began.take() {
            let at = record.as_ref().map(|record| record.transaction.head.at);
            let (lines, after) = write(&began, at.unwrap_or(Timestamp(0)));
            rewritten.lines = lines.into();
            self.after = after;
        }
        let Some(record) = record else {
            self.before = None;
            rewritten.lines.push_back(line);
            return rewritten;
        };
        // Where something is missing before it, that is to be seen as before.
        let after = if record.after == self.before {
            self.after.take()
        } else {
            record.after
        };
        let mut edits = record.transaction.edits.iter().map(Cow::Borrowed);
        let head = &record.transaction.head;
        let (line, sum) = write_part(head, record.part, after.as_ref(), &mut edits);
        self.before = record.sum;
        self.after = Some(sum);
        rewritten.lines.push_back(line);
        rewritten.texts = record.texts;
        rewritten
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::records;
    use crate::journal::{Reader, Taken};
    use crate::project::{Project, Transaction};
    use crate::testing::document;

    /// What is read of lines: the transactions with edits, how many lines can't be, and the gaps.
    fn read(lines: impl IntoIterator<Item = String>) -> (Vec<Transaction>, usize, usize) {
        let mut reader = Reader::default();
        let mut read = Vec::new();
        for line in lines {
            let Taken { record, .. } = reader.take(&line);
            read.extend(record.map(|record| record.transaction));
        }
        reader.end();
        (read, reader.left_out().len(), reader.gaps())
    }

    fn began() -> Vec<Edit> {
        vec![Edit::AddDocument(Box::new(
            document().record.as_ref().clone(),
        ))]
    }

    fn alone(lines: &[String]) -> Vec<String> {
        let mut alone = Alone::new(began());
        let taken = lines.iter().map(|line| alone.take(line.clone()).lines);
        taken.flatten().collect()
    }

    #[test]
    fn a_project_without_anything_has_an_empty_journal() {
        assert!(lines(&[], Timestamp(7)).is_empty());
        let lines = lines(&began(), Timestamp(7));
        let (read, ..) = read(lines);
        assert_eq!(read[0].edits, began());
        assert_eq!((read[0].head.at, read[0].head.author), (Timestamp(7), None));
        let mut project = Project::with_codebook([], crate::codebook::Codebook::default());
        project.apply(&read[0].edits);
        assert!(project.record(document().id()).is_some());
    }

    #[test]
    fn what_stands_alone_says_the_same_behind_what_it_begins_with() {
        let written: Vec<String> = records().map(ToString::to_string).collect();
        // Each record of the fixtures is a journal of its own; so are those behind one that is
        // missing, or can't be read.
        let mut journals: Vec<Vec<String>> = written.iter().map(|one| vec![one.clone()]).collect();
        let chain = |edits: &[Vec<Edit>]| -> Vec<String> {
            let mut after = None;
            let head = |at| Head::of_nobody(TransactionId(uuid::Uuid::from_u128(at)), Timestamp(9));
            let lines = edits.iter().zip(1..).map(|(edits, at)| {
                let mut edits = edits.iter().map(Cow::Borrowed);
                let whole = crate::journal::Part::WHOLE;
                let (line, sum) = write_part(&head(at), whole, after.as_ref(), &mut edits);
                after = Some(sum);
                line
            });
            lines.collect()
        };
        let whole = chain(&[began(), vec![], vec![], began()]);
        journals.push(whole.clone());
        journals.push([&whole[..1], &whole[2..]].concat());
        let mut damaged = whole.clone();
        damaged[2] = "v 6\nend".into();
        journals.push(damaged);
        for journal in journals {
            let (before, left_out, gaps) = read(journal.clone());
            let (after, ..) = read(alone(&journal));
            assert_eq!(after[0].edits, began());
            assert_eq!(after[1..], before);
            assert_eq!(read(alone(&journal)), (after, left_out, gaps));
        }
        assert_eq!(read([&whole[..1], &whole[2..]].concat()).2, 1);
    }

    #[test]
    fn what_stands_alone_already_stays_as_it_is_but_for_what_is_put_before_it() {
        let once = alone(&lines(&began(), Timestamp(3)));
        let mut again = Alone::new(Vec::new());
        let taken = once.iter().map(|line| again.take(line.clone()).lines);
        assert_eq!(taken.flatten().collect::<Vec<_>>(), once);
        assert!(again.end(Timestamp(9)).is_empty());
        let nothing = Alone::new(began()).end(Timestamp(3));
        assert_eq!(nothing, lines(&began(), Timestamp(3)));
    }
}

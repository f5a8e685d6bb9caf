//! All cases on all texts, as tables, and whether they are good enough.

use std::fmt::Write;

use themark::anchor::Finder;

use crate::cases::Case;
use crate::run::{AtLeast, Outcomes, Trial};
use crate::texts::{Kind, Vocabulary, text};

/// A text to measure on.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// About how long, in bytes.
    pub bytes: usize,
    /// How many texts of this length.
    pub texts: u64,
    /// How many passages in each, at most.
    pub passages: usize,
    /// How many of them the baseline is given; it takes its time.
    pub baseline: usize,
}

/// Something that tells the time, in seconds.
pub type Clock = fn() -> f64;

/// What came of one case on one kind of text.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Found by the library.
    pub own: Outcomes,
    /// Found when the changed text is put in the place of the one it was made of.
    pub replaced: Outcomes,
    /// Found by the baseline.
    pub baseline: Outcomes,
    /// For each sample: seconds a passage, and the baseline's.
    pub times: Vec<(f64, f64)>,
}

/// A whole kind of text: its cases, in their order.
#[derive(Clone, Debug)]
pub struct Table {
    /// The kind.
    pub kind: &'static str,
    /// What it was measured on.
    pub samples: Vec<Sample>,
    /// What came of each case.
    pub lines: Vec<(Case, Line)>,
}

/// Measures one kind of text. Of the article there is only the one, about as long as a text
/// of the first sample is; for each of these it takes a round, with other passages and edits.
#[must_use]
pub fn measure(kind: Kind, samples: &[Sample], hostile: bool, clock: Clock) -> Table {
    let vocabulary = Vocabulary::new();
    let samples = match kind {
        Kind::Article => samples.get(..1).unwrap_or(samples),
        _ => samples,
    };
    let mut table = Table {
        kind: kind.name(),
        samples: samples.to_vec(),
        lines: Case::ALL.map(|case| (case, Line::default())).into(),
    };
    for sample in samples {
        for (case, line) in &mut table.lines {
            let mut spent = (0.0, 0.0);
            let mut passages = (0, 0);
            for seed in 0..sample.texts {
                let text = text(kind, sample.bytes, seed + 1, &vocabulary);
                let trial = Trial::new(&text, *case, sample.passages, hostile, &vocabulary, seed);
                let (index, digest) = trial.index();
                let finder = Finder::new(&index, &digest).prepared();
                let start = clock();
                let found = trial.find(&finder);
                spent.0 += clock() - start;
                passages.0 += found.len();
                line.own.add(&trial.judge(&found, least(*case)));
                let found = trial.replace(&text);
                line.replaced.add(&trial.judge(&found, least(*case)));
                let wanted = trial.wanted(sample.baseline);
                let start = clock();
                let found = trial.find_by_baseline(&wanted);
                spent.1 += clock() - start;
                passages.1 += found.len();
                line.baseline
                    .add(&trial.judge_baseline(&found, least(*case)));
            }
            line.times.push((
                spent.0 / passages.0.max(1) as f64,
                spent.1 / passages.1.max(1) as f64,
            ));
        }
    }
    table
}

/// How long a quote has to be to count in a case.
#[must_use]
pub fn least(case: Case) -> AtLeast {
    AtLeast(match case {
        Case::Short => 0,
        case if case.deletes() => 20,
        _ => 40,
    })
}

/// What is not good enough, in sentences; nothing where all is. What must not happen is
/// held for each kind of text, what must be found over all of them.
#[must_use]
pub fn misses(tables: &[Table]) -> Vec<String> {
    let mut misses = Vec::new();
    let mut must = |place: String, what: &str, is: f64, least: f64| {
        if is < least {
            misses.push(format!("{place}: {what} in {is:.2} %, not {least} %."));
        }
    };
    for table in tables {
        let (mut gone, mut replaced) = (Outcomes::default(), Outcomes::default());
        for (_, line) in table.lines.iter().filter(|(case, _)| case.deletes()) {
            gone.add(&line.own);
            replaced.add(&line.replaced);
        }
        let repeats = table.kind == Kind::Legal.name();
        for (way, gone) in [("deleted", gone), ("deleted and replaced", replaced)] {
            must(
                format!("{}, {way}", table.kind),
                "not silently wrong",
                percent(gone.total() - gone.wrong, gone.total()),
                if repeats { 99.0 } else { 99.5 },
            );
        }
    }
    for case in Case::ALL {
        let mut all = Outcomes::default();
        for (_, line) in tables
            .iter()
            .flat_map(|table| &table.lines)
            .filter(|(own, _)| *own == case)
        {
            all.add(&line.own);
        }
        let least = match case {
            Case::Untouched | Case::Before | Case::Context | Case::Typography => 99.9,
            Case::Words(5) | Case::Moved => 99.0,
            Case::Words(15) => 97.0,
            Case::Words(_) => 88.0,
            Case::Deleted | Case::Lookalike | Case::Short => continue,
        };
        let known = percent(all.right + all.offered, all.total());
        must(case.name(), "right or offered", known, least);
        if case == Case::Words(5) {
            let ends = percent(all.ends, all.right);
            must(case.name(), "both ends exact", ends, 97.0);
        }
    }
    misses
}

impl Table {
    /// The table as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut words = format!("### {}\n\n", self.kind);
        words += "| case | quotes | right | both ends | wrong | offered | not offered | lost | replaced: right | both ends | wrong | offered | not offered | lost | baseline: right | wrong | lost |\n";
        words += "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
        for (case, line) in &self.lines {
            let other = &line.baseline;
            let theirs = |count: usize| format!("{:.1}", percent(count, other.total()));
            // A string takes all that is written to it.
            let _ = writeln!(
                words,
                "| {} | {} | {} | {} | {} | {} | {} |",
                case.name(),
                line.own.total(),
                shares(&line.own),
                shares(&line.replaced),
                theirs(other.right),
                theirs(other.wrong),
                theirs(other.lost),
            );
        }
        words += "\nMicroseconds a quote, the baseline's in brackets:\n\n| case |";
        for sample in &self.samples {
            let _ = write!(words, " {} kB |", sample.bytes / 1_000);
        }
        words += "\n|---|";
        words += &"---|".repeat(self.samples.len());
        words.push('\n');
        for (case, line) in &self.lines {
            let _ = write!(words, "| {} |", case.name());
            for (own, other) in &line.times {
                let _ = write!(words, " {:.0} ({:.0}) |", own * 1e6, other * 1e6);
            }
            words.push('\n');
        }
        words
    }
}

/// What came of passages, as cells of a row.
fn shares(outcomes: &Outcomes) -> String {
    let share = |count: usize| format!("{:.1}", percent(count, outcomes.total()));
    let ends = if outcomes.right > 0 {
        format!("{:.1}", percent(outcomes.ends, outcomes.right))
    } else {
        "–".into()
    };
    let cells = [
        share(outcomes.right),
        ends,
        share(outcomes.wrong),
        share(outcomes.offered),
        share(outcomes.misled),
        share(outcomes.lost),
    ];
    cells.join(" | ")
}

fn percent(count: usize, total: usize) -> f64 {
    // Of nothing, all.
    if total == 0 {
        return 100.0;
    }
    count as f64 * 100.0 / total as f64
}

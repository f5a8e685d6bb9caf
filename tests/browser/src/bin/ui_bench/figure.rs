//! What is measured, and the figures: some runs, or why there are none.

use std::collections::BTreeMap;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    Load,
    FirstLoad,
    Read,
    Painted,
    Saved,
    ImportTask,
    Open,
    OpenTask,
    Tag,
    Retag,
    Delete,
    Undo,
    Filter,
    Search,
    Jump,
    Listed,
    Unfolded,
    OpenDocument,
    FirstHits,
    AllHits,
    FirstHitsAgain,
    AllHitsAgain,
    FilesRead,
    FilesReadTask,
    FilesAdded,
    FilesAddedTask,
    Hover,
    LongFrames,
    LongestFrame,
    Blocked,
    WasmMemory,
    Heap,
    BrowserMemory,
    Wire,
    WireGzipped,
}

impl Measure {
    /// What it is called in a table, with its unit.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Load => "cold load to first mark, ms",
            Self::FirstLoad => "the same in a browser just started, ms",
            Self::Read => "import: file chosen to proposal, ms",
            Self::Painted => "import: yes to all painted, ms",
            Self::Saved => "import: yes to saved, ms",
            Self::ImportTask => "import: longest task, ms",
            Self::Open => "opened again: to all listed, ms",
            Self::OpenTask => "opened again: longest task, ms",
            Self::Tag => "tag: key to paint, ms",
            Self::Retag => "tag again: key to paint, ms",
            Self::Delete => "delete: key to paint, ms",
            Self::Undo => "undo: key to paint, ms",
            Self::Filter => "filter: click to list, ms",
            Self::Search => "search: key to list, ms",
            Self::Jump => "jump from list: click to mark, ms",
            Self::Listed => "documents: cold load to all listed, ms",
            Self::Unfolded => "documents: click that opens the pane to list, ms",
            Self::OpenDocument => "open a document: click to its marks, ms",
            Self::FirstHits => "find in all documents: click to first hits, ms",
            Self::AllHits => "find in all documents: click to all hits, ms",
            Self::FirstHitsAgain => "find something else: key to first hits, ms",
            Self::AllHitsAgain => "find something else: key to all hits, ms",
            Self::FilesRead => "20 files: drop to proposal, ms",
            Self::FilesReadTask => "20 files: drop to proposal, longest task, ms",
            Self::FilesAdded => "20 files: yes to saved, ms",
            Self::FilesAddedTask => "20 files: yes to saved, longest task, ms",
            Self::Hover => "hover: move to paint, ms",
            Self::LongFrames => "scroll: frames over 50 ms",
            Self::LongestFrame => "scroll: longest frame, ms",
            Self::Blocked => "scroll: blocked, ms",
            Self::WasmMemory => "memory: wasm, MB",
            Self::Heap => "memory: JavaScript, MB",
            Self::BrowserMemory => "memory: whole browser, MB",
            Self::Wire => "over the wire, kB",
            Self::WireGzipped => "over the wire gzipped, kB",
        }
    }
}

/// What came of measuring.
pub(crate) type Outcome = Result<Runs, String>;

/// What came of everything that was measured on one page.
#[derive(Debug, Default)]
pub(crate) struct Figures(BTreeMap<Measure, Outcome>);

impl Figures {
    /// One more run; one that fails says so in the place of all others.
    pub(crate) fn add(&mut self, measure: Measure, run: f64) {
        let outcome = self.0.entry(measure).or_insert_with(|| Ok(Runs::default()));
        if let Ok(runs) = outcome {
            runs.0.push(run);
        }
    }

    /// Something could not be measured.
    pub(crate) fn fail(&mut self, measure: Measure, reason: &str) {
        self.0.insert(measure, Err(reason.to_owned()));
    }

    /// What came of a measure; none where it was not tried.
    pub(crate) fn get(&self, measure: Measure) -> Option<&Outcome> {
        self.0.get(&measure)
    }

    /// The median, where there is one.
    pub(crate) fn median(&self, measure: Measure) -> Option<f64> {
        Some(self.get(measure)?.as_ref().ok()?.median())
    }

    /// What 95 of 100 runs do not exceed, where there are some.
    pub(crate) fn p95(&self, measure: Measure) -> Option<f64> {
        Some(self.get(measure)?.as_ref().ok()?.p95())
    }

    /// Every measure that was tried.
    pub(crate) fn measures(&self) -> impl Iterator<Item = Measure> {
        self.0.keys().copied()
    }
}

/// Some runs of one measure, one at least.
#[derive(Debug, Default)]
pub(crate) struct Runs(Vec<f64>);

impl Runs {
    /// The one in the middle.
    pub(crate) fn median(&self) -> f64 {
        self.at_share(0.5)
    }

    /// The one that 95 of 100 do not exceed; of fewer than twenty, the worst.
    pub(crate) fn p95(&self) -> f64 {
        self.at_share(0.95)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    fn at_share(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
    }
}

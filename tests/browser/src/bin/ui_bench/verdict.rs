//! What the figures have to be, and whether they are.

use browser_tests::Engine;

use crate::figure::{Figures, Measure};
use crate::material::Size;
use crate::matrix::{Cell, Measured};

/// One thing that has to hold.
pub(crate) struct Verdict {
    /// What, and what was measured.
    pub(crate) words: String,
    pub(crate) holds: bool,
}

/// Beside the floor: how many times as long, or how much longer, it may take.
const TIMES: f64 = 1.5;
const LONGER: f64 = 33.0;

/// All that has to hold of one cell. What the page has not got is not judged; what could
/// not be measured does not hold.
pub(crate) fn verdicts(engine: Engine, cell: Cell, measured: &Measured) -> Vec<Verdict> {
    let judge = Judge(measured);
    let Cell { size, marks } = cell;
    let many = marks == 100_000;
    let mut verdicts = Vec::new();
    if cell.has_to_load_quickly() {
        verdicts.push(judge.times_floor(Measure::Load));
    }
    if size == Size::Bytes(3_300_000) && marks >= 10_000 {
        if engine == Engine::Webkit {
            verdicts.push(judge.below(Measure::Tag, 100.0));
        } else {
            let edits = [Measure::Tag, Measure::Retag, Measure::Delete, Measure::Undo];
            verdicts.extend(edits.map(|measure| judge.near_floor(measure)));
        }
    }
    verdicts.push(judge.no_more_than_floor(Measure::LongFrames));
    verdicts.push(judge.below(Measure::Jump, 100.0));
    verdicts.push(judge.below(Measure::Filter, 50.0));
    verdicts.push(judge.below(Measure::Search, 50.0));
    if many {
        verdicts.push(judge.import());
        if engine == Engine::Chromium {
            verdicts.push(judge.below(Measure::ImportTask, 50.0));
        }
    }
    verdicts.into_iter().flatten().collect()
}

/// All that has to hold of a file that holds much in one place: nothing of it is felt for long.
pub(crate) fn of_heavy(measured: &Measured) -> Vec<Verdict> {
    let judge = Judge(measured);
    let tasks = [Measure::ImportTask, Measure::OpenTask];
    let verdicts = tasks.map(|measure| judge.below(measure, 200.0));
    verdicts.into_iter().flatten().collect()
}

/// How many times as long something may take in one of many documents as in one alone.
const TIMES_ALONE: f64 = 1.2;

/// How much more memory many documents may take than one, in MB.
const MORE_MEMORY: f64 = 30.0;

/// All that has to hold of many documents beside one of them alone.
pub(crate) fn of_library(measured: &Measured) -> Vec<Verdict> {
    let judge = Judge(measured);
    let words = format!("median at most {TIMES_ALONE} times that of one alone");
    let mut verdicts: Vec<_> = [Measure::Load, Measure::Tag]
        .into_iter()
        .map(|measure| {
            judge.verdict(measure, &words, |many, one| {
                let times = many.median(measure)? / one.median(measure)?;
                Some((times <= TIMES_ALONE, format!("{times:.2} times")))
            })
        })
        .collect();
    let words = format!("with JavaScript's at most {MORE_MEMORY:.0} more than of one alone");
    verdicts.push(judge.verdict(Measure::WasmMemory, &words, |many, one| {
        let more = |measure| Some(many.median(measure)? - one.median(measure)?);
        // Where the engine does not tell of JavaScript's, that is left out of both.
        let has_heap = many.get(Measure::Heap).or(one.get(Measure::Heap)).is_some();
        let heap = if has_heap { more(Measure::Heap)? } else { 0.0 };
        let more = more(Measure::WasmMemory)? + heap;
        Some((more <= MORE_MEMORY, format!("{more:+.1}")))
    }));
    let limits = [
        (Measure::Listed, 300.0),
        (Measure::Unfolded, 300.0),
        (Measure::OpenDocument, 150.0),
        (Measure::FirstHits, 200.0),
        (Measure::AllHits, 1_000.0),
        (Measure::FirstHitsAgain, 200.0),
        (Measure::AllHitsAgain, 1_000.0),
        (Measure::FilesReadTask, 50.0),
        (Measure::FilesAddedTask, 50.0),
    ];
    verdicts.extend(limits.map(|(measure, limit)| judge.below(measure, limit)));
    verdicts.into_iter().flatten().collect()
}

struct Judge<'a>(&'a Measured);

impl Judge<'_> {
    fn verdict(
        &self,
        measure: Measure,
        limit: &str,
        judge: impl FnOnce(&Figures, &Figures) -> Option<(bool, String)>,
    ) -> Option<Verdict> {
        let Measured {
            name,
            product,
            floor,
            ..
        } = self.0;
        // Where an import fails, nothing after it was tried.
        let failed_before = product.median(Measure::Load).is_none();
        if product.get(measure).is_none() && !failed_before {
            return None;
        }
        let judged = judge(product, floor);
        let (holds, seen) = judged.unwrap_or_else(|| (false, "not measured".into()));
        let words = format!("{name}: {}, {limit}: {seen}", measure.name());
        Some(Verdict { words, holds })
    }

    fn below(&self, measure: Measure, limit: f64) -> Option<Verdict> {
        let words = format!("p95 at most {limit:.0}");
        self.verdict(measure, &words, |product, _| {
            let p95 = product.p95(measure)?;
            Some((p95 <= limit, format!("{p95:.1}")))
        })
    }

    fn times_floor(&self, measure: Measure) -> Option<Verdict> {
        let words = format!("median at most {TIMES} times the floor's");
        self.verdict(measure, &words, |product, floor| {
            let times = product.median(measure)? / floor.median(measure)?;
            Some((times <= TIMES, format!("{times:.2} times")))
        })
    }

    fn near_floor(&self, measure: Measure) -> Option<Verdict> {
        let words = format!("p95 at most {LONGER:.0} longer than the floor's");
        self.verdict(measure, &words, |product, floor| {
            let longer = product.p95(measure)? - floor.p95(measure)?;
            Some((longer <= LONGER, format!("{longer:+.1}")))
        })
    }

    fn no_more_than_floor(&self, measure: Measure) -> Option<Verdict> {
        self.verdict(measure, "p95 no more than the floor's", |product, floor| {
            let (product, floor) = (product.p95(measure)?, floor.p95(measure)?);
            Some((product <= floor, format!("{product:.0} beside {floor:.0}")))
        })
    }

    /// An import is the time that the page takes: reading, and from yes to saved.
    fn import(&self) -> Option<Verdict> {
        self.verdict(
            Measure::Saved,
            "p95 with reading at most 3000",
            |product, _| {
                let painted = product.p95(Measure::Painted)?;
                let saved = product.p95(Measure::Saved)?.max(painted);
                let all = product.p95(Measure::Read)? + saved;
                Some((all <= 3_000.0, format!("{all:.0}")))
            },
        )
    }
}

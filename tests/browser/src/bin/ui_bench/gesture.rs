//! One gesture, timed inside the page, and how it is repeated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::{Duration, Instant};

use browser_tests::Page;
use serde::Deserialize;
use serde_json::json;

use crate::figure::{Figures, Measure};

/// What is put in front of both pages' own scripts.
pub(crate) const PROBE: &str = include_str!("probe.js");

/// How long the page may take for one gesture.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How long the runs of one measure may take together. Past it, those that are done have
/// to do: the tables say how many that is.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// What a gesture is known by, and what is waited for.
#[derive(Clone, Copy)]
pub(crate) struct Gesture {
    /// The type of the event.
    pub(crate) event: &'static str,
    /// Of a key, its name.
    pub(crate) key: &'static str,
    /// What changes on the screen.
    pub(crate) effect: &'static str,
    /// Whether the last such change counts, and not the first.
    pub(crate) last: bool,
}

/// What the page noted; times in ms.
#[derive(Deserialize)]
struct Noted {
    start: Option<f64>,
    seen: Option<f64>,
    task: Option<f64>,
}

/// When a gesture was made and how long its effect took, in ms.
pub(crate) struct Timed {
    /// Since the page began.
    pub(crate) start: f64,
    /// From the event to the frame with the effect.
    pub(crate) took: f64,
    /// The longest task in between, where the engine tells.
    pub(crate) task: Option<f64>,
}

impl Gesture {
    /// A key that changes what is painted.
    pub(crate) fn key(key: &'static str) -> Self {
        Self {
            event: "keydown",
            key,
            effect: "paint",
            last: false,
        }
    }

    /// A click with an effect.
    pub(crate) fn click(effect: &'static str, last: bool) -> Self {
        Self {
            event: "click",
            key: "",
            effect,
            last,
        }
    }

    /// Makes the gesture and waits for its effect.
    pub(crate) fn time(self, page: &Page, make: impl FnOnce()) -> Result<Timed, String> {
        let Self {
            event,
            key,
            effect,
            last,
        } = self;
        let patience = PATIENCE.as_millis() as u64;
        let watch = json!({ "type": event, "key": key, "effect": effect, "last": last, "patience": patience });
        let _: Option<()> = page.script(&format!("probe.watch({watch});"));
        make();
        let noted: Noted = page.ask_later("window.gesture.then(done);", vec![]);
        let start = noted
            .start
            .ok_or_else(|| format!("no {event} {key} came"))?;
        let took = noted.seen.ok_or_else(|| {
            let seconds = PATIENCE.as_secs();
            format!("{event} {key} showed nothing ({effect}) within {seconds} s")
        })?;
        Ok(Timed {
            start,
            took,
            task: noted.task,
        })
    }
}

/// Lets the page rest, so that what one gesture left behind is not counted as the next's.
pub(crate) fn rest(page: &Page) {
    page.settle();
    thread::sleep(Duration::from_millis(120));
}

/// Does something that may go wrong in any way.
pub(crate) fn attempt<T>(act: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or_else(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("a failure without words");
        let words = words.lines().next().unwrap_or_default();
        if words.contains("error sending request") {
            return Err("the page no longer answered".into());
        }
        if words.contains("script timeout") {
            return Err("not done within a minute".into());
        }
        let words = words.strip_prefix("The browser refuses: ").unwrap_or(words);
        let words: String = words.chars().take(90).collect();
        Err(words.trim_end().replace('|', "/"))
    })
}

/// What one run brought.
pub(crate) type Run = Vec<(Measure, f64)>;

/// Measures a number of times. One run that fails is tried again; when that fails too,
/// the measures have failed. Says whether all went well.
pub(crate) fn repeat(
    figures: &mut Figures,
    times: usize,
    measures: &[Measure],
    mut once: impl FnMut(usize) -> Result<Run, String>,
) -> bool {
    let start = Instant::now();
    for number in 0..times {
        let run = attempt(|| once(number)).or_else(|reason| {
            eprintln!("    {}: {reason}", measures[0].name());
            // What took that long was no accident.
            if start.elapsed() >= PATIENCE {
                return Err(reason);
            }
            attempt(|| once(number + times))
        });
        match run {
            Ok(run) => run
                .into_iter()
                .for_each(|(measure, figure)| figures.add(measure, figure)),
            Err(reason) => {
                for measure in measures {
                    figures.fail(*measure, &reason);
                }
                return false;
            }
        }
        if start.elapsed() > LIMIT {
            break;
        }
    }
    true
}

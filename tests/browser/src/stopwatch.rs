//! How long a visit took: the test harness does not tell.

use std::fs::OpenOptions;
use std::io::Write;
use std::thread;
use std::time::Instant;

use crate::settings::{self, engine};

/// Runs from its making until it is dropped. Then a line with the visit's name, the engine and
/// the seconds goes to the file for times, if there is one.
pub(crate) struct Stopwatch {
    start: Instant,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Drop for Stopwatch {
    fn drop(&mut self) {
        let Some(file) = settings::times() else {
            return;
        };
        // The harness names the thread of a test after it. Only where it runs one at a time
        // does it use its own, and all visits are `main`.
        let thread = thread::current();
        let name = thread.name().unwrap_or("?");
        let engine = format!("{:?}", engine()).to_lowercase();
        let line = format!(
            "{name}\t{engine}\t{:.2}\n",
            self.start.elapsed().as_secs_f64()
        );
        // Visits write at the same time: one write a line leaves the lines whole. A time that
        // can't be written down is no reason for a visit to fail.
        if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(file) {
            let _ = file.write_all(line.as_bytes());
        }
    }
}

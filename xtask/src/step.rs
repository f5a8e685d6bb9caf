//! Steps of a long command: announced, timed, and named in what goes wrong. One may run beside
//! others; what it says is shown whole when it has ended, so that no two are mixed.

use std::fs::{self, File};
use std::panic;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::project;

/// Takes a step.
pub(crate) fn step(title: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n── {title}");
    let start = Instant::now();
    let outcome = work();
    ended(title, start.elapsed(), outcome)
}

/// A step that runs beside others.
pub(crate) struct Beside {
    title: String,
    said: PathBuf,
    thread: JoinHandle<(Result<()>, Duration)>,
}

impl Beside {
    /// Begins a step, which writes what it says to the file that it is given. Whoever can't wait
    /// may look into that.
    pub(crate) fn begin(
        title: &str,
        work: impl FnOnce(File) -> Result<()> + Send + 'static,
    ) -> Result<Self> {
        let said = project::scratch()?.join(format!("{}.txt", title.replace(' ', "_")));
        let file =
            File::create(&said).with_context(|| format!("{} cannot be written", said.display()))?;
        println!(
            "\n── {title}: begun beside what follows; it writes to {}",
            said.display()
        );
        let start = Instant::now();
        let thread = thread::spawn(move || {
            let outcome = work(file);
            (outcome, start.elapsed())
        });
        Ok(Self {
            title: title.to_owned(),
            said,
            thread,
        })
    }

    /// Waits until it has ended, and shows what it has said.
    pub(crate) fn end(self) -> Result<()> {
        let (outcome, time) = self
            .thread
            .join()
            .unwrap_or_else(|panicked| panic::resume_unwind(panicked));
        let said = fs::read(&self.said)
            .with_context(|| format!("{} cannot be read", self.said.display()))?;
        println!("\n── {}\n{}", self.title, String::from_utf8_lossy(&said));
        ended(&self.title, time, outcome)
    }
}

/// Tells how a step has ended, and puts its name before what went wrong.
fn ended(title: &str, time: Duration, outcome: Result<()>) -> Result<()> {
    let how = if outcome.is_ok() { "passed" } else { "failed" };
    println!("── {title}: {how} in {} s", time.as_secs());
    outcome.with_context(|| format!("{title} failed"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use anyhow::bail;

    use super::*;

    #[test]
    fn what_goes_wrong_is_told_with_the_name_of_its_step() -> Result<()> {
        let check = |outcome: Result<()>| {
            let error = outcome.err().map(|error| format!("{error:#}"));
            assert_eq!(
                error.as_deref(),
                Some("a step of a test failed: it is late")
            );
        };
        check(step("a step of a test", || bail!("it is late")));
        let beside = Beside::begin("a step of a test", |mut file| {
            file.write_all(b"said\n")?;
            bail!("it is late")
        })?;
        let said = beside.said.clone();
        check(beside.end());
        assert_eq!(fs::read(&said)?, b"said\n");
        fs::remove_file(said)?;
        Ok(())
    }
}

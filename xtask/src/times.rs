//! How long visits took, as they write it down themselves: the test harness does not tell.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project;

/// The file that visits write to, a line for each page they open: the visit's name, its engine,
/// and for how many seconds the page was open, tabs between them.
pub(crate) struct Times {
    pub(crate) file: PathBuf,
}

impl Times {
    /// The name of the environment variable by which the visits know the file.
    pub(crate) const VARIABLE: &str = "THEMARK_TIMES";

    /// An empty file.
    pub(crate) fn begin() -> Result<Self> {
        let file = project::scratch()?.join("visit_times.txt");
        fs::write(&file, "").with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(Self { file })
    }

    /// So many of the slowest visits, a line each.
    pub(crate) fn slowest(&self, most: usize) -> Result<String> {
        let lines = fs::read_to_string(&self.file)
            .with_context(|| format!("{} cannot be read", self.file.display()))?;
        Ok(slowest(&lines, most))
    }
}

/// The slowest by all lines of a visit together; what is no such line is passed over.
fn slowest(lines: &str, most: usize) -> String {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for line in lines.lines() {
        if let Some((visit, seconds)) = line.rsplit_once('\t')
            && let Ok(seconds) = seconds.parse::<f64>()
        {
            *sums.entry(visit).or_default() += seconds;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    sums.iter()
        .take(most)
        .map(|(visit, seconds)| format!("{seconds:>7.1} s  {}\n", visit.replace('\t', ", in ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_come_first_and_the_pages_of_a_visit_count_together() {
        let lines = "\
            main_job::one\tchromium\t2.04\n\
            main_job::one\twebkit\t12.5\n\
            large::two\tchromium\t1.5\n\
            files::three\tchromium\t0.9\n\
            broken off\n\
            large::two\tchromium\t1.5\n\
            large::two\tchromium\tlong\n";
        let expect = [
            "   12.5 s  main_job::one, in webkit\n",
            "    3.0 s  large::two, in chromium\n",
            "    2.0 s  main_job::one, in chromium\n",
        ];
        assert_eq!(slowest(lines, 3), expect.concat());
        assert_eq!(slowest("", 3), "");
    }
}

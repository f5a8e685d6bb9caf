//! How long visits took, as they write it down themselves: the test harness does not tell.

use std::collections::BTreeMap;

/// The slowest visits, a line each. Given is a line for each page that visits opened: the visit's
/// name, its engine, and for how many seconds the page was open, tabs between them. All lines of a
/// visit count together; what is no such line is passed over.
pub(crate) fn slowest(lines: &str, most: usize) -> String {
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
        .map(|(visit, seconds)| format!("{seconds:>7.1} s  {}\n", visit.replace('\t', " in ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_come_first_and_the_pages_of_a_visit_count_together() {
        let lines = "\
            main_job::one\tchromium\t2.04\n\
            large::two\tchromium\t1.5\n\
            files::three\tchromium\t0.9\n\
            broken off\n\
            large::two\tchromium\t1.5\n\
            large::two\tchromium\tlong\n";
        let expect = "    3.0 s  large::two in chromium\n    2.0 s  main_job::one in chromium\n";
        assert_eq!(slowest(lines, 2), expect);
    }
}

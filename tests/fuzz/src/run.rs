//! One reader, case after case, while it is watched.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::readers::Reader;
use crate::{change, packed, seeds};

/// The longest that a case may take. An input is at most [`change::LONGEST`] bytes, and takes some
/// milliseconds; other work on the machine may take most of its time.
const LONGEST: Duration = Duration::from_secs(20);

/// The most memory that the process may ever have taken, in bytes. An archive may hold 200 MB that is
/// read, and a table 500,000 cells.
const MOST_MEMORY: u64 = 1 << 30;

/// What a program in a browser has for its calls, in bytes.
const STACK: usize = 1 << 20;

/// How many cases there were.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    cases: u64,
    /// Of which so many were read, and the others refused.
    read: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cases, read } = self;
        write!(f, "{cases} cases, of which {read} were read")
    }
}

/// The input of a case, which follows from its number and the seed.
fn input(reader: &Reader, all: &[Vec<u8>], seed: u64, case: u64) -> Vec<u8> {
    let mut chance = Rng::with_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ case);
    let mut bytes = all[chance.usize(0..all.len())].clone();
    let other = &all[chance.usize(0..all.len())];
    // An archive that is changed itself is seldom one: most often what is in it is changed.
    if reader.is_packed && chance.u8(0..5) > 0 {
        packed::change(&mut chance, &mut bytes, reader.tokens, other);
    } else {
        change::change(&mut chance, &mut bytes, reader.tokens, other);
    }
    bytes
}

/// Has a reader go through cases for a time. Each is in a file before it is begun, and where the reader
/// fails the process ends, whatever the reader does.
///
/// # Errors
/// When that file can't be written, or the files that are changed can't be read.
pub(crate) fn cases(
    reader: &'static Reader,
    seed: u64,
    length: Duration,
    file: &Path,
) -> io::Result<Tally> {
    let all = seeds::of(reader.name)?;
    let start = Instant::now();
    let millis = move || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    // When the case that is under way was begun.
    let begun = AtomicU64::new(0);
    let go_through = || {
        let mut tally = Tally::default();
        while start.elapsed() < length {
            let bytes = input(reader, &all, seed, tally.cases);
            fs::write(file, &bytes)?;
            begun.store(millis(), Ordering::Relaxed);
            match (reader.read)(&bytes) {
                Ok(is_read) => tally.read += u64::from(is_read),
                Err(wrong) => fail(reader, tally.cases, &wrong),
            }
            tally.cases += 1;
        }
        Ok(tally)
    };
    thread::scope(|scope| {
        let small = thread::Builder::new().stack_size(STACK);
        let under_way = small.spawn_scoped(scope, go_through)?;
        while !under_way.is_finished() {
            let took = millis().saturating_sub(begun.load(Ordering::Relaxed));
            if Duration::from_millis(took) > LONGEST {
                fail(reader, 0, "it does not end");
            }
            if most_memory().is_some_and(|most| most > MOST_MEMORY) {
                fail(reader, 0, "it takes too much memory");
            }
            thread::sleep(Duration::from_millis(20));
        }
        // A panic has been printed.
        under_way.join().unwrap_or_else(|_| process::exit(1))
    })
}

fn fail(reader: &Reader, case: u64, wrong: &str) -> ! {
    eprintln!("{}, case {case}: {wrong}", reader.name);
    process::exit(1)
}

/// The most memory that this process has taken, in bytes, where the system says so.
fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib << 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{READERS, named};

    /// How many of the first cases a reader reads.
    fn read(reader: &Reader, cases: u64) -> u64 {
        let all = seeds::of(reader.name).unwrap();
        let inputs = (0..cases).map(|case| input(reader, &all, 1, case));
        let read = inputs.filter(|bytes| (reader.read)(bytes) == Ok(true));
        read.count() as u64
    }

    #[test]
    fn every_file_that_is_changed_is_one_that_its_reader_reads() {
        for reader in &READERS {
            for bytes in seeds::of(reader.name).unwrap() {
                let outcome = (reader.read)(&bytes);
                // A file of one column is no table, and of any kind some are called otherwise.
                let may_be_refused = ["cells", "any"].contains(&reader.name);
                let is_right = outcome == Ok(true) || may_be_refused && outcome == Ok(false);
                assert!(is_right, "{}: {outcome:?}", reader.name);
            }
        }
    }

    #[test]
    fn what_is_changed_is_often_still_read_and_often_not() {
        for name in ["docx", "odt", "project"] {
            let read = read(named(name).unwrap(), 100);
            assert!((5..95).contains(&read), "{name}: {read}");
        }
    }

    #[test]
    fn a_case_follows_from_the_seed_and_its_number() {
        let reader = named("docx").unwrap();
        let all = seeds::of(reader.name).unwrap();
        let cases = |seed| (0..5).map(move |case| (seed, case));
        for (seed, case) in cases(1).chain(cases(2)) {
            let bytes = input(reader, &all, seed, case);
            assert_eq!(bytes, input(reader, &all, seed, case));
            assert_ne!(bytes, input(reader, &all, seed, case + 1));
        }
    }

    /// Readers with faults such as there may be, and what they must not be given: each is found soon.
    #[test]
    fn faults_are_found() {
        let has = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).any(|own| own == words);
        let inside = |bytes: &[u8], words: &[u8]| {
            let files = packed::unpacked(bytes);
            files.iter().any(|(_, held)| has(held, words))
        };
        let found = |name: &str, fails: &dyn Fn(&[u8]) -> bool| {
            let reader = named(name).unwrap();
            let all = seeds::of(name).unwrap();
            assert!(!all.iter().any(|bytes| fails(bytes)), "{name} is right");
            (0..5_000).any(|case| fails(&input(reader, &all, 3, case)))
        };
        assert!(found("markdown", &|bytes| has(bytes, b"[^1][^1]")));
        assert!(found("html", &|bytes| has(bytes, b"<frameset>")));
        assert!(found("docx", &|bytes| inside(
            bytes,
            b"w:val=\"18446744073709551616\""
        )));
        assert!(found("odt", &|bytes| inside(bytes, b"repeated=\"16384\">")));
    }
}

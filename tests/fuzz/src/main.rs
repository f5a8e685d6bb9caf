//! Gives each reader of files what nobody wrote: files that programs have made, changed at random. A
//! reader has to give what is whole, or a sentence, in bounded time and memory.
//!
//! `reader-fuzz SECONDS SEED [READER…]` does so for all readers or for some, side by side, each in a
//! process of its own, so that one that falls takes nobody along. Which changes are made follows from
//! the seed, and the number of the case. What a reader has failed at is kept as a file, and
//! `reader-fuzz FILE READER` gives it that once more.
//!
//! Deliberately absent: guidance by which code was reached, for which the compiler would have to be a
//! nightly one.
//!
//! In reading order:
//! - [`readers`]: the readers, with what they are to give; [`seeds`]: the files that are changed
//! - [`change`]: changes of bytes; [`packed`]: changes inside of archives
//! - [`run`]: one reader, case after case

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test says what it wants by failing")
)]

mod change;
mod packed;
mod readers;
mod run;
mod seeds;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, io, thread};

use readers::READERS;

/// What the first argument is in a process for one reader.
const ONE: &str = "--one";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match done(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

/// Does what is asked for; whether every reader held.
fn done(words: &[&str]) -> Result<bool, String> {
    match words {
        [ONE, name, seconds, seed] => {
            let length = Duration::from_secs(number(seconds)?);
            let reader = readers::named(name)?;
            let tally =
                run::cases(reader, number(seed)?, length, &current(name)).map_err(|error| {
                    format!(
                        "{name} can't be tried, for its files can't be read or written: {error}"
                    )
                })?;
            println!("{name}: {tally}");
            Ok(true)
        }
        [file, name] if file.parse::<u64>().is_err() => {
            let bytes = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
            let held = (readers::named(name)?.read)(&bytes)?;
            println!("{name} {} it.", if held { "read" } else { "refused" });
            Ok(true)
        }
        [seconds, seed, names @ ..] => {
            let mut chosen = Vec::new();
            for name in names {
                chosen.push(readers::named(name)?.name);
            }
            if chosen.is_empty() {
                chosen.extend(READERS.iter().map(|reader| reader.name));
            }
            let (seconds, seed) = (number(seconds)?, number(seed)?);
            println!("Each for {seconds} s, with the seed {seed}:");
            side_by_side(chosen, seconds, seed)
        }
        _ => Err("reader-fuzz SECONDS SEED [READER…], or reader-fuzz FILE READER".to_owned()),
    }
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("“{word}” is no number."))
}

/// The file that a reader is at.
fn current(name: &str) -> PathBuf {
    folder().join(format!("{name}.input"))
}

/// Beside this program, in the target folder.
fn folder() -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    own.with_file_name("fuzzed")
}

/// As many at a time as there are cores; whether all held.
fn side_by_side(names: Vec<&str>, seconds: u64, seed: u64) -> Result<bool, String> {
    let wrong = |error: io::Error| error.to_string();
    fs::create_dir_all(folder()).map_err(wrong)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let waiting = Mutex::new(VecDeque::from(names));
    let next = || {
        let waiting = waiting.lock();
        waiting.unwrap_or_else(PoisonError::into_inner).pop_front()
    };
    let some = || -> io::Result<bool> {
        let mut hold = true;
        while let Some(name) = next() {
            hold &= one(name, seconds, seed)?;
        }
        Ok(hold)
    };
    thread::scope(|scope| {
        let begun: Vec<_> = (0..cores).map(|_| scope.spawn(some)).collect();
        let mut hold = true;
        for thread in begun {
            let ended = thread.join().map_err(|_| "a thread panicked".to_owned())?;
            hold &= ended.map_err(wrong)?;
        }
        Ok(hold)
    })
}

/// Has one reader go through its cases in a process of its own; whether it held. What it failed at is
/// kept.
fn one(name: &str, seconds: u64, seed: u64) -> io::Result<bool> {
    let words = [ONE, name, &seconds.to_string(), &seed.to_string()].map(str::to_owned);
    let status = Command::new(env::current_exe()?).args(words).status()?;
    let held = status.success();
    if held {
        return fs::remove_file(current(name)).map(|()| true);
    }
    let kept = folder().join(format!("{name}-{seed}.failed"));
    fs::rename(current(name), &kept)?;
    let kept = kept.display();
    println!("{name} FAILED ({status}), seed {seed}, at {kept}: reader-fuzz {kept} {name}");
    Ok(false)
}

//! The project's set-up and its long commands, so that a fresh checkout needs
//! no more than `cargo xtask serve` and `cargo xtask test`.
//!
//! In reading order:
//! - [`serve`], [`build`], [`reproduce`], [`test`], [`visit`], [`fuzz`], [`screenshot`], [`bench`]:
//!   one command a file, with its options
//! - [`trunk`], [`optimize`], [`split`], [`imports`], [`order`], [`minify`], [`notices`],
//!   [`precache`], [`single`], [`sizes`]: the parts of a build
//! - [`tools`]: what a build needs, installed when missing
//! - [`wasm_tests`], [`times`]: parts of the tests: what runs inside a browser, how long the visits
//!   took
//! - [`engine`], [`browser`], [`debian`]: the browsers and their drivers
//! - [`project`], [`step`], [`folder`]: the ground they stand on

mod bench;
mod browser;
mod build;
mod debian;
mod engine;
mod folder;
mod fuzz;
mod imports;
mod minify;
mod notices;
mod optimize;
mod order;
mod precache;
mod project;
mod reproduce;
mod screenshot;
mod serve;
mod single;
mod sizes;
mod split;
mod step;
mod test;
mod times;
mod tools;
mod trunk;
mod visit;
mod wasm_tests;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

/// The project’s set-up and its long commands. What these need is installed on first use, into the
/// user’s cache folder.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
enum Command {
    /// Build the page, serve it on 127.0.0.1 and open it in the browser. Changed sources are built
    /// again; reload to see them.
    Serve(serve::Serve),
    /// Build what is to be hosted into dist/, and hold it to its size budget.
    Build(build::Build),
    /// Build two clean copies in two places, and compare them byte for byte.
    Reproduce,
    /// Run every check and test.
    Test(test::Test),
    /// Run some visits to the page, which is built before, as for hosting.
    Visit(visit::Visit),
    /// Give the readers of files what nobody wrote. What one fails at is kept in the target folder.
    Fuzz(fuzz::Fuzz),
    /// Take docs/screenshot.png anew.
    Screenshot,
    /// Measure something.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Shrink the wasm of a release build. Trunk calls this; nobody types it.
    #[command(hide = true)]
    Optimize,
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let sh = &project::shell()?;
    match command {
        Command::Serve(options) => serve::run(sh, &options),
        Command::Build(options) => build::run(sh, &options),
        Command::Reproduce => reproduce::run(sh),
        Command::Test(options) => test::run(sh, &options),
        Command::Visit(options) => visit::run(sh, &options),
        Command::Fuzz(options) => fuzz::run(sh, &options),
        Command::Screenshot => screenshot::run(sh),
        Command::Bench(bench) => bench::run(sh, &bench),
        Command::Optimize => optimize::run(sh),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<String, String> {
        let words = ["xtask"].into_iter().chain(line.split_whitespace());
        let command = Command::try_parse_from(words).map_err(|error| error.to_string())?;
        Ok(format!("{command:?}"))
    }

    #[test]
    fn each_command_knows_its_options_and_what_is_meant_without_them() {
        for (line, expect) in [
            (
                "serve --release --port=9000 --no-open",
                "Serve(Serve { release: true, port: 9000, no_open: true })",
            ),
            ("build --single-file", "Build(Build { single_file: true })"),
            (
                "test",
                "Test(Test { engine: [Chromium, Firefox, Webkit], only: [Native, Wasm, Browser], \
                 thorough: false })",
            ),
            (
                "test --engine webkit --engine firefox --only browser --thorough",
                "Test(Test { engine: [Webkit, Firefox], only: [Browser], thorough: true })",
            ),
            (
                "visit killed --dev large:: --no-build",
                "Visit(Visit { name: [\"killed\", \"large::\"], engine: [Chromium], dev: true, \
                 no_build: true })",
            ),
            (
                "fuzz docx html --minutes 3 --seed 7",
                "Fuzz(Fuzz { reader: [\"docx\", \"html\"], minutes: 3, seed: Some(7) })",
            ),
            ("fuzz", "Fuzz(Fuzz { reader: [], minutes: 10, seed: None })"),
            (
                "bench ui --quick",
                "Bench(Ui(Ui { quick: true, library: false, engine: [], against: None }))",
            ),
        ] {
            assert_eq!(parsed(line).as_deref(), Ok(expect), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (line, expect) in [
            ("fly", "unrecognized subcommand 'fly'"),
            ("build --port 1", "unexpected argument '--port'"),
            ("serve --port 70000", "invalid value '70000' for '--port"),
            (
                "test --only once",
                "[possible values: native, wasm, browser]",
            ),
            ("visit --no-build", "required arguments were not provided"),
        ] {
            let error = parsed(line).err().unwrap_or_default();
            assert!(error.contains(expect), "{line}: {error}");
        }
    }
}

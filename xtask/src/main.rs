//! The project's set-up and its long commands, so that a fresh checkout needs
//! no more than `cargo xtask serve` and `cargo xtask test`.
//!
//! In reading order:
//! - [`arguments`]: the command line
//! - [`serve`], [`build`], [`reproduce`], [`test`], [`visit`], [`screenshot`], [`bench`]: one
//!   command a file
//! - [`trunk`], [`optimize`], [`split`], [`imports`], [`precache`], [`single`], [`sizes`]: the
//!   parts of a build
//! - [`toolchain`], [`tools`], [`npm`]: what a build needs, fetched when missing
//! - [`dependencies`], [`wasm_tests`], [`lanes`], [`times`]: parts of the tests: what is depended
//!   on, what runs inside a browser, which engines are visited beside each other, how long the
//!   visits took
//! - [`engine`], [`browser`], [`debian`]: the browsers and their drivers
//! - [`project`], [`process`], [`step`], [`version`], [`folder`], [`cache`]: the ground they stand on

mod arguments;
mod bench;
mod browser;
mod build;
mod cache;
mod debian;
mod dependencies;
mod engine;
mod folder;
mod imports;
mod lanes;
mod minify;
mod notices;
mod npm;
mod optimize;
mod order;
mod precache;
mod process;
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
mod toolchain;
mod tools;
mod trunk;
mod version;
mod visit;
mod wasm_tests;

use std::process::ExitCode;

use arguments::{BenchCmd, Command};

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(help) if help.is_help() => {
            println!("{help}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("xtask: {error}. `cargo xtask help` tells what can be said.");
            return ExitCode::from(2);
        }
    };
    let outcome = match command {
        Command::Serve(options) => serve::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Reproduce(_) => reproduce::run(),
        Command::Optimize(_) => optimize::run(),
        Command::Test(options) => test::run(&options),
        Command::Visit(options) => visit::run(&options),
        Command::Screenshot(_) => screenshot::run(),
        Command::Bench(bench) => match bench.subcommand {
            BenchCmd::Anchors(_) => bench::anchors::run(),
            BenchCmd::Ui(options) => bench::ui::run(&options),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

//! The project's set-up and its long commands, so that a fresh checkout needs
//! no more than `cargo xtask serve` and `cargo xtask test`.
//!
//! In reading order:
//! - [`arguments`]: the command line
//! - [`serve`], [`build`], [`reproduce`], [`test`], [`screenshot`], [`bench`]: one command a file
//! - [`trunk`], [`optimize`], [`imports`], [`exports`], [`kept`], [`single`], [`sizes`]: the
//!   parts of a build
//! - [`toolchain`], [`tools`], [`npm`]: what a build needs, fetched when missing
//! - [`dependencies`], [`wasm_tests`]: steps of the tests: what is depended on, what runs
//!   inside a browser
//! - [`engine`], [`browser`], [`debian`]: the browsers and their drivers
//! - [`project`], [`process`], [`version`], [`folder`], [`cache`]: the ground they stand on

mod arguments;
mod bench;
mod browser;
mod build;
mod cache;
mod debian;
mod dependencies;
mod engine;
mod exports;
mod folder;
mod imports;
mod kept;
mod minify;
mod notices;
mod npm;
mod optimize;
mod order;
mod process;
mod project;
mod reproduce;
mod screenshot;
mod serve;
mod single;
mod sizes;
mod test;
mod toolchain;
mod tools;
mod trunk;
mod version;
mod wasm;
mod wasm_tests;

use std::process::ExitCode;

use arguments::Command;

fn main() -> ExitCode {
    let command = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("xtask: {error:#}\n\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    let outcome = match command {
        Command::Help => {
            println!("{}", arguments::USAGE);
            Ok(())
        }
        Command::Serve(options) => serve::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Reproduce => reproduce::run(),
        Command::Optimize => optimize::run(),
        Command::Test(options) => test::run(&options),
        Command::Screenshot => screenshot::run(),
        Command::BenchAnchors => bench::anchors::run(),
        Command::BenchUi(options) => bench::ui::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

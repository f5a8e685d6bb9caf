//! The command line, read into plain values.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::{Arg, ValueExt};

use crate::engine::Engine;

pub(crate) const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [--release] [--port N] [--no-open]
      Build the page, serve it on 127.0.0.1 (port 8080 unless told) and open
      it in the browser. Changed sources are built again; reload to see them.
  build [--single-file]
      Build what is to be hosted into dist/, and hold it to its size budget;
      beside it themark.html, all of it in one file.
  reproduce
      Build two clean copies in two places, and compare them byte for byte.
  test [--engine chromium|firefox|webkit]... [--only native|wasm|browser]...
      Run every check and test, in every engine unless told which.
  screenshot
      Take docs/screenshot.png anew.
  bench anchors
      Measure how passages are found again, into docs/anchoring.md.
  bench ui [--quick]
      Measure how quickly the page answers, beside a hand-written one, into
      docs/performance.md; quick is for work in progress.
  optimize
      Shrink the wasm of a release build. Trunk calls this; nobody types it.

What these need is installed on first use, into the user's cache folder.";

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Serve(Serve),
    Build(Build),
    Reproduce,
    Optimize,
    Test(Test),
    Screenshot,
    BenchAnchors,
    BenchUi(BenchUi),
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Build {
    /// The page in one file, too.
    pub(crate) single_file: bool,
}

#[derive(Debug, PartialEq)]
pub(crate) struct BenchUi {
    /// A few runs of a few things, in Chromium only.
    pub(crate) quick: bool,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Serve {
    pub(crate) release: bool,
    pub(crate) port: u16,
    pub(crate) open: bool,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Test {
    /// Where the browser tests run; never empty.
    pub(crate) engines: Vec<Engine>,
    /// Which groups of steps run; never empty.
    pub(crate) groups: Vec<Group>,
}

/// A group of test steps that can be run alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Group {
    Native,
    Wasm,
    Browser,
}

/// Reads the arguments that follow the program's own name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(option) => bail!("a command must come first, not {}", shown(&option)),
    };
    match command.as_str() {
        "serve" => serve(&mut parser),
        "test" => test(&mut parser),
        "build" => flagged(&mut parser, "single-file", |single_file| {
            Command::Build(Build { single_file })
        }),
        "reproduce" => bare(&mut parser, Command::Reproduce),
        "optimize" => bare(&mut parser, Command::Optimize),
        "screenshot" => bare(&mut parser, Command::Screenshot),
        "bench" => match parser.next()? {
            Some(Arg::Value(what)) if what == "anchors" => bare(&mut parser, Command::BenchAnchors),
            Some(Arg::Value(what)) if what == "ui" => flagged(&mut parser, "quick", |quick| {
                Command::BenchUi(BenchUi { quick })
            }),
            _ => bail!("what is measured? `bench anchors` or `bench ui`"),
        },
        "help" => Ok(Command::Help),
        other => bail!("there is no command `{other}`"),
    }
}

fn bare(parser: &mut lexopt::Parser, command: Command) -> Result<Command> {
    match parser.next()? {
        None => Ok(command),
        Some(argument) => other(&argument),
    }
}

/// A command with one option that is there or not.
fn flagged(
    parser: &mut lexopt::Parser,
    flag: &str,
    command: impl FnOnce(bool) -> Command,
) -> Result<Command> {
    let mut is_there = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long(name) if name == flag => is_there = true,
            argument => return other(&argument),
        }
    }
    Ok(command(is_there))
}

fn serve(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut options = Serve {
        release: false,
        port: 8080,
        open: true,
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("release") => options.release = true,
            Arg::Long("no-open") => options.open = false,
            Arg::Short('p') | Arg::Long("port") => options.port = parser.value()?.parse()?,
            argument => return other(&argument),
        }
    }
    Ok(Command::Serve(options))
}

fn test(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut engines = Vec::new();
    let mut groups = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("engine") => {
                let name = parser.value()?.string()?;
                let Some(engine) = Engine::ALL.into_iter().find(|engine| engine.key() == name)
                else {
                    bail!("--engine is chromium, firefox or webkit, not `{name}`");
                };
                add(&mut engines, engine);
            }
            Arg::Long("only") => match parser.value()?.string()?.as_str() {
                "native" => add(&mut groups, Group::Native),
                "wasm" => add(&mut groups, Group::Wasm),
                "browser" => add(&mut groups, Group::Browser),
                name => bail!("--only is native, wasm or browser, not `{name}`"),
            },
            argument => return other(&argument),
        }
    }
    if engines.is_empty() {
        engines.extend(Engine::ALL);
    }
    if groups.is_empty() {
        groups.extend([Group::Native, Group::Wasm, Group::Browser]);
    }
    Ok(Command::Test(Test { engines, groups }))
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// What any command makes of an argument that it does not know.
fn other(argument: &Arg<'_>) -> Result<Command> {
    match argument {
        Arg::Short('h') | Arg::Long("help") => Ok(Command::Help),
        argument => bail!("this command takes no {}", shown(argument)),
    }
}

fn shown(argument: &Arg<'_>) -> String {
    match argument {
        Arg::Short(letter) => format!("option -{letter}"),
        Arg::Long(name) => format!("option --{name}"),
        Arg::Value(value) => format!("argument `{}`", value.to_string_lossy()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn check(line: &str, expect: Command) {
        assert_eq!(parsed(line).ok(), Some(expect), "{line}");
    }

    #[test]
    fn nothing_or_help_anywhere_asks_for_help() {
        for line in ["", "help", "--help", "-h", "serve --help", "build -h"] {
            check(line, Command::Help);
        }
    }

    #[test]
    fn serve_opens_port_8080_unless_told_otherwise() {
        let mut expect = Serve {
            release: false,
            port: 8080,
            open: true,
        };
        check("serve", Command::Serve(Serve { ..expect }));
        expect.release = true;
        expect.port = 9000;
        expect.open = false;
        check(
            "serve --release --port=9000 --no-open",
            Command::Serve(expect),
        );
    }

    #[test]
    fn a_folder_is_built_and_one_file_if_it_is_asked_for() {
        check("build", Command::Build(Build { single_file: false }));
        check(
            "build --single-file",
            Command::Build(Build { single_file: true }),
        );
    }

    #[test]
    fn the_build_can_be_tried_for_sameness() {
        check("reproduce", Command::Reproduce);
        assert!(parsed("reproduce twice").is_err());
    }

    #[test]
    fn test_runs_everything_unless_told_otherwise() {
        check(
            "test",
            Command::Test(Test {
                engines: Engine::ALL.to_vec(),
                groups: vec![Group::Native, Group::Wasm, Group::Browser],
            }),
        );
        check(
            "test --engine webkit --engine firefox --engine webkit --only browser",
            Command::Test(Test {
                engines: vec![Engine::Webkit, Engine::Firefox],
                groups: vec![Group::Browser],
            }),
        );
    }

    #[test]
    fn the_page_is_measured_in_full_unless_it_is_to_be_quick() {
        check("bench ui", Command::BenchUi(BenchUi { quick: false }));
        check(
            "bench ui --quick",
            Command::BenchUi(BenchUi { quick: true }),
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (line, expect) in [
            ("fly", "there is no command `fly`"),
            (
                "--release",
                "a command must come first, not option --release",
            ),
            ("build --port 1", "this command takes no option --port"),
            ("build now", "this command takes no argument `now`"),
            (
                "test --engine opera",
                "--engine is chromium, firefox or webkit, not `opera`",
            ),
            (
                "test --only once",
                "--only is native, wasm or browser, not `once`",
            ),
        ] {
            let error = parsed(line).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some(expect), "{line}");
        }
        assert!(parsed("serve --port 70000").is_err());
    }
}

//! Trunk, with all that it calls in the place where it looks.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{process, project, toolchain, tools};

/// Trunk in the repository's root, ready to build.
pub(crate) fn command() -> Result<Command> {
    toolchain::need_wasm()?;
    let trunk = tools::trunk()?;
    let wasm_bindgen = tools::wasm_bindgen()?;

    let mut command = Command::new(trunk);
    command.current_dir(project::root());
    // Trunk takes the first wasm-bindgen on the PATH when its version is that
    // of Cargo.lock, and would else download one.
    let folder = wasm_bindgen.parent().unwrap_or(Path::new("."));
    command.env("PATH", process::path_with(&[folder])?);
    // NO_COLOR may have any value by its convention, but Trunk ends with an
    // error at all but `true` and `false`.
    match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
        _ => command.env_remove("NO_COLOR"),
    };
    if let Some(flags) = short_paths() {
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
    }
    Ok(command)
}

/// Keeps this machine's paths out of the wasm, where a panic would tell them: nobody's
/// business, and not the same on two machines.
fn short_paths() -> Option<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let sources = home.join("registry/src");
    let sources = sources.to_str()?;
    // Flags are parted by spaces.
    (!sources.contains(char::is_whitespace)).then(|| format!("--remap-path-prefix={sources}="))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What stands between the double quotes after `start`.
    fn quoted<'a>(text: &'a str, start: &str) -> Option<&'a str> {
        let (_, rest) = text.split_once(start)?;
        rest.split('"').nth(1)
    }

    /// A browser holds a page to both its policies. Were they to differ, what
    /// works from a plain host would fail here, or the other way round.
    #[test]
    fn the_policy_that_is_served_is_the_pages_own() -> Result<()> {
        let page = fs::read_to_string(project::root().join("index.html"))?;
        let config = fs::read_to_string(project::root().join("Trunk.toml"))?;
        let own = quoted(&page, "http-equiv=\"Content-Security-Policy\" content=");
        let served = quoted(&config, "Content-Security-Policy = ");
        assert!(own.is_some_and(|policy| policy.contains("script-src 'self' 'wasm-unsafe-eval'")));
        assert_eq!(
            served,
            own.map(|policy| format!("{policy}; frame-ancestors 'none'"))
                .as_deref()
        );
        Ok(())
    }
}

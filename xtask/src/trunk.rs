//! Trunk, with all that it calls in the place where it looks.

use std::env;
use std::path::Path;
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
    Ok(command)
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

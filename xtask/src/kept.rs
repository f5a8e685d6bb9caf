//! What the service worker keeps, so that the page opens without the network: every file of
//! the build by its address and digest.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{folder, notices};

/// The service worker, which is told.
const WORKER: &str = "sw.js";

/// What no page asks for.
const UNASKED: [&str; 4] = [WORKER, "_headers", "articles/README.md", notices::NAME];

/// The page itself is asked for by the folder's address.
const PAGE: &str = "index.html";

/// Puts the list of a folder's files before its service worker, after which none of them may
/// change.
pub(crate) fn tell(folder: &Path) -> Result<()> {
    let kept = folder::read(folder)?
        .into_iter()
        .filter(|(name, _)| !UNASKED.contains(&name.as_str()))
        .map(|(name, bytes)| {
            let name = if name == PAGE { "" } else { &name };
            (format!("./{name}"), folder::sha256(&bytes))
        })
        .collect();
    let worker = folder.join(WORKER);
    let script = fs::read_to_string(&worker)
        .with_context(|| format!("{} cannot be read", worker.display()))?;
    fs::write(&worker, list(kept) + &script)
        .with_context(|| format!("{} cannot be written", worker.display()))
}

/// The statement that says what is kept. The page comes first: where it is of another version,
/// nothing else is asked for.
fn list(mut kept: Vec<(String, String)>) -> String {
    kept.sort();
    let files: Vec<String> = kept
        .iter()
        .map(|(name, digest)| format!("{name:?}:\"{digest}\""))
        .collect();
    let files = files.join(",");
    let version = &folder::sha256(files.as_bytes())[..16];
    format!("self.kept={{version:\"{version}\",files:{{{files}}}}};\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_comes_first_and_every_change_is_another_version() {
        let kept = |digest: &str| {
            list(vec![
                ("./a.js".into(), digest.into()),
                ("./".into(), "22".into()),
            ])
        };
        let list = kept("11");
        assert!(
            list.contains("files:{\"./\":\"22\",\"./a.js\":\"11\"}"),
            "{list}"
        );
        let version = |list: &str| list.split('"').nth(1).map(str::to_owned);
        assert_eq!(version(&list), version(&kept("11")));
        assert_ne!(version(&list), version(&kept("12")));
        assert_eq!(version(&list).map(|version| version.len()), Some(16));
    }
}

//! What the service worker keeps, so that the page opens without the network: every file of
//! the build by its address and digest.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::sizes;

/// The service worker, which is told.
const WORKER: &str = "sw.js";

/// What no page asks for.
const UNASKED: [&str; 3] = [WORKER, "_headers", "articles/README.md"];

/// The page itself is asked for by the folder's address.
const PAGE: &str = "index.html";

/// Puts the list of a folder's files before its service worker, after which none of them may
/// change.
pub(crate) fn tell(folder: &Path) -> Result<()> {
    let mut kept = Vec::new();
    for file in sizes::files(folder)? {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        if UNASKED.contains(&name.as_str()) {
            continue;
        }
        let bytes =
            fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        let name = if name == PAGE { "" } else { &name };
        kept.push((format!("./{name}"), hex(&bytes)));
    }
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
    let version = &hex(files.as_bytes())[..16];
    format!("self.kept={{version:\"{version}\",files:{{{files}}}}};\n")
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
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

//! What the service worker fetches beforehand, so that the page opens without the network: every
//! file of the build by its address and digest.

use std::path::Path;

use anyhow::Result;
use xshell::Shell;

use crate::{folder, notices};

/// The service worker, which is told.
const WORKER: &str = "sw.js";

/// What no page asks for.
const UNASKED: [&str; 4] = [WORKER, "_headers", "articles/README.md", notices::NAME];

/// The page itself is asked for by the folder's address.
const PAGE: &str = "index.html";

/// Puts the list of a folder's files before its service worker, after which none of them may
/// change.
pub(crate) fn list_in(sh: &Shell, folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    for (name, bytes) in folder::read(folder)? {
        if !UNASKED.contains(&name.as_str()) {
            let name = if name == PAGE { "" } else { &name };
            files.push((format!("./{name}"), folder::sha256(&bytes)));
        }
    }
    let worker = folder.join(WORKER);
    let script = sh.read_file(&worker)?;
    Ok(sh.write_file(&worker, statement(files) + &script)?)
}

/// The statement that lists files. The page comes first: where it is of another version, nothing
/// else is asked for.
fn statement(mut files: Vec<(String, String)>) -> String {
    files.sort();
    let files: Vec<String> = files
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
        let told = |digest: &str| {
            let files = [("./a.js", digest), ("./", "22")];
            statement(
                files
                    .map(|(name, digest)| (name.into(), digest.into()))
                    .into(),
            )
        };
        assert!(told("11").ends_with("files:{\"./\":\"22\",\"./a.js\":\"11\"}};\n"));
        let version = |told: &str| told.split('"').nth(1).map(str::to_owned);
        assert_eq!(version(&told("11")), version(&told("11")));
        assert_ne!(version(&told("11")), version(&told("12")));
    }
}

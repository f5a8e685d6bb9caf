//! `cargo xtask build --single-file`: the page with all that it needs in one file, to be mailed,
//! archived, and opened by a double click.

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use sha2::{Digest, Sha256};
use xshell::Shell;

use crate::project::between;
use crate::{folder, minify, notices, project, sizes};

/// What it is called, beside the folder's own files.
pub(crate) const NAME: &str = "themark.html";

/// What the page asks for by address is packed, and what has to go along; the workers' scripts are
/// held as they are.
const PACKED: [&str; 3] = [".wasm", ".article", notices::NAME];
const WORKERS: [&str; 2] = ["worker.js", "reader.js"];

/// What the page asks for, beside its scripts and style: nothing of this is in the file.
const LEFT_OUT: [&str; 5] = [
    "rel=\"modulepreload\"",
    "rel=\"apple-touch-icon\"",
    "rel=\"manifest\"",
    "media=\"print\"",
    "data-trunk",
];

/// Makes the file of what was built in dist/.
pub(crate) fn make(sh: &Shell) -> Result<()> {
    let folder = project::dist(sh);
    let built = folder::read(&folder)?;
    let words = |name: &str| {
        let bytes = built.get(name);
        let bytes = bytes.with_context(|| format!("{} has no {name}", folder.display()))?;
        Ok::<_, anyhow::Error>(str::from_utf8(bytes)?)
    };
    let shim = minify::small(sh, "src/boot/single.js".as_ref(), &[])?;
    let bundled = ["--bundle", "--format=esm"];
    let program = minify::small(sh, &folder.join("start.js"), &bundled)?;

    let mut held = String::new();
    for name in WORKERS {
        let script = whole(words(name)?)?;
        held += &format!("<script type=\"text/plain\" data-file=\"{name}\">{script}</script>\n");
    }
    let is_packed = |name: &str| PACKED.iter().any(|end| name.ends_with(end));
    for (name, bytes) in built.iter().filter(|(name, _)| is_packed(name)) {
        let letters = BASE64_STANDARD.encode(sizes::gzip(bytes, Compression::best())?);
        held += &format!("<script type=\"text/plain\" data-file=\"{name}\">{letters}</script>\n");
    }
    let style = format!(
        "{}{}@media print{{{}}}",
        words("themark.css")?,
        words("later.css")?,
        words("print.css")?
    );
    let is_plain = !style.contains("</");
    ensure!(is_plain, "the style sheet can't stand in a page");
    let icon = BASE64_STANDARD.encode(words("icon.svg")?);

    let page = words("index.html")?;
    let own = between(page, "<script>", "</script>")?;
    let policy = policy(&[&shim, own, &program], &style);
    let mut page: String = page
        .split_inclusive('\n')
        .filter(|line| !LEFT_OUT.iter().any(|link| line.contains(link)))
        .collect();
    let old = "http-equiv=\"Content-Security-Policy\" content=\"";
    let old = between(&page, old, "\"")?.to_owned();
    for (from, to) in [
        (old.as_str(), policy),
        (
            "<script>",
            format!("{held}<script>{}</script>\n<script>", whole(&shim)?),
        ),
        (
            "<script type=\"module\" async blocking=\"render\" src=\"./start.js\"></script>",
            format!("<script type=\"module\">{}</script>", whole(&program)?),
        ),
        (
            "<link rel=\"stylesheet\" href=\"./themark.css\"/>",
            format!("<style>{style}</style>"),
        ),
        (
            "href=\"./icon.svg\"",
            format!("href=\"data:image/svg+xml;base64,{icon}\""),
        ),
    ] {
        ensure!(page.contains(from), "the page has no {from}");
        page = page.replacen(from, &to, 1);
    }
    let file = folder.join(NAME);
    sh.write_file(&file, &page)?;
    let size = sizes::kib(page.len() as u64);
    println!("All of it in one file: {}, {size}.", file.display());
    Ok(())
}

/// What the file may do: run these scripts and no other, in this style, and ask nobody.
fn policy(scripts: &[&str], style: &str) -> String {
    let name = |words: &str| {
        let digest = Sha256::digest(words.as_bytes());
        format!("'sha256-{}'", BASE64_STANDARD.encode(digest))
    };
    let scripts: Vec<String> = scripts.iter().map(|script| name(script)).collect();
    format!(
        "default-src 'none'; script-src 'wasm-unsafe-eval' {}; style-src {}; img-src data:; \
         worker-src blob:; base-uri 'none'; form-action 'none'",
        scripts.join(" "),
        name(style)
    )
}

/// A script that can stand in a page.
///
/// # Errors
/// Where a browser would take something in it for the script's end.
fn whole(script: &str) -> Result<&str> {
    let lower = script.to_ascii_lowercase();
    let ends = ["</script", "<script", "<!--"];
    ensure!(
        !ends.iter().any(|end| lower.contains(end)),
        "a script can't stand in a page: it holds the end of one"
    );
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_scripts_and_lets_nothing_be_asked_for() {
        // SHA-256 of "abc": FIPS 180-4.
        let abc = "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='";
        let policy = policy(&["abc"], "abc");
        assert!(policy.starts_with("default-src 'none'; "));
        assert!(policy.contains(&format!(
            "script-src 'wasm-unsafe-eval' {abc}; style-src {abc};"
        )));
        assert!(!policy.contains("connect-src") && !policy.contains("unsafe-inline"));
    }

    #[test]
    fn what_would_end_a_script_is_refused() {
        for script in ["'</SCRIPT>'", "<!-- ", "'<script>'"] {
            assert!(whole(script).is_err(), "{script}");
        }
        assert_eq!(whole("a < b").ok(), Some("a < b"));
    }
}

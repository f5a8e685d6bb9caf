//! What a host is told to send is what the page says of itself.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

/// The policy of the page, to the letter.
fn policy() -> String {
    let page = include_str!("../index.html");
    let (_, rest) = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .expect("a policy in the page");
    rest.split_once('"').unwrap().0.to_owned()
}

#[test]
fn every_host_sends_the_policy_of_the_page() {
    // Who may frame the page can be said in a header only.
    let header = policy() + "; frame-ancestors 'none'";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let hosts = fs::read_dir(root.join("docs/hosting")).unwrap();
    let mut files: Vec<_> = hosts.map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 4, "{files:?}");
    files.push(root.join("Trunk.toml"));
    for file in files {
        let words = fs::read_to_string(&file).unwrap();
        let policies = words.matches("default-src").count();
        let same = words.matches(&header).count();
        assert!(
            policies > 0 && same == policies,
            "{}: {header}",
            file.display()
        );
        for header in [
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
        ] {
            assert!(words.contains(header), "{}: {header}", file.display());
        }
    }
}

#[test]
fn the_policy_lets_nothing_in_from_elsewhere() {
    for part in policy().split("; ") {
        // These say what may become a script, not from where something comes.
        if part.contains("trusted-types") {
            continue;
        }
        let (name, sources) = part.split_once(' ').unwrap();
        for source in sources.split(' ') {
            let is_own = matches!(source, "'none'" | "'self'" | "'wasm-unsafe-eval'")
                || source.starts_with("'sha256-");
            assert!(is_own, "{name} {source}");
        }
    }
    assert!(policy().starts_with("default-src 'none'; "));
    assert!(policy().ends_with("; require-trusted-types-for 'script'; trusted-types default"));
}

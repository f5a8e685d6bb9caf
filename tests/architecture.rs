//! Imports point one way. The map in `src/lib.rs` says which; this holds it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use std::fs;
use std::path::Path;

/// A module of the pure half, and the modules it may use.
const PURE: [(&str, &[&str]); 23] = [
    ("text", &[]),
    ("time", &[]),
    ("document", &["text"]),
    ("anchor", &["text"]),
    ("codebook", &[]),
    (
        "annotation",
        &["anchor", "codebook", "document", "text", "time"],
    ),
    ("articles", &["document"]),
    (
        "project",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "text",
            "time",
        ],
    ),
    ("history", &["project"]),
    (
        "query",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "project",
            "text",
            "time",
        ],
    ),
    ("keys", &[]),
    ("caret", &["document", "keys", "text"]),
    ("marking", &["annotation", "codebook", "text"]),
    (
        "layout",
        &[
            "annotation",
            "codebook",
            "document",
            "project",
            "query",
            "text",
        ],
    ),
    (
        "format",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "project",
            "text",
            "time",
        ],
    ),
    (
        "journal",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "project",
            "text",
            "time",
        ],
    ),
    (
        "import",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "project",
            "text",
        ],
    ),
    (
        "replace",
        &[
            "anchor",
            "annotation",
            "document",
            "project",
            "text",
            "time",
        ],
    ),
    (
        "restore",
        &[
            "annotation",
            "codebook",
            "document",
            "import",
            "project",
            "text",
        ],
    ),
    (
        "job",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "format",
            "import",
            "journal",
            "project",
            "replace",
            "restore",
            "text",
            "time",
        ],
    ),
    (
        "engine",
        &[
            "anchor",
            "annotation",
            "document",
            "history",
            "journal",
            "project",
            "text",
            "time",
        ],
    ),
    // The browser half: `browser` knows pure types only, `session` everything but `ui`.
    ("browser", &["annotation", "job", "layout", "text", "time"]),
    (
        "session",
        &[
            "anchor",
            "annotation",
            "browser",
            "codebook",
            "document",
            "engine",
            "format",
            "job",
            "journal",
            "marking",
            "time",
            "project",
            "query",
            "replace",
            "text",
        ],
    ),
];

/// Names that no module of the pure half may speak of.
const BROWSER: [&str; 5] = ["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo"];

fn sources(path: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            // A file of tests may use what it likes, as well as those at the end of a file.
            && !path.ends_with("tests.rs")
        {
            let text = fs::read_to_string(&path).unwrap();
            let (code, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            assert!(
                !tests.contains("\nuse "),
                "{}: tests come last",
                path.display()
            );
            let code = code.to_string();
            found.push((path.to_string_lossy().replace('\\', "/"), code));
        }
    }
}

#[test]
fn the_map_has_the_modules_in_the_order_of_the_table_and_each_uses_what_stands_above_it() {
    let map = fs::read_to_string("src/lib.rs").unwrap();
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | "));
    let name = |row: &str| {
        let (name, _) = row.split_once(" |")?;
        let name = name.trim_matches(['[', ']', '`']);
        Some(name.trim_start_matches("mod@").to_owned())
    };
    let named: Vec<String> = rows.skip(1).filter_map(name).collect();
    let table = PURE.iter().map(|(name, _)| *name).chain(["ui"]);
    assert_eq!(named, table.collect::<Vec<_>>());
    for (at, (name, uses)) in PURE.iter().enumerate() {
        for used in *uses {
            let stands = PURE[..at].iter().any(|(other, _)| other == used);
            assert!(stands, "{name} uses {used}, which stands below it");
        }
    }
}

#[test]
fn every_import_is_in_the_table() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 40, "found the sources");
    for (path, code) in files {
        let module = path
            .trim_start_matches("src/")
            .split(['/', '.'])
            .next()
            .unwrap();
        let Some((_, allowed)) = PURE.iter().find(|(name, _)| *name == module) else {
            assert!(
                ["lib", "main", "bin", "ui", "testing"].contains(&module),
                "{path} is in no row of the table"
            );
            continue;
        };
        for used in code.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            assert!(
                name == module || allowed.contains(&name.as_str()),
                "{path} uses crate::{name}"
            );
        }
        let pure = module != "browser" && module != "session";
        for name in BROWSER.iter().filter(|_| pure) {
            assert!(!code.contains(&format!("{name}::")), "{path} uses {name}");
        }
        assert!(
            module != "browser" || !code.contains("leptos::"),
            "{path} uses leptos"
        );
    }
}

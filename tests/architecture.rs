//! Imports point one way. The map in `src/lib.rs` says which; this holds it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says what it wants by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module, and the modules it may use.
const MODULES: [(&str, &[&str]); 35] = [
    ("text", &[]),
    ("time", &[]),
    ("words", &[]),
    ("archive", &[]),
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
            "words",
        ],
    ),
    ("palette", &[]),
    ("find", &["document", "text", "words"]),
    ("library", &["document", "project", "text", "time"]),
    ("recognition", &["document", "library", "project", "text"]),
    ("walk", &[]),
    ("keys", &["words"]),
    ("caret", &["document", "keys", "text"]),
    ("marking", &["annotation", "codebook", "text"]),
    ("look", &[]),
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
        "journal",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "project",
            "text",
            "time",
            "words",
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
            "words",
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
            "words",
        ],
    ),
    (
        "format",
        &[
            "anchor",
            "annotation",
            "archive",
            "codebook",
            "document",
            "journal",
            "project",
            "restore",
            "text",
            "time",
            "words",
        ],
    ),
    (
        "routing",
        &["annotation", "document", "format", "project", "text"],
    ),
    (
        "reading",
        &["archive", "document", "format", "text", "words"],
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
            "words",
        ],
    ),
    (
        "sample",
        &[
            "annotation",
            "codebook",
            "document",
            "library",
            "project",
            "text",
            "time",
        ],
    ),
    (
        "job",
        &[
            "anchor",
            "annotation",
            "codebook",
            "document",
            "find",
            "format",
            "import",
            "journal",
            "project",
            "replace",
            "restore",
            "routing",
            "text",
            "time",
            "words",
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
            "words",
        ],
    ),
    // The browser half: `browser` knows pure types only, `session` everything but `ui`.
    (
        "browser",
        &[
            "annotation",
            "format",
            "job",
            "layout",
            "reading",
            "text",
            "time",
            "walk",
            "words",
        ],
    ),
    (
        "session",
        &[
            "anchor",
            "annotation",
            "articles",
            "browser",
            "codebook",
            "document",
            "engine",
            "find",
            "format",
            "job",
            "journal",
            "library",
            "marking",
            "time",
            "project",
            "query",
            "reading",
            "recognition",
            "replace",
            "restore",
            "sample",
            "text",
            "words",
        ],
    ),
    // What is drawn; not what a store or an engine is.
    (
        "ui",
        &[
            "annotation",
            "browser",
            "caret",
            "codebook",
            "document",
            "find",
            "format",
            "job",
            "journal",
            "keys",
            "layout",
            "library",
            "look",
            "marking",
            "palette",
            "project",
            "query",
            "reading",
            "recognition",
            "replace",
            "session",
            "text",
            "time",
            "walk",
            "words",
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
            let begins = [
                "\n#[cfg(test)]\nmod tests",
                "\n#[cfg(test)]\npub(crate) mod tests",
            ];
            let parted = begins.iter().find_map(|begin| text.split_once(begin));
            let (code, tests) = parted.unwrap_or((&text, ""));
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
    let table = MODULES.iter().map(|(name, _)| *name);
    assert_eq!(named, table.collect::<Vec<_>>());
    for (at, (name, uses)) in MODULES.iter().enumerate() {
        for used in *uses {
            let stands = MODULES[..at].iter().any(|(other, _)| other == used);
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
        let Some((_, allowed)) = MODULES.iter().find(|(name, _)| *name == module) else {
            assert!(
                ["lib", "main", "bin", "testing"].contains(&module),
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
        // The same by another way.
        let own = path_of(&path);
        for used in paths_in(&code).iter().filter(|path| path[0] == "super") {
            let used = resolved(&own, used);
            let is_module = |name: &&String| MODULES.iter().any(|(other, _)| other == name);
            if let Some(name) = used.first().filter(is_module) {
                assert!(
                    name == module || allowed.contains(&name.as_str()),
                    "{path} uses {name}"
                );
            }
        }
        let pure = !["browser", "session", "ui"].contains(&module);
        for name in BROWSER.iter().filter(|_| pure) {
            assert!(!code.contains(&format!("{name}::")), "{path} uses {name}");
        }
        assert!(
            module != "browser" || !code.contains("leptos::"),
            "{path} uses leptos"
        );
    }
}

/// The path of a module by that of its file.
fn path_of(file: &str) -> Vec<String> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').map(str::to_owned).collect()
}

/// A path as a module names it, from the root on.
fn resolved(module: &[String], path: &[String]) -> Vec<String> {
    let mut at = match path[0].as_str() {
        "crate" => Vec::new(),
        _ => module.to_vec(),
    };
    for segment in path {
        match segment.as_str() {
            "crate" | "self" => {}
            "super" => _ = at.pop(),
            name => at.push(name.to_owned()),
        }
    }
    at
}

/// The modules of a folder, by their paths below `src`, with their code.
fn modules(folder: &str) -> BTreeMap<Vec<String>, String> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let all = files.into_iter().map(|(path, code)| (path_of(&path), code));
    all.filter(|(path, _)| path[0] == folder).collect()
}

/// The paths that code names, each as its segments: those in `use`, braces resolved, and those in
/// between.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    // Who may see a thing is not used by it.
    let code = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("pub(in crate::ui)", "pub");
    let is_part = |c: char| c.is_alphanumeric() || "_:".contains(c);
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = rest.find("::") {
        let start = rest[..at]
            .rfind(|c| !is_part(c))
            .map_or(0, |before| before + 1);
        let end = at + rest[at..].find(|c| !is_part(c)).unwrap_or(rest.len() - at);
        let head = rest[start..end].trim_end_matches(':');
        let (group, end) = match rest[end..].strip_prefix('{') {
            // Only in a `use` do braces follow a path that ends with colons.
            Some(_) if rest[..end].ends_with("::") => {
                let close = end + closing(&rest[end..]);
                (Some(&rest[end + 1..close]), close)
            }
            _ => (None, end),
        };
        for tail in group.map_or(vec![String::new()], leaves) {
            let whole = format!("{head}::{tail}");
            let segments = whole.split("::").filter(|segment| !segment.is_empty());
            found.push(segments.map(str::to_owned).collect());
        }
        rest = &rest[end..];
    }
    found
}

/// Where the brace closes with which a text begins.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// What stands in the braces of a `use`, each as a path.
fn leaves(group: &str) -> Vec<String> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let leaf = group[from..at].trim();
                from = at + 1;
                match leaf.split_once("::{") {
                    Some((head, inner)) => {
                        let inner = leaves(inner.strip_suffix('}').unwrap_or(inner));
                        found.extend(inner.into_iter().map(|tail| format!("{head}::{tail}")));
                    }
                    None => found.push(leaf.split(" as ").next().unwrap().to_owned()),
                }
            }
            _ => {}
        }
    }
    found
}

/// Which modules of its folder each module uses.
fn uses(modules: &BTreeMap<Vec<String>, String>) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let mut all = BTreeMap::new();
    for (module, code) in modules {
        let mut used = BTreeSet::new();
        for path in paths_in(code) {
            // Without a beginning it is one of a child, or of something else's.
            let child = [module.as_slice(), &path[..1]].concat();
            let is_child = modules.contains_key(&child);
            if !is_child && !["crate", "self", "super"].contains(&path[0].as_str()) {
                continue;
            }
            let mut at = resolved(module, &path);
            while !at.is_empty() && !modules.contains_key(&at) {
                at.pop();
            }
            if !at.is_empty() && at != *module {
                used.insert(at);
            }
        }
        all.insert(module.clone(), used);
    }
    all
}

/// A way from a module back to itself, if there is one.
fn circle(uses: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Option<Vec<String>> {
    fn walk(
        at: &Vec<String>,
        uses: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
        way: &mut Vec<Vec<String>>,
        done: &mut BTreeSet<Vec<String>>,
    ) -> bool {
        if let Some(begin) = way.iter().position(|before| before == at) {
            way.drain(..begin);
            return true;
        }
        if !done.insert(at.clone()) {
            return false;
        }
        way.push(at.clone());
        if uses[at].iter().any(|next| walk(next, uses, way, done)) {
            return true;
        }
        way.pop();
        false
    }
    let (mut way, mut done) = (Vec::new(), BTreeSet::new());
    let found = uses.keys().any(|at| walk(at, uses, &mut way, &mut done));
    found.then(|| way.iter().map(|module| module.join("::")).collect())
}

#[test]
fn no_imports_of_the_page_run_in_a_circle() {
    let modules = modules("ui");
    assert!(modules.len() > 30, "found the modules");
    let uses = uses(&modules);
    let edges: usize = uses.values().map(BTreeSet::len).sum();
    assert!(edges > 100, "found what they use");
    assert_eq!(circle(&uses), None);
}

/// What is in a folder may use its folder's own file, which most often has the type that it is about;
/// what stands beside each other in one must not run in a circle.
#[test]
fn what_stands_side_by_side_in_a_folder_runs_in_no_circle() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let modules: BTreeMap<_, _> = files
        .into_iter()
        .map(|(path, code)| (path_of(&path), code))
        .collect();
    let uses = uses(&modules);
    for parent in modules.keys().map(Vec::as_slice).chain([&[][..]]) {
        let child = |module: &Vec<String>| {
            let rest = module.strip_prefix(parent)?;
            Some(vec![rest.first()?.clone()])
        };
        let mut beside: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
        for (module, used) in &uses {
            let Some(own) = child(module) else { continue };
            let used = used.iter().filter_map(child).filter(|used| *used != own);
            let used: BTreeSet<Vec<String>> = used.collect();
            beside.entry(own).or_default().extend(used);
        }
        assert_eq!(circle(&beside), None, "in {}", parent.join("::"));
    }
}

#[test]
fn a_circle_is_found() {
    let named = |name: &str| -> Vec<String> { name.split('/').map(str::to_owned).collect() };
    let code = [
        ("a", "pub use b::B;"),
        ("a/b", "use super::{d, c::{self, inner::{C, D}}};"),
        ("a/c", "fn c() { crate::a::d::run(); }"),
        ("a/d", ""),
    ];
    let mut modules: BTreeMap<_, _> = code
        .iter()
        .map(|(name, code)| (named(name), (*code).to_owned()))
        .collect();
    assert_eq!(circle(&uses(&modules)), None);
    modules.insert(named("a/d"), "use super::c::{C};".into());
    let found = circle(&uses(&modules)).unwrap();
    assert_eq!(found, ["a::c", "a::d"]);
    modules.insert(named("a/d"), "use super::B;".into());
    assert!(
        circle(&uses(&modules)).is_some(),
        "through the folder's own file"
    );
    modules.insert(
        named("a/d"),
        "use super::{x, c::{self, inner::{C}}};".into(),
    );
    assert!(circle(&uses(&modules)).is_some(), "in braces at the end");
    let wrong = resolved(&named("a"), &["super", "b"].map(str::to_owned));
    assert_eq!(wrong, ["b"]);
}

/// Where no words for a person stand, though some literals read like them, and why.
const SILENT: [(&str, &str); 8] = [
    ("words/", "they have their place there"),
    ("testing.rs", "texts of tests"),
    (
        "codebook.rs",
        "names of the first themes, which are a project's data",
    ),
    (
        "document/article.rs",
        "faults of an article that comes with the program, for who wrote it",
    ),
    (
        "sample.rs",
        "themes and notes of the sample, which are a project's data",
    ),
    ("project/check.rs", "what a project has to hold, for tests"),
    ("format/w3c/write.rs", "values of the format"),
    ("layout/", "rules of CSS"),
];

/// What reads like words for a person and is none: where it stands, why, and what it is.
const NO_WORDS: &[(&str, &str, &[&str])] = &[
    ("ui/code_bar.rs", "what is written on a key", &["N"]),
    (
        "browser/storage.rs",
        "a name under which something is remembered",
        &["{name} of {own}"],
    ),
    ("browser/memory.rs", "how such a name ends", &[" of {own}"]),
    (
        "ui/",
        "classes",
        &[
            "handle start",
            "handle end",
            "entry short",
            "listed short",
            "block {class}{short}",
            "chip line-{}",
            "separator left",
            "separator right",
        ],
    ),
    (
        "ui/",
        "selectors and queries of CSS",
        &[
            "(max-width: 47.5rem)",
            "[data-id=\\\"{}\\\"] button",
            "dialog [data-version=\\\"{}\\\"]",
            ".code-bar, .menu",
            ".gutter, .licence, .text-head",
            ".code-bar button:not([role=menuitem])",
        ],
    ),
    (
        "browser/selection.rs",
        "a rule of CSS",
        &["contain-intrinsic-height:auto calc({height}*.01em)"],
    ),
    (
        "ui/door.rs",
        "a type of the drag that files have",
        &["Files"],
    ),
    (
        "browser",
        "names of the browser's: a class, a kind of machine",
        &["Highlight", "Mac"],
    ),
    (
        "ui/",
        "names of a version, of a file, of what is remembered",
        &[
            "copy {key}",
            "themark {}",
            "told of offline",
            "outline folded",
        ],
    ),
    (
        "session/",
        "names of databases and of what is in them",
        &["themark projects", "known {}"],
    ),
    (
        "session/snapshot.rs",
        "why there is no snapshot, for the browser's log",
        &["it was stopped"],
    ),
    (
        "job/snapshot.rs",
        "why there is no snapshot, for the browser's log",
        &["Some of the journal is missing."],
    ),
    ("journal.rs", "the journal's own format", &["v {rest}"]),
    (
        "reading/word/",
        "names of the format's",
        &[
            "Choice",
            "Fallback",
            "Override",
            "Relationship",
            "Target",
            "Type",
            "Id",
        ],
    ),
    ("format/sniff.rs", "how a file begins", &["<!doctype html"]),
    (
        "format/project/wire.rs",
        "values of the format",
        &[
            "A text is its blocks joined by one LINE FEED, Unicode as in the source, no \\\n     normalization; offsets count Unicode code points, half-open.",
            "Themark ",
        ],
    ),
    (
        "reading/page/",
        "how a file begins, and what browsers note in it",
        &[
            "<!doctype html>",
            "saved from url=(",
            "saved with SingleFile",
        ],
    ),
    (
        "format/w3c/validate/",
        "names of the standard's",
        &[
            "Annotation",
            "Choice",
            "Composite",
            "List",
            "Independents",
            "Person",
            "Organization",
            "Software",
        ],
    ),
    (
        "format/w3c/validate/parse.rs",
        "what is looked for in the parser's words",
        &[" at line "],
    ),
    (
        "keys.rs",
        "names of keys in the table, and parts of the browser's; `words::keys::cap` says what is shown",
        &[
            "Left",
            "Right",
            "Up",
            "Down",
            "Home",
            "End",
            "Enter",
            "Tab",
            "Delete",
            "Backspace",
            "Escape",
            "Space",
            "Key",
            "Digit",
            "Arrow",
            "Ctrl+",
            "Alt+",
            "Shift+",
            "Cmd+",
        ],
    ),
];

/// What a literal stands behind that nobody is shown.
const BEFORE: [&str; 15] = [
    // What something is compared with.
    "==",
    "!=",
    // Attributes of HTML's and of Rust's.
    "class=",
    "class=format!(",
    "rel=",
    "reason =",
    // Selectors and queries of CSS.
    "query_selector(",
    "query_selector_all(",
    "closest(",
    "matches(",
    "focus_first(",
    "focus_first(&format!(",
    "media(",
    // For who develops the program.
    "expect(",
    "log!(",
];

/// The literals of strings in code, each with what stands before and behind it.
fn literals(code: &str) -> Vec<(&str, &str, &str)> {
    let bytes = code.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let rest = &code[at..];
        let is_raw = rest.starts_with("r\"") || rest.starts_with("r#");
        let begins = at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'_';
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if is_raw && begins && rest.trim_start_matches(['r', '#']).starts_with('"') {
            let open = rest.find('"').unwrap() + 1;
            let close = format!("\"{}", "#".repeat(open - 2));
            let end = open + rest[open..].find(&close).unwrap();
            found.push((&code[..at], &rest[open..end], &rest[end + close.len()..]));
            at += end + close.len();
        } else if rest.starts_with('"') {
            let mut end = 1;
            while bytes[at + end] != b'"' {
                end += if bytes[at + end] == b'\\' { 2 } else { 1 };
            }
            // Bytes are no words.
            if !code[..at].ends_with('b') {
                found.push((&code[..at], &rest[1..end], &rest[end + 1..]));
            }
            at += end + 1;
        } else if rest.starts_with("'\\") {
            at += 3 + rest[3..].find('\'').unwrap();
        } else if rest.starts_with("'\"'") {
            at += 3;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// What stands for a value in a literal that is formatted.
const VALUE: char = '\u{fffc}';

/// Whether a literal reads like words for a person: it has a space between two words, of which one may
/// be a value, or is one word that begins as a sentence does.
fn reads_like_words(literal: &str) -> bool {
    let mut plain = String::new();
    let mut rest = literal.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('u') => _ = rest.by_ref().find(|c| *c == '}'),
                Some('\n' | 'n' | 't') => plain.push(' '),
                _ => {}
            },
            '{' => {
                rest.by_ref().find(|c| *c == '}');
                plain.push(VALUE);
            }
            c => plain.push(c),
        }
    }
    let is_word = |word: &&str| word.contains(char::is_alphabetic);
    let counts = |word: &&str| is_word(word) || word.contains(VALUE);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let is_pair = |pair: &[&str]| pair.iter().all(counts) && pair.iter().any(is_word);
    let begins_a_sentence = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && !letters.as_str().is_empty()
            && letters.all(char::is_lowercase)
    };
    words.windows(2).any(is_pair) || words.iter().any(|word| begins_a_sentence(word))
}

/// Whether a person reads whatever stands behind some code: as a child of an element, as a name, or
/// as what is said.
fn is_read(before: &str) -> bool {
    let before = before.trim_end();
    let named = ["aria-label=", "title=", "placeholder=", "say(", "say_done("];
    let is_child = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
    let is_second = before.strip_suffix("\",").is_some_and(|first| {
        let call = first.rsplit_once('"').map_or("", |(call, _)| call);
        call.ends_with("button(") || call.ends_with("tagged(")
    });
    is_child || is_second || named.iter().any(|sign| before.ends_with(sign))
}

/// The literals of some code that read like words for a person, or stand where one reads.
fn words_in(code: &str) -> Vec<&str> {
    let is_shown = |(before, _, behind): &(&str, &str, &str)| {
        let (before, behind) = (before.trim_end(), behind.trim_start());
        let is_other = |rest: &str| rest.trim_end().ends_with('"');
        let is_pattern = ["=>", "| ", "if "]
            .iter()
            .any(|sign| behind.starts_with(sign))
            || before.strip_suffix('|').is_some_and(is_other);
        !is_pattern && !BEFORE.iter().any(|sign| before.ends_with(sign))
    };
    let shown = literals(code).into_iter().filter(is_shown);
    let words = shown.filter(|(before, literal, _)| {
        let has_letters = literal.contains(char::is_alphabetic) && !literal.starts_with('\\');
        reads_like_words(literal) || has_letters && is_read(before)
    });
    words.map(|(_, literal, _)| literal).collect()
}

#[test]
fn words_for_a_person_stand_among_the_words() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut excused = BTreeSet::new();
    let mut found = Vec::new();
    for (path, code) in &files {
        let path = path.trim_start_matches("src/");
        if SILENT.iter().any(|(silent, _)| path.starts_with(silent)) {
            continue;
        }
        for literal in words_in(code) {
            let excuse = NO_WORDS.iter().find(|(place, _, literals)| {
                path.starts_with(place) && literals.contains(&literal)
            });
            match excuse {
                Some((place, _, _)) => _ = excused.insert((*place, literal)),
                None => found.push(format!("{path}: {literal:?}")),
            }
        }
    }
    assert!(
        found.is_empty(),
        "these belong into src/words:\n{}",
        found.join("\n")
    );
    for (place, _, literals) in NO_WORDS {
        for literal in *literals {
            let is_needed = excused.contains(&(*place, *literal));
            assert!(is_needed, "{place} has no {literal:?} any more");
        }
    }
}

#[test]
fn words_for_a_person_are_found() {
    let code = r##"
        <p class="a class" rel=r#"a "rel"#>"Some words"</p> // "a comment"
        let quote = ['"', '\''];
        button("", "Close", format!("{count} marks"), b"Some bytes", "data-id", "ArrowLeft");
        match key { "Enter" | "Escape" => {} "Tab" if is_known => log!("Some words for {who}") }
        told.unwrap_or_else(|| "Or these".into());
        aria-label="Undo…"
        format!("“{quote}”, {themes}")
    "##;
    assert_eq!(
        words_in(code),
        ["Some words", "Close", "{count} marks", "Or these", "Undo…"]
    );
}

//! Front matter: what a Markdown file says about itself, in YAML between lines of `---` or in TOML
//! between lines of `+++`, before anything else.
//!
//! Read are `key: value` and `key = value`, quoted or not, lists, and values of several lines. What is
//! nested deeper is taken as its words stand. pulldown-cmark would find such blocks anywhere in a
//! file, also where a line and a heading are meant, and words would be lost.

use super::About;

/// What a file says about itself, and the rest of it. Without front matter that is all of it, also
/// where lines between two of `---` are something else: these are text. Lines end in LF.
pub(super) fn split(file: &str) -> (About, &str) {
    let whole = (About::default(), file);
    let Some((first, rest)) = file.split_once('\n') else {
        return whole;
    };
    let (closers, sign): (&[&str], char) = match first.trim_end() {
        "---" => (&["---", "..."], ':'),
        "+++" => (&["+++"], '='),
        _ => return whole,
    };
    let (mut lines, mut end) = (Vec::new(), 0);
    for line in rest.split_inclusive('\n') {
        end += line.len();
        if closers.contains(&line.trim_end()) {
            let Some(entries) = entries(&lines, sign) else {
                return whole;
            };
            let mut about = About::default();
            for entry in entries {
                entry.keep(&mut about);
            }
            return (about, &rest[end..]);
        }
        lines.push(line.trim_end());
    }
    whole
}

/// A name, what stands behind it, and the lines that go on with that.
struct Entry<'a> {
    key: String,
    value: &'a str,
    lines: Vec<&'a str>,
}

/// The entries of some lines, in which a sign stands between name and value; nothing where one of the
/// lines is of no entry, or the first is blank: behind a line across the page there is text.
fn entries<'a>(lines: &[&'a str], sign: char) -> Option<Vec<Entry<'a>>> {
    let is_yaml = sign == ':';
    if lines.first().is_some_and(|line| line.is_empty()) {
        return None;
    }
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut section = "";
    // A value that ends where this does, whatever the lines look like.
    let mut closer = None;
    for line in lines.iter().copied() {
        if let (Some(close), Some(last)) = (closer, entries.last_mut()) {
            last.lines.push(line);
            if line.ends_with(close) {
                closer = None;
            }
            continue;
        }
        let is_indented = line.starts_with([' ', '\t']) || line.starts_with("- ") || line == "-";
        if line.is_empty() || is_yaml && is_indented {
            entries.last_mut()?.lines.push(line);
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').filter(|_| !is_yaml) {
            section = name.trim_matches(['[', ']', ' ']);
            continue;
        }
        let (key, value) = line.split_once(sign)?;
        // “See http://…” names nothing.
        if is_yaml && !value.is_empty() && !value.starts_with([' ', '\t']) {
            return None;
        }
        let (key, value) = (key.trim().trim_matches(['"', '\'']), value.trim());
        closer = ["[", "\"\"\"", "'''"].into_iter().find_map(|open| {
            let rest = value.strip_prefix(open)?;
            let close = if open == "[" { "]" } else { open };
            // “[Draft] One” is no list.
            let is_open = !rest.contains(close) && (open == "[" || !is_yaml);
            is_open.then_some(close)
        });
        let key = if section.is_empty() {
            key.to_owned()
        } else {
            format!("{section}.{key}")
        };
        entries.push(Entry {
            key,
            value,
            lines: Vec::new(),
        });
    }
    Some(entries)
}

impl Entry<'_> {
    /// Takes it to where it belongs; what has a place that is taken stands among the others, and what
    /// is empty nowhere.
    fn keep(self, about: &mut About) {
        let value = self.words();
        if value.is_empty() {
            return;
        }
        let place = match self.key.to_lowercase().as_str() {
            "title" => Some(&mut about.title),
            "author" | "authors" => Some(&mut about.author),
            "date" | "published" => Some(&mut about.date),
            "lang" | "language" => Some(&mut about.language),
            "source" | "url" => Some(&mut about.source),
            _ => None,
        };
        match place.filter(|place| place.is_empty()) {
            Some(place) => *place = value,
            None => about.others.push((self.key, value)),
        }
    }

    /// The value as one text: a list's items are parted by commas.
    fn words(&self) -> String {
        let lines = self.lines.iter().map(|line| line.trim());
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        // With how much they are indented, and what becomes of their end.
        let is_style = |rest: &str| rest.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'));
        for (style, between) in [('|', "\n"), ('>', " ")] {
            if self.value.strip_prefix(style).is_some_and(is_style) {
                return lines.join(between);
            }
        }
        let quotes = ["\"\"\"", "'''"];
        if quotes.iter().any(|quote| self.value.starts_with(quote)) {
            let all = std::iter::once(self.value).chain(lines);
            let all: Vec<&str> = all.map(|line| line.trim_matches(['"', '\''])).collect();
            return all.join("\n").trim().to_owned();
        }
        let is_list = |line: &&str| line.starts_with('-');
        if self.value.is_empty() && lines.first().is_some_and(is_list) {
            return listed(&lines);
        }
        let all = std::iter::once(self.value).chain(lines);
        let all: Vec<&str> = all.filter(|line| !line.is_empty()).collect();
        let all = all.join(" ");
        match all.strip_prefix('[').and_then(|all| all.strip_suffix(']')) {
            // Two brackets are a link to another page, in some programs.
            Some(items) if !items.starts_with('[') => {
                let items: Vec<String> = parted(items).into_iter().map(scalar).collect();
                let items = items.into_iter().filter(|item| !item.is_empty());
                items.collect::<Vec<_>>().join(", ")
            }
            _ => scalar(&all),
        }
    }
}

/// The items of a list, one to a line or more. Of an item with names in it, such as an author with
/// an address, what is named first is taken.
fn listed(lines: &[&str]) -> String {
    let items = lines.iter().filter_map(|line| line.strip_prefix('-'));
    let items = items.map(|item| {
        let item = item.trim();
        scalar(item.strip_prefix("name:").unwrap_or(item).trim())
    });
    let items: Vec<String> = items.filter(|item| !item.is_empty()).collect();
    items.join(", ")
}

/// What stands between the commas of a list that are in no quotes.
fn parted(items: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quote) = (Vec::new(), 0, None);
    // An apostrophe stands inside a word, and quotes before the first.
    let mut has_words = false;
    for (at, c) in items.char_indices() {
        match (quote, c) {
            (None, ',') => {
                parts.push(items[start..at].trim());
                start = at + 1;
                has_words = false;
            }
            (None, '"' | '\'') if !has_words => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        has_words |= !c.is_whitespace() && c != ',';
    }
    parts.push(items[start..].trim());
    parts
}

/// One value, without its quotes or the comment behind it.
fn scalar(value: &str) -> String {
    if let Some(rest) = value.strip_prefix('"') {
        let mut words = String::new();
        let mut chars = rest.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => return words,
                '\\' => match chars.next() {
                    Some('n') => words.push('\n'),
                    Some('t') => words.push('\t'),
                    Some(digits @ ('x' | 'u' | 'U')) => {
                        let count = match digits {
                            'x' => 2,
                            'u' => 4,
                            _ => 8,
                        };
                        let code: String = chars.by_ref().take(count).collect();
                        let code = u32::from_str_radix(&code, 16).ok();
                        words.push(code.and_then(char::from_u32).unwrap_or('\u{fffd}'));
                    }
                    Some(c) => words.push(c),
                    None => {}
                },
                c => words.push(c),
            }
        }
    } else if let Some(rest) = value.strip_prefix('\'') {
        let mut words = String::new();
        let mut chars = rest.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\'' && chars.next_if_eq(&'\'').is_none() {
                return words;
            }
            words.push(c);
        }
    }
    // A quote that does not end is part of the words.
    let end = if value.starts_with('#') {
        0
    } else {
        value.find(" #").unwrap_or(value.len())
    };
    value[..end].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(about: &About) -> Vec<(&str, &str)> {
        let own = [
            ("title", &about.title),
            ("author", &about.author),
            ("date", &about.date),
            ("language", &about.language),
            ("source", &about.source),
        ];
        let own = own.map(|(name, value)| (name, value.as_str()));
        let others = about.others.iter();
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let all = own.into_iter().chain(others);
        all.filter(|(_, value)| !value.is_empty()).collect()
    }

    #[track_caller]
    fn check(file: &str, expected: &[(&str, &str)], rest: &str) {
        let (about, behind) = split(file);
        assert_eq!((said(&about), behind), (expected.to_vec(), rest), "{file}");
    }

    #[test]
    fn yaml_is_read() {
        check(
            "---\ntitle: \"A \\\"rich\\\" text\"\nAuthor: Ann\nlang: en\nurl: https://example.org/a#b # here\n\
            published: 2024-05-06\ncreated: 2024-05-07\nempty:\n---\nText\n",
            &[
                ("title", "A \"rich\" text"),
                ("author", "Ann"),
                ("date", "2024-05-06"),
                ("language", "en"),
                ("source", "https://example.org/a#b"),
                ("created", "2024-05-07"),
            ],
            "Text\n",
        );
        check(
            "---\n# a comment\ntitle: 'It''s'\nauthors:\n  - name: Ann\n    place: here\n  - \"Bob\"\n\
            tags: [a, \"b, c\", it's]\nabstract: |\n  One\n  two\nnote: >-\n  three\n\n  four\n...\n",
            &[
                ("title", "It's"),
                ("author", "Ann, Bob"),
                ("tags", "a, b, c, it's"),
                ("abstract", "One\ntwo"),
                ("note", "three four"),
            ],
            "",
        );
        check(
            "--- \ntitle: One: two\n  three\nauthor: \"[[Ann]]\"\ntitle: again\ntags:\n- a\n- b\n---",
            &[
                ("title", "One: two three"),
                ("author", "[[Ann]]"),
                ("title", "again"),
                ("tags", "a, b"),
            ],
            "",
        );
    }

    #[test]
    fn toml_is_read() {
        check(
            "+++\ntitle = \"One = \\u00e9\"\ndate = 2024-05-06T07:08:09Z\ndraft = false\ntags = [\n  \"a\",\n  'b',\n]\n\
            about = \"\"\"\nOne\ntwo\"\"\"\n[params]\nauthor = 'Ann'\n+++\n\nText",
            &[
                ("title", "One = é"),
                ("date", "2024-05-06T07:08:09Z"),
                ("draft", "false"),
                ("tags", "a, b"),
                ("about", "One\ntwo"),
                ("params.author", "Ann"),
            ],
            "\nText",
        );
    }

    #[test]
    fn what_names_nothing_is_text() {
        for text in [
            "",
            "---",
            "---\n",
            "---\ntitle: never closed\n",
            "---\nA heading\n---\n",
            "---\nsee http://example.org\n---\n",
            "---\nNote: this is\nmore than a name\n---\n",
            "---\n\nNote: this\n---\n",
            "---\n  indented: yes\n---\n",
            "text\n---\ntitle: One\n---\n",
            "----\ntitle: One\n----\n",
            " ---\ntitle: One\n---\n",
        ] {
            check(text, &[], text);
        }
        check("---\n---\nText", &[], "Text");
        check("---\nrate: >80 %\n# all\n---\n", &[("rate", ">80 %")], "");
        check(
            "---\ntitle: [Draft] One\ntags: [\n  a,\n  b\n]\n---\n",
            &[("title", "[Draft] One"), ("tags", "a, b")],
            "",
        );
    }
}

//! Cells as spreadsheets copy them: rows of lines, cells between tabs, quoted where they hold either.

/// Reads what was copied from a spreadsheet, or stands in a CSV file: rows of cells, whose ends hold no
/// blanks. Cells are parted by tabs. Where there is none, commas or semicolons part them, but only
/// where each of several rows has as many of them: else they belong to the words.
#[must_use]
pub fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let by_tabs = rows(text, '\t');
    if by_tabs.iter().any(|row| row.len() > 1) {
        return by_tabs;
    }
    let is_table = |rows: &Vec<Vec<String>>| {
        let width = rows.first().map_or(0, Vec::len);
        rows.len() > 1 && width > 1 && rows.iter().all(|row| row.len() == width)
    };
    let parted = [',', ';'].map(|sign| rows(text, sign));
    parted.into_iter().find(is_table).unwrap_or(by_tabs)
}

fn rows(text: &str, sign: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let (cell, after) = cell(rest, sign);
        row.push(unguarded(cell.trim()).into());
        rest = after;
        if let Some(next) = rest.strip_prefix(sign) {
            rest = next;
            // The last cell of all may be empty.
            if rest.is_empty() {
                row.push(String::new());
            }
            continue;
        }
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        rest = rest.strip_prefix('\n').unwrap_or(rest);
        rows.push(std::mem::take(&mut row));
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// The first cell, and what comes behind it.
fn cell(text: &str, sign: char) -> (String, &str) {
    quoted(text, sign).unwrap_or_else(|| {
        let end = text.find([sign, '\n', '\r']).unwrap_or(text.len());
        (text[..end].into(), &text[end..])
    })
}

/// The first cell, if it is quoted. A quotation mark that is not closed at the end of a cell is one of
/// its own.
fn quoted(text: &str, sign: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let end = rest.find('"')?;
        cell += &rest[..end];
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None if rest.is_empty() || rest.starts_with([sign, '\n', '\r']) => {
                return Some((cell.replace("\r\n", "\n").replace('\r', "\n"), rest));
            }
            None => return None,
        }
    }
}

/// Signs with which a formula begins.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Writes cells so that a spreadsheet takes them. What it would run as a formula gets an apostrophe
/// before it, which [`read`] takes away again.
#[must_use]
pub fn write<T: AsRef<str>>(rows: &[Vec<T>]) -> String {
    let mut written = String::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            written.push('\n');
        }
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                written.push('\t');
            }
            let cell = cell.as_ref();
            let is_formula = cell.starts_with(FORMULA) && super::kind::number(cell).is_none();
            let guard = if is_formula { "'" } else { "" };
            // A byte order mark that stands first is taken for the file's.
            if cell.contains(['"', '\n', '\t', '\u{feff}']) {
                written.extend(["\"", guard, &cell.replace('"', "\"\""), "\""]);
            } else {
                written.extend([guard, cell]);
            }
        }
    }
    // A line that ends is a row, and what comes behind it only where it says something.
    let ends_bare = |row: &Vec<T>| matches!(&row[..], [cell] if cell.as_ref().is_empty());
    if rows.last().is_some_and(ends_bare) {
        written.push('\n');
    }
    written
}

fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.starts_with(FORMULA))
        .unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_copy_them() {
        let cases: [(&str, &[&[&str]]); 15] = [
            ("", &[]),
            ("one", &[&["one"]]),
            ("one\n", &[&["one"]]),
            ("a\tb\r\nc\td\r\n", &[&["a", "b"], &["c", "d"]]),
            ("a\t\n\tb", &[&["a", ""], &["", "b"]]),
            ("a\t", &[&["a", ""]]),
            ("a\tb\n\nc\td", &[&["a", "b"], &[""], &["c", "d"]]),
            ("\"two\r\nlines\"\tb\n", &[&["two\nlines", "b"]]),
            ("\"two\rlines\"\tb", &[&["two\nlines", "b"]]),
            ("\"say \"\"yes\"\"\"\tb", &[&["say \"yes\"", "b"]]),
            ("\"no end\tb\nc\td", &[&["\"no end", "b"], &["c", "d"]]),
            ("\"in\" words\tb", &[&["\"in\" words", "b"]]),
            ("a,\"b, c\"\nd,e", &[&["a", "b, c"], &["d", "e"]]),
            ("Smith, Anna\nBerik", &[&["Smith, Anna"], &["Berik"]]),
            ("\u{feff}a;b\nc;d", &[&["a", "b"], &["c", "d"]]),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text:?}");
        }
        assert_eq!(read("Smith, Anna"), [["Smith, Anna"]]);
    }

    #[test]
    fn what_is_copied_reads_as_it_was_and_runs_nothing() {
        let rows = vec![
            vec!["a", "two\nlines", "=1+1", "-5"],
            vec!["say \"yes\"", "", "@name", "+\ttab"],
        ];
        let marked = vec![vec!["\u{feff}a", ""]];
        assert_eq!(read(&write(&marked)), marked);
        let written = write(&rows);
        assert!(
            written.contains("\t'=1+1\t-5\n") && written.contains("'@name"),
            "{written}"
        );
        assert_eq!(read(&written), rows);
        // Cells of one column of which the last are empty.
        for rows in [vec![vec![""]], vec![vec!["a"], vec![""], vec![""]]] {
            assert_eq!(read(&write(&rows)), rows);
        }
    }
}

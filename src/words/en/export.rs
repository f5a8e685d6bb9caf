//! Export: the dialog, and what a format can't hold.

pub const MENU: &str = "Export…";

/// The name of the sign beside the download.
pub const OTHER_FORMATS: &str = "Other formats";

pub const HEADING: &str = "Export marks";
pub const FORMAT: &str = "Format";
pub const WHAT: &str = "What";
pub const THIS: &str = "This document";
pub const PREVIEW: &str = "Preview";
pub const COPY: &str = "Copy";
pub const DOWNLOAD: &str = "Download";
/// Behind the size, before a list.
pub const NOT_IN_IT: &str = "What is not in the file, or not as it was:";

pub const JSON: &str = "Web Annotation JSON";
pub const ABOUT_JSON: &str = "for Themark, Hypothesis, Recogito and other annotators";
pub const CSV: &str = "Table (CSV)";
pub const ABOUT_CSV: &str = "one row a mark, for spreadsheets and statistics";
pub const MARKDOWN: &str = "Report (Markdown)";
pub const ABOUT_MARKDOWN: &str = "quotes by theme with their notes, for reading and writing on";

/// Why a file of a table or a report is not taken in.
pub const NOT_READ: &str = "Themark writes this format and does not read it.";

pub fn all(documents: usize) -> String {
    format!("All documents ({})", super::count::written(documents))
}

/// Shown while a file is made.
pub const WRITING: &str = "Writing the file";
pub const STOPPED: &str = "Stopped; no file was made.";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "The browser did not allow to copy. Use “Download”.";

/// Behind the first lines.
pub fn more_lines(lines: usize) -> String {
    let lines = super::count::of(lines, "more line", "more lines");
    format!("… and {lines}")
}

pub fn size(marks: usize, bytes: i64) -> String {
    let marks = super::count::of(marks, "mark", "marks");
    format!("{marks}, {}.", super::count::size(bytes))
}

pub fn downloaded(name: &str) -> String {
    format!("Downloaded {name}")
}

/// In a table, the column of a field that is called as another column is.
pub fn field(name: &str) -> String {
    format!("{name} (field)")
}

// In a report.

pub const WITHOUT_THEME: &str = "Without a theme";

pub fn marks_in(title: &str) -> String {
    format!("Marks in “{title}”")
}

pub fn marks_in_documents(count: usize) -> String {
    format!(
        "Marks in {}",
        super::count::of(count, "document", "documents")
    )
}

/// Where a passage stands.
pub fn characters(start: u32, end: u32) -> String {
    format!("characters {start}–{end}")
}

/// The same of one that has no sure place: `state` is how formats name that.
pub fn place(state: &str) -> &'static str {
    match state {
        "uncertain" => "place not sure",
        "lost" => "not found in the text",
        _ => "not looked for",
    }
}

// What a format can't hold, each with how many.

pub fn texts(documents: usize) -> String {
    if documents == 1 {
        "The text of the document.".into()
    } else {
        format!("The texts of {documents} documents.")
    }
}

pub fn fields(documents: usize) -> String {
    let documents = super::count::of(documents, "document", "documents");
    format!("What is said about {documents} (author, date and other fields).")
}

pub fn colours(themes: usize) -> String {
    let themes = super::count::of(themes, "theme", "themes");
    format!("Colour and order of {themes}.")
}

pub fn unused_themes(themes: usize) -> String {
    let themes = super::count::of(themes, "theme", "themes");
    format!("{themes} with no mark.")
}

pub fn times(marks: usize) -> String {
    let marks = super::count::of(marks, "mark", "marks");
    format!("When {marks} were made and changed.")
}

pub fn creators(marks: usize) -> String {
    let marks = super::count::of(marks, "mark", "marks");
    format!("Who made {marks} that came from other files.")
}

pub fn without_place(marks: usize) -> String {
    let marks = super::count::of(marks, "mark", "marks");
    format!("Start and end of {marks} without a sure place: these cells are empty.")
}

pub fn formulas(cells: usize) -> String {
    let cells = super::count::of(cells, "cell", "cells");
    format!(
        "{cells} would run as a formula in a spreadsheet: an apostrophe stands before the words."
    )
}

pub fn semicolons(marks: usize) -> String {
    let marks = super::count::of(marks, "mark", "marks");
    format!(
        "Where one theme ends and the next begins, on {marks}: the name of a theme has a semicolon."
    )
}

pub fn long_cells(cells: usize) -> String {
    let cells = super::count::of(cells, "cell", "cells");
    format!("{cells} with more than 32,767 characters: Excel cuts off what is beyond.")
}

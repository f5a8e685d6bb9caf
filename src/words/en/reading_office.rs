//! Reading documents of office programs: why one is refused, and what was left out of it.

use super::count::of;

// Why a file is refused, and what to do.

pub const NO_ARCHIVE: &str = "This is no Word or OpenDocument file, though it is named like one. Open it in the program that wrote it, and save it as .docx or .odt.";
pub const DAMAGED: &str = "The file is damaged or not complete. Get it once more, or open it in a word processor, which may repair it, and save it again.";
pub const LOCKED: &str =
    "The file is locked with a password. Save it without a password, and open that.";
pub const OLD_WORD: &str = "This is a file of an old Word (.doc). Open it in Word or LibreOffice, save it as .docx, and open that.";
pub const ZIP64: &str = "The file is packed as archives above 4 GB are (ZIP64), which can’t be read here. Open it in a word processor and save it again.";
pub const PACKED_OTHERWISE: &str = "The file is packed in a way that can’t be read here. Open it in a word processor and save it again.";
pub const TOO_LARGE: &str = "There is more in the file than can be read at once: 64 MB of one part, or 200 MB in all. Divide it into several documents.";
pub const TOO_DEEP: &str = "The parts of the file stand in each other a thousand deep, which no document of a person’s needs. Open it in a word processor and save it again.";
pub const NO_WORDS: &str = "There are no words in the file.";
pub const NO_DOCUMENT: &str = "There is no text document in the file. Open it in the program that wrote it, and save it as .docx or .odt.";
pub const SPREADSHEET: &str = "This is a spreadsheet, not a text. Copy what you need of it into a text document, and open that.";
pub const SLIDES: &str =
    "These are slides, not a text. Copy what you need of them into a text document, and open that.";

// What was decided or left out.

pub fn changes(insertions: usize, deletions: usize) -> String {
    let insertions = of(insertions, "insertion", "insertions");
    let deletions = of(deletions, "deletion", "deletions");
    format!("The file tracks changes. They were taken as accepted: {insertions}, {deletions}.")
}

pub fn comments(count: usize) -> String {
    format!("{} left out.", were(count, "comment", "comments"))
}

pub fn comments_without_place(count: usize) -> String {
    let were = were(count, "comment", "comments");
    format!("{were} left out, being about nothing that is in the text.")
}

pub fn pictures(count: usize) -> String {
    let were = were(count, "picture", "pictures");
    format!(
        "{were} left out. The description of one that stands in a line of its own is in the text."
    )
}

pub fn formulas(count: usize) -> String {
    let (were, as_signs) = match count {
        1 => ("1 formula was".to_owned(), "a line of signs"),
        _ => (were(count, "formula", "formulas"), "lines of signs"),
    };
    format!("{were} turned into {as_signs}: have a look at what became of it.")
}

pub fn objects(count: usize) -> String {
    let were = were(
        count,
        "formula or other object",
        "formulas or other objects",
    );
    format!("{were} left out.")
}

pub fn hidden(count: usize) -> String {
    format!(
        "{} left out.",
        were(count, "hidden passage", "hidden passages")
    )
}

pub fn unknown_symbols(count: usize) -> String {
    let symbols = of(count, "sign of a symbol font", "signs of symbol fonts");
    format!("{symbols} can’t be read; each stands as “\u{fffd}”.")
}

pub fn heading_numbers(count: usize) -> String {
    let headings = of(count, "heading", "headings");
    format!(
        "The numbers of {headings} are not in the text: they are not in the file, word processors count them."
    )
}

pub fn repeats(count: usize) -> String {
    format!(
        "{} left out.",
        were(count, "repeated row or cell", "repeated rows or cells")
    )
}

pub const HEADERS: &str = "What stands in the headers and footers of the pages was left out.";

/// A number of things, and that something was done with them.
fn were(count: usize, one: &str, many: &str) -> String {
    let verb = if count == 1 { "was" } else { "were" };
    format!("{} {verb}", of(count, one, many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_said_in_sentences() {
        for (told, expected) in [
            (
                changes(1, 1_200),
                "The file tracks changes. They were taken as accepted: 1 insertion, 1,200 deletions.",
            ),
            (comments(1), "1 comment was left out."),
            (comments(5), "5 comments were left out."),
            (
                comments_without_place(2),
                "2 comments were left out, being about nothing that is in the text.",
            ),
            (
                pictures(1),
                "1 picture was left out. The description of one that stands in a line of its own is in the text.",
            ),
            (
                formulas(1),
                "1 formula was turned into a line of signs: have a look at what became of it.",
            ),
            (objects(2), "2 formulas or other objects were left out."),
            (hidden(1), "1 hidden passage was left out."),
            (
                unknown_symbols(2),
                "2 signs of symbol fonts can’t be read; each stands as “\u{fffd}”.",
            ),
            (
                heading_numbers(2),
                "The numbers of 2 headings are not in the text: they are not in the file, word processors count them.",
            ),
            (repeats(3), "3 repeated rows or cells were left out."),
        ] {
            assert_eq!(told, expected);
        }
    }
}

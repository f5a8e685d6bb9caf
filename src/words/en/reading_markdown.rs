//! Reading Markdown: what is left out of the text.

use super::count::written;

pub const TOO_DEEP: &str =
    "It is nested too deeply to be read as Markdown. It stands as plain text, marks and all.";

pub fn images(count: usize) -> String {
    if count == 1 {
        "One image is left out. The words that describe it are in the text.".into()
    } else {
        let count = written(count);
        format!("{count} images are left out. The words that describe them are in the text.")
    }
}

pub fn html_blocks(count: usize) -> String {
    if count == 1 {
        "One passage of HTML is left out, with the words in it.".into()
    } else {
        let count = written(count);
        format!("{count} passages of HTML are left out, with the words in them.")
    }
}

pub fn html_tags(count: usize) -> String {
    if count == 1 {
        "One HTML tag inside a line is left out.".into()
    } else {
        let count = written(count);
        format!("{count} HTML tags inside lines are left out. The words between them stay.")
    }
}

pub fn unreferred_footnotes(count: usize) -> String {
    if count == 1 {
        "One footnote is not referred to in the text. It stands after the others.".into()
    } else {
        let count = written(count);
        format!("{count} footnotes are not referred to in the text. They stand after the others.")
    }
}

//! Bringing texts in.

pub const HEADING: &str = "Open texts";
pub const INTRO: &str = "Choose files, drop them on the page, or paste. Text, Markdown, web pages, Word and OpenDocument are read on this device; nothing is sent anywhere.";

/// The button that lets files be chosen, and the field behind it.
pub const CHOOSE: &str = "Choose files…";
pub const FILES: &str = "Text files";

pub const PASTE: &str = "Or paste a text here";
pub const TAKE: &str = "Take this text";

/// What is called so that was pasted.
pub const PASTED: &str = "Pasted text";

/// Before the encodings that a text may be in, where its own was guessed.
pub const ENCODING: &str = "The letters look wrong? Read it as ";

// On buttons: of a page all, or its main text.
pub const WHOLE_PAGE: &str = "Take all of the page";
pub const MAIN_ONLY: &str = "Take the main text only";

/// Whether the comments of a file are wanted.
pub fn comments(count: usize) -> String {
    if count == 1 {
        "Bring in its comment, as a note".into()
    } else {
        format!("Bring in its {count} comments, as notes")
    }
}

/// How many have been read so far.
pub fn read(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 text has been read".into(),
        _ => format!("{count} texts have been read"),
    }
}

pub const READING: &str = "Reading…";

/// On the button that has the one text that was read stand in the open document's place.
pub const REPLACE: &str = "New version of the open text…";

/// On the button that adds what was read.
pub fn add(count: usize) -> String {
    match count {
        0 => "Add".into(),
        1 => "Add 1 document".into(),
        _ => format!("Add {count} documents"),
    }
}

/// How long a text is.
pub fn counted(words: usize, blocks: usize) -> String {
    let words = super::count::of(words, "word", "words");
    let blocks = super::count::of(blocks, "paragraph", "paragraphs");
    format!("{words} in {blocks}")
}

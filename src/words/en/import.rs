//! Taking annotations in: what a file would do, and why it is refused.

/// Over the page, while a file is dragged.
pub const DROP: &str = "Drop texts to open, or annotations to import";

/// Files were dropped over a dialog that has nothing to do with them.
pub const CLOSE_FIRST: &str = "Close what is open first, then drop the files again.";

pub fn reading(name: &str) -> String {
    format!("Reading {name}…")
}

pub const STOPPED: &str = "Stopped; nothing was imported";
pub const NOTHING_IMPORTED: &str = "Nothing was imported";

pub const HEADING: &str = "Import annotations";
pub const ADD: &str = "Add to article";
/// The same where they go into several documents, or into another than the open one.
pub const ADD_TO_DOCUMENTS: &str = "Add to documents";

/// The heading where a file is refused.
pub const CANT_BE: &str = "This file can’t be imported";

/// Above the reasons.
pub fn refused(name: &str) -> String {
    format!("“{name}” can’t be imported. Nothing was changed.")
}

// What is said of a file first; `{}` is its name.
pub const EMPTY: &str = "“{}” holds no annotations.";
pub const NONE_OF_IT: &str = "Nothing of “{}” can be taken in here.";
pub const ALL_HERE: &str = "“{}” brings nothing that is not here already.";
pub const BRINGS: &str = "“{}”:";

// What would happen, each behind a number of annotations.
pub const ELSEWHERE: &str = "made on another text than this article";
pub const NEW: &str = "new";
pub const CHANGED: &str = "changed";
pub const REWORDED: &str = "stand on other words here than the file quotes";
pub const SAME: &str = "already here, unchanged";
pub const ON_OTHER: &str = "left alone: they are here on another article";
pub const UNPLACED: &str =
    "unplaced: their words are not found for sure in this text; they are kept and listed";

/// Annotations, behind their number, that go into a document.
pub fn into(title: &str) -> String {
    format!("into “{title}”")
}

pub const INTO_OTHERS: &str = "into other documents";

/// Annotations, behind their number, on a text that is not here; an empty title for none.
pub fn left(title: &str) -> String {
    if title.is_empty() {
        "left out: their document is not in this project".into()
    } else {
        format!("left out: “{title}” is not in this project")
    }
}

pub const LEFT_OF_OTHERS: &str = "left out: their documents are not in this project";

/// Annotations, behind their number, on a document whose text can't be read.
pub fn unread(title: &str) -> String {
    format!("left out: the text of “{title}” can’t be read here; import the file again once it can")
}

pub const LEFT_OF_UNREAD: &str = "left out: the texts of their documents can’t be read here";

/// Names of themes, and how many there are besides.
pub fn themes_added(names: &[&str], besides: usize) -> String {
    format!(
        "Themes that will be added: {}",
        super::count::names(names, besides)
    )
}

// Why a file that holds something else is refused, in three sentences: the kind of the file, what
// can be read, what to do.

/// `kind` is one of [`file`](super::file).
pub fn it_is(kind: &str) -> String {
    format!("It is {kind}.")
}

pub const READS: &str = "Import reads annotation files: Web Annotation JSON, as Themark downloads them, and Themark’s own journals.";
pub const SAVE_AS_UTF8: &str = "Save it in UTF-8 and try again.";
pub const BY_OPENING: &str = "A text goes in by “Open texts…”.";

/// The only sentence where it is records of a journal.
pub const JOURNALS_NAME: &str = "It is a journal of Themark, but not named like one: give it a name that ends in “.journal.txt”, and import it again.";

//! What a change is called, behind "Undo", "Undid" and the like, and in the history.
//!
//! The journal keeps these words with each change, so old journals have them in the language in
//! which they were written, and as the program had them then. Nothing is read out of them.

/// What another project begins with, of which nobody has done anything.
pub const BEGIN: &str = "beginning of the project";

pub const MARK: &str = "mark";

pub fn tag(theme: &str) -> String {
    format!("tag {theme}")
}

pub fn untag(theme: &str) -> String {
    format!("untag {theme}")
}

pub const NOTE: &str = "note";
pub const DELETE: &str = "delete";
pub const ATTACH: &str = "attach";
pub const MOVE_END: &str = "move of a mark’s end";
pub const KEEP_AS_LOST: &str = "keep as lost";
pub const REPLACE: &str = "replacement of the text";
pub const FIELD: &str = "title and fields of a document";
pub const DELETE_DOCUMENT: &str = "deletion of a document";
pub const DUPLICATE: &str = "copy of a document";
pub const DELETE_DOCUMENTS: &str = "deletion of documents";
pub const MOVE: &str = "move to a folder";
pub const RENAME_FOLDER: &str = "new name of a folder";
pub const CELL: &str = "field of a document";
pub const CELLS: &str = "clearing of fields";
pub const PASTE_CELLS: &str = "paste of fields";
pub const DELETE_COLUMN: &str = "deletion of a field";

pub fn new_theme(name: &str) -> String {
    format!("new theme {name}")
}

pub fn change_theme(name: &str) -> String {
    format!("change of the theme {name}")
}

pub fn delete_theme(name: &str) -> String {
    format!("deletion of the theme {name}")
}

pub fn open_texts(count: usize) -> String {
    if count == 1 {
        "opening of a text".into()
    } else {
        format!("opening of {count} texts")
    }
}

pub const RESTORE: &str = "return to an earlier version";
pub const PROJECT_FILE: &str = "project from a file";

pub fn import(annotations: usize) -> String {
    if annotations == 1 {
        "import of 1 annotation".into()
    } else {
        format!("import of {annotations} annotations")
    }
}

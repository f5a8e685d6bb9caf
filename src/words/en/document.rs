//! What is said about a document.

pub const HEADING: &str = "Title and fields";
pub const TITLE: &str = "Title";

// Fields that every document may have; those of one's own are called as they were.
pub const AUTHOR: &str = "Author";
pub const DATE: &str = "Date";
pub const FOLDER: &str = "Folder";
pub const SOURCE: &str = "Source";
pub const LANGUAGE: &str = "Language";

/// For one more field.
pub const NEW_NAME: &str = "Another field";
pub const NEW_VALUE: &str = "Its value";

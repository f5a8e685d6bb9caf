//! English.
#![allow(
    missing_docs,
    reason = "most are what they say; those that need more than that have it"
)]

/// The language of all these words (BCP 47).
pub const LANGUAGE: &str = "en";

pub mod annotation_file;
pub mod bar;
pub mod code_bar;
pub mod common;
pub mod count;
pub mod document;
pub mod export;
pub mod file;
pub mod find;
pub mod history;
pub mod import;
pub mod keys;
pub mod later;
pub mod library;
pub mod list;
pub mod look;
pub mod note;
pub mod notices;
pub mod palette;
pub mod print;
pub mod project_file;
pub mod projects;
pub mod reader;
pub mod reading;
pub mod reading_markdown;
pub mod reading_office;
pub mod reading_page;
pub mod reading_text;
pub mod replace;
pub mod restore;
pub mod review;
pub mod rooms;
pub mod said;
pub mod saving;
pub mod steps;
pub mod table;
pub mod texts;
pub mod themes;
pub mod work;
pub mod worker;

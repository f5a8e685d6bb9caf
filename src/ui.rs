//! What a person sees and touches.
#![allow(unreachable_pub, reason = "the component macro makes the props public")]

mod app;
mod attempt;
mod banner;
mod bar;
mod code_bar;
mod dialog;
mod dialogs;
mod document_dialog;
mod elements;
mod file_picker;
mod find;
mod first_steps;
mod focus;
mod history;
mod import;
mod key_list;
mod keys;
mod later;
mod library;
mod list;
mod menu;
mod modal;
mod note;
mod notices;
mod offline;
mod page;
mod palette;
mod parts;
mod print;
mod projects;
mod reader;
mod replace;
mod resting;
mod review;
mod rows;
mod text_pane;
mod texts;
mod theme;
mod theme_dialog;
mod work;

pub use app::App;

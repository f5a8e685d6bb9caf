//! Visits to the built page, by theme. They are one program, so that it is linked
//! once and the browsers of all files share the machine evenly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accessibility;
mod article;
mod ends;
mod export;
mod failing;
mod finding;
mod framed;
mod hostile;
mod keyboard;
mod killed;
mod languages;
mod large;
mod lasting;
mod library;
mod look;
mod main_job;
mod marking;
mod notes;
mod offline;
mod once;
mod parts;
mod pointing;
mod print;
mod projects;
mod resting;
mod scripts;
mod single;
mod snapshot;
mod storage;
mod table;
mod ways_in;
mod windows;

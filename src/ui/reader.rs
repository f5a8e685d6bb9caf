//! The article, and everything that happens on it.

pub(super) mod article;
pub(super) mod caret;
mod context;
mod found;
pub(super) mod gutter;
mod hit;
pub(super) mod paging;
mod painting;
pub(super) mod pointing;
pub(super) mod resize;
mod scroll_anchor;
pub(super) mod tooltip;

pub(super) use self::context::{Hover, ReaderContext};

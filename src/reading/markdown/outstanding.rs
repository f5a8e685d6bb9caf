//! What stands out inside a line: it ends in the order in which it began, also where tags of HTML are
//! not closed, and with the line.

use crate::document::{Builder, InlineKind};

/// What has begun and not ended.
enum Opened {
    /// By Markdown, and whether the builder knows of it.
    Markdown { is_kept: bool },
    /// By a tag of HTML.
    Tag(InlineKind),
}

/// What stands out where the next words come.
#[derive(Default)]
pub(super) struct Outstanding {
    opened: Vec<Opened>,
    /// As what the words stand out. Each kind is there once, so they are few, however many are open.
    kinds: Vec<InlineKind>,
    /// How many images the words describe.
    images: usize,
}

impl Outstanding {
    /// Begins what stands out, or is only to be told from the rest at its end. What stands out already
    /// and what describes an image does not stand out more.
    pub(super) fn open(&mut self, kind: Option<InlineKind>, builder: &mut Builder) {
        let kind = kind.filter(|kind| self.may_begin(kind));
        self.opened.push(Opened::Markdown {
            is_kept: kind.is_some(),
        });
        if let Some(kind) = kind {
            self.begin(kind, builder);
        }
    }

    /// Ends what Markdown began last, and tags that were not closed in it.
    pub(super) fn close(&mut self, builder: &mut Builder) {
        while let Some(opened) = self.opened.pop() {
            match opened {
                Opened::Tag(_) => self.end(builder),
                Opened::Markdown { is_kept } => {
                    if is_kept {
                        self.end(builder);
                    }
                    return;
                }
            }
        }
    }

    /// Ends all.
    pub(super) fn close_all(&mut self, builder: &mut Builder) {
        while !self.opened.is_empty() {
            self.close(builder);
        }
        self.images = 0;
    }

    /// From here on words describe an image.
    pub(super) fn open_image(&mut self, builder: &mut Builder) {
        self.open(None, builder);
        self.images += 1;
    }

    /// They do no longer.
    pub(super) fn close_image(&mut self, builder: &mut Builder) {
        self.images = self.images.saturating_sub(1);
        self.close(builder);
    }

    /// Begins or ends what a tag of HTML makes stand out. Whether it is such a tag.
    pub(super) fn tag(&mut self, tag: &str, builder: &mut Builder) -> bool {
        let (name, is_end) = tag_name(tag);
        let kind = match name.as_str() {
            "sub" => InlineKind::Subscript,
            "sup" => InlineKind::Superscript,
            _ => return false,
        };
        if !is_end && self.may_begin(&kind) {
            self.opened.push(Opened::Tag(kind.clone()));
            self.begin(kind, builder);
        } else if is_end
            && matches!(self.opened.last(), Some(Opened::Tag(opened)) if *opened == kind)
        {
            self.opened.pop();
            self.end(builder);
        }
        true
    }

    fn may_begin(&self, kind: &InlineKind) -> bool {
        self.images == 0 && !self.kinds.contains(kind)
    }

    fn begin(&mut self, kind: InlineKind, builder: &mut Builder) {
        builder.start(kind.clone());
        self.kinds.push(kind);
    }

    fn end(&mut self, builder: &mut Builder) {
        builder.end();
        self.kinds.pop();
    }
}

/// Whether a tag of HTML ends a line.
pub(super) fn is_break(tag: &str) -> bool {
    tag.starts_with('<') && tag.ends_with('>') && tag_name(tag) == ("br".into(), false)
}

/// A tag's name in small letters, and whether it ends something.
fn tag_name(tag: &str) -> (String, bool) {
    let inside = tag.trim_start_matches('<');
    let is_end = inside.starts_with('/');
    let letters = inside.trim_start_matches('/').chars();
    let name = letters.take_while(char::is_ascii_alphanumeric);
    (name.collect::<String>().to_ascii_lowercase(), is_end)
}

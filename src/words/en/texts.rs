//! Bringing texts in.

pub const HEADING: &str = "Open texts";
pub const INTRO: &str = "Choose files or a folder, drop them on the page, or paste. Text, Markdown, web pages, Word and OpenDocument are read on this device, annotations as well; nothing is sent anywhere.";

/// The button that lets files be chosen, and the field behind it.
pub const CHOOSE: &str = "Choose files…";
pub const FILES: &str = "Text files";

/// The same of a folder.
pub const CHOOSE_FOLDER: &str = "Choose a folder…";
pub const FOLDER: &str = "Folder of texts";

// A folder is being walked through.
pub const WALKING: &str = "Looking into the folder…";
pub const EMPTY_FOLDER: &str = "There is nothing in this folder";

pub fn walked(count: usize) -> String {
    format!(
        "Looking into the folder… {}",
        super::count::of(count, "file", "files")
    )
}

/// What was left of a folder, above a list of it, which is folded.
pub fn left(count: usize) -> String {
    format!(
        "{} left out",
        super::count::of(count, "file was", "files were")
    )
}

/// Why something was left, behind its path.
pub mod why {
    pub const HIDDEN: &str = "is hidden, or kept by a program beside its files.";
    pub const TOO_DEEP: &str = "lies too deep: folders are looked into twelve deep.";
    pub const TOO_MANY: &str =
        "is one too many: a thousand files come in at once. Open the others after these.";
    pub const TOO_LARGE: &str =
        "is too large beside the others: 512 MB come in at once. Open the others after these.";

    /// `reason` is the browser’s.
    pub fn unreadable(reason: &str) -> String {
        format!("can’t be read ({reason}).")
    }
}

pub const PASTE: &str = "Or paste a text here";
pub const TAKE: &str = "Take this text";

/// What is called so that was pasted.
pub const PASTED: &str = "Pasted text";

/// Another page has sent it; `origin` is what the browser says of that.
pub fn sent(origin: &str) -> String {
    format!("Sent by {origin}")
}

/// In the place of an origin, where another program on this machine has shared something.
pub const ANOTHER_PROGRAM: &str = "another program";

pub const NOTHING_SHARED: &str = "Nothing was shared that could be opened";

/// `reason` is the browser’s.
pub fn not_shared(reason: &str) -> String {
    format!("What was shared could not be taken ({reason}).")
}

// The page was opened by the bookmark that sends another one.
pub const LISTENING: &str = "Waiting for the page that is sent…";
pub const NOBODY_SENDS: &str = "No page can be sent from there: its site keeps its windows apart. Save it as a file and open that, or copy what you need and paste it.";

// What that bookmark is, folded: its heading, what is done with it, its name, the name of the field
// that has its address, what to do where it does nothing.
pub const BOOKMARK: &str = "Send a page that you are reading";
pub const BOOKMARK_HOW: &str = "Drag this link to the bookmarks bar, or make a bookmark with the address below it. Pressed on any page, it opens Themark with that page, or with what is selected in it; nothing is kept before you add it.";
pub const BOOKMARK_NAME: &str = "Send to Themark";
pub const BOOKMARK_ADDRESS: &str = "Address of the bookmark";
pub const BOOKMARK_ELSE: &str = "Some sites forbid that, and then nothing comes: save the page as a file and open that, or copy what you need and paste it.";
pub const BOOKMARK_DRAG: &str = "Drag this link to the bookmarks bar; here it does nothing";

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

/// It waits until others have been read.
pub const WAITING: &str = "Waits for its turn.";

/// Beside a bar, while several are read.
pub fn progress(done: usize, all: usize) -> String {
    format!("{done} of {all} read")
}

/// On the button that ends the reading of all that has not been read.
pub const STOP_ALL: &str = "Stop reading";

pub const STOPPED: &str = "Stopped; it was not read.";

/// It is a project, and something else came with it.
pub const PROJECT: &str = "This is a project: it becomes one of its own, beside the open one.";

/// It is a journal, and something else came with it; the button that takes either alone.
pub const JOURNAL: &str = "This is a journal of Themark: it takes the whole project back to what it says, so it comes in alone.";
pub const SEE_ALONE: &str = "See what it would do…";

/// Annotations come into the open document; `title` is its title.
pub fn annotations(title: &str) -> String {
    format!("Annotations, for the open document “{title}”.")
}

// What is known of a text, before the choice of what is to be done.

pub fn same(title: &str) -> String {
    format!("This text is here already, as “{title}”.")
}

pub fn version(title: &str) -> String {
    format!("“{title}” is here under the same name or from the same place, with another text.")
}

pub fn above(name: &str) -> String {
    format!("This is the same text as “{name}” in this list.")
}

// These choices, and their name.
pub const WHAT: &str = "What to do";
pub const OPEN_THAT: &str = "Open that one";
pub const LEAVE: &str = "Leave it out";
pub const ANOTHER: &str = "Add as another document";

pub fn as_version(title: &str) -> String {
    format!("As a new version of “{title}”, its marks carried")
}

/// On the button that has all of them taken so.
pub fn all_versions(count: usize) -> String {
    format!("Take all {count} known ones as new versions")
}

pub const COMPARING: &str = "Comparing the texts…";
pub const NO_MARKS: &str = "It has no marks.";

/// Above what becomes of the marks, which is folded.
pub const FATES: &str = "What becomes of its marks";

/// What becomes of the marks on a text that gets a new version, of which there are some.
pub fn marks(kept: usize, moved: usize, uncertain: usize, lost: usize) -> String {
    let all = [
        (kept, "kept"),
        (moved, "moved"),
        (uncertain, "uncertain"),
        (lost, "lost"),
    ];
    let some = all.iter().filter(|(count, _)| *count > 0);
    let some: Vec<String> = some
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    format!("Of its marks: {}.", some.join(", "))
}

/// On the button that has the one text that was read stand in the open document's place.
pub const REPLACE: &str = "New version of the open text…";

/// On the button that brings in what was read: so many new documents, new versions of others, and files
/// of annotations; or leads to what is there already.
pub fn act(documents: usize, versions: usize, annotations: usize, is_there: bool) -> String {
    match (documents, versions, annotations) {
        (0, 0, 0) if is_there => "Open the document".into(),
        (0, 0, 0) => "Add".into(),
        (1, 0, 0) => "Add 1 document".into(),
        (_, 0, 0) => format!("Add {documents} documents"),
        (0, 1, 0) => "Take the new version".into(),
        (0, _, 0) => format!("Take {versions} new versions"),
        _ => format!("Bring in all {}", documents + versions + annotations),
    }
}

/// Of a file of annotations that comes with texts, when a person opens another document meanwhile.
pub fn gone_elsewhere(name: &str) -> String {
    format!("{name} was left out, since another document was opened meanwhile. Import it again.")
}

/// How long a text is.
pub fn counted(words: usize, blocks: usize) -> String {
    let words = super::count::of(words, "word", "words");
    let blocks = super::count::of(blocks, "paragraph", "paragraphs");
    format!("{words} in {blocks}")
}

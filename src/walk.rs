//! A walk through folders that a person gives: which of them are looked into, which files are taken,
//! and why others are not. What is in a folder is asked of the browser, a piece at a time.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How far a walk goes.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Files that are taken, at most.
    pub files: usize,
    /// Folders in each other, at most.
    pub depth: usize,
    /// Size of all files together, in bytes.
    pub bytes: u64,
    /// Entries that are looked at, at most.
    pub entries: usize,
    /// Files that are left and listed with why, at most; more are counted.
    pub listed: usize,
}

/// The bounds of the page: what is read stays in its memory until it is added.
pub const BOUNDS: Bounds = Bounds {
    files: 1_000,
    depth: 12,
    bytes: 512_000_000,
    entries: 20_000,
    listed: 200,
};

/// What stands in a folder, with whatever gets to it.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// What gets to it.
    pub held: T,
}

/// Something that was come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<T> {
    /// The folders that it lies in, from the one that was given on; empty for what was given itself.
    pub folders: Vec<String>,
    /// Its name.
    pub name: String,
    /// What gets to it.
    pub held: T,
}

impl<T> Place<T> {
    /// Its name with the folders before it.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = self.folder();
        if !path.is_empty() {
            path.push('/');
        }
        path + &self.name
    }

    /// The folders that it lies in, as one name.
    #[must_use]
    pub fn folder(&self) -> String {
        self.folders.join("/")
    }
}

/// Why something is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is hidden, or what a system or an office program keeps beside files.
    Hidden,
    /// It lies in too many folders.
    TooDeep,
    /// So many files are taken already.
    TooMany,
    /// All files together would be too large.
    TooLarge,
    /// It can't be read: the browser's reason.
    Unreadable(String),
}

/// What is still to be looked into or taken: the deepest first, in the order of their paths; with
/// numbers, as a path may be given twice.
type Waiting<T> = BTreeMap<(Reverse<usize>, String, usize), Place<T>>;

/// What a walk has come to, and what it is to look into next.
#[derive(Debug)]
pub struct Walk<T> {
    bounds: Bounds,
    folders: Waiting<T>,
    files: Waiting<T>,
    entries: usize,
    taken: usize,
    bytes: u64,
    /// What was left, by its path, with why.
    pub left: Vec<(String, Why)>,
    /// How much was left beside that.
    pub more: usize,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// A folder is to be looked into: what stands in it goes to [`Walk::found`].
    Look(Place<T>),
    /// A file is to be taken, if [`Walk::takes`] it.
    Take(Place<T>),
}

impl<T> Walk<T> {
    /// Begins one.
    #[must_use]
    pub fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            folders: BTreeMap::new(),
            files: BTreeMap::new(),
            entries: 0,
            taken: 0,
            bytes: 0,
            left: Vec::new(),
            more: 0,
        }
    }

    /// Takes in what stands in a folder, or some of it; `folders` are the names down to it.
    pub fn found(&mut self, folders: &[String], entries: impl IntoIterator<Item = Entry<T>>) {
        for entry in entries {
            self.entries += 1;
            let place = Place {
                folders: folders.to_vec(),
                name: entry.name,
                held: entry.held,
            };
            // Some browsers give all files at once, with the folders that they lie in.
            let depth = folders.len() + usize::from(entry.is_folder);
            if is_hidden(&place.name) || folders.iter().any(|own| is_hidden(own)) {
                self.leave(&place, Why::Hidden);
            } else if self.entries > self.bounds.entries {
                self.leave(&place, Why::TooMany);
            } else if depth > self.bounds.depth {
                self.leave(&place, Why::TooDeep);
            } else {
                let key = (Reverse(folders.len()), place.path(), self.entries);
                let waiting = if entry.is_folder {
                    &mut self.folders
                } else {
                    &mut self.files
                };
                waiting.insert(key, place);
            }
        }
    }

    /// What is next: the files of a folder before the folders in it, each in the order of their names.
    pub fn next_step(&mut self) -> Option<Step<T>> {
        if let Some((_, file)) = self.files.pop_first() {
            return Some(Step::Take(file));
        }
        let (_, folder) = self.folders.pop_first()?;
        Some(Step::Look(folder))
    }

    /// Whether a file of a size is taken, in bytes; it is left where not.
    pub fn takes(&mut self, place: &Place<T>, bytes: u64) -> bool {
        let all = self.bytes.saturating_add(bytes);
        let why = if self.taken >= self.bounds.files {
            Why::TooMany
        } else if all > self.bounds.bytes {
            Why::TooLarge
        } else {
            self.taken += 1;
            self.bytes = all;
            return true;
        };
        self.leave(place, why);
        false
    }

    /// Leaves something.
    pub fn leave(&mut self, place: &Place<T>, why: Why) {
        if self.left.len() < self.bounds.listed {
            self.left.push((place.path(), why));
        } else {
            self.more += 1;
        }
    }
}

/// Whether a name is that of something hidden, or of what a system or an office program keeps beside
/// files.
fn is_hidden(name: &str) -> bool {
    const KEPT_BESIDE: [&str; 3] = ["thumbs.db", "desktop.ini", "__macosx"];
    name.starts_with(['.', '~']) || KEPT_BESIDE.contains(&&*name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// Walks through folders of this machine: what is taken, and what is left.
    fn walked(root: &Path, bounds: Bounds) -> (Vec<String>, Walk<PathBuf>) {
        let listed = |folder: &Path| {
            let entries = fs::read_dir(folder).unwrap();
            let entries = entries.map(|entry| entry.unwrap());
            let entry = |entry: fs::DirEntry| Entry {
                name: entry.file_name().into_string().unwrap(),
                is_folder: entry.path().is_dir(),
                held: entry.path(),
            };
            entries.map(entry).collect::<Vec<_>>()
        };
        let mut walk = Walk::new(bounds);
        walk.found(&[], listed(root));
        let mut taken = Vec::new();
        while let Some(step) = walk.next_step() {
            match step {
                Step::Look(place) => {
                    let mut folders = place.folders.clone();
                    folders.push(place.name.clone());
                    // Some at a time, as browsers tell it.
                    for some in listed(&place.held).chunks(2) {
                        walk.found(&folders, some.to_vec());
                    }
                }
                Step::Take(place) => {
                    let size = fs::metadata(&place.held).unwrap().len();
                    if walk.takes(&place, size) {
                        taken.push(place.path());
                    }
                }
            }
        }
        (taken, walk)
    }

    /// Makes files in a folder of the test's own.
    fn folder(name: &str, files: &[(&str, usize)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("themark-walk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, size) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, vec![b'a'; *size]).unwrap();
        }
        root
    }

    #[test]
    fn a_folder_is_walked_by_names_and_what_is_hidden_is_left() {
        let root = folder(
            "names",
            &[
                ("Interviews/Round 2/b.txt", 1),
                ("Interviews/Round 2/a.docx", 1),
                ("Interviews/Round 1/c.txt", 1),
                ("Interviews/z.txt", 1),
                ("Interviews/.DS_Store", 1),
                ("Interviews/~$a.docx", 1),
                ("Interviews/.git/config", 1),
                ("Interviews/Thumbs.db", 1),
            ],
        );
        let (taken, walk) = walked(&root, BOUNDS);
        assert_eq!(
            taken,
            [
                "Interviews/z.txt",
                "Interviews/Round 1/c.txt",
                "Interviews/Round 2/a.docx",
                "Interviews/Round 2/b.txt",
            ]
        );
        let mut left: Vec<&str> = walk.left.iter().map(|(path, _)| &**path).collect();
        left.sort_unstable();
        let hidden = [".DS_Store", ".git", "Thumbs.db", "~$a.docx"];
        assert_eq!(left, hidden.map(|name| format!("Interviews/{name}")));
        assert!(walk.left.iter().all(|(_, why)| *why == Why::Hidden));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_walk_ends_at_its_bounds_and_says_why() {
        let root = folder(
            "bounds",
            &[
                ("a/1.txt", 10),
                ("a/2.txt", 10),
                ("a/3.txt", 200),
                ("a/4.txt", 10),
                ("a/5.txt", 10),
                ("a/b/c/d/e.txt", 10),
            ],
        );
        let bounds = Bounds {
            files: 3,
            depth: 2,
            bytes: 100,
            ..BOUNDS
        };
        let (taken, walk) = walked(&root, bounds);
        assert_eq!(taken, ["a/1.txt", "a/2.txt", "a/4.txt"]);
        let left = |path: &str, why| (path.to_owned(), why);
        let expected = [
            left("a/3.txt", Why::TooLarge),
            left("a/5.txt", Why::TooMany),
            left("a/b/c", Why::TooDeep),
        ];
        assert_eq!(walk.left, expected);
        let bounds = Bounds {
            entries: 3,
            listed: 1,
            ..BOUNDS
        };
        let (taken, walk) = walked(&root, bounds);
        // The folder itself is one, and the one in it may be another.
        let seen = (taken.len() <= 2, walk.left.len(), walk.more >= 3);
        assert_eq!(seen, (true, 1, true));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn files_that_come_with_their_folders_are_held_to_the_same() {
        let mut walk = Walk::new(Bounds { depth: 1, ..BOUNDS });
        for folders in [&["a"][..], &[".git"], &["a", "b"]] {
            let folders: Vec<String> = folders.iter().map(|own| (*own).into()).collect();
            let file = Entry {
                name: "1.txt".into(),
                is_folder: false,
                held: (),
            };
            walk.found(&folders, [file]);
        }
        let Some(Step::Take(place)) = walk.next_step() else {
            panic!("one is taken")
        };
        assert_eq!(place.folder(), "a");
        assert_eq!(walk.next_step(), None);
        let left = |path: &str, why| (path.to_owned(), why);
        let expected = [
            left(".git/1.txt", Why::Hidden),
            left("a/b/1.txt", Why::TooDeep),
        ];
        assert_eq!(walk.left, expected);
    }

    #[test]
    fn what_is_given_itself_lies_in_no_folder() {
        let mut walk = Walk::new(BOUNDS);
        let entry = |name: &str, is_folder| Entry {
            name: name.into(),
            is_folder,
            held: (),
        };
        walk.found(&[], [entry("b", true), entry("a.txt", false)]);
        let Some(Step::Take(place)) = walk.next_step() else {
            panic!("a file is first")
        };
        assert_eq!(
            (place.path().as_str(), place.folder().as_str()),
            ("a.txt", "")
        );
        let Some(Step::Look(place)) = walk.next_step() else {
            panic!("then the folder")
        };
        walk.leave(&place, Why::Unreadable("gone".into()));
        assert_eq!(walk.left, [("b".into(), Why::Unreadable("gone".into()))]);
        assert_eq!(walk.next_step(), None);
    }
}

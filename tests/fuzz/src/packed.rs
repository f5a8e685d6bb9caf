//! Changes inside of archives: what is in them is unpacked, changed, and packed again.

use fastrand::Rng;
use themark::archive::{self, Archive};

use crate::change;

/// What is in an archive, by its names.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = Archive::open(bytes) else {
        return Vec::new();
    };
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let held = names.into_iter().filter_map(|name| {
        let held = archive.read(&name).ok()??;
        Some((name, held))
    });
    held.collect()
}

fn packed(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let files = files.iter().map(|(name, held)| (&**name, &**held));
    archive::write(&files.collect::<Vec<_>>()).ok()
}

/// Changes some of what is in an archive; the bytes themselves where they are none.
pub(crate) fn change(chance: &mut Rng, bytes: &mut Vec<u8>, tokens: &[&str], other: &[u8]) {
    let (mut files, others) = (unpacked(bytes), unpacked(other));
    for _ in 0..=chance.usize(0..2) {
        change_once(chance, &mut files, tokens, &others);
    }
    match packed(&files).filter(|_| !files.is_empty()) {
        Some(packed) => *bytes = packed,
        None => change::change(chance, bytes, tokens, other),
    }
}

fn change_once(
    chance: &mut Rng,
    files: &mut Vec<(String, Vec<u8>)>,
    tokens: &[&str],
    others: &[(String, Vec<u8>)],
) {
    if files.is_empty() {
        return;
    }
    let at = weighed(chance, files);
    let name = files[at].0.clone();
    let like = others.iter().find(|(other, _)| *other == name);
    match chance.u8(0..20) {
        0 => drop(files.remove(at)),
        // Under another's name.
        1 => {
            let from = chance.usize(0..files.len());
            files[at].1 = files[from].1.clone();
        }
        // As another file has it.
        2 => {
            if let Some((_, held)) = like {
                files[at].1.clone_from(held);
            }
        }
        _ => {
            let other = like.map_or(&[][..], |(_, held)| held);
            change::change(chance, &mut files[at].1, tokens, other);
        }
    }
}

/// One of the files, a long one more often: most of what is read is in these.
fn weighed(chance: &mut Rng, files: &[(String, Vec<u8>)]) -> usize {
    let one = chance.usize(0..files.len());
    let other = chance.usize(0..files.len());
    if files[one].1.len() > files[other].1.len() {
        one
    } else {
        other
    }
}

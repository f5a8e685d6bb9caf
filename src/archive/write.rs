//! Writes an archive: the same files give the same bytes, whenever and wherever that is.

use miniz_oxide::deflate::compress_to_vec;

use super::{END, ENTRY, FILE, Fault, checksum};

/// How hard it is tried to make a file shorter, of 10: beyond it there is little to gain.
const LEVEL: u8 = 6;

/// The version of the format that is needed to read it: 2.0 (section 4.4.3).
const NEEDED: [u8; 2] = [20, 0];

/// A time and a day for all files: 1 January 1980, midnight, the first there is (section 4.4.6).
const MADE: [u8; 4] = [0, 0, 33, 0];

/// Writes an archive of files, in their order, each packed where that makes it shorter.
///
/// # Errors
/// Where there is more than an archive without extensions can hold.
pub fn write(files: &[(&str, &[u8])]) -> Result<Vec<u8>, Fault> {
    let fits = |length: usize| u32::try_from(length).map_err(|_| Fault::TooLarge);
    let short = |length: usize| u16::try_from(length).map_err(|_| Fault::TooLarge);
    // The greatest numbers mean that the archive has the extensions.
    let count = short(files.len() + 1)? - 1;
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let deflated = compress_to_vec(bytes, LEVEL);
        let is_shorter = deflated.len() < bytes.len();
        let packed = if is_shorter { &deflated } else { *bytes };
        // From the version that is needed up to the lengths of the name and of what follows it: the
        // two headers of a file have it in common (sections 4.3.7 and 4.3.12).
        let mut header = Vec::new();
        header.extend(NEEDED);
        header.extend([0, 0, if is_shorter { 8 } else { 0 }, 0]);
        header.extend(MADE);
        header.extend(checksum(bytes).to_le_bytes());
        header.extend(fits(packed.len())?.to_le_bytes());
        header.extend(fits(bytes.len())?.to_le_bytes());
        header.extend(short(name.len())?.to_le_bytes());
        header.extend([0, 0]);
        directory.extend(ENTRY);
        directory.extend(NEEDED);
        directory.extend(&header);
        directory.extend([0; 10]);
        directory.extend(fits(archive.len())?.to_le_bytes());
        directory.extend(name.as_bytes());
        archive.extend(FILE);
        archive.extend(&header);
        archive.extend(name.as_bytes());
        archive.extend(packed);
    }
    let (start, size) = (fits(archive.len() + 1)? - 1, fits(directory.len())?);
    archive.extend(directory);
    archive.extend(END);
    archive.extend([0; 4]);
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(size.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    Ok(archive)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::archive::Archive;

    #[test]
    fn what_is_written_is_read() {
        let long = b"long ".repeat(1_000);
        let files: [(&str, &[u8]); 3] = [("one", b"1"), ("b/long", &long), ("none", b"")];
        let bytes = write(&files).unwrap();
        assert!(bytes.len() < 500);
        assert_eq!(bytes, write(&files).unwrap());
        let mut archive = Archive::open(&bytes).unwrap();
        for (name, own) in files {
            assert_eq!(archive.read(name).unwrap().as_deref(), Some(own), "{name}");
        }
    }

    #[test]
    fn more_files_than_an_archive_can_list_are_too_many() {
        let files = |count| vec![("a", &b""[..]); count];
        assert!(write(&files(65_534)).is_ok());
        assert_eq!(write(&files(65_535)), Err(Fault::TooLarge));
    }
}

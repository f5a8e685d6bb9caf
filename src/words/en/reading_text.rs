//! Reading a text file: encodings by name, and what is said of what can't be read.

use super::count::written;

// Encodings, each with the name that programs know it by.
pub const UTF_8: &str = "Unicode (UTF-8)";
pub const UTF_16LE: &str = "Unicode (UTF-16, little-endian)";
pub const UTF_16BE: &str = "Unicode (UTF-16, big-endian)";
pub const WINDOWS_1252: &str = "Western European (Windows-1252, Latin 1)";
pub const ISO_8859_15: &str = "Western European (ISO 8859-15)";
pub const MACINTOSH: &str = "Western European (old Macintosh)";
pub const WINDOWS_1250: &str = "Central European (Windows-1250)";
pub const ISO_8859_2: &str = "Central European (ISO 8859-2)";
pub const ISO_8859_16: &str = "Romanian (ISO 8859-16)";
pub const ISO_8859_3: &str = "Southern European (ISO 8859-3)";
pub const WINDOWS_1257: &str = "Baltic (Windows-1257)";
pub const ISO_8859_13: &str = "Baltic (ISO 8859-13)";
pub const ISO_8859_4: &str = "Baltic (ISO 8859-4)";
pub const ISO_8859_10: &str = "Nordic (ISO 8859-10)";
pub const ISO_8859_14: &str = "Celtic (ISO 8859-14)";
pub const WINDOWS_1251: &str = "Cyrillic (Windows-1251)";
pub const KOI8_U: &str = "Cyrillic (KOI8-R, KOI8-U)";
pub const ISO_8859_5: &str = "Cyrillic (ISO 8859-5)";
pub const IBM866: &str = "Cyrillic (DOS, code page 866)";
pub const MAC_CYRILLIC: &str = "Cyrillic (old Macintosh)";
pub const WINDOWS_1253: &str = "Greek (Windows-1253)";
pub const ISO_8859_7: &str = "Greek (ISO 8859-7)";
pub const WINDOWS_1254: &str = "Turkish (Windows-1254)";
pub const WINDOWS_1255: &str = "Hebrew (Windows-1255)";
pub const ISO_8859_8: &str = "Hebrew, letters in the order of the screen (ISO 8859-8)";
pub const WINDOWS_1256: &str = "Arabic (Windows-1256)";
pub const ISO_8859_6: &str = "Arabic (ISO 8859-6)";
pub const WINDOWS_1258: &str = "Vietnamese (Windows-1258)";
pub const WINDOWS_874: &str = "Thai (Windows-874)";
pub const GBK: &str = "Chinese, simplified (GBK, GB 18030)";
pub const BIG5: &str = "Chinese, traditional (Big5)";
pub const SHIFT_JIS: &str = "Japanese (Shift JIS)";
pub const EUC_JP: &str = "Japanese (EUC-JP)";
pub const ISO_2022_JP: &str = "Japanese (ISO 2022-JP)";
pub const EUC_KR: &str = "Korean (EUC-KR)";

/// `name` is one of the encodings above.
pub fn undecodable(places: usize, name: &str) -> String {
    if places == 1 {
        format!("One place is no text in the encoding {name}. It stands as “\u{fffd}”.")
    } else {
        let places = written(places);
        format!("{places} places are no text in the encoding {name}. Each stands as “\u{fffd}”.")
    }
}

pub fn nuls(count: usize) -> String {
    if count == 1 {
        "There is a null character in the file, which can’t be shown. It stands as “\u{fffd}”."
            .into()
    } else {
        let count = written(count);
        format!(
            "There are {count} null characters in the file, which can’t be shown. Each stands as “\u{fffd}”."
        )
    }
}

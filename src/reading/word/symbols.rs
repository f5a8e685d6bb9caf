//! The signs of symbol fonts, which have no characters of their own in a file (ECMA-376, part 1,
//! 17.3.3.30): a number in a font.

/// The sign that a number in a font is; [`char::REPLACEMENT_CHARACTER`] where that is not known.
pub(super) fn read(font: &str, number: &str) -> char {
    let unknown = char::REPLACEMENT_CHARACTER;
    let Ok(number) = u32::from_str_radix(number, 16) else {
        return unknown;
    };
    // Word moves the numbers of these fonts to a private place.
    let own = match number {
        0xf000..=0xf0ff => number - 0xf000,
        0xe000..=0xf8ff => return unknown,
        number => number,
    };
    let found = match font {
        "Symbol" => symbol(own),
        "Wingdings" => listed(&WINGDINGS, own),
        "Wingdings 2" => listed(&WINGDINGS_2, own),
        _ if number >= 0xf000 => None,
        _ => char::from_u32(number).filter(|c| !c.is_control()),
    };
    found.unwrap_or(unknown)
}

/// The encoding of Adobe's Symbol, from 0x20 to 0x7e and from 0xa1 to 0xfe; `\0` where there is none.
fn symbol(number: u32) -> Option<char> {
    const LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u{203e}αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\u{23d0}\u{2500}↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑\0\0\0\0\0\0\0\0\0\0\0〉∫⌠\0⌡\0\0\0\0\0\0\0\0\0";
    let found = match number {
        0x20..=0x7e => LOW.chars().nth((number - 0x20) as usize),
        0xa0 => Some('€'),
        0xa1..=0xfe => HIGH.chars().nth((number - 0xa1) as usize),
        _ => None,
    };
    found.filter(|c| *c != '\0')
}

fn listed(signs: &[(u32, char)], number: u32) -> Option<char> {
    let found = signs.iter().find(|(own, _)| *own == number);
    found.map(|(_, sign)| *sign)
}

/// Those of Wingdings that people write: hands, faces, boxes, ticks, arrows.
const WINGDINGS: [(u32, char); 43] = [
    (0x20, ' '),
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2a, '✉'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4a, '☺'),
    (0x4b, '😐'),
    (0x4c, '☹'),
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9f, '•'),
    (0xa1, '○'),
    (0xa4, '◉'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xab, '★'),
    (0xb6, '☆'),
    (0xd8, '⮚'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe7, '🡸'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// Those of Wingdings 2.
const WINGDINGS_2: [(u32, char); 7] = [
    (0x4f, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0xa3, '□'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_font_is_a_sign() {
        for (font, number, expected) in [
            ("Symbol", "F061", 'α'),
            ("Symbol", "0044", 'Δ'),
            ("Symbol", "F07E", '∼'),
            ("Symbol", "F0A3", '≤'),
            ("Symbol", "F0AE", '→'),
            ("Symbol", "F0B4", '×'),
            ("Symbol", "F0D6", '√'),
            ("Symbol", "F0E5", '∑'),
            ("Symbol", "F0F2", '∫'),
            ("Symbol", "F0FE", char::REPLACEMENT_CHARACTER),
            ("Wingdings", "F0FC", '✓'),
            ("Wingdings", "F001", char::REPLACEMENT_CHARACTER),
            ("Arial", "2014", '—'),
            ("Arial", "F020", char::REPLACEMENT_CHARACTER),
            ("Arial", "0007", char::REPLACEMENT_CHARACTER),
            ("Arial", "D800", char::REPLACEMENT_CHARACTER),
            ("", "x", char::REPLACEMENT_CHARACTER),
        ] {
            assert_eq!(read(font, number), expected, "{font} {number}");
        }
    }
}

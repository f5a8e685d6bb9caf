//! Colours that keep text readable.
//!
//! A theme has one colour. What is painted behind text is that colour mixed into
//! the page until the text on it reaches the contrast WCAG asks for.

use std::fmt;

/// Red, green and blue in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The page in light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light page.
    Light,
    /// Light text on a dark page.
    Dark,
}

/// Contrast that text needs (WCAG 2.2, success criterion 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Contrast that a line or a mark needs (success criterion 1.4.11).
pub const LINE_CONTRAST: f64 = 3.0;

impl Scheme {
    /// What a colour is in light and in dark, in CSS: the page takes the one that fits, whether that
    /// follows from the system or was chosen.
    #[must_use]
    pub fn either(colour: impl Fn(Self) -> Colour) -> String {
        let (light, dark) = (colour(Self::Light), colour(Self::Dark));
        format!("light-dark({light},{dark})")
    }

    /// The page's background; `style/` holds the same values.
    #[must_use]
    pub fn paper(self) -> Colour {
        match self {
            Self::Light => Colour(0xfd, 0xfc, 0xf9),
            Self::Dark => Colour(0x16, 0x18, 0x1c),
        }
    }

    /// The paper of the page in sepia, which is light but for that and the ink; `src/look.rs` holds
    /// the same value.
    pub const SEPIA_PAPER: Colour = Colour(0xf8, 0xef, 0xdc);

    /// The text's colour; `style/` holds the same values.
    #[must_use]
    pub fn ink(self) -> Colour {
        match self {
            Self::Light => Colour(0x1d, 0x1d, 0x1f),
            Self::Dark => Colour(0xe8, 0xe6, 0xe1),
        }
    }

    /// The colour of what is the page's own and not a theme's; `style/` holds the same values.
    #[must_use]
    pub fn accent(self) -> Colour {
        match self {
            Self::Light => Colour(0x1f, 0x4f, 0xa3),
            Self::Dark => Colour(0xa9, 0xc4, 0xf5),
        }
    }
}

impl Colour {
    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Self> {
        let hex = hex.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        // A sign would pass as a number, so every character must be a digit.
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// What to paint behind text: `strength` of this colour in the page, from 0 to
    /// 1, less where the text would fall below [`TEXT_CONTRAST`].
    #[must_use]
    pub fn behind_text(self, scheme: Scheme, strength: f64) -> Self {
        self.as_far_as(strength, scheme.paper(), |mixed| {
            contrast(mixed, scheme.ink()) >= TEXT_CONTRAST
        })
    }

    /// This colour as a line or a mark on the page: mixed into the text's colour as
    /// little as [`LINE_CONTRAST`] with the page allows, in sepia as well where it is light.
    #[must_use]
    pub fn as_line(self, scheme: Scheme) -> Self {
        self.as_far_as(1.0, scheme.ink(), |mixed| {
            let on = |paper| contrast(mixed, paper) >= LINE_CONTRAST;
            on(scheme.paper()) && (scheme == Scheme::Dark || on(Scheme::SEPIA_PAPER))
        })
    }

    /// Mixes `strength` of this colour into another, or the most that is sound.
    fn as_far_as(self, strength: f64, other: Self, sound: impl Fn(Self) -> bool) -> Self {
        let steps = (strength.clamp(0.0, 1.0) * 32.0) as u32;
        (0..=steps)
            .rev()
            .map(|step| self.mixed(other, f64::from(step) / 32.0))
            .find(|mixed| sound(*mixed))
            .unwrap_or(other)
    }

    /// `share` of this colour and the rest of another.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix =
            |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
        Self(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                to_the_2_4((value + 0.055) / 1.055)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// A number from 0.05 to 1 to the power of 2.4, by Newton's method for the fifth root of its
/// square: the library's powers of any kind are ten times as much code.
fn to_the_2_4(value: f64) -> f64 {
    let square = value * value;
    let mut root = 1.0;
    for _ in 0..12 {
        let fourth = (root * root) * (root * root);
        root = 0.8 * root + 0.2 * square / fourth;
    }
    square * root
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        let ratio = contrast(Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((ratio - 21.0).abs() < 1e-9);
    }

    #[test]
    fn the_power_is_that_of_the_library() {
        for channel in 11..=255_u8 {
            let value = (f64::from(channel) / 255.0 + 0.055) / 1.055;
            assert!(
                (to_the_2_4(value) - value.powf(2.4)).abs() < 1e-12,
                "{channel}"
            );
        }
    }

    #[test]
    fn a_colour_reads_as_it_is_written() {
        let colour = Colour(0x0f, 0x9d, 0x76);
        assert_eq!(Colour::parse(&colour.to_string()), Some(colour));
        for text in ["", "#12345", "123456", "#+12345", "#12345g", "#éééé"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_is_readable_on_any_colour_in_light_and_dark(
            (red, green, blue) in any::<(u8, u8, u8)>(), strength in 0.0..=1.0_f64,
        ) {
            let colour = Colour(red, green, blue);
            for scheme in [Scheme::Light, Scheme::Dark] {
                let behind = colour.behind_text(scheme, strength);
                prop_assert!(contrast(behind, scheme.ink()) >= TEXT_CONTRAST);
                prop_assert!(contrast(colour.as_line(scheme), scheme.paper()) >= LINE_CONTRAST);
            }
            let line = colour.as_line(Scheme::Light);
            prop_assert!(contrast(line, Scheme::SEPIA_PAPER) >= LINE_CONTRAST);
        }
    }
}

//! Texts of any size, from a seed: prose, repetitive legal language, dialogue. And one that
//! people wrote: the bundled article.

use themark::articles;

use crate::chance::Chance;

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text whose words are as frequent as Zipf's law says.
    Prose,
    /// Clauses made from few patterns, over and over, with other names and numbers.
    Legal,
    /// Short lines, most of which stand in the text many times.
    Dialogue,
    /// The first of the bundled articles, which the page opens.
    Article,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Prose, Self::Legal, Self::Dialogue, Self::Article];

    /// What it is called in a table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Prose => "prose",
            Self::Legal => "repetitive",
            Self::Dialogue => "dialogue",
            Self::Article => "the bundled article",
        }
    }
}

/// Words that do not exist, the frequent ones short, as in a language.
#[derive(Debug)]
pub struct Vocabulary {
    words: Vec<String>,
    /// Up to each word, the sum of the weights.
    sums: Vec<f64>,
}

impl Vocabulary {
    /// A vocabulary of 20,000 words.
    #[must_use]
    pub fn new() -> Self {
        const ONSETS: [&str; 20] = [
            "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "tr",
            "pl", "ch", "th",
        ];
        const VOWELS: [&str; 10] = ["a", "e", "i", "o", "u", "ea", "ou", "é", "ai", "ö"];
        const CODAS: [&str; 8] = ["", "n", "r", "s", "t", "l", "nd", "ck"];
        let mut chance = Chance::new(0x7e47);
        let mut words: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        while words.len() < 20_000 {
            let syllables = match words.len() {
                0..40 => 1,
                40..800 => chance.between(1, 2),
                _ => chance.between(2, 4),
            };
            let mut word = String::new();
            for _ in 0..syllables {
                word.push_str(chance.one_of::<&str>(&ONSETS));
                // The accented ones are rare.
                let vowels = if chance.happens(0.05) {
                    &VOWELS[..]
                } else {
                    &VOWELS[..7]
                };
                word.push_str(chance.one_of::<&str>(vowels));
                word.push_str(chance.one_of::<&str>(&CODAS));
            }
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let sums = (1..=words.len())
            .map(|rank| {
                sum += 1.0 / (rank as f64 + 2.7);
                sum
            })
            .collect();
        Self { words, sums }
    }

    /// A word, as often as its rank says.
    pub fn word(&self, chance: &mut Chance) -> &str {
        let total = self.sums.last().copied().unwrap_or_default();
        let wanted = chance.unit() * total;
        &self.words[self.sums.partition_point(|sum| *sum <= wanted)]
    }

    fn name(&self, chance: &mut Chance) -> String {
        capital(&self.words[chance.between(1_000, 1_400)])
    }

    fn sentence(&self, chance: &mut Chance) -> String {
        let words = chance.between(6, 26);
        let mut sentence = String::new();
        for at in 0..words {
            if at > 0 {
                let joint = match chance.below(40) {
                    0..3 => ", ",
                    3 => " - ",
                    4 => "-",
                    _ => " ",
                };
                sentence.push_str(joint);
            }
            match chance.below(60) {
                0 => sentence.push_str(&self.name(chance)),
                1 => sentence.push_str(&chance.between(2, 2_030).to_string()),
                2 => sentence.push_str(&format!("\"{}\"", self.word(chance))),
                3 => sentence.push_str(&format!("{}'s", self.word(chance))),
                _ => sentence.push_str(self.word(chance)),
            }
        }
        sentence.push('.');
        capital(&sentence)
    }
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A text of about `bytes` bytes: blocks, joined by one line feed. The article is as long as
/// it is, and the same from every seed.
#[must_use]
pub fn text(kind: Kind, bytes: usize, seed: u64, vocabulary: &Vocabulary) -> String {
    let mut chance = Chance::new(seed);
    let mut text = String::with_capacity(bytes + 2_000);
    let patterns = patterns(vocabulary);
    let mut section = 0;
    while text.len() < bytes {
        if !text.is_empty() {
            text.push('\n');
        }
        match kind {
            Kind::Prose => {
                for at in 0..chance.between(2, 7) {
                    if at > 0 {
                        text.push(' ');
                    }
                    text.push_str(&vocabulary.sentence(&mut chance));
                }
            }
            Kind::Legal => {
                section += 1;
                text.push_str(&format!("{}.{} ", section / 12 + 1, section % 12 + 1));
                for at in 0..chance.between(1, 3) {
                    if at > 0 {
                        text.push(' ');
                    }
                    let pattern = chance.one_of(&patterns).clone();
                    text.push_str(&fill(&pattern, vocabulary, &mut chance));
                }
            }
            Kind::Dialogue => text.push_str(&line(vocabulary, &patterns, &mut chance)),
            Kind::Article => return article(),
        }
    }
    text
}

// The articles are part of the build, and a test beside them sees that each reads.
#[allow(clippy::expect_used)]
fn article() -> String {
    let article = articles::all().into_iter().next().expect("an article");
    article.text.text().to_owned()
}

/// Forty clauses with gaps for names and numbers.
fn patterns(vocabulary: &Vocabulary) -> Vec<String> {
    let mut chance = Chance::new(0x1e6a1);
    let clause = |chance: &mut Chance| {
        let mut clause: Vec<String> = vec!["The".into(), "NAME".into(), "shall".into()];
        for _ in 0..chance.between(10, 40) {
            clause.push(match chance.below(14) {
                0 => "NAME".into(),
                1 => "NUMBER".into(),
                _ => vocabulary.word(chance).to_string(),
            });
        }
        clause.join(" ") + "."
    };
    (0..40).map(|_| clause(&mut chance)).collect()
}

fn fill(pattern: &str, vocabulary: &Vocabulary, chance: &mut Chance) -> String {
    const PARTIES: [&str; 6] = [
        "Supplier",
        "Customer",
        "Licensee",
        "Contractor",
        "Agent",
        "Lessor",
    ];
    const NUMBERS: [&str; 8] = ["7", "14", "28", "30", "60", "90", "180", "365"];
    let filled: Vec<String> = pattern
        .split(' ')
        .map(|word| match word {
            "NAME" => (*chance.one_of(&PARTIES)).to_string(),
            "NUMBER" => (*chance.one_of(&NUMBERS)).to_string(),
            // Now and then a word was changed by hand.
            _ if chance.happens(0.01) => vocabulary.word(chance).to_string(),
            word => word.to_string(),
        })
        .collect();
    filled.join(" ")
}

/// A speaker and what they say; two lines in three are stock phrases.
fn line(vocabulary: &Vocabulary, patterns: &[String], chance: &mut Chance) -> String {
    const SPEAKERS: [&str; 5] = ["Anna", "Boris", "Chen", "Dara", "Ewa"];
    let speaker = chance.one_of(&SPEAKERS);
    let said = if chance.happens(0.66) {
        // The beginnings of the patterns serve as the stock.
        let stock = chance.one_of(patterns);
        let words = stock.len() % 5 + 1;
        let words: Vec<&str> = stock.split(' ').skip(3).take(words).collect();
        capital(
            &words
                .join(" ")
                .replace("NAME", "he")
                .replace("NUMBER", "two"),
        ) + "."
    } else {
        let words = chance.between(3, 12);
        let words: Vec<&str> = (0..words).map(|_| vocabulary.word(chance)).collect();
        capital(&words.join(" ")) + "."
    };
    format!("{speaker}: {said}")
}

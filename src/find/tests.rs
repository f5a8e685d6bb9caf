use std::time::{Duration, Instant};

use proptest::prelude::*;
use unicode_normalization::char::compose;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

fn query(words: &str) -> Query {
    Query {
        words: words.into(),
        ..Query::default()
    }
}

fn expression(words: &str) -> Query {
    Query {
        expression: true,
        ..query(words)
    }
}

/// The text with its hits in brackets.
fn found(query: &Query, text: &str) -> String {
    let (mut shown, mut at) = (String::new(), 0);
    for span in query.search().unwrap().hits(text).spans {
        shown += &text[at..span.start.index()];
        shown += &format!("[{}]", span.of(text));
        at = span.end.index();
    }
    shown + &text[at..]
}

#[track_caller]
fn check(query: Query, expect: &str) {
    let text = expect.replace(['[', ']'], "");
    assert_eq!(found(&query, &text), expect, "{query:?}");
}

#[test]
fn words_are_found_whatever_their_case_and_white_space() {
    check(
        query("the  Gas"),
        "[The gas] and [the\ngas] and [THE\u{a0} GAS], thegas",
    );
    check(query(" gas "), "[gas]es, bio[gas]");
    check(query("a.c*"), "abc, [a.c*]");
    check(query("aa"), "[aa][aa]a");
    check(query("حكومة"), "و[حكومة] ال[حكومة]");
    check(query("石油"), "[石油]和[石油]");
}

#[test]
fn case_is_folded_one_character_to_one() {
    check(query("ΣΊΣΥΦΟΣ"), "Ο [Σίσυφος], ο [σίσυφοσ]");
    check(query("straße"), "[Straße], [STRAẞE], Strasse");
    check(query("istanbul"), "[Istanbul], İstanbul, ıstanbul");
    check(query("İ"), "[İ]stanbul, i, I");
    check(query("kelvin"), "[\u{212a}elvin]");
    check(query("ß"), "[ß] [ẞ] ss");
    let exact = |words| Query {
        case: true,
        ..query(words)
    };
    check(exact("Gas"), "[Gas], gas, GAS");
    check(exact("ς"), "Σίσυφο[ς]σ");
}

#[test]
fn what_is_typed_stands_for_what_is_printed() {
    check(
        query("don't \"so\" 9-5"),
        "[don’t “so” 9–5] [don't «so» 9-5]",
    );
    check(
        query("co\u{ad}operate"),
        "[co\u{ad}op\u{200b}erate], [cooperate]",
    );
    check(query("café"), "[café], [cafe\u{301}], cafe");
    check(query("cafe"), "[cafe], café, cafe\u{301}");
    check(query("cafe\u{301}"), "[CAFÉ], [café]");
    // Marks that make no other letter are a matter of the script.
    check(query("کتاب"), "[کتاب]\u{64e}");
    check(query("कर"), "[कर]ना [कर]\u{940}");
}

#[test]
fn whole_words_are_those_of_the_standard() {
    let whole = |words| Query {
        whole: true,
        ..query(words)
    };
    check(whole("gas"), "[gas], gases, bio-[gas], _gas, gas1, ([Gas])");
    check(whole("don"), "don't, [Don] said");
    check(whole("a a"), "xa [a a]");
    check(whole("c++"), "[C++] and xc++");
    check(whole("U.S."), "the [U.S.] says");
    // Where words are not parted it makes no difference.
    check(whole("石油"), "进口[石油]和天然气");
    check(whole("ราคา"), "[ราคา]น้ำมัน");
    check(
        Query {
            whole: true,
            ..expression(r"\w+s")
        },
        "[gas] [_pipes]-x [is] so, gasworks1",
    );
}

#[test]
fn an_expression_is_read_as_most_programs_do() {
    check(expression(r"\bgas(es)?\b"), "[Gas], [gases], biogas");
    check(expression(r"(?-i)G\w+"), "[Gas], gas");
    check(expression(r"^\w+"), "[one] two\n[three]");
    check(expression(r"\d{4}–\d\d"), "in [1990–91] and [2010–11]");
    check(
        expression(r"\p{Greek}+"),
        "a [βγ] δ".replace(" δ", " [δ]").as_str(),
    );
    check(expression("x*"), "a[xx]b[x]");
    check(expression(" +"), "a[  ]b");
    check(expression("a|ab"), "[a]b");
    for word in ["", " "] {
        assert!(query(word).is_blank());
    }
    assert!(expression("").is_blank() && !expression(" ").is_blank());
}

#[test]
fn what_is_wrong_with_an_expression_is_said_with_its_place() {
    for (words, expect) in [
        ("gas(es", "Character 4: the bracket ( is not closed."),
        ("é)", "Character 2: the bracket ) was not opened."),
        ("[a-", "Character 1: the bracket [ is not closed."),
        ("[z-a]", "Character 2: the range runs backwards."),
        ("*", "Character 1: there is nothing to repeat before this."),
        ("a{2", "Character 2: the bracket { is not closed."),
        (
            "a{3,1}",
            "Character 2: the first number is more than the second.",
        ),
        ("a{x}", "Character 3: a number is missing."),
        ("\\", "Character 1: nothing follows the backslash."),
        ("\\y", "Character 1: a backslash before this means nothing."),
        ("\\p{Greeek}", "Character 1: no such kind of character."),
        (
            "a(?=b)",
            "Character 2: looking ahead or behind is not possible here.",
        ),
        (
            "(a)\\1",
            "Character 4: what a group found can’t be looked for again; for \\1 write it out.",
        ),
        ("(?k)", "Character 3: no such switch behind (?."),
        ("(?<1>a)", "Character 4: the group can’t be named so."),
        ("\\b{x}", "Character 4: no such edge of a word behind \\b{."),
        ("(?-u)\\xff", "Character 6: this would part characters."),
        (
            "\\x{110000}",
            "Character 4: this number names no character.",
        ),
    ] {
        assert_eq!(expression(words).search().unwrap_err(), expect, "{words}");
    }
    let deep = format!("{}a{}", "(".repeat(150), ")".repeat(150));
    let deep = expression(&deep).search().unwrap_err();
    assert!(
        deep.contains("too many brackets within each other"),
        "{deep}"
    );
    for bomb in [r"\w{500}{500}", r"((\pL{100}){100}){100}"] {
        assert_eq!(
            expression(bomb).search().unwrap_err(),
            words::find::TOO_MUCH
        );
    }
    let long = "a".repeat(LONGEST + 1);
    assert_eq!(query(&long).search().unwrap_err(), words::find::TOO_LONG);
}

/// Far more than it takes, and far less than what grows with the square of a text.
const IN_TIME: Duration = Duration::from_secs(20);

#[test]
fn no_expression_takes_for_ever() {
    let text = format!("{}!", "a".repeat(50_000));
    let begun = Instant::now();
    for bomb in [
        r"(a*)*b",
        r"(a+)+$",
        r"(a|aa)+b",
        r"(x+x+)+y",
        r"(a?){50}a{50}b",
        r"(.*)(.*)(.*)(.*)[b-z]",
    ] {
        let hits = expression(bomb).search().unwrap().hits(&text);
        assert!(hits.spans.is_empty(), "{bomb}");
    }
    let whole = Query {
        whole: true,
        ..expression("a+")
    };
    let text = format!("x{}", "a".repeat(1_000_000));
    assert!(whole.search().unwrap().hits(&text).spans.is_empty());
    assert!(begun.elapsed() < IN_TIME, "{:?}", begun.elapsed());
}

#[test]
fn a_line_of_60_mb_is_looked_through() {
    let line = "word ".repeat(12_000_000) + "Last";
    let begun = Instant::now();
    let last = query("last").search().unwrap().hits(&line);
    assert_eq!(last.spans, [Span::between(line.len() - 4, line.len())]);
    let all = query("w").search().unwrap().hits(&line);
    assert!(all.is_cut && all.spans.len() == MOST);
    let last = expression(r"\bla\w+$").search().unwrap().hits(&line);
    assert_eq!(last.spans.len(), 1);
    assert!(begun.elapsed() < IN_TIME, "{:?}", begun.elapsed());
}

/// A letter with the marks that make one of it, as the reference sees it, and where it stands; no
/// letter for what is not seen.
fn letters(text: &str) -> Vec<(char, usize, usize)> {
    let mut letters: Vec<(char, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let before = letters.last_mut().filter(|(.., end)| *end == at);
        if let Some(last) = before
            && let Some(both) = compose(last.0, c)
        {
            *last = (both, last.1, end);
        } else if c != '\u{ad}' {
            letters.push((c, at, end));
        }
    }
    letters
}

fn alike(a: char, b: char, case: bool) -> bool {
    const CASES: [&str; 6] = ["aA", "eE", "éÉ", "êÊ", "σςΣ", "ßẞ"];
    const SIGNS: [&str; 2] = ["'’", "-–"];
    let together = |set: &&str| set.contains(a) && set.contains(b);
    a == b || !case && CASES.iter().any(together) || SIGNS.iter().any(together)
}

/// Looks at every place, one after the other.
fn plainly(query: &Query, text: &str) -> Vec<Span> {
    let sought = letters(query.words.trim());
    let all = letters(text);
    let edges: Vec<usize> = text
        .split_word_bound_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let ends_at = |first: usize| {
        let mut at = first;
        let mut own = sought.iter().peekable();
        while let Some((letter, ..)) = own.next() {
            let (here, ..) = all.get(at)?;
            if letter.is_whitespace() {
                if !here.is_whitespace() {
                    return None;
                }
                while all.get(at).is_some_and(|(c, ..)| c.is_whitespace()) {
                    at += 1;
                }
                while own.next_if(|(c, ..)| c.is_whitespace()).is_some() {}
                continue;
            }
            if !alike(*letter, *here, query.case) {
                return None;
            }
            at += 1;
        }
        Some(at)
    };
    let (mut spans, mut at) = (Vec::new(), 0);
    while at < all.len() {
        let end = ends_at(at).filter(|end| *end > at);
        let span = end.map(|end| (all[at].1, all[end - 1].2));
        let is_hit = span.is_some_and(|(start, end)| {
            !query.whole || edges.contains(&start) && edges.contains(&end)
        });
        match (end, span) {
            (Some(end), Some((from, until))) if is_hit => {
                spans.push(Span::between(from, until));
                at = end;
            }
            _ => at += 1,
        }
    }
    spans
}

proptest! {
    #[test]
    fn plain_words_are_found_where_a_look_at_every_place_finds_them(
        words in "(a|A|e|é|e\u{301}|ê|e\u{302}\u{301}|E|σ|ς|Σ|ß|ẞ|İ|i|'|’|-|–|😀|石| |\n|\\.){1,3}",
        text in "(a|A|e|é|e\u{301}|ê|e\u{302}\u{301}|E|σ|ς|Σ|ß|ẞ|İ|i|'|’|-|–|😀|石| |\n|\\.|\u{ad}){0,40}",
        case: bool,
        whole: bool,
    ) {
        let query = Query { words, case, whole, expression: false };
        prop_assume!(!query.is_blank());
        let hits = query.search().unwrap().hits(&text);
        prop_assert_eq!(hits.spans, plainly(&query, &text));
    }

    #[test]
    fn hits_lie_in_order_between_characters_and_hold_something(
        words in "([a-c(|)*+?.\\[\\]^$é ]|\\\\w|\\\\b){1,6}",
        text in "[a-cé😀 \n]{0,40}",
        whole: bool,
    ) {
        let query = Query { whole, ..expression(&words) };
        // Most are none.
        if let Ok(search) = query.search() {
            let mut before = 0;
            for span in search.hits(&text).spans {
                prop_assert!(before <= span.start.index() && !span.is_empty());
                prop_assert!(text.get(span.start.index()..span.end.index()).is_some());
                before = span.end.index();
            }
        }
    }
}

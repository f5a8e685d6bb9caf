use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use proptest::prelude::*;

use super::{Decoded, ENCODINGS, decode, name};
use crate::words::reading_text as words;

/// The first articles of the Universal Declaration of Human Rights, as the United Nations publish it.
const TEXTS: [(&str, &str); 21] = [
    (
        "English",
        "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.\n",
    ),
    (
        "German",
        "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.\n",
    ),
    (
        "French",
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.\n",
    ),
    (
        "Spanish",
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.\n",
    ),
    (
        "Polish",
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.\n",
    ),
    (
        "Czech",
        "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají spolu jednat v duchu bratrství.\n",
    ),
    (
        "Hungarian",
        "Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az emberek, ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy viseltessenek.\n",
    ),
    (
        "Romanian",
        "Toate fiinţele umane se nasc libere şi egale în demnitate şi în drepturi. Ele sunt înzestrate cu raţiune şi conştiinţă şi trebuie să se comporte unele faţă de altele în spiritul fraternităţii.\n",
    ),
    (
        "Lithuanian",
        "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis. Jiems suteiktas protas ir sąžinė ir jie turi elgtis vienas kito atžvilgiu kaip broliai.\n",
    ),
    (
        "Turkish",
        "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.\n",
    ),
    (
        "Greek",
        "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης.\n",
    ),
    (
        "Russian",
        "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.\n",
    ),
    (
        "Ukrainian",
        "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.\n",
    ),
    (
        "Hebrew",
        "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה.\n",
    ),
    (
        "Arabic",
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء.\n",
    ),
    (
        "Thai",
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ\n",
    ),
    (
        "Hindi",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।\n",
    ),
    (
        "Chinese, simplified",
        "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。\n",
    ),
    (
        "Chinese, traditional",
        "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。\n",
    ),
    (
        "Japanese",
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。\n",
    ),
    (
        "Korean",
        "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.\n",
    ),
];

/// The encodings that a language was written in before Unicode.
const OLD: [(&str, &str); 34] = [
    ("English", "windows-1252"),
    ("German", "windows-1252"),
    ("German", "macintosh"),
    ("French", "windows-1252"),
    ("Spanish", "windows-1252"),
    ("Polish", "windows-1250"),
    ("Polish", "ISO-8859-2"),
    ("Czech", "windows-1250"),
    ("Czech", "ISO-8859-2"),
    ("Hungarian", "windows-1250"),
    ("Hungarian", "ISO-8859-2"),
    ("Romanian", "windows-1250"),
    ("Romanian", "ISO-8859-2"),
    ("Lithuanian", "windows-1257"),
    ("Turkish", "windows-1254"),
    ("Greek", "windows-1253"),
    ("Greek", "ISO-8859-7"),
    ("Russian", "windows-1251"),
    ("Russian", "KOI8-U"),
    ("Russian", "ISO-8859-5"),
    ("Russian", "IBM866"),
    ("Russian", "x-mac-cyrillic"),
    ("Ukrainian", "windows-1251"),
    ("Ukrainian", "KOI8-U"),
    ("Hebrew", "windows-1255"),
    ("Arabic", "windows-1256"),
    ("Arabic", "ISO-8859-6"),
    ("Thai", "windows-874"),
    ("Chinese, simplified", "GBK"),
    ("Chinese, traditional", "Big5"),
    ("Japanese", "Shift_JIS"),
    ("Japanese", "EUC-JP"),
    ("Japanese", "ISO-2022-JP"),
    ("Korean", "EUC-KR"),
];

/// Of these the guess is wrong: chardetng never guesses what old Macintoshes wrote.
const WRONG: [(&str, &str); 2] = [("German", "macintosh"), ("Russian", "x-mac-cyrillic")];

fn text_in(language: &str) -> &'static str {
    let (_, text) = TEXTS.iter().find(|(name, _)| *name == language).unwrap();
    text
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    match encoding {
        _ if encoding == UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ if encoding == UTF_16BE => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        encoding => {
            let (bytes, _, has_unmappable) = encoding.encode(text);
            assert!(!has_unmappable, "{label} has no letters for {text}");
            bytes.into_owned()
        }
    }
}

fn right(text: &str, encoding: &'static str, is_sure: bool) -> Decoded {
    Decoded {
        text: text.into(),
        encoding,
        is_sure,
        remarks: Vec::new(),
    }
}

#[test]
fn old_encodings_are_guessed_but_for_some() {
    let mut wrong = Vec::new();
    for (language, label) in OLD {
        let text = text_in(language);
        let bytes = encoded(text, label);
        let guessed = decode(&bytes, None);
        if guessed.text != text {
            wrong.push((language, label));
        }
        let listed = ENCODINGS
            .iter()
            .any(|(label, _)| *label == guessed.encoding);
        assert!(listed, "{}", guessed.encoding);
        let is_ascii = language == "English";
        assert_eq!(guessed.is_sure, is_ascii, "{language} {label}");
        // Whoever chooses gets what was written.
        assert_eq!(decode(&bytes, Some(label)), right(text, label, true));
    }
    assert_eq!(wrong, WRONG);
}

#[test]
fn unicode_is_known_in_every_language_with_and_without_a_mark() {
    for (language, text) in TEXTS {
        let marked = format!("\u{feff}{text}");
        for label in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
            let bare = decode(&encoded(text, label), None);
            assert_eq!(bare, right(text, label, label == "UTF-8"), "{language}");
            let marked = decode(&encoded(&marked, label), None);
            assert_eq!(marked, right(text, label, true), "{language}");
        }
    }
}

#[test]
fn utf_16_is_known_by_little() {
    for text in [
        "Hi",
        "a\n",
        "Привет",
        "ПРИВЕТ",
        "שלום",
        "สวัสดี",
        "İstanbul’da “bir” şey… – evet",
        "一二三。",
        "第一章\n",
        "　一段",
        "😀 😀",
        "가 나",
        "2000年，10000人。\n",
        "1\t0\t1\n0\t1\t1\n",
    ] {
        for label in ["UTF-16LE", "UTF-16BE"] {
            let read = decode(&encoded(text, label), None);
            assert_eq!((read.encoding, read.text.as_str()), (label, text));
        }
    }
    // A file that was cut off in the middle of a character.
    let cut = &encoded("Some words", "UTF-16LE")[..19];
    let read = decode(cut, None);
    assert_eq!(read.text, "Some word\u{fffd}");
    assert_eq!(read.remarks, [words::undecodable(1, words::UTF_16LE)]);
}

#[test]
fn what_is_not_utf_16_is_not_taken_for_it() {
    for text in [
        "",
        "a",
        "Bush hid the facts",
        "1\t0\t1\n0\t1\t1\n",
        "\n\n\n\n",
        "\x1b[1mbold\x1b[0m\n",
        "    \n  \n",
    ] {
        assert_eq!(decode(text.as_bytes(), None), right(text, "UTF-8", true));
    }
    for text in [
        "one \0two \0three\n\0four",
        "\0",
        "a\0\0\0\0\0",
        "name\0value\0 x\0\n",
    ] {
        let read = decode(text.as_bytes(), None);
        assert_eq!(read.encoding, "UTF-8");
        assert_eq!(read.text, text.replace('\0', "\u{fffd}"));
        let nuls = text.matches('\0').count();
        assert_eq!(read.remarks, [words::nuls(nuls)]);
    }
}

#[test]
fn a_few_wrong_bytes_are_counted() {
    let mut bytes = text_in("Russian").as_bytes().to_vec();
    bytes.truncate(101);
    bytes.extend(b" \xff end");
    let read = decode(&bytes, None);
    assert_eq!((read.encoding, read.is_sure), ("UTF-8", false));
    assert_eq!(read.remarks, [words::undecodable(2, words::UTF_8)]);
    assert_eq!(read.text.matches('\u{fffd}').count(), 2);
    // What stands in the file is no damage.
    let text = "a \u{fffd} b";
    assert_eq!(decode(text.as_bytes(), None), right(text, "UTF-8", true));
    // The mark says what it is meant to be.
    let read = decode(b"\xef\xbb\xbfa\xffb", None);
    assert_eq!((read.text.as_str(), read.is_sure), ("a\u{fffd}b", true));
}

#[test]
fn a_label_that_is_none_is_not_followed() {
    for label in ["", "utf-99", "hz-gb-2312", "é"] {
        assert_eq!(
            decode("é".as_bytes(), Some(label)),
            right("é", "UTF-8", true)
        );
    }
    assert_eq!(
        decode("é".as_bytes(), Some(" Latin1 ")),
        right("Ã©", "windows-1252", true)
    );
    assert_eq!(decode(b"\xff\xfea\0", Some("utf-8")).remarks.len(), 2);
}

#[test]
fn every_encoding_has_a_name() {
    for (label, its_name) in ENCODINGS {
        assert_eq!(
            Encoding::for_label_no_replacement(label.as_bytes())
                .unwrap()
                .name(),
            label
        );
        assert_eq!(name(label), its_name);
        let others = ENCODINGS.iter().filter(|(_, other)| *other == its_name);
        assert_eq!(others.count(), 1, "{its_name}");
    }
    assert_eq!(name("x-user-defined"), "x-user-defined");
}

proptest! {
    #[test]
    fn any_bytes_are_decoded(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        chosen in proptest::option::of(proptest::sample::select(ENCODINGS.map(|(label, _)| label).to_vec())),
    ) {
        let read = decode(&bytes, chosen);
        let listed = ENCODINGS.iter().any(|(label, _)| *label == read.encoding);
        prop_assert!(listed, "{}", read.encoding);
        prop_assert!(!read.text.contains('\0'));
    }

    #[test]
    fn any_text_is_read_as_utf_8(text in "[^\0]*") {
        prop_assume!(!text.starts_with('\u{feff}'));
        let read = decode(text.as_bytes(), None);
        prop_assert_eq!(read, right(&text, "UTF-8", true));
    }
}

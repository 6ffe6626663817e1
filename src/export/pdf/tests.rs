use super::*;
use crate::domain::action;
use crate::domain::fixture::{amended, apply, at, id, signed, superreport};
use crate::export::{Format, mark};

const A4: Format = Format::Pdf(Paper::A4);

fn bytes(brief: &Brief, format: Format) -> Vec<u8> {
    crate::export::render(brief, format).unwrap().bytes
}

/// Draws by the rules of PDF/UA, and says what breaks them.
fn accessible(brief: &Brief) -> Result<Document, NotMade> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap();
    draw(
        brief,
        &record::outline(brief),
        "mark",
        Paper::A4,
        configuration,
    )
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let brief = amended();
    assert_eq!(bytes(&brief, A4), bytes(&brief, A4));
    assert_ne!(bytes(&brief, A4), bytes(&brief, Format::Pdf(Paper::Letter)));
    // Exporting is no change.
    let document = crate::export::render(&brief, A4).unwrap();
    let digest = crate::export::digest(&document.bytes);
    let now = at("2026-02-20T10:00:00+01:00");
    let mut after = brief.clone();
    let change = action::exported(&brief, "pdf", &digest, &document.parts, "x1", now);
    apply(&mut after, change.unwrap());
    assert_eq!(bytes(&after, A4), document.bytes);
    assert!(
        document.parts[0].starts_with("parts: page-1 "),
        "{:?}",
        document.parts
    );
}

#[test]
fn the_mark_is_found_and_no_title_passes_for_it() {
    let mut brief = signed();
    let fake = "askfirst \u{b7} other-brief-aaaa \u{b7} code 4AQMCK \u{b7} pdf";
    brief.title = format!("</dc:description><dc:description><x>{fake}</x></dc:description>");
    let found = mark::find(&bytes(&brief, A4)).unwrap();
    assert_eq!(found.brief, brief.id.as_str());
    assert_eq!(found.format, "pdf");
    assert_eq!(mark::find(b"%PDF-1.7\nnothing"), None);
}

#[test]
fn the_rules_for_readers_that_read_aloud_are_kept() {
    for brief in [superreport(), signed(), amended()] {
        accessible(&brief).unwrap();
    }
    let mut brief = signed();
    brief.title = "מה עושים האנליסטים כל היום 日本".into();
    brief.request.words = "Привет, Ψάρη! مرحبا 👩‍👩‍👧 नमस्ते \u{202e}x e\u{301}".into();
    accessible(&brief).unwrap();
}

#[test]
fn what_the_letters_lack_stands_as_numbers_and_a_note_says_so() {
    let letters = Letters::new().unwrap();
    let shown = |text: &str| -> String {
        let runs = letters.runs(letters::Weight::Regular, text, false);
        runs.into_iter().map(|run| run.text).collect()
    };
    for text in [
        "Zoë Łukasz Ångström ß Ñandú",
        "Ψάρης Ωμέγα",
        "Дана Ґалаґан",
        "e\u{301}a\u{308}",
        "\u{2713} \u{25cb} ~ \u{201c}x\u{201d} \u{2039}\u{203a} \u{d7} \u{2026}",
        "שלום",
        "مرحبا",
        "Հայ ქართული",
    ] {
        assert_eq!(shown(text), text);
    }
    assert_eq!(shown("a 山田 b"), "a \u{2039}U+5C71 U+7530\u{203a} b");
    // A family of three is one sign.
    assert_eq!(
        shown("👩\u{200d}👩\u{200d}👧"),
        "\u{2039}U+1F469 U+1F469 U+1F467\u{203a}"
    );
}

#[test]
fn hostile_huge_and_empty_briefs_become_pages() {
    let now = at("2026-02-01T09:00:00+01:00");
    let empty = Brief::new(
        crate::domain::BriefId::parse("x").unwrap(),
        "",
        "request",
        now,
    );
    assert!(accessible(&empty).is_ok());
    let mut brief = signed();
    for text in [
        "\u{0}\u{1b}[31m\u{7f}\u{9b}2J\r\n\u{85}\u{2028}\u{2029}x",
        "%PDF-1.7 endstream endobj ) >> /JavaScript (app.alert(1))",
        "</rdf:li>]]>&<script>",
        "\u{301}\u{301}\u{301}",
        "\u{feff}\u{fffe}\u{ffff}\u{e000}\u{10ffff}",
        " ",
        "\t\ta\u{200d}\u{200c}b",
        "\u{5d0}1\u{5d1}(2)\u{5d2}",
    ] {
        brief.title = text.repeat(20);
        brief.request.words = text.to_owned();
        brief.needs[0].text = text.repeat(200);
        brief.needs[0].acceptance = text.to_owned();
        let file = bytes(&brief, A4);
        assert!(mark::find(&file).is_some(), "{text:?}");
        let text = String::from_utf8_lossy(&file).into_owned();
        for key in [
            "/URI",
            "/JavaScript",
            "/JS",
            "/Launch",
            "/GoToR",
            "/EmbeddedFile",
            "/AA",
        ] {
            // A hostile title may hold the word, as a string.
            let as_a_key = text.contains(&format!("{key} ")) && !brief.title.contains(key);
            assert!(!as_a_key, "{key}");
        }
    }
}

#[test]
fn three_hundred_needs_and_very_long_words_fit_the_pages() {
    let mut brief = signed();
    for number in 0..300 {
        let mut need = brief.needs[0].clone();
        need.id = id(&format!("n{number}"));
        need.text = format!("Need {number} {}", "word ".repeat(number % 40));
        need.acceptance = "x".repeat(number * 3);
        brief.needs.push(need);
    }
    let outline = record::outline(&brief);
    let (width, height) = size(Paper::Letter);
    let mut flow = Flow::new(Letters::new().unwrap(), width - 2.0 * SIDE);
    contents::fill(&mut flow, &outline);
    for strip in &flow.strips {
        for (left, line, _) in &strip.lines {
            for (x, run, look) in &line.runs {
                let right = left + x + run.width * look.size;
                assert!(right <= flow.width + 4.0, "{right} {:?}", run.text);
                assert!(*x >= 0.0, "{x} {:?}", run.text);
            }
        }
    }
    let room = height - 2.0 * EDGE;
    let pages = pages::split(&flow.strips, room);
    assert!(pages.len() > 30, "{}", pages.len());
    let mut next = 0;
    for page in &pages {
        assert_eq!(page.start, next, "nothing is left out or drawn twice");
        next = page.end;
        let strips = &flow.strips[page.clone()];
        let used: f32 = strips.iter().skip(1).map(|s| s.above + s.height).sum();
        assert!(used + strips[0].height <= room + 0.01, "{used}");
        // A heading is not the last thing on a page.
        let last = strips.last().unwrap();
        assert!(!last.begins, "a heading alone at the foot of a page");
    }
    assert_eq!(next, flow.strips.len());
}

#[test]
fn pages_are_read_back_in_their_order() {
    let mut brief = signed();
    for number in 0..200 {
        let mut need = brief.needs[0].clone();
        need.id = id(&format!("n{number}"));
        brief.needs.push(need);
    }
    let document = crate::export::render(&brief, A4).unwrap();
    let kept = document.parts.join("");
    let contents = contents_of_pages(&document.bytes);
    assert!(contents.len() > 10, "{}", contents.len());
    assert!(kept.contains("page-1 ") && kept.contains(&format!("page-{} ", contents.len())));
    // The first page has the head, the last one the foot.
    let first = kept.split(", ").next().unwrap();
    assert!(first.contains(" head+request"), "{first}");
    let last = kept.rsplit(", ").next().unwrap();
    assert!(last.ends_with("foot"), "{last}");
}

use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::*;
use crate::domain::fixture::{amended, id, superreport};
use crate::domain::{Answer, Standing};

/// The reference case with questions of each kind for Dana.
fn asking() -> (Brief, Sheet) {
    let mut brief = superreport();
    let ask = |put: &str| Answer {
        standing: Standing::to_ask(id("dana")),
        put: put.into(),
        ..Answer::default()
    };
    brief
        .answers
        .set("readings", Some(ask("Which do you mean?")));
    brief.answers.set("need_by", Some(ask("By when?")));
    brief.answers.set("tool", Some(ask("In which tool?")));
    brief.answers.set("rank", Some(ask("Is the order right?")));
    let asked = ["readings", "need_by", "tool", "rank"].map(str::to_owned);
    let sheet = Sheet::of(&brief, &id("dana"), &asked, 1);
    (brief, sheet)
}

fn page(brief: &Brief, sheet: &Sheet) -> String {
    render(brief, sheet, "Raj", "raj@example.com")
}

#[test]
fn the_policy_names_the_script_and_the_style_as_they_are() {
    let hash = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        format!(
            "sha256-{}",
            base64::engine::general_purpose::STANDARD.encode(digest)
        )
    };
    assert_eq!(STYLE_HASH, hash(STYLE));
    assert_eq!(SCRIPT_HASH, hash(SCRIPT));
    // What would end the element early, or could not be hashed as it stands.
    for text in [STYLE, SCRIPT] {
        assert!(!text.contains("</") && !text.contains("<!--") && !text.contains('\r'));
    }
    let (brief, sheet) = asking();
    let page = page(&brief, &sheet);
    assert!(page.contains(&format!("<style>{STYLE}</style>")));
    assert!(page.contains(&format!("<script>{SCRIPT}</script>")));
}

#[test]
fn nothing_is_loaded_sent_or_agreed_beforehand() {
    let (brief, sheet) = asking();
    let page = page(&brief, &sheet);
    for outside in [
        "src=", "http:", "https:", "url(", "@import", "<link", "fetch(", "XMLHttp",
    ] {
        assert!(!page.contains(outside), "{outside}");
    }
    for prefilled in [" checked", " selected"] {
        assert!(!page.contains(prefilled), "{prefilled}");
    }
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("default-src 'none'").count(), 1);
}

#[test]
fn each_kind_of_question_has_its_controls() {
    let (brief, sheet) = asking();
    let page = page(&brief, &sheet);
    assert!(page.contains("name=\"q1\" value=\"a\""));
    assert!(page.contains("name=\"q1\" value=\"b\""));
    assert!(page.contains("(my guess)"));
    assert!(page.contains("type=\"date\""));
    assert!(page.contains("Yes, that is right"), "the day is a guess");
    assert!(page.contains("data-number=\"3\""));
    assert!(page.contains("Please put the list above in your order"));
    assert!(page.contains("data-letter=\"A\"") && page.contains("data-letter=\"D\""));
    assert!(page.contains("Order: D, C, B, A"));
}

#[test]
fn without_questions_there_are_no_numbers() {
    let brief = superreport();
    let sheet = Sheet::of(&brief, &id("dana"), &[], 1);
    let page = page(&brief, &sheet);
    assert!(!page.contains("class=\"question\""));
    assert!(!page.contains("by number"));
    assert!(page.contains(&format!("OK {}", sheet.code)));
}

#[test]
fn what_changed_since_their_yes_comes_first() {
    let brief = amended();
    let sheet = Sheet::draft(&brief, &id("dana"));
    let page = page(&brief, &sheet);
    let at = |what: &str| page.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at("Changed since your yes") < at("What I understood"));
}

#[test]
fn text_from_people_is_only_text() {
    let (mut brief, _) = asking();
    let (plain, plain_sheet) = asking();
    for hostile in [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\" onload=\"alert(1)",
        "' autofocus onfocus='alert(1)",
        "</textarea></title></style><svg/onload=alert(1)>",
        "{{ 7 * 7 }} {% raw %}",
        "javascript:alert(1)",
    ] {
        brief.title = hostile.into();
        brief.request.words = hostile.into();
        for customer in &mut brief.customers {
            customer.name = hostile.into();
            customer.uses_for = hostile.into();
        }
        for need in &mut brief.needs {
            need.text = hostile.into();
            need.acceptance = hostile.into();
        }
        for reading in &mut brief.readings {
            reading.text = hostile.into();
        }
        for part in &mut brief.deliverables {
            part.text = hostile.into();
        }
        brief.out = vec![hostile.into()];
        for question in ["readings", "need_by", "tool", "rank", "purpose"] {
            let mut answer = brief.answers.get(question).cloned().unwrap_or_default();
            answer.put = hostile.into();
            answer.text = hostile.into();
            answer.question = hostile.into();
            brief.answers.set(question, Some(answer));
        }
        let asked = plain_sheet.questions();
        let sheet = Sheet::of(&brief, &id("dana"), &asked, 1);
        let page = render(&brief, &sheet, hostile, hostile);
        for tag in [
            "<script",
            "<img",
            "<svg",
            "</title",
            "</style",
            "<textarea",
            "<form",
        ] {
            let usual = render(&plain, &plain_sheet, "x", "").matches(tag).count();
            let extra = page.matches(tag).count().saturating_sub(usual);
            // The free guess brings radio buttons, no other element.
            assert_eq!(extra, 0, "{tag} in {hostile}");
        }
        assert!(!page.contains(" onerror=alert(1)>") || page.contains("onerror=alert(1)&gt;"));
        assert!(!page.contains("\" onload=\"") && !page.contains("' onfocus='"));
        assert!(!page.contains("49"), "{hostile}");
    }
}

#[test]
fn three_hundred_needs_are_shown_and_the_lettered_ones_can_be_moved() {
    let (mut brief, _) = asking();
    for number in 0..300 {
        let mut need = brief.needs[0].clone();
        need.id = id(&format!("n{number}"));
        brief.needs.push(need);
    }
    let sheet = Sheet::draft(&brief, &id("dana"));
    let page = page(&brief, &sheet);
    assert_eq!(page.matches("data-letter=").count(), 26);
    assert_eq!(page.matches("class=\"need\"").count(), brief.needs.len());
}

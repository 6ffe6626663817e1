use super::*;
use crate::checklist::Catalogue;
use crate::domain::{Origin, Stage};

fn asked(brief: &Brief, id: &str) -> Vec<String> {
    let catalogue = Catalogue::built_in();
    ids(&catalogue.get(id).unwrap().asked_of(brief))
}

#[test]
fn a_remark_is_asked_where_and_an_idea_who_says_yes() {
    let mut brief = brief();
    let has = |brief: &Brief, id: &str| asked(brief, "request").contains(&id.to_owned());
    assert!(!has(&brief, "where") && !has(&brief, "who_says_yes"));
    brief.request.origin = Some(Origin::Asked);
    assert!(has(&brief, "where") && !has(&brief, "who_says_yes"));
    brief.request.origin = Some(Origin::OwnIdea);
    assert!(!has(&brief, "where") && has(&brief, "who_says_yes"));
    brief.request.origin = Some(Origin::Unknown("dreamt".to_owned()));
    assert!(!has(&brief, "where") && !has(&brief, "who_says_yes"));
}

#[test]
fn needs_are_ranked_when_there_are_two_of_them() {
    let mut brief = brief();
    brief.needs.push(need("one", told()));
    assert!(!asked(&brief, "quick").contains(&"rank".to_owned()));
    assert_eq!(asked(&brief, "quick").len(), 5);
    brief.needs.push(need("two", told()));
    assert!(asked(&brief, "quick").contains(&"rank".to_owned()));
}

#[test]
fn a_shortcut_asks_for_its_day_and_starting_depends_on_it() {
    let mut brief = brief();
    let catalogue = Catalogue::built_in();
    let fix = catalogue.get("fix").unwrap();
    brief.answers.set("shortcut", Some(text("no")));
    assert!(!fix.needed(&brief).contains(&"pay_back_by"));
    brief.answers.set("shortcut", Some(text(" yes ")));
    assert!(fix.needed(&brief).contains(&"pay_back_by"));
    let left_out = Answer {
        standing: Standing::not_needed("no shortcuts here"),
        ..text("yes")
    };
    brief.answers.set("shortcut", Some(left_out));
    assert!(!fix.needed(&brief).contains(&"pay_back_by"));
}

const CHAIN: &str = r#"
[[question]]
id = "sure"
kind = "yes_no"
ask = "?"
why = "!"
put = "?"

[[question]]
id = "how"
kind = "yes_no"
when = { question = "sure", is = "yes" }
ask = "?"
why = "!"
put = "?"

[[question]]
id = "then"
kind = "list"
when = { question = "how", is = "yes" }
ask = "?"
why = "!"
put = "?"

[[question]]
id = "else"
kind = "text"
when = [{ question = "how", is_not = "yes" }, { question = "purpose", answered = false }]
ask = "?"
why = "!"
put = "?"

[[question]]
id = "many"
kind = "text"
when = { question = "then", more_than = 1 }
ask = "?"
why = "!"
put = "?"
"#;

#[test]
fn an_old_answer_to_a_question_that_is_not_asked_any_more_does_not_count() {
    let list = checklist(&format!("{BASE}{CHAIN}"));
    let mut brief = brief();
    let extra = |brief: &Brief| ids(&list.asked_of(brief)).split_off(3);
    assert_eq!(extra(&brief), ["sure", "else"]);
    brief.answers.set("sure", Some(text("yes")));
    brief.answers.set("how", Some(text("yes")));
    assert_eq!(extra(&brief), ["sure", "how", "then"]);
    let items = |items: &[&str]| Answer {
        items: items.iter().map(|i| (*i).to_owned()).collect(),
        ..Answer::default()
    };
    brief.answers.set("then", Some(items(&["one", "  "])));
    assert_eq!(extra(&brief), ["sure", "how", "then"]);
    brief.answers.set("then", Some(items(&["one", "two"])));
    assert_eq!(extra(&brief), ["sure", "how", "then", "many"]);
    brief.answers.set("sure", Some(text("no")));
    assert_eq!(extra(&brief), ["sure", "else"], "the rest is kept, unasked");
    brief.answers.set("purpose", Some(text("to decide")));
    assert_eq!(extra(&brief), ["sure"]);
    brief.stage = Stage::Closed;
    assert_eq!(extra(&brief), ["sure"], "the stage makes no difference");
}

#[test]
fn not_knowing_the_purpose_is_no_answer_to_it() {
    let list = checklist(&format!("{BASE}{CHAIN}"));
    let mut brief = brief();
    let unknown = Answer {
        standing: Standing::to_ask(id("dana")),
        ..Answer::default()
    };
    brief.answers.set("purpose", Some(unknown));
    assert!(ids(&list.asked_of(&brief)).contains(&"else".to_owned()));
}

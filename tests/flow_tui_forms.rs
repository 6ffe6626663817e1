//! What is filled in and not taken yet: the fields of forms, and what an
//! answer rests on.

use askfirst::domain::{Basis, Grade, Stage};
use askfirst::tui::dialog::Dialog;
use askfirst::tui::message::Msg;
use askfirst::tui::model::Model;

use super::flow_tui_lists::{open, pick, reference};
use crate::support::screen::Screen;

#[test]
fn a_basis_that_was_changed_is_there_after_a_kill_and_after_esc() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.keys("<tab><tab>").must_show("not needed").rest();
    let mut screen = screen.again();
    screen.keys("<enter>").must_show("not needed").keys("<esc>");
    screen.keys("e").must_show("not needed");
    let before = screen.brief().answers.get("purpose").unwrap().clone();
    assert_eq!(before.standing.basis, Basis::Told, "it is not taken yet");
    screen.keys("<enter>");
    let brief = screen.brief();
    let after = brief.answers.get("purpose").unwrap();
    assert_eq!(after.standing.basis, Basis::NotNeeded);
    assert_eq!(brief.drafts, []);
}

#[test]
fn a_basis_that_was_changed_on_a_choice_is_kept_too() {
    let mut screen = reference();
    open(&mut screen, "How did it come to you?");
    screen.keys("<tab>").must_show("told by").keys("<esc>");
    pick(&mut screen, "How did it come to you?");
    screen.must_show("told by").rest();
    let mut screen = screen.again();
    screen.keys("e").must_show("told by").keys("<pgdn>");
    let brief = screen.brief();
    let origin = brief.answers.get("origin").unwrap();
    assert_eq!(origin.standing.basis, Basis::Told);
}

#[test]
fn a_kept_basis_does_not_name_somebody_who_is_gone() {
    let screen = reference();
    let text = screen.file() + "\n[[draft]]\nat = \"purpose\"\nbasis = \"told\"\nby = \"nobody\"\n";
    screen.put("super-report-k7m2.toml", text);
    let mut screen = screen.again();
    open(&mut screen, "Why do they need it?");
    screen.must_show("Dana").must_not_show("nobody");
}

#[test]
fn a_question_mark_in_place_of_a_day_takes_the_day_away() {
    let mut screen = reference();
    let day = screen.brief().plan.need_by;
    assert!(day.is_some());
    open(&mut screen, "When do they need it?");
    screen.keys("<c-u>").type_text("?").keys("<enter><enter>");
    let brief = screen.brief();
    assert_eq!(brief.plan.need_by, None);
    assert!(brief.answers.get("need_by").unwrap().standing.ask.is_some());
    screen.keys("u");
    assert_eq!(screen.brief().plan.need_by, day, "it can be undone");
}

/// The text in a field of the form that is open.
fn field(screen: &Screen, at: usize) -> String {
    match &screen.model.dialog {
        Some(Dialog::Form(form)) => form.text(at),
        _ => panic!("no form is open:\n{}", screen.text()),
    }
}

/// A form, where each of its fields shows what was typed.
fn is_kept(mut screen: Screen, to_form: &str, typed: &[(&str, &str)]) -> Screen {
    screen.keys(to_form);
    for (keys, text) in typed {
        screen.keys(keys).type_text(text);
    }
    screen.keys("<esc>").send(Msg::Stop);
    let mut screen = screen.again();
    screen.keys(to_form);
    for (_, text) in typed {
        screen.must_show(text);
    }
    screen
}

#[test]
fn every_field_of_the_sign_off_is_there_again() {
    let fields = [
        ("", "Yes, fine"),
        ("<down>", "7K2"),
        ("<down>", "by mail"),
        ("<down><c-u>", "solution"),
        ("<up><up><up><up><c-u>", "human"),
    ];
    let screen = is_kept(reference(), "y", &fields);
    assert_eq!(screen.brief().drafts.len(), 5, "{}", screen.file());
}

#[test]
fn a_field_that_was_emptied_stays_empty() {
    let mut screen = reference();
    screen.keys("y<up>").must_show("Dana Reyes");
    screen.keys("<c-u><esc>").rest();
    let mut screen = screen.again();
    screen.keys("y<up>").must_not_show("Dana Reyes");
}

#[test]
fn a_look_into_a_form_leaves_nothing_behind() {
    let before = reference().file();
    for keys in ["y", "<enter>n", "<enter>d", "<enter>t", "p<enter>", "Oa"] {
        let mut screen = reference();
        screen.keys(keys).rest().keys("<esc>").rest();
        screen.send(Msg::Stop);
        assert_eq!(screen.file(), before, "{keys}");
    }
}

#[test]
fn a_form_that_was_taken_is_empty_the_next_time() {
    let mut screen = reference();
    screen.keys("<enter>n").type_text("saw it").keys("<down>");
    screen.type_text("phone").keys("<esc>n<enter>");
    let brief = screen.brief();
    assert_eq!(brief.events.last().unwrap().via, "phone");
    assert_eq!(brief.drafts, []);
    screen.keys("n").must_not_show("phone");
}

#[test]
fn the_title_that_is_being_changed_is_there_again() {
    let screen = is_kept(reference(), "<enter>t", &[("", " and why")]);
    assert_eq!(screen.brief().title, "What my analysts do all day");
}

#[test]
fn who_said_that_it_is_right_is_there_again() {
    let mut screen = reference();
    screen
        .keys("m<enter>")
        .type_text("because")
        .keys("<enter>m<enter>");
    assert_eq!(screen.brief().stage, Stage::Delivered);
    is_kept(screen, "m<enter>", &[("<up><c-u>", "human")]);
}

#[test]
fn the_details_of_a_basis_are_there_again_at_their_question() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.keys("<f2><down><down><c-u>").type_text("2 february");
    screen.rest();
    let mut screen = screen.again();
    screen.keys("<enter><f2>").must_show("2 february");
    screen.keys("<esc><pgdn><f2>").must_not_show("2 february");
    screen.keys("<esc><pgup><f2><enter><enter>");
    let brief = screen.brief();
    let on = brief.answers.get("purpose").unwrap().standing.on.unwrap();
    assert_eq!(on.to_string(), "2026-02-02");
    assert_eq!(brief.drafts, []);
}

#[test]
fn a_goal_that_is_being_written_is_there_again() {
    let screen = reference();
    let mut screen = is_kept(screen, "Oa", &[("", "Learn from it"), ("<down>", "Ines")]);
    screen.keys("<enter>");
    let goals = std::fs::read_to_string(screen.briefs().join("goals.toml")).unwrap();
    assert!(
        goals.contains("Learn from it") && !goals.contains("draft"),
        "{goals}"
    );
    screen.keys("a");
    assert_eq!(field(&screen, 2), "");
    screen.keys("<esc>");
    // The one that is changed has a draft of its own.
    screen.keys("e<down>").type_text(" and grow").keys("<esc>a");
    screen.must_not_show("and grow").keys("<esc>e");
    assert_eq!(field(&screen, 1), "Learn from it and grow");
}

#[test]
fn the_name_of_a_file_to_export_to_is_there_again() {
    is_kept(reference(), "p<enter>", &[("<c-u>", "mine.html")]);
}

/// The whole file with a comment at its end, as an editor leaves it.
fn with_comment(text: String, comment: &str) -> String {
    format!("{text}# {comment}\n")
}

#[test]
fn a_comment_written_into_the_file_is_there_after_undo_and_redo_around_it() {
    let mut screen = reference();
    screen.editor(|text| Ok(with_comment(text, "mine")));
    screen.keys("<enter>t").type_text(" one").keys("<enter>");
    screen.keys("E").must_show("the file is as you wrote it");
    screen.keys("t").type_text(" two").keys("<enter>");
    let last = screen.file();
    assert!(last.contains("# mine"));
    screen.keys("u");
    assert!(screen.file().contains("# mine"), "{}", screen.file());
    screen.keys("u");
    assert!(!screen.file().contains("# mine"), "a step of its own");
    screen.keys("u");
    assert_eq!(screen.brief().title, "What my analysts do all day");
    screen.keys("UUU");
    assert_eq!(screen.file(), last);
}

#[test]
fn a_comment_stays_when_only_what_was_typed_was_kept_in_between() {
    let mut screen = reference();
    screen.editor(|text| Ok(with_comment(text, "mine")));
    screen.keys("<enter>t").type_text(" one").keys("<enter>");
    screen.keys("E");
    open(&mut screen, "Why do they need it?");
    screen.type_text(" half a thought").keys("<esc><esc>");
    let last = screen.file();
    screen.keys("u");
    assert!(
        screen.file().contains("half a thought"),
        "{}",
        screen.file()
    );
    screen.keys("uUU");
    assert_eq!(screen.file(), last);
}

#[test]
fn events_in_between_do_not_take_a_comment_away() {
    let mut screen = reference();
    screen.editor(|text| Ok(with_comment(text, "mine")));
    screen
        .keys("<enter>n")
        .type_text("saw it")
        .keys("<enter><enter>");
    screen.keys("E");
    screen
        .keys("n")
        .type_text("saw it again")
        .keys("<enter><enter>");
    for keys in ["u", "U", "u", "u", "U", "U"] {
        screen.keys(keys);
    }
    assert!(screen.file().contains("# mine"), "{}", screen.file());
    assert_eq!(screen.file().matches("# mine").count(), 1);
}

#[test]
fn a_comment_written_from_the_shell_is_there_after_undo_and_redo() {
    let mut screen = reference();
    screen.keys("<enter>t").type_text(" one").keys("<enter>");
    let with = with_comment(screen.file(), "theirs");
    screen.put("super-report-k7m2.toml", with);
    screen.send(Msg::Resumed);
    screen.keys("u").must_show("undone");
    assert_eq!(screen.brief().title, "What my analysts do all day");
    assert!(screen.file().contains("# theirs"), "{}", screen.file());
    screen.keys("U");
    assert_eq!(screen.brief().title, "What my analysts do all day one");
    assert!(screen.file().contains("# theirs"), "{}", screen.file());
}

#[test]
fn a_file_edited_as_a_whole_is_not_put_back_over_a_later_change_from_the_shell() {
    let mut screen = reference();
    screen.editor(|text| Ok(with_comment(text, "mine")));
    screen.keys("<enter>t").type_text(" one").keys("<enter>E");
    let with = with_comment(screen.file(), "theirs");
    screen.put("super-report-k7m2.toml", with);
    screen.send(Msg::Resumed);
    screen.keys("uu");
    assert!(screen.file().contains("# theirs"), "{}", screen.file());
}

#[test]
fn words_that_name_another_code_are_taken_only_after_a_second_look() {
    let mut screen = reference();
    screen.keys("y");
    let code = Model::code(&screen.brief());
    screen.type_text("OK 7K2M9").keys("<down>");
    screen.type_text(&code).keys("<enter>");
    screen
        .must_show("their words name 7K2M9")
        .must_show(&format!("Enter again takes {code}"));
    assert_eq!(screen.brief().events, [], "nothing is signed yet");
    screen.keys("<enter>").must_show("said yes");
    let brief = screen.brief();
    let yes = brief.events.last().unwrap();
    assert_eq!(
        (yes.code.as_str(), yes.grade.clone()),
        (code.as_str(), Some(Grade::Said))
    );
}

#[test]
fn what_follows_the_code_is_shown_when_the_yes_is_taken() {
    let mut screen = reference();
    screen.keys("y");
    let code = Model::code(&screen.brief());
    screen
        .type_text(&format!("OK {code}, but only from March"))
        .keys("<enter>");
    screen
        .must_show("said yes")
        .must_show("\u{201c}but only from March\u{201d}")
        .must_show("u takes it back");
}

#[test]
fn every_key_about_a_brief_says_of_a_broken_file_that_it_cannot_be_read() {
    for others in [false, true] {
        for key in ["y", "s", "m", "p", "x"] {
            let mut screen = match others {
                true => reference(),
                false => Screen::new(80, 24),
            };
            screen.put("broken-aaaa.toml", "title = ");
            screen.send(Msg::Resumed);
            screen.keys("g").keys(key);
            screen.must_show("this file cannot be read; Enter says what is wrong with it, E edits");
        }
    }
}

#[test]
fn a_broken_file_can_be_mended_from_the_desk() {
    let mut screen = reference();
    screen.put("broken-aaaa.toml", "title = ");
    screen.send(Msg::Resumed);
    screen.editor(|text| Ok(format!("{text}\"Mended\"\n")));
    screen.must_show("Cannot be read").keys("gE");
    screen.must_show("Mended").must_not_show("Cannot be read");
}

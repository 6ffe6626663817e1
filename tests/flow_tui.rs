//! The reference case, typed into the interface from the empty desk to the
//! exported signed brief, every screen looked at.

use askfirst::domain::{Basis, EventKind, Stage};

use crate::support::screen::Screen;

/// Compares the screen with what was reviewed.
macro_rules! see {
    ($screen:expr, $name:literal) => {
        insta::assert_snapshot!($name, $screen.picture())
    };
}

#[test]
fn the_super_report_from_the_empty_desk_to_the_signed_export() {
    let mut screen = Screen::new(80, 24);
    see!(screen, "story_01_empty_desk");

    screen.keys("a");
    screen.type_text("What my analysts do all day");
    see!(screen, "story_02_new_brief");
    screen.keys("<enter>");
    see!(screen, "story_03_customers_empty");

    screen
        .type_text("Dana Reyes: she owes Human Resources the profiles of the roles on her desk")
        .keys("<enter>");
    screen.type_text("Human Resources").keys("<enter>");
    see!(screen, "story_04_customer_follow_up");
    screen
        .type_text("write job profiles and skill sets from it")
        .keys("<enter>");
    see!(screen, "story_05_customers");
    screen.keys("<enter>");

    see!(screen, "story_06_origin");
    screen.keys("1");

    screen.type_text("I'd like to understand what my analysts are doing all day.");
    see!(screen, "story_07_words");
    screen.keys("<enter>");
    screen.type_text("in passing, after the stand-up");
    see!(screen, "story_08_where");
    screen.keys("<enter>");

    see!(screen, "story_09_readings_empty");
    screen
        .type_text("How many tickets we get, and whether we have the staff for them")
        .keys("<enter><enter>");
    see!(screen, "story_10_readings_one_is_doubted");
    screen
        .type_text("Which kinds of work the desk receives and resolves, by role")
        .keys("<enter>");
    screen.type_text("2").keys("<enter>");
    see!(screen, "story_11_readings_second_chosen");
    screen.keys("<enter>");

    screen
        .type_text("HR decides on job profiles in March; without the kinds of work they would copy old ones")
        .keys("<tab>");
    see!(screen, "story_12_purpose_told");
    screen.keys("<enter>");

    see!(screen, "story_13_needs_empty");
    screen.keys("<tab>");
    screen
        .type_text("Skills that each type of work takes (for Human Resources)")
        .keys("<enter>");
    see!(screen, "story_14_need_acceptance");
    screen
        .type_text("Every type of work names at least one skill from HR's list")
        .keys("<enter>");
    for need in [
        "Types of work with a share for each (for Dana, HR) => HR can fill in a profile without asking",
        "Before HR's meeting on 20 February => in Dana's hands by noon on 19 February",
    ] {
        screen.type_text(need).keys("<enter>");
    }
    screen.keys("<tab><tab><tab>");
    screen
        .type_text(
            "Opens in Excel, so that HR can sort it => an .xlsx file without macros or links",
        )
        .keys("<enter>");
    see!(screen, "story_15_needs");
    screen.keys("<enter>");

    see!(screen, "story_16_rank");
    screen.keys("2");
    see!(screen, "story_17_rank_one_picked");
    screen.keys("1<enter>");

    see!(screen, "story_18_goals_empty");
    screen
        .type_text("team: Fair job grading by the end of the quarter")
        .keys("<enter>");
    screen
        .type_text("company: Hire for the skills we use => HR updates the skill sets")
        .keys("<enter>");
    see!(screen, "story_19_goals");
    screen.keys("<enter>");

    see!(screen, "story_20_deliverables_empty");
    screen
        .type_text("One-page table: type of work, share, skills #1 #2")
        .keys("<enter>");
    screen
        .type_text("The same as an Excel sheet with the ticket categories behind it #1 #4")
        .keys("<enter>");
    screen
        .type_text("Automated chart of occupied and available hours")
        .keys("<enter>");
    see!(screen, "story_21_deliverable_serves_what");
    screen.keys("<enter>");
    see!(screen, "story_22_deliverables_red_stripe");
    screen.keys("<enter>");

    screen
        .type_text("Ticket volumes and staffing")
        .keys("<enter>");
    screen.type_text("Automation").keys("<enter>");
    see!(screen, "story_23_out_of_scope");
    screen.keys("<enter>");

    screen.type_text("19 feb");
    see!(screen, "story_24_need_by");
    screen.keys("<enter>");
    see!(screen, "story_25_on_board");
    screen.keys("4");

    see!(screen, "story_26_review");
    screen.keys("G");
    see!(screen, "story_27_review_end");
    screen.keys("s");
    see!(screen, "story_28_share");
    screen.keys("<enter>");
    see!(screen, "story_29_shared");
    let code = screen.copied_code();
    insta::assert_snapshot!("story_message", screen.clipboard.last().unwrap());
    screen.keys("<esc>");
    see!(screen, "story_30_desk_waiting");

    screen.at("2026-02-04T11:15:00+01:00");
    see!(screen, "story_31_desk_next_day");
    screen.keys("y");
    see!(screen, "story_32_sign_off");
    screen.type_text("That's it. OK ZZZZZZ").keys("<enter>");
    screen.type_text("ZZZZZZ").keys("<enter>");
    see!(screen, "story_33_sign_off_wrong_code");
    screen.keys("<c-u>");
    screen.type_text(&code).keys("<tab>");
    screen.type_text("mail").keys("<enter>");
    see!(screen, "story_34_signed");
    screen.keys("<enter>");
    see!(screen, "story_35_brief");
    screen.keys("G");
    see!(screen, "story_36_brief_end");
    screen.keys("m");
    see!(screen, "story_37_what_next");
    screen.keys("<enter>");
    see!(screen, "story_38_started");

    screen.at("2026-02-18T16:00:00+01:00");
    screen.keys("m<enter>");
    see!(screen, "story_39_delivered");
    screen.keys("m<enter><tab>");
    screen.type_text("HR filled in three profiles on the spot");
    see!(screen, "story_40_confirm");
    screen
        .keys("<enter>")
        .must_show("What did it make possible?");
    screen
        .type_text("HR filled in three profiles")
        .keys("<enter>");
    see!(screen, "story_40_learned");
    screen.type_text("That she wanted numbers").keys("<enter>");
    screen.keys("<enter>").must_show("kept for the next time");
    see!(screen, "story_41_closed");
    screen.keys("p");
    see!(screen, "story_42_export");
    screen.keys("<enter>");
    see!(screen, "story_43_export_where");
    screen.keys("<enter>");
    see!(screen, "story_44_exported");
    screen.keys("<esc>");
    see!(screen, "story_45_desk_done");

    insta::assert_snapshot!("story_brief_file", screen.file());
    insta::assert_snapshot!("story_goals_file", screen.read("briefs/goals.toml"));

    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Closed);
    let kinds: Vec<&EventKind> = brief.events.iter().map(|e| &e.kind).collect();
    insta::assert_debug_snapshot!("story_events", kinds);
    assert_eq!(
        brief.answers.get("purpose").unwrap().standing.basis,
        Basis::Told
    );

    let html = screen.read(&format!("{}.html", brief.id));
    for said in [
        "what my analysts are doing all day",
        "Types of work with a share for each",
        "HR can fill in a profile without asking",
        "Ticket volumes and staffing",
        "Fair job grading",
        "Dana Reyes",
        "4 Feb 2026",
        "mail",
        &code,
    ] {
        assert!(html.contains(said), "no {said:?} in the export");
    }
    assert!(!html.contains("<script"));
}

#[test]
fn the_super_report_takes_at_most_31_control_keys() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a");
    screen
        .type_text("What my analysts do all day")
        .keys("<enter>");
    // One requester, two customers.
    screen
        .type_text("Dana Reyes: she owes HR the profiles of her desk")
        .keys("<enter>");
    screen
        .type_text("Human Resources: write job profiles from it")
        .keys("<pgdn>");
    screen.keys("<enter>");
    screen
        .type_text("I'd like to understand what my analysts are doing all day.")
        .keys("<enter>");
    screen.type_text("after the stand-up").keys("<enter>");
    screen
        .type_text("How many tickets we get, and whether we have the staff")
        .keys("<enter>");
    screen
        .type_text("Which kinds of work the desk does, by role")
        .keys("<enter>");
    screen.type_text("2").keys("<pgdn>");
    screen
        .type_text("HR decides on job profiles in March")
        .keys("<tab><enter>");
    screen
        .type_text("Skills that each type takes (for HR) => one skill each from HR's list")
        .keys("<enter>");
    screen
        .type_text("Types of work with a share (for Dana, HR) => HR can fill in a profile")
        .keys("<enter>");
    screen
        .type_text("Before HR's meeting => in Dana's hands on 19 February")
        .keys("<enter>");
    screen
        .type_text("Opens in Excel => an .xlsx file without macros")
        .keys("<pgdn>");
    // The second need matters most; the others follow in their order.
    screen.keys("2<enter>");
    screen
        .type_text("team: Fair job grading by the end of the quarter")
        .keys("<enter>");
    screen
        .type_text("company: Hire for the skills we use")
        .keys("<pgdn>");
    screen
        .type_text("One-page table of work types #1 #2")
        .keys("<enter>");
    screen
        .type_text("The same as an Excel sheet #1 #3 #4")
        .keys("<enter>");
    screen.type_text("Automated chart of hours").keys("<pgdn>");
    screen
        .type_text("Ticket volumes and staffing")
        .keys("<pgdn>");
    screen.type_text("19 feb").keys("<enter>");
    screen.keys("4");
    screen.must_show("Your answers");
    screen.keys("s<enter>");
    let code = screen.copied_code();
    screen.keys("y");
    screen
        .type_text(&format!("Yes, please. OK {code}"))
        .keys("<enter>");

    let brief = screen.brief();
    assert_eq!(brief.stage, Stage::Agreed, "{}", screen.text());
    assert_eq!(brief.customers.len(), 2);
    assert_eq!(brief.needs.len(), 4);
    assert_eq!(brief.goals.len(), 2);
    assert_eq!(brief.deliverables.len(), 3);
    assert_eq!(brief.chosen_reading().unwrap().id, brief.readings[1].id);
    assert!(brief.needs[0].text.starts_with("Types of work"));
    assert!(
        brief.needs.iter().all(|n| !n.acceptance.is_empty()),
        "{:#?}",
        brief.needs
    );
    assert!(
        screen.control_keys <= 31,
        "{} control keys",
        screen.control_keys
    );
    println!(
        "the reference case took {} control keys",
        screen.control_keys
    );
}

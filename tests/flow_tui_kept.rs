//! Nothing typed is lost: a killed program resumes where it was, and a disk
//! that does not take it, or has something else by now, loses nothing.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use askfirst::domain::{Brief, BriefId};
use askfirst::storage::{Entry, FindError, Folder, Goals, Loaded, Store, StoreError};

use super::flow_tui_lists::{open, pick, reference};
use crate::support::screen::Screen;

/// A folder that takes nothing while the disk is full.
struct FullDisk {
    folder: Folder,
    is_full: Rc<Cell<bool>>,
}

impl FullDisk {
    fn write(&self) -> Result<(), StoreError> {
        if self.is_full.get() {
            return Err(StoreError::Io {
                doing: "write",
                path: "/somewhere/briefs".into(),
                source: std::io::Error::from(std::io::ErrorKind::StorageFull),
            });
        }
        Ok(())
    }
}

impl Store for FullDisk {
    fn place(&self) -> &Path {
        self.folder.place()
    }
    fn list(&self) -> Result<Vec<Entry>, StoreError> {
        self.folder.list()
    }
    fn load(&self, id: &BriefId) -> Result<Loaded, StoreError> {
        self.folder.load(id)
    }
    fn create(&self, brief: &Brief) -> Result<Loaded, StoreError> {
        self.write()?;
        self.folder.create(brief)
    }
    fn create_from(&self, from: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.write()?;
        self.folder.create_from(from, brief)
    }
    fn save(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.write()?;
        self.folder.save(base, brief)
    }
    fn restore(
        &self,
        base: &Loaded,
        earlier: &Loaded,
        brief: &Brief,
    ) -> Result<Loaded, StoreError> {
        self.write()?;
        self.folder.restore(base, earlier, brief)
    }
    fn rename(&self, base: &Loaded, brief: &Brief) -> Result<Loaded, StoreError> {
        self.write()?;
        self.folder.rename(base, brief)
    }
    fn goals(&self) -> Result<Goals, StoreError> {
        self.folder.goals()
    }
    fn save_goals(&self, base: &Goals, goals: &Goals) -> Result<Goals, StoreError> {
        self.write()?;
        self.folder.save_goals(base, goals)
    }
    fn find(&self, typed: &str) -> Result<BriefId, FindError> {
        self.folder.find(typed)
    }
}

/// The walk of a new brief, at its first page.
fn walk() -> Screen {
    let mut screen = Screen::new(80, 24);
    screen.keys("a").type_text("The form").keys("<enter>");
    screen
}

#[test]
fn the_title_being_typed_is_there_after_a_kill() {
    let mut screen = Screen::new(80, 24);
    screen.keys("a").type_text("What my ana");
    screen.keys("<down><down>").rest();
    let mut screen = screen.again();
    screen.must_show("What my ana");
    screen
        .keys("<enter>")
        .must_show("What my ana")
        .must_show("(\u{2022}) fix");
    screen.type_text("lysts do").keys("<enter>");
    assert_eq!(screen.brief().title, "What my analysts do");
    assert_eq!(screen.brief().checklist, "fix");
    assert_eq!(screen.files().len(), 1);
}

#[test]
fn a_text_being_typed_is_there_after_a_kill_at_the_same_question() {
    let mut screen = walk();
    screen.type_text("Dana: signs it").keys("<enter><enter>1");
    screen.must_show("in their own words?");
    screen.type_text("I'd like to under").rest();
    let mut screen = screen.again();
    screen.must_show("The form").keys("<enter>");
    screen
        .must_show("in their own words?")
        .must_show("I'd like to under");
    screen.type_text("stand").keys("<enter>");
    assert_eq!(screen.brief().request.words, "I'd like to understand");
}

#[test]
fn a_list_line_being_typed_is_there_after_a_kill() {
    let mut screen = walk();
    screen.type_text("Dana: signs it").keys("<enter>");
    screen.type_text("Human Res").rest();
    let mut screen = screen.again();
    screen
        .keys("<enter>")
        .must_show("Human Res")
        .must_show("1 Dana");
    screen.type_text("ources: reads it").keys("<enter>");
    assert_eq!(screen.brief().customers[1].name, "Human Resources");
}

#[test]
fn a_follow_up_being_typed_belongs_to_its_row_after_a_kill() {
    let mut screen = walk();
    screen.type_text("Dana").keys("<enter>");
    screen.must_show("what will they use it for?");
    screen.type_text("to sign").rest();
    let mut screen = screen.again();
    screen
        .keys("<enter>")
        .must_show("what will they use it for?");
    screen.type_text(" it").keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.customers.len(), 1);
    assert_eq!(brief.customers[0].uses_for, "to sign it");
}

#[test]
fn a_row_being_changed_is_still_that_row_after_a_kill() {
    let mut screen = walk();
    screen.type_text("Dana: signs it").keys("<enter>");
    screen.type_text("Ines: reads it").keys("<enter>");
    screen.keys("<up><up><enter>").type_text(" twice").rest();
    let mut screen = screen.again();
    screen
        .keys("<enter>")
        .must_show("change 1")
        .must_show("twice");
    screen.keys("<enter>");
    let brief = screen.brief();
    assert_eq!(brief.customers.len(), 2);
    assert_eq!(brief.customers[0].uses_for, "signs it twice");
}

#[test]
fn what_is_being_typed_in_the_review_is_there_after_a_kill() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.type_text(" and pay").rest();
    let mut screen = screen.again();
    screen.keys("<enter>");
    screen
        .must_show("Why do they need it?")
        .must_show("and pay");
}

#[test]
fn a_reply_being_typed_into_the_sign_off_is_there_after_a_kill() {
    let mut screen = reference();
    screen.keys("y").type_text("Yes, but ").rest();
    let mut screen = screen.again();
    screen.keys("y").must_show("Yes, but");
    screen.keys("<esc>y").must_show("Yes, but");
}

#[test]
fn a_reason_being_typed_is_offered_again_with_its_form() {
    let mut screen = reference();
    screen
        .keys("m<enter>")
        .type_text("Dana is away")
        .keys("<esc>");
    screen.keys("m<enter>").must_show("Dana is away").rest();
    let mut screen = screen.again();
    screen.keys("m<enter>").must_show("Dana is away");
    screen
        .keys("<esc><enter>d")
        .type_text("not now")
        .keys("<esc>d");
    screen.must_show("not now");
}

#[test]
fn what_is_being_typed_at_two_questions_is_kept_at_both() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.type_text(" and pay").keys("<esc>");
    pick(&mut screen, "What will you leave out?");
    screen.type_text("Last ye").rest();
    let mut screen = screen.again();
    // On the way to the review the line is taken.
    screen.keys("e").must_show("Last ye").keys("<f3>");
    pick(&mut screen, "Why do they need it?");
    screen.must_show("and pay").keys("<enter>");
    let brief = screen.brief();
    let purpose = brief.answers.get("purpose").unwrap();
    assert!(purpose.text.ends_with("and pay"));
    assert_eq!(brief.out[2], "Last ye");
    assert!(brief.drafts.is_empty(), "{:?}", brief.drafts);
}

#[test]
fn what_is_typed_is_kept_under_help_and_palette_too() {
    let mut screen = walk();
    screen.type_text("Dana: si").keys("<f1>");
    screen.send(askfirst::tui::message::Msg::Stop);
    let mut screen = screen.again();
    screen.keys("<enter>").must_show("Dana: si");
}

#[test]
fn control_c_keeps_what_is_typed() {
    let mut screen = walk();
    screen.type_text("Dana: si").keys("<c-c>");
    assert!(screen.ended.is_some());
    assert!(screen.file().contains("Dana: si"));
}

#[test]
fn the_editor_gives_the_text_back() {
    let mut screen = walk();
    screen.editor(|text| Ok(format!("{text}: signs it")));
    screen.type_text("Dana").keys("<c-x><enter>");
    assert_eq!(screen.brief().customers[0].uses_for, "signs it");
    screen.editor(|_| Err("vi ended without saving; nothing was changed".to_owned()));
    screen.type_text("Ines").keys("<c-x>");
    screen.must_show("ended without saving").must_show("Ines");
}

#[test]
fn a_full_disk_keeps_the_text_and_tries_again() {
    let is_full = Rc::new(Cell::new(false));
    let switch = Rc::clone(&is_full);
    let mut screen = Screen::new(80, 24).behind(|folder| {
        Rc::new(FullDisk {
            folder,
            is_full: switch,
        })
    });
    screen.keys("a").type_text("The form").keys("<enter>");
    screen.type_text("Dana: signs it").keys("<enter>");
    is_full.set(true);
    screen.type_text("Ines: reads it").keys("<enter>");
    insta::assert_snapshot!("kept_full_disk", screen.picture());
    screen.must_show("What you typed is still here");
    screen
        .keys("<esc>")
        .must_show("Ines")
        .must_show("not saved yet");
    screen.type_text("Zoë: pays it");
    is_full.set(false);
    screen.keys("<enter>").must_show("saved");
    let names: Vec<_> = screen
        .brief()
        .customers
        .into_iter()
        .map(|c| c.name)
        .collect();
    assert_eq!(names, ["Dana", "Ines", "Zoë"]);
}

#[test]
fn what_the_folder_does_not_take_can_go_elsewhere() {
    let is_full = Rc::new(Cell::new(false));
    let switch = Rc::clone(&is_full);
    let mut screen = Screen::new(80, 24).behind(|folder| {
        Rc::new(FullDisk {
            folder,
            is_full: switch,
        })
    });
    screen.keys("a").type_text("The form").keys("<enter>");
    is_full.set(true);
    screen.type_text("Dana: signs it").keys("<enter>");
    screen
        .keys("3<enter><c-u>")
        .type_text("rescue.toml")
        .keys("<enter>");
    assert!(screen.read("rescue.toml").contains("signs it"));
}

/// A brief with a changed file behind it, and the dialog that says so.
fn changed_behind() -> Screen {
    let mut screen = reference();
    open(&mut screen, "What will you leave out?");
    let file = screen.file();
    screen.put(
        "super-report-k7m2.toml",
        file.replace("Dana Reyes", "Dana Reyes-Smith"),
    );
    screen.type_text("Last year").keys("<enter>");
    screen.must_show("The file has changed");
    screen
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten() {
    let mut screen = changed_behind();
    insta::assert_snapshot!("kept_changed", screen.picture());
    assert!(screen.file().contains("Reyes-Smith"));
    assert!(!screen.file().contains("Last year"));

    screen.keys("<enter>");
    insta::assert_snapshot!("kept_compare", screen.picture());
    screen.must_show("Reyes-Smith").must_show("Last year");

    // Reading the difference decides nothing.
    screen.keys("<esc>").must_show("The file has changed");
    screen.keys("2").must_show("The file has changed");
    screen.keys("<enter>").must_show("(my copy)");
    let files = screen.files();
    assert_eq!(files.len(), 2, "{files:#?}");
    let all = files.iter().map(|(_, text)| text.as_str());
    assert_eq!(all.clone().filter(|t| t.contains("Reyes-Smith")).count(), 1);
    assert_eq!(all.filter(|t| t.contains("Last year")).count(), 1);
}

#[test]
fn reloading_takes_what_is_in_the_file() {
    let mut screen = changed_behind();
    screen.keys("3<enter>");
    assert!(screen.file().contains("Reyes-Smith"));
    screen.must_not_show("Last year");
    screen.type_text("Next year").keys("<enter>");
    let file = screen.file();
    assert!(file.contains("Reyes-Smith") && file.contains("Next year"));
}

#[test]
fn a_draft_survives_a_changed_file() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    let file = screen.file();
    screen.put(
        "super-report-k7m2.toml",
        file.replace("Dana Reyes", "Dana R"),
    );
    screen.type_text(" and pay").rest();
    screen.must_show("The file has changed");
    screen.keys("<esc>").must_show("and pay");
    screen.rest();
    screen.keys("2<enter>");
    assert!(
        screen
            .files()
            .iter()
            .any(|(_, text)| text.contains("and pay")),
        "{:#?}",
        screen.files()
    );
}

#[test]
fn a_file_that_is_gone_is_not_gone_from_the_screen() {
    let mut screen = reference();
    open(&mut screen, "What will you leave out?");
    let file = screen.file();
    screen.put("super-report-k7m2.toml", format!("# mine\n{file}"));
    screen.send(askfirst::tui::message::Msg::Resumed);
    std::fs::remove_file(screen.briefs().join("super-report-k7m2.toml")).unwrap();
    screen.type_text("Last year").keys("<enter>");
    insta::assert_snapshot!("kept_gone", screen.picture());
    screen.must_show("no longer in the folder");
    screen.keys("<enter>").must_show("saved");
    assert!(screen.file().contains("Last year") && screen.file().starts_with("# mine\n"));
}

#[test]
fn a_broken_file_is_listed_and_explained_and_left_alone() {
    let mut screen = reference();
    let broken = "format = 1\ntitle = \"half a\nstage = \"draft\"\n";
    screen.put("broken-bbbb.toml", broken);
    screen.send(askfirst::tui::message::Msg::Resumed);
    insta::assert_snapshot!("kept_broken_desk", screen.picture());
    screen.must_show("What my analysts do all day");
    screen.keys("g<enter>");
    insta::assert_snapshot!("kept_broken_reader", screen.picture());
    screen.keys("<esc>y").must_show("this file cannot be read");
    assert_eq!(screen.read("briefs/broken-bbbb.toml"), broken);
}

#[test]
fn a_brief_of_a_newer_version_can_be_read_and_not_changed() {
    let mut screen = Screen::new(80, 24);
    let newer = "format = 99\nid = \"newer-bbbb\"\ntitle = \"From the future\"\nstage = \"draft\"\n\
                 created = 2026-02-03T09:00:00+01:00\n\n[[customer]]\nid = \"dana\"\nname = \"Dana\"\n";
    screen.put("newer-bbbb.toml", newer);
    screen.send(askfirst::tui::message::Msg::Resumed);
    screen.keys("<enter>");
    insta::assert_snapshot!("kept_newer", screen.picture());
    for key in ["e", "s", "y", "m", "x", "d", "t", "v"] {
        screen.keys(key);
        screen.must_show("newer");
        screen.keys("<esc>");
        if screen.model.screens.len() == 1 {
            screen.keys("<enter>");
        }
    }
    screen.send(askfirst::tui::message::Msg::Stop);
    assert_eq!(screen.read("briefs/newer-bbbb.toml"), newer);
}

#[test]
fn a_look_at_help_leaves_the_page_as_it_is() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.type_text(" and pay").keys("<f1>").keys("<esc>");
    screen.must_show("and pay");
    screen.keys("<enter>");
    assert!(screen.file().contains("and pay"));

    screen.keys("<esc>");
    open(&mut screen, "Which need matters most?");
    screen.keys("4?<esc><enter>");
    assert_eq!(screen.brief().needs[0].id.as_str(), "excel");

    screen.keys("<esc>");
    open(&mut screen, "Are they on board");
    screen.keys("jj:<esc>");
    assert!(screen.picture().contains("selected: 3 They heard of it"));
}

#[test]
fn a_changed_file_taken_in_again_leaves_the_text_being_typed() {
    let mut screen = reference();
    open(&mut screen, "Why do they need it?");
    screen.type_text(" and pay");
    let file = screen.file();
    screen.put(
        "super-report-k7m2.toml",
        file.replace("Dana Reyes", "Dana Reyes-Smith"),
    );
    screen.rest();
    screen.keys("3<enter>").must_show("and pay");
    screen.keys("<enter>");
    assert!(screen.file().contains("and pay") && screen.file().contains("Reyes-Smith"));
}

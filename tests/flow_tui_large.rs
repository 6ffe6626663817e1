//! A folder of more briefs than are read: the same desk, and nothing missing.

use std::fmt::Write as _;

use askfirst::storage::Entry;

use crate::support::screen::Screen;

const MANY: usize = 260;

/// Briefs of all kinds. The ids do not tell the order of the desk.
fn text(at: usize) -> String {
    let stage = ["draft", "in-progress", "closed", "asked", "closed"][at % 5];
    let (day, hour) = (1 + at % 27, at % 24);
    let mut text = format!(
        "format = 1\ntitle = \"Title {at}\"\nstage = \"{stage}\"\n\
         created = 2026-01-{day:02}T{hour:02}:00:00+01:00\narchived = {}\n\n\
         [request]\nwords = \"Could I have number {at}?\"\nby = \"dana\"\n\n\
         [[customer]]\nid = \"dana\"\nname = \"Dana Reyes\"\nrole = \"requester\"\n",
        at % 35 == 34
    );
    if stage != "draft" {
        let _ = write!(
            text,
            "\n[[event]]\nid = \"a\"\nkind = \"shared\"\n\
             at = 2026-01-{day:02}T{hour:02}:30:00+01:00\nto = \"dana\"\n"
        );
    }
    text
}

fn large() -> Screen {
    large_of(MANY)
}

fn large_of(many: usize) -> Screen {
    let screen = Screen::new(80, 24);
    std::fs::create_dir_all(screen.briefs()).unwrap();
    for at in 0..many {
        let path = screen
            .briefs()
            .join(format!("brief-{:03}.toml", at * 7 % many));
        std::fs::write(path, text(at)).unwrap();
    }
    screen.again()
}

/// The titles on the screen, from the top.
fn titles(screen: &Screen) -> Vec<String> {
    let text = screen.text();
    let lines = text.lines().filter_map(|line| {
        let at = line.find("Title ").filter(|at| *at < 12)?;
        let words = line[at..].split_whitespace().take(2);
        let words = words.collect::<Vec<_>>().join(" ");
        Some(words.trim_end_matches('”').to_owned())
    });
    lines.collect()
}

#[test]
fn all_briefs_are_on_the_desk_in_the_order_of_a_small_folder_and_few_in_memory() {
    let mut screen = large();
    assert!(
        screen.model.items.len() < 60,
        "{}",
        screen.model.items.len()
    );
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..MANY + 5 {
        screen.keys("j");
        for title in titles(&screen) {
            if !seen.contains(&title) {
                seen.push(title);
            }
        }
    }
    let archived = (0..MANY).filter(|at| at % 35 == 34).count();
    seen.sort();
    assert_eq!(seen.len(), MANY - archived, "{seen:?}");
    // With all of them in memory the desk sorts them by what the briefs say.
    let shelf = screen.keys("g").picture();
    let entries = screen.texts();
    assert_eq!(entries.len(), MANY);
    screen.send(askfirst::tui::message::Msg::Listed {
        briefs: Ok(all(&screen)),
        goals: Ok(askfirst::storage::Goals::default()),
    });
    assert!(screen.model.shelf.is_empty());
    assert_eq!(screen.picture(), shelf);
    for keys in ["G", "kkkkkkkk", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "A", "G"] {
        let small = screen.keys(keys).picture();
        let mut large = large();
        let all = ["G", "kkkkkkkk", "kkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "A", "G"];
        for before in all
            .iter()
            .take(all.iter().position(|k| k == &keys).unwrap())
        {
            large.keys(before);
        }
        if keys != "G" {
            assert_eq!(large.keys(keys).picture(), small, "{keys}");
        }
    }
}

fn all(screen: &Screen) -> Vec<Entry> {
    use askfirst::storage::{Folder, Store as _};
    Folder::at(screen.briefs()).list().unwrap()
}

#[test]
fn a_change_is_saved_moves_its_row_and_can_be_taken_back() {
    let mut screen = large();
    let first = titles(&screen)[0].clone();
    screen.keys("x").must_show("put away");
    assert!(!titles(&screen).contains(&first), "{}", screen.text());
    let archived = |screen: &Screen| {
        let files = screen.files().into_iter();
        files
            .filter(|(_, text)| text.contains("archived = true"))
            .count()
    };
    let before = archived(&large());
    assert_eq!(archived(&screen), before + 1);
    screen.keys("jjjjjj").keys("u");
    assert_eq!(archived(&screen), before);
    screen.keys("g");
    assert_eq!(titles(&screen)[0], first);
}

#[test]
fn words_are_found_in_briefs_that_nobody_has_read() {
    let mut screen = large();
    screen.keys("/").type_text("number 123?");
    assert_eq!(titles(&screen), ["Title 123"]);
    screen.keys("<enter>").must_show("Could I have number 123?");
    screen.keys("<esc>").keys("/").type_text("number");
    screen.must_show("Title");
    screen.keys("<end>");
    screen.must_not_show("nothing fits");
    screen.type_text("zebra").must_show("nothing fits");
}

#[test]
fn the_words_that_were_looked_for_are_in_sight() {
    let screen = large();
    let far = format!(
        "{}[request]\nwords = \"{} how many kites we fly?\"\nby = \"dana\"\n\n\
         [[customer]]\nid = \"dana\"\nname = \"Dana Reyes\"\nrole = \"requester\"\n",
        text(0).split("[request]").next().unwrap(),
        "Some day when you have an hour could you perhaps find out for us".repeat(3),
    );
    std::fs::write(screen.briefs().join("kites.toml"), far).unwrap();
    let mut screen = screen.again();
    screen.keys("/").type_text("kites many");
    screen.must_show("how many kites we fly?");
    // Of words in several texts, one.
    screen.keys("<esc>/").type_text("dana kites");
    screen.must_show("many kites we fly?");
}

#[test]
fn a_message_to_a_person_knows_of_all_briefs_with_their_name() {
    let mut screen = large();
    screen
        .keys("/")
        .type_text("number 123")
        .keys("<enter>")
        .keys("s");
    let named = screen.model.items.iter().filter(|item| {
        let mut customers = item.brief.customers.iter();
        customers.any(|c| c.name == "Dana Reyes")
    });
    assert_eq!(named.count(), MANY);
    // And back on the desk they are put back.
    screen.keys("<esc><esc><esc>").keys("jjj");
    screen.must_show("Title");
}

#[test]
fn what_changed_on_the_disk_is_shown_when_the_folder_is_read_again() {
    let mut screen = large();
    let first = titles(&screen)[0].clone();
    let (name, old) = screen
        .files()
        .into_iter()
        .find(|(_, text)| text.contains(&format!("\"{first}\"")))
        .unwrap();
    screen.put(&name, old.replace(&first, "Another name"));
    screen.put("broken.toml", "title = ");
    screen.send(askfirst::tui::message::Msg::Resumed);
    screen.must_show("Another name").must_show("broken.toml");
    std::fs::remove_file(screen.briefs().join(&name)).unwrap();
    std::fs::remove_file(screen.briefs().join("broken.toml")).unwrap();
    screen.send(askfirst::tui::message::Msg::Resumed);
    screen
        .must_not_show("Another name")
        .must_not_show("broken.toml");
    assert!(!titles(&screen).is_empty());
}

#[test]
fn of_a_team_mine_come_first_and_those_of_colleagues_when_they_are_asked_for() {
    let mut screen = Screen::new(80, 24);
    std::fs::create_dir_all(screen.briefs()).unwrap();
    for at in 0..MANY {
        let owner = ["", "owner = \"Ana\"\n", "owner = \"Raj\"\n"][at % 3];
        let mut text = text(at).replacen("title", &format!("{owner}title"), 1);
        if at == 7 {
            text += "\n[[conflict]]\nplace = \"title\"\nversions = [\"a\", \"b\"]\n";
        }
        screen.put(&format!("brief-{at:03}.toml"), text);
    }
    screen.model.me = askfirst::domain::Me::among("Ana", String::new);
    screen.send(askfirst::tui::message::Msg::Resumed);
    assert!(!screen.model.shelf.is_empty());
    screen
        .must_show("Changed in two ways")
        .must_show("choose: the title");
    screen.keys("G").must_show("of colleagues are not shown");
    let theirs = |screen: &Screen| {
        let of = |title: &String| title[6..].parse::<usize>().unwrap() % 3 == 2;
        titles(screen).iter().filter(|title| of(title)).count()
    };
    assert_eq!(theirs(&screen), 0, "{}", screen.text());
    screen
        .keys("M")
        .must_show("the briefs of everyone are shown");
    // Above what is done, below what there is to do.
    screen.keys("g");
    let (mut seen, mut is_named) = (0, false);
    for _ in 0..MANY {
        screen.keys("j");
        seen += theirs(&screen);
        is_named |= screen.text().contains("Of colleagues");
    }
    assert!(seen > 0 && is_named, "{}", screen.text());
}

#[test]
fn people_and_goals_know_of_all_briefs() {
    let mut screen = large();
    screen.keys(":").type_text("people").keys("<enter>");
    screen.must_show("Dana Reyes");
    let archived = (0..MANY).filter(|at| at % 35 == 34).count();
    assert!(screen.model.items.len() >= MANY - archived);
}

/// How many rows were written since the interface began.
fn written(screen: &Screen) -> usize {
    match screen.model.top() {
        Some(askfirst::tui::screens::Screen::Desk(desk)) => desk.written(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_writes_only_the_rows_that_come_into_sight_however_many_there_are() {
    let cost = |many: usize| {
        let mut screen = large_of(many);
        let first = written(&screen);
        screen.keys("jjj");
        let near = written(&screen);
        screen.keys(&"j".repeat(57)).keys("<pgdn>").keys("kk");
        (first, near, written(&screen))
    };
    let few = cost(260);
    assert!(few.0 <= 24 && few.1 == few.0 && few.2 <= 110, "{few:?}");
    let many = cost(700);
    assert_eq!((many.0, many.1), (few.0, few.1));
    assert!(many.2.abs_diff(few.2) <= 4, "{few:?} {many:?}");
}

#[test]
fn briefs_that_are_only_passed_by_queued_keys_are_not_read() {
    use askfirst::tui::message::{Effect, Msg};
    use askfirst::tui::update;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    let mut screen = large();
    let read = screen.model.items.len();
    let mut waiting = Vec::new();
    for _ in 0..100 {
        let key = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
        waiting.extend(update(&mut screen.model, Msg::Key(key)));
    }
    assert_eq!(screen.model.items.len(), read);
    assert!(
        waiting.iter().all(|effect| *effect == Effect::Show),
        "{waiting:?}"
    );
    // Once for all of them, before the next frame.
    screen.send(Msg::Rested);
    let shown = screen.model.items.len() - read;
    assert!((10..=24).contains(&shown), "{shown}");
    assert!(titles(&screen).len() > 10, "{}", screen.text());
}

#[test]
fn what_is_seen_next_is_ready_before_the_key() {
    use askfirst::tui::message::{Effect, Msg};
    use askfirst::tui::{perform, prepare, shelf};

    let mut screen = large();
    // As the runner does while nobody presses a key; the store is that of the folder.
    let store = askfirst::storage::Folder::at(screen.briefs());
    loop {
        let ids = shelf::ahead(&screen.model);
        if ids.is_empty() && !prepare(&mut screen.model) {
            break;
        }
        let loaded = perform(&store, &screen.model, &Effect::Load(ids)).unwrap();
        screen.send(loaded);
    }
    let (read, done) = (screen.model.items.len(), written(&screen));
    screen.keys(&"j".repeat(30));
    assert_eq!((screen.model.items.len(), written(&screen)), (read, done));
    assert!(titles(&screen).len() > 5);
    screen.send(Msg::Rested);
}

/// What was known is shown at once. That it is so changes nothing, and what is not so
/// any more is read again.
#[test]
fn a_glimpse_of_a_folder_stands_until_a_file_of_it_is_another() {
    use askfirst::storage::{Folder, Indexed, Scrap, Store as _};
    use askfirst::tui::message::{Effect, Msg};
    use askfirst::tui::perform;

    let mut screen = large();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::new(1_600_000_000, 3);
    let settle = |path: &std::path::Path| {
        let file = std::fs::File::open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    };
    for at in 0..MANY {
        settle(&screen.briefs().join(format!("brief-{at:03}.toml")));
    }
    settle(&screen.briefs());
    let cache = Some(Scrap::at(screen.briefs().join("../cache")));
    let lens = screen.model.lens();
    let store = Indexed::at(Folder::at(screen.briefs()), cache, lens.clone());
    store.rows(&lens).unwrap();
    let picture = screen.picture();

    let glimpse = perform(&store, &screen.model, &Effect::Glimpse).unwrap();
    assert!(matches!(glimpse, Msg::Shelved { .. }), "{glimpse:?}");
    screen.send(glimpse);
    assert_eq!(screen.picture(), picture);
    let revision = screen.model.shelf.revision;
    let looked = perform(&store, &screen.model, &Effect::List).unwrap();
    assert!(matches!(looked, Msg::Unchanged(Ok(_))), "{looked:?}");
    screen.send(looked);
    assert_eq!(screen.picture(), picture);
    assert_eq!(screen.model.shelf.revision, revision);

    let first = titles(&screen)[0].clone();
    let of_first = |at: &usize| text(*at).contains(&format!("\"{first}\""));
    let at = (0..MANY).find(of_first).unwrap();
    let path = screen
        .briefs()
        .join(format!("brief-{:03}.toml", at * 7 % MANY));
    std::fs::write(&path, text(at).replace(&first, "Title of its own")).unwrap();
    let looked = perform(&store, &screen.model, &Effect::List).unwrap();
    assert!(matches!(looked, Msg::Shelved { .. }), "{looked:?}");
    screen.send(looked);
    screen.must_show("Title of its own");
    std::fs::remove_file(&path).unwrap();
    let looked = perform(&store, &screen.model, &Effect::List).unwrap();
    screen.send(looked);
    screen.must_not_show("Title of its own");
}

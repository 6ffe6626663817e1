//! Who agreed, by which grade, and what changed since, on the screens.

use askfirst::domain::{EventKind, Grade, sign_off};

use super::flow_tui_lists::reference;
use crate::support::screen::Screen;
use crate::support::{TestDir, code_in};

/// The brief of the reference case, with Dana's yes and its code, on its screen.
fn agreed() -> Screen {
    let mut screen = reference();
    let code = askfirst::domain::Agreement::of(&screen.brief()).code();
    screen.keys("<enter>y");
    screen.type_text(&format!("OK {code}")).keys("<enter>");
    screen.must_show(&format!("Dana Reyes said yes to {code}"));
    screen
}

/// The file of the brief, changed by hand.
fn edit(screen: &mut Screen, from: &str, to: &str) {
    let text = screen.file();
    assert!(text.contains(from), "{from:?} is not in {text}");
    screen.put("super-report-k7m2.toml", text.replacen(from, to, 1));
    screen.send(askfirst::tui::message::Msg::Resumed);
}

#[test]
fn the_screen_of_a_brief_says_what_a_yes_proves() {
    let mut screen = agreed();
    screen
        .must_show("◑ reply)")
        .must_show("that does not prove who wrote them")
        .must_not_show("today's code is");
    screen.keys("v").must_show("Who agreed");
    screen.must_show("all of it: agreed by Dana Reyes (◑ reply)");
}

#[test]
fn what_changed_is_shown_by_section_and_called_a_rewording_with_two_keys() {
    let mut screen = agreed();
    screen
        .keys("w")
        .must_show("nothing has changed since a yes");
    edit(&mut screen, "Opens in Excel", "Can be opened in Excel");
    edit(
        &mut screen,
        "appetite = \"3 days\"",
        "appetite = \"3 weeks\"",
    );
    screen
        .must_show("! the needs and their order: changed since the yes of Dana Reyes (◑ reply)")
        .must_show("w says that a change is only reworded");
    screen.keys("w").must_show("+ worth 3 weeks");
    screen.must_show("1 reworded: the needs and their order");
    screen.keys("1").must_show("a rewording: the yes stands");
    screen.must_show("~ the needs and their order: reworded since the yes of Dana Reyes");
    let lapsed = sign_off::lapsed(&screen.brief());
    assert_eq!(lapsed, [askfirst::domain::Section::Dates]);
    // Seen on the review, taken back there, and done again.
    screen
        .keys("v")
        .must_show("~ reworded")
        .keys("u")
        .must_not_show("~ reworded");
    assert_eq!(sign_off::lapsed(&screen.brief()).len(), 2);
    screen.keys("U").must_show("~ reworded");
    screen.keys("w").must_show("~ a rewording: the needs");
    screen.keys("<esc>");
}

#[test]
fn a_choice_of_what_a_change_is_fits_a_small_screen() {
    let mut screen = agreed();
    edit(&mut screen, "Opens in Excel", "Can be opened in Excel");
    screen
        .resize(40, 15)
        .keys("w")
        .must_show("1 reworded: the needs");
    screen.keys("<esc>");
}

#[test]
fn a_signature_is_taken_from_a_file_and_refused_with_the_reason() {
    let keys = TestDir::new();
    let run = |args: &[&str]| {
        let output = keys.command("ssh-keygen").args(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    run(&["-q", "-t", "ed25519", "-N", "", "-C", "dana", "-f", "dana"]);
    let public = keys.read("dana.pub");
    keys.write("allowed", format!("dana@example.com {public}"));
    let mut screen = reference();
    screen.keys("<enter>");
    let text = askfirst::domain::Agreement::of(&screen.brief()).text();
    keys.write("a.txt", text);
    run(&[
        "-q",
        "-Y",
        "sign",
        "-n",
        "askfirst-signoff@v1",
        "-f",
        "dana",
        "a.txt",
    ]);
    let path = |name: &str| keys.path(name).display().to_string();
    screen.keys("S").must_show("Signed with an SSH key");
    screen.type_text(&path("a.txt.sig")).keys("<tab>");
    screen.type_text(&path("allowed")).keys("<enter>");
    screen.must_show("is that of dana@example.com, which is nobody's address");
    screen
        .keys("<tab><tab>")
        .type_text("Nobody")
        .keys("<enter>");
    screen.must_show("is not among the customers");
    screen.keys("<c-u>").type_text("Dana").keys("<enter>");
    screen.must_show("Dana Reyes is dana.reyes@example.com");
    screen
        .keys("<tab><tab><c-u>")
        .type_text("HR")
        .keys("<enter>");
    screen.must_show("ssh-keygen agrees").must_show("● signed)");
    let brief = screen.brief();
    let yes = sign_off::sign_offs(&brief).pop().unwrap();
    assert_eq!(yes.grade, Grade::Signed);
    assert_eq!(yes.key.unwrap().principal, "dana@example.com");
    // It can be taken back, and says what changed where the version is older.
    screen.keys("u");
    assert!(sign_off::sign_offs(&screen.brief()).is_empty());
    let signed = screen.brief().events;
    assert_eq!(signed[0].kind, EventKind::Signed, "the history keeps it");
    edit(
        &mut screen,
        "appetite = \"3 days\"",
        "appetite = \"3 weeks\"",
    );
    screen.keys("S").type_text(&path("a.txt.sig")).keys("<tab>");
    screen.type_text(&path("allowed")).keys("<enter>");
    screen
        .must_show("+ worth 3 weeks")
        .must_show("it signs version 1");
    screen.keys("<esc>S").must_show("signature").keys("<esc>");
    screen
        .keys("S<c-u>")
        .type_text("/nowhere/x.sig")
        .keys("<enter>");
    screen.must_show("there is no such file");
}

#[test]
fn the_same_brief_shows_the_same_grades_to_the_command_line() {
    let dir = TestDir::new();
    dir.write("s.toml", crate::support::SUPERREPORT);
    dir.run("new --from s.toml").done();
    let code = code_in(&dir.run("share analysts").done().stdout);
    let signed = dir.run(&format!(
        "sign analysts --by Dana --code {code} --words \"OK {code}\""
    ));
    let signed = signed.done().stdout;
    assert!(
        signed.contains("✓ all of it: agreed by Dana Reyes (◑ reply)"),
        "{signed}"
    );
}

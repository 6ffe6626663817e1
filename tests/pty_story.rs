//! The reference case through the real program in a terminal.

use crate::support::TestDir;
use crate::support::pty::{Launch, contains, files};

#[test]
fn the_super_report_from_the_empty_home_to_the_verified_export() {
    let dir = TestDir::bare();
    let mut pty = Launch::new(&dir).start();
    pty.wait_for("They asked for a red box").keys("a");
    pty.wait_for("In a few words")
        .keys("What my analysts do all day<enter>");

    pty.wait_for("Who is this for?")
        .keys("Dana Reyes: she owes HR the profiles of her desk<enter>");
    pty.wait_for("Dana Reyes")
        .keys("Human Resources: write job profiles from it<pgdn>");
    pty.wait_for("How did it come to you?").keys("<enter>");
    pty.wait_for("What did they say")
        .keys("I'd like to understand what my analysts are doing all day.<enter>");
    pty.wait_for("Where and when did they say it?")
        .keys("after the stand-up<enter>");
    pty.wait_for("What could they have meant?")
        .keys("How many tickets we get, and whether we have the staff<enter>");
    pty.wait_for(" 1 ")
        .keys("Which kinds of work the desk does, by role<enter>");
    pty.wait_for("type a number to say which one")
        .keys("2<pgdn>");
    pty.wait_for("Why do they need it?")
        .keys("HR decides on job profiles in March<tab>");
    pty.wait_for("told").keys("<enter>");
    pty.wait_for("What must the result do for them");
    for need in [
        "Skills that each type takes (for HR) => one skill each from HR's list<enter>",
        "Types of work with a share (for Dana, HR) => HR can fill in a profile<enter>",
        "Before HR's meeting => in Dana's hands on 19 February<enter>",
        "Opens in Excel => an .xlsx file without macros<pgdn>",
    ] {
        pty.keys(need);
    }
    pty.wait_for("Which need matters most?").keys("2<enter>");
    pty.wait_for("Which goals")
        .keys("team: Fair job grading by the end of the quarter<enter>")
        .keys("company: Hire for the skills we use<pgdn>");
    pty.wait_for("What will you hand over")
        .keys("One-page table of work types #1 #2<enter>")
        .keys("The same as an Excel sheet #1 #3 #4<enter>")
        .keys("Automated chart of hours<pgdn>");
    pty.wait_for("What will you leave out?")
        .keys("Ticket volumes and staffing<pgdn>");
    pty.wait_for("When do they need it?").keys("19 feb<enter>");
    pty.wait_for("Are they on board").keys("4");

    pty.wait_for("Your answers").keys("s");
    pty.wait_for("Subject:").keys("<enter>");
    pty.wait_until("the copied message", |pty| {
        contains(&pty.raw, b"\x1b]52;c;")
    });
    let briefs = dir.home().join(".local/share/askfirst");
    let file = pty.wait_for_file(&briefs, "kind = \"shared\"");
    let code = code_of(&file);

    pty.keys("y");
    pty.wait_for("They said yes")
        .keys(&format!("Yes, please. OK {code}<enter>"));
    pty.wait_for_file(&briefs, "stage = \"agreed\"");
    // Back at the desk from wherever the form was opened.
    pty.keys("<esc><esc><esc>");
    pty.wait_for("Agreed, not started").keys("<enter>m");
    pty.wait_for("start the work").keys("<enter>");
    pty.wait_for_file(&briefs, "stage = \"in-progress\"");
    pty.keys("p");
    pty.wait_for("to print or read on a phone").keys("<enter>");
    pty.wait_for("in this folder, or a whole path")
        .keys("<c-u>agreed.html<enter>");
    pty.wait_for("written to agreed.html");
    pty.keys("<c-c>");
    assert!(pty.wait_exit().success());

    let html = dir.read("agreed.html");
    for said in ["Types of work with a share", "Dana Reyes", &code] {
        assert!(html.contains(said), "no {said:?} in {html}");
    }
    let verified = dir.run("verify agreed.html").done();
    assert!(verified.stdout.contains("exact:"), "{verified:#?}");
    assert!(!files(&briefs).contains("[walk]"), "{}", files(&briefs));
    // What was signed is what stands today.
    let shown = dir.run("show analysts").done();
    assert!(shown.stdout.contains(&code), "{shown:#?}");
}

/// The code of the newest event that has one.
fn code_of(file: &str) -> String {
    let (_, rest) = file.rsplit_once("code = \"").expect(file);
    rest.split('"').next().unwrap().to_owned()
}

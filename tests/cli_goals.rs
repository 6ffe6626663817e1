//! `goals`.

use crate::support::TestDir;

#[test]
fn goals_are_added_listed_and_removed() {
    let dir = TestDir::new();
    assert!(dir.run("goals").done().stdout.contains("No goals"));
    dir.run("goals add team \"Fair job grading\" --owner Dana")
        .done();
    dir.run("goals add company \"Hire for the skills we use\"")
        .done();
    let listed = dir.run("goals").done().stdout;
    assert!(
        listed.contains("1  team: Fair job grading  (Dana)"),
        "{listed}"
    );
    let json = dir.run("goals --json").done().json();
    assert_eq!(json[1]["level"], "company");
    dir.run("goals remove 1").done();
    assert_eq!(
        dir.run("goals --json")
            .done()
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(
        dir.run("goals remove 7")
            .failed(1)
            .stderr
            .contains("no goal 7")
    );
    dir.run("goals add galaxy x").failed(2);
    dir.run("goals add team \" \"").failed(2);
}

#[test]
fn a_goal_of_another_folder_is_reached_with_dir() {
    let dir = TestDir::new();
    dir.run("goals --dir elsewhere add team \"x\"").done();
    dir.run("goals add --dir elsewhere team \"y\"").done();
    assert_eq!(
        dir.run("--dir elsewhere goals --json")
            .done()
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert!(dir.run("goals").done().stdout.contains("No goals"));
}

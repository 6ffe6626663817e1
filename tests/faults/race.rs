//! Several programs write to one folder at the same moment, and an editor that
//! knows of no lock besides.

use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use super::is_long;
use super::sweep::over;
use crate::support::TestDir;

/// Runs commands at the same moment; their exit codes and errors.
fn at_once(dir: &TestDir, commands: &[Vec<String>]) -> Vec<(i32, String)> {
    let start = |args: &Vec<String>| {
        Command::new(env!("CARGO_BIN_EXE_askfirst"))
            .args(args)
            .env_clear()
            .envs(dir.variables())
            .current_dir(dir.work())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<Child> = commands.iter().map(start).collect();
    running
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            (output.status.code().unwrap_or(-1), stderr)
        })
        .collect()
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| (*arg).to_owned()).collect()
}

/// The commands of one race: each leaves a mark of its own in the brief, or in
/// the goals.
fn writers(race: usize, many: usize) -> Vec<(String, Vec<String>)> {
    (0..many)
        .map(|writer| {
            let mark = format!("mark{race}x{writer}e");
            let answer = format!("top_need=no, {mark}");
            let args = match (race + writer) % 4 {
                0 => words(&[
                    "checkin",
                    "what-my",
                    "--shortcut",
                    &format!("{mark}, by 6 mar"),
                ]),
                1 => words(&["goals", "add", "team", &mark]),
                2 => words(&[
                    "sign", "what-my", "--by", "Dana", "--heard", "--words", &mark,
                ]),
                _ => words(&["checkin", "what-my", "--answer", &answer]),
            };
            (mark, args)
        })
        .collect()
}

/// The text of the brief and of the goals.
fn files(dir: &TestDir) -> String {
    let goals = std::fs::read_to_string(dir.path(".askfirst/goals.toml")).unwrap_or_default();
    std::fs::read_to_string(dir.brief("what-my")).unwrap() + &goals
}

#[test]
fn no_update_is_lost_in_races_of_two_to_eight_writers() {
    let races = if is_long() { 1000 } else { 24 };
    let jobs: Vec<usize> = (0..races).collect();
    let tally = Mutex::new((0, 0));
    over(&jobs, |_, race| {
        let dir = TestDir::with_a_due_brief();
        let (marks, commands): (Vec<_>, Vec<_>) = writers(*race, 2 + race % 7).into_iter().unzip();
        let ended = at_once(&dir, &commands);
        let text = files(&dir);
        dir.run("show what-my").done();
        let mut written = 0;
        for ((code, stderr), (mark, args)) in ended.iter().zip(marks.iter().zip(&commands)) {
            if *code == 0 {
                assert!(text.contains(mark), "{args:?} was lost in\n{text}");
                written += 1;
            } else {
                let is_told = stderr.contains("error: ") && !stderr.contains("panicked");
                assert!(is_told, "{args:?}: {code} {stderr}");
                assert!(
                    !text.contains(mark),
                    "{args:?} failed, and is there:\n{stderr}"
                );
            }
        }
        let left = std::fs::read_dir(dir.path(".askfirst")).unwrap();
        let left = left.filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with(".askfirst-")
        });
        assert_eq!(left.count(), 0, "something lies about");
        let mut tally = tally.lock().unwrap();
        tally.0 += commands.len();
        tally.1 += written;
    });
    let (writers, written) = tally.into_inner().unwrap();
    eprintln!("races: {races}, {writers} writers, {written} written, the others told; 0 lost");
    assert!(written * 10 >= writers * 9, "{written} of {writers}");
}

/// An editor saves as editors do: it writes another file and renames it. What it
/// has read may be old; that is for the editor to ask about. But what it wrote
/// is not to be lost by a command.
#[test]
fn what_an_editor_saves_in_the_middle_of_a_command_is_not_lost() {
    let races = if is_long() { 300 } else { 12 };
    let jobs: Vec<usize> = (0..races).collect();
    let kept = Mutex::new(0);
    over(&jobs, |_, race| {
        let dir = TestDir::with_a_due_brief();
        let file = dir.brief("what-my");
        let commands: Vec<Vec<String>> = (0..3)
            .map(|writer| {
                let mark = format!("mark{race}x{writer}e, by 6 mar");
                words(&["checkin", "what-my", "--shortcut", &mark])
            })
            .collect();
        let mut saves = 0;
        std::thread::scope(|scope| {
            let running = scope.spawn(|| at_once(&dir, &commands));
            while !running.is_finished() {
                let text = std::fs::read_to_string(&file).unwrap();
                saves += 1;
                let other = file.with_extension("edited");
                std::fs::write(&other, format!("{text}# saved {saves}\n")).unwrap();
                std::fs::rename(other, &file).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            for (code, stderr) in running.join().unwrap() {
                assert!(code == 0 || stderr.contains("error: "), "{stderr}");
            }
        });
        let text = std::fs::read_to_string(&file).unwrap();
        for save in 1..=saves {
            let line = format!("# saved {save}\n");
            assert!(text.contains(&line), "save {save} of {saves} is lost");
        }
        *kept.lock().unwrap() += saves;
    });
    eprintln!(
        "editor: {races} races, {} saves, 0 lost",
        kept.into_inner().unwrap()
    );
}

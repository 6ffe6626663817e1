//! Three working weeks of the SuperReport, day by day, by command line: what is
//! seen each morning, what each check-in changes, and how the clock of
//! unconfirmed work goes up and down.

use std::fmt::Write as _;

use crate::docs::current_part;
use crate::support::{Output, SUPERREPORT, TestDir, code_in};

/// The brief as it was guessed from a remark in passing.
const SURPRISE: &str = include_str!("fixtures/surprise.toml");

/// A working day as it went.
struct Day {
    name: String,
    /// The question of the morning, if there was one.
    asked: Option<String>,
    /// What was done, and the clock after it.
    did: Vec<(&'static str, String)>,
    /// The clock as it was told last.
    clock: String,
}

/// The weeks while they are played.
struct Weeks {
    dir: TestDir,
    /// Everything typed and seen.
    diary: String,
    days: Vec<Day>,
}

impl Weeks {
    fn new() -> Self {
        let dir = TestDir::new();
        dir.write("surprise.toml", SURPRISE);
        let (diary, days) = (String::new(), Vec::new());
        Self { dir, diary, days }
    }

    /// The clock of unconfirmed work.
    fn clock(&self) -> String {
        let list = self.dir.run("list --json").done().json();
        let words = list["briefs"][0]["unconfirmed"]["words"].as_str();
        words.unwrap_or_default().to_owned()
    }

    /// Guesses that the clock counts.
    fn guesses(&self) -> u64 {
        let list = self.dir.run("list --json").done().json();
        list["briefs"][0]["unconfirmed"]["guesses"]
            .as_u64()
            .unwrap()
    }

    /// A morning in February at five past nine.
    fn morning(&mut self, day: u32) {
        self.evening();
        self.dir.at(&format!("2026-02-{day:02}T09:05:00+01:00"));
        let date = chrono::NaiveDate::from_ymd_opt(2026, 2, day).unwrap();
        let name = date.format("%a %-d %b").to_string();
        let _ = writeln!(self.diary, "== {name} ==");
        let seen = self.dir.run("due").done().stdout;
        let json = self.dir.run("due --json").done().json();
        let asked = json["due"][0]["question"].as_str().map(str::to_owned);
        self.write("askfirst due", &seen);
        let clock = self.clock();
        if !clock.is_empty() {
            let _ = writeln!(self.diary, "  (unconfirmed: {clock})");
        }
        self.days.push(Day {
            name,
            asked,
            did: Vec::new(),
            clock,
        });
    }

    /// The end of a day: how the clock stands.
    fn evening(&mut self) {
        self.look_at_the_clock();
        let clock = self.clock();
        if let Some(day) = self.days.last_mut() {
            if day.clock != clock && !clock.is_empty() {
                let _ = writeln!(self.diary, "  (unconfirmed in the evening: {clock})");
            }
            day.clock = clock;
            self.diary.push('\n');
        }
    }

    fn at(&mut self, day: u32, time: &str) {
        self.dir.at(&format!("2026-02-{day:02}T{time}:00+01:00"));
    }

    /// What the worker does, in words.
    fn does(&mut self, what: &'static str) {
        self.look_at_the_clock();
        let did = &mut self.days.last_mut().unwrap().did;
        did.push((what, String::new()));
        let _ = writeln!(self.diary, "  ({what})");
    }

    /// Notes the clock after what was done last.
    fn look_at_the_clock(&mut self) {
        let clock = self.clock();
        if let Some((_, after)) = self.days.last_mut().and_then(|day| day.did.last_mut()) {
            *after = clock;
        }
    }

    #[track_caller]
    fn run(&mut self, command: &str) -> Output {
        self.run_with(command, "")
    }

    #[track_caller]
    fn run_with(&mut self, command: &str, input: &str) -> Output {
        let output = self.dir.run_with(command, input).done();
        let seen = output.stdout.clone();
        self.write(&format!("askfirst {command}"), &seen);
        output
    }

    fn write(&mut self, command: &str, seen: &str) {
        let place = self.dir.work().display().to_string();
        let seen = seen.replace(&place, "~");
        let _ = writeln!(self.diary, "  $ {command}");
        for line in seen.trim_end().lines() {
            let _ = writeln!(self.diary, "{}", format!("    {line}").trim_end());
        }
    }

    /// Changes the brief in an editor.
    #[track_caller]
    fn edit(&mut self, change: impl Fn(&str) -> String) {
        let path = self.dir.brief("what-my");
        let text = std::fs::read_to_string(path).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed);
        self.dir.write("changed.toml", changed);
        self.dir.write("editor.sh", "cat changed.toml > \"$1\"\n");
        self.dir.env("EDITOR", "/bin/sh editor.sh");
        self.run("edit analysts");
    }

    /// Sends the brief to Dana, and has her yes.
    #[track_caller]
    fn dana_says_yes(&mut self) {
        let code = code_in(&self.run("share analysts --via chat").stdout);
        self.run(&format!(
            "sign analysts --by Dana --via chat --code {code} --words \"OK {code}\""
        ));
    }
}

/// From the customers to the plan.
fn body(text: &str) -> &str {
    let begin = text.find("[[customer]]").unwrap();
    let end = text.find("[plan]").unwrap();
    &text[begin..end]
}

/// Plays the three weeks.
#[track_caller]
fn play() -> Weeks {
    let mut weeks = Weeks::new();

    // The remark was made on Tuesday. It is taken for a question of staffing.
    weeks.morning(4);
    weeks.at(4, "10:00");
    weeks.does(
        "you take Dana's remark for a question of staffing and start; it is to be a surprise",
    );
    weeks.run("new --from surprise.toml");
    weeks.run("start analysts --because \"It is to be a surprise\"");

    weeks.morning(5);
    assert_eq!(weeks.days.last().unwrap().asked, None);
    weeks.does("the work goes on, and the clock with it");

    // Two working days in, askfirst asks about the guess.
    weeks.morning(6);
    let asked = weeks.days.last().unwrap().asked.clone().unwrap();
    assert!(asked.contains("that Dana Reyes needs?"), "{asked}");
    assert_eq!(weeks.guesses(), 4);
    weeks.does("you never asked her; the check-in drafts the message, you send it");
    weeks.run_with("checkin", "\nn, I never asked her\n?\n.\n");
    weeks.at(6, "15:00");
    weeks.does("she wants the *kinds* of work, for HR: you put the brief right, she says yes");
    weeks.edit(|text| {
        let right = body(SUPERREPORT).replace("2026-02-04", "2026-02-06");
        text.replace(body(text), &right)
    });
    weeks.dana_says_yes();
    assert_eq!(weeks.guesses(), 0, "the wrong reading was caught");
    let shown = weeks.dir.run("show analysts").done().stdout;
    assert!(
        shown.contains("Which kinds of work the desk receives"),
        "{shown}"
    );

    weeks.morning(9);
    weeks.morning(10);
    weeks.at(10, "14:00");
    weeks.does("you have an idea: they would surely like it by shift as well");
    weeks.edit(|text| {
        let need =
            "[[need]]\nid = \"shift\"\ntext = \"Shares by shift as well\"\nfor = [\"hr\"]\n\n";
        text.replacen("[[goal]]", &format!("{need}[[goal]]"), 1)
    });
    // Their yes to the needs lapsed, and with it what it had covered.
    assert_eq!(weeks.guesses(), 2);

    // A fifth of the way went by on it.
    weeks.morning(11);
    weeks.morning(12);
    let asked = weeks.days.last().unwrap().asked.clone().unwrap();
    assert!(asked.contains("2 guesses are open"), "{asked}");
    weeks.does("a full day: you ask Dana in passing and put the check-in off");
    weeks.run("checkin --snooze tomorrow");

    weeks.morning(13);
    assert!(weeks.days.last().unwrap().asked.is_some());
    weeks.does("nobody wants it by shift, and the chart that you polish serves no need: both go");
    weeks.run_with(
        "checkin",
        "\n\nn, I polish a chart that serves no need\n\nHR has a form of its own\n\
         Dana, yesterday: not by shift\n2 days\nCounted by hand, by 18 feb\n\n",
    );
    weeks.edit(|text| {
        let cut = |text: &str, from: &str, to: &str| {
            let begin = text.find(from).unwrap();
            let end = begin + text[begin..].find(to).unwrap();
            format!("{}{}", &text[..begin], &text[end..])
        };
        let text = cut(text, "[[need]]\nid = \"shift\"", "[[goal]]");
        cut(&text, "[[deliverable]]\nid = \"chart\"", "[scope]")
    });
    weeks.dana_says_yes();
    assert_eq!(weeks.guesses(), 0);

    weeks.morning(16);
    weeks.morning(17);
    weeks.morning(18);
    let asked = weeks.days.last().unwrap().asked.clone().unwrap();
    assert!(
        asked.contains("does it answer Dana Reyes's question"),
        "{asked}"
    );
    weeks.does(
        "it answers, is understood, opens in Excel and is in time; the shortcut is put right",
    );
    weeks.run_with("checkin", "\n\n\n\ny\nn\n");

    weeks.morning(19);
    weeks.does("you hand it over");
    weeks.run("deliver analysts --because \"mailed to Dana, with the sheet\"");

    weeks.morning(20);
    weeks.morning(23);
    weeks.morning(24);
    let asked = weeks.days.last().unwrap().asked.clone().unwrap();
    assert!(asked.contains("did Dana Reyes say"), "{asked}");
    weeks.does("she did: you close it, with one sentence to remember");
    weeks.run_with(
        "checkin",
        "y\n\nHR took it as it was\nFour job profiles\nThat she wanted numbers\n\
         Ask what they do next with it\n",
    );
    weeks.evening();
    weeks.diary.push_str("== Looking back ==\n");
    weeks.run("log analysts");
    weeks
}

#[test]
fn three_weeks_of_the_superreport_read_like_a_diary() {
    let weeks = play();
    assert_eq!(weeks.days.len(), 15, "three working weeks");
    let list = weeks.dir.run("list --json").done().json();
    assert_eq!(list["briefs"][0]["stage"], "closed");
    insta::assert_snapshot!("three_weeks", weeks.diary);
}

#[test]
fn the_readme_tells_the_three_weeks_in_ten_lines() {
    let weeks = play();
    let mut table = "| day | askfirst asks in the morning | what happens | unconfirmed work |\n\
                     |---|---|---|---|\n"
        .to_owned();
    let mut lines = 0;
    for day in &weeks.days {
        let mut name = day.name.as_str();
        let mut asked = day.asked.as_deref().unwrap_or("nothing");
        for (what, clock) in &day.did {
            lines += 1;
            let _ = writeln!(table, "| {name} | {asked} | {what} | {clock} |");
            (name, asked) = ("", "");
        }
    }
    assert!(lines <= 10, "{lines}: {table}");
    current_part("weeks", table.trim_end());
}

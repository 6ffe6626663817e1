//! A folder of its own for each test, and the program run in it with nothing
//! of the real environment but a pinned clock and pinned numbers.

use std::path::{Path, PathBuf};

use askfirst::domain::{Answer, Brief, ItemId, Moment, Sheet, Standing, action};
use askfirst::storage;

#[cfg(unix)]
pub mod browser;
#[cfg(all(unix, feature = "notify"))]
pub mod bus;
#[cfg(unix)]
pub mod pty;
#[allow(
    dead_code,
    reason = "a harness may know more than the tests of today use"
)]
pub mod screen;
pub mod svg;

/// How often a property is tried: as `PROPTEST_CASES` says, 10,000 times with
/// `ASKFIRST_LONG`, else as usual.
pub fn cases(usual: u32) -> proptest::test_runner::Config {
    let named = std::env::var("PROPTEST_CASES").ok();
    let long = std::env::var_os("ASKFIRST_LONG").map(|_| 10_000);
    proptest::test_runner::Config {
        cases: named.and_then(|n| n.parse().ok()).or(long).unwrap_or(usual),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}

/// What a command left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl Output {
    /// The same, once it is sure that the command succeeded.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, 0, "it failed: {self:#?}");
        self
    }

    /// The same, once it is sure that the command failed with this code.
    #[track_caller]
    pub fn failed(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {self:#?}"),
        }
    }
}

/// A project folder with `.askfirst` in it, and an empty home.
pub struct TestDir {
    root: tempfile::TempDir,
    now: String,
    environment: Vec<(String, String)>,
}

impl TestDir {
    /// A project without briefs, on the morning of the reference case.
    pub fn new() -> Self {
        let dir = Self::bare();
        std::fs::create_dir(dir.work().join(".askfirst")).unwrap();
        dir
    }

    /// The same without `.askfirst`: briefs go to the data folder of the home.
    pub fn bare() -> Self {
        let root = tempfile::Builder::new()
            .prefix("askfirst-test-")
            .tempdir()
            .unwrap();
        std::fs::create_dir(root.path().join("work")).unwrap();
        std::fs::create_dir(root.path().join("home")).unwrap();
        Self {
            root,
            now: "2026-02-05T09:00:00+01:00".to_owned(),
            environment: Vec::new(),
        }
    }

    /// The reference case in progress, on the day on which a check-in is due.
    pub fn with_a_due_brief() -> Self {
        let mut dir = Self::new();
        dir.write("s.toml", SUPERREPORT);
        dir.run("new --from s.toml").done();
        dir.run("start analysts --because test").done();
        dir.at("2026-02-09T13:00:00+01:00");
        dir
    }

    /// Lets the clock stand at another time.
    pub fn at(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// Sets a variable for the commands that follow.
    pub fn env(&mut self, key: &str, value: &str) {
        self.environment.push((key.to_owned(), value.to_owned()));
    }

    /// The working directory.
    pub fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// The user's home.
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// The path of a file in the working directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.work().join(name)
    }

    /// Writes a file in the working directory.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        use std::io::Write;
        let mut file = std::fs::File::create(self.path(name)).unwrap();
        file.write_all(text.as_ref()).unwrap();
    }

    /// The text of a file in the working directory.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The file of the brief whose name begins like this.
    pub fn brief(&self, begin: &str) -> PathBuf {
        let mut found: Vec<PathBuf> = std::fs::read_dir(self.path(".askfirst"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| name(path).starts_with(begin) && name(path).ends_with(".toml"))
            .collect();
        assert_eq!(found.len(), 1, "{begin}: {found:?}");
        found.remove(0)
    }

    /// Runs a command line; quotes keep words together.
    pub fn run(&self, args: &str) -> Output {
        self.run_with(args, "")
    }

    /// Runs a command line with something on standard input.
    pub fn run_with(&self, args: &str, input: impl Into<Vec<u8>>) -> Output {
        self.run_args(&words(args), input)
    }

    /// Runs a command with arguments as they are.
    pub fn run_args(
        &self,
        args: &[impl AsRef<std::ffi::OsStr>],
        input: impl Into<Vec<u8>>,
    ) -> Output {
        let output = self
            .command(env!("CARGO_BIN_EXE_askfirst"))
            .args(args)
            .write_stdin(input)
            .output()
            .unwrap();
        Output {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Any program in the environment of the test.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(program);
        command
            .env_clear()
            .envs(self.variables())
            .current_dir(self.work())
            .timeout(std::time::Duration::from_secs(60));
        command
    }

    /// All that a command sees of the environment.
    pub fn variables(&self) -> Vec<(String, String)> {
        let home = self.home().display().to_string();
        let mut variables: Vec<(String, String)> = [
            ("HOME", home.as_str()),
            ("PATH", "/usr/bin:/bin"),
            ("ASKFIRST_NOW", &self.now),
            ("ASKFIRST_SEED", "7"),
        ]
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into();
        variables.extend(self.environment.iter().cloned());
        variables
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Splits at spaces outside of double quotes.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut any) = (false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, any) = (!quoted, true),
            ' ' if !quoted => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            c => word.push(c),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

/// The reference case, as a person would write it.
pub const SUPERREPORT: &str = include_str!("../../docs/superreport.toml");

/// The code in a text: what stands between `OK ` and the next quote.
#[track_caller]
pub fn code_in(text: &str) -> String {
    let (_, rest) = text
        .split_once("OK ")
        .unwrap_or_else(|| panic!("no code in {text}"));
    rest.chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect()
}

/// The reference case gone wrong: the worker goes by how many tickets there are,
/// and asks Dana three things. `which` is 1, what it is for 2, the tool 3.
pub fn misunderstood() -> String {
    let asked = |answer: &str, text: &str, question: &str, put: &str| {
        format!(
            "[answer.{answer}]\ntext = \"{text}\"\nbasis = \"guess\"\nask = \"dana\"\n\
             question = \"{question}\"\nput = \"{put}\"\nsection = \"want\"\n"
        )
    };
    let (head, rest) = SUPERREPORT.split_once("[[reading]]").unwrap();
    let (_, rest) = rest.split_once("[[need]]").unwrap();
    let readings = "[[reading]]\nid = \"volume\"\n\
         text = \"How many tickets we get, and whether we have the staff for them\"\nchosen = true\n\n\
         [[reading]]\nid = \"kinds\"\n\
         text = \"Which kinds of work the desk receives and resolves, by role\"\n";
    let answers = [
        asked(
            "readings",
            "",
            "What could they mean?",
            "Which of these do you mean?",
        ),
        asked(
            "purpose",
            "To see whether we have the staff",
            "Which decision or next step does it feed?",
            "What will you decide or do with it?",
        ),
        asked(
            "opened_in",
            "Excel",
            "In which tool is it opened?",
            "In which tool will you open it?",
        )
        .replace("section = \"want\"\n", ""),
    ];
    format!("{head}{readings}\n{}\n[[need]]{rest}", answers.join("\n"))
}

/// The morning of the reference case.
pub fn morning() -> Moment {
    Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap()
}

/// The reference case with three questions for Dana, and what was sent to her.
pub fn asking(change: impl FnOnce(&mut Brief)) -> (Brief, Sheet) {
    let loaded = storage::import_text("s.toml", SUPERREPORT, 7, morning()).unwrap();
    let mut brief = loaded.brief;
    let dana = ItemId::parse("dana").unwrap();
    let ask = |put: &str, text: &str| Answer {
        standing: Standing::to_ask(dana.clone()),
        put: put.into(),
        text: text.into(),
        ..Answer::default()
    };
    let answers = [
        ("readings", ask("Which of these do you mean?", "")),
        ("need_by", ask("By when do you need it?", "")),
        ("tool", ask("In which tool will you open it?", "Excel")),
    ];
    for (question, answer) in answers {
        brief.answers.set(question, Some(answer));
    }
    change(&mut brief);
    let asked = ["readings", "need_by", "tool"].map(str::to_owned);
    let sheet = Sheet::of(&brief, &dana, &asked, 1);
    let event = action::share_sheet(&brief, &sheet, "mail", "e1", morning());
    brief.apply(event, morning()).unwrap();
    let sheet = Sheet::last(&brief, &dana);
    (brief.into_inner(), sheet)
}

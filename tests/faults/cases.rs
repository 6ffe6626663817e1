//! Every command that writes, with a project for it to write in.

use crate::support::{SUPERREPORT, TestDir, code_in, misunderstood};

/// A command and its project.
pub struct Case {
    pub name: &'static str,
    pub project: fn() -> TestDir,
    /// `CODE` stands for the code of the last message.
    pub args: &'static str,
    pub input: &'static str,
}

const fn case(name: &'static str, project: fn() -> TestDir, args: &'static str) -> Case {
    Case {
        name,
        project,
        args,
        input: "",
    }
}

impl Case {
    const fn with(mut self, input: &'static str) -> Self {
        self.input = input;
        self
    }
}

/// All of them.
pub const CASES: &[Case] = &[
    case("new --from", source, "new --from s.toml"),
    case("new --from, first of all", homeless, "new --from s.toml"),
    case("new --from - --json", empty, "new --from - --json").with(SUPERREPORT),
    case("new --plain", empty, "new --plain --checklist quick Kinds").with(WALK),
    case("new --plain --resume", begun, "new --plain --resume kinds").with("She plans with it\n\n"),
    case("edit", edited, "edit what-my"),
    case("share", draft, "share what-my --via mail"),
    case(
        "share to a file",
        draft,
        "share what-my --output m.txt --via mail",
    ),
    case(
        "share as a form",
        draft,
        "share what-my --format form --output f.html",
    ),
    case(
        "share as a letter",
        draft,
        "share what-my --format eml --output f.eml",
    ),
    case("share --all", two, "share --to Dana --all"),
    case("reply", replied, "reply what-my reply.txt --yes"),
    case(
        "sign",
        asked,
        "sign what-my --by Dana --code CODE --words Yes",
    ),
    case(
        "sign --heard",
        asked,
        "sign what-my --by Dana --heard --words Soon",
    ),
    case(
        "amend",
        amended,
        "amend what-my --material dates --because late",
    ),
    case("start", draft, "start what-my --because hurry"),
    case("checkin", due, "checkin what-my --same --spent 2h"),
    case("checkin --plain", due, "checkin what-my --plain")
        .with("\nn\nthe skills first\n\n\n\n\n\n\n\n"),
    case(
        "checkin --snooze",
        due,
        "checkin what-my --snooze \"in 3 days\"",
    ),
    case(
        "checkin --stop-asking",
        due,
        "checkin what-my --stop-asking \"an hour\"",
    ),
    case(
        "checkin --shortcut",
        due,
        "checkin what-my --shortcut \"by hand, by 6 mar\"",
    ),
    case("deliver", due, "deliver what-my --because mailed"),
    case(
        "confirm",
        delivered,
        "confirm what-my --by Dana --because \"HR has them\"",
    ),
    case(
        "reopen",
        delivered,
        "reopen what-my --because \"one is missing\"",
    ),
    case("drop", draft, "drop what-my --because \"not needed\""),
    case("archive", draft, "archive what-my"),
    case("archive --undo", archived, "archive what-my --undo"),
    case("handover", draft, "handover what-my \"Raj Patel\""),
    case("resolve", conflict, "resolve what-my --keep 2"),
    case(
        "goals add",
        goals,
        "goals add team \"Fair grading\" --owner Dana",
    ),
    case("goals remove", goals, "goals remove 1"),
    case(
        "export --output",
        draft,
        "export what-my --format markdown --output a.md",
    ),
    case(
        "export over",
        exported,
        "export what-my --format html --output a.html --force",
    ),
    case("calendar", due, "calendar --output c.ics"),
    case("init", homeless, "init"),
    case("init, in a repository", repository, "init --merge-driver"),
    case("hook git", repository, "hook git --install"),
    case("remind install", timers, "remind install --yes"),
    case("remind run", due, "remind run"),
    case("sign by key", signed, SIGN_BY_KEY),
    case("sync", shared, "sync"),
    case("prompts eject", empty, "prompts eject quick"),
    case("demo", empty, "demo --dir demo --plain"),
    case("doctor --fix", ailing, "doctor --fix --yes"),
    case(
        "merge-driver",
        versions,
        "merge-driver base ours theirs what.toml",
    ),
    case("due", due, "due"),
    case("list", two, "list"),
    case("show", draft, "show what-my --json"),
    case("verify", exported, "verify a.html"),
    case(
        "start, of a file of an older form",
        older,
        "start old --because hurry",
    ),
];

const WALK: &str = "Dana\n\nJust look at it\nShe plans with it\nA table => she can sort it\n\n";

fn empty() -> TestDir {
    TestDir::new()
}

/// Without `.askfirst`: the folder for data of the home.
fn homeless() -> TestDir {
    let dir = TestDir::bare();
    dir.write("s.toml", SUPERREPORT);
    dir
}

fn source() -> TestDir {
    let dir = TestDir::new();
    dir.write("s.toml", SUPERREPORT);
    dir
}

fn draft() -> TestDir {
    let dir = source();
    dir.run("new --from s.toml").done();
    dir
}

fn two() -> TestDir {
    let dir = draft();
    dir.write("m.toml", misunderstood());
    dir.run("new --from m.toml \"Another report\"").done();
    dir
}

pub fn begun() -> TestDir {
    let dir = empty();
    dir.run_with("new Kinds --plain --checklist quick", "Dana\n\nJust look\n")
        .done();
    dir
}

fn edited() -> TestDir {
    let mut dir = draft();
    dir.env("EDITOR", "/bin/sh fix.sh");
    dir.write("fix.sh", "sed -i 's/3 days/3 weeks/' \"$1\"\n");
    dir
}

fn asked() -> TestDir {
    let dir = draft();
    let code = code_in(&dir.run("share what-my --via mail").done().stdout);
    dir.write("code", code);
    dir
}

fn amended() -> TestDir {
    let dir = asked();
    let code = dir.read("code");
    dir.run(&format!("sign what-my --by Dana --code {code}"))
        .done();
    let file = dir.brief("what-my");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replace("need_by = 2026-02-19", "need_by = 2026-03-19");
    assert_ne!(changed, text);
    std::fs::write(file, changed).unwrap();
    dir
}

fn replied() -> TestDir {
    let dir = TestDir::new();
    dir.write("m.toml", misunderstood());
    dir.run("new --from m.toml").done();
    let code = code_in(&dir.run("share what-my --via mail").done().stdout);
    let words = format!("1. b\n2. job profiles for HR\n3. yes\nOrder: B, A, C, D\nOK {code}\n");
    dir.write("reply.txt", words);
    dir
}

fn due() -> TestDir {
    TestDir::with_a_due_brief()
}

fn delivered() -> TestDir {
    let dir = due();
    dir.run("deliver what-my").done();
    dir
}

fn archived() -> TestDir {
    let dir = draft();
    dir.run("archive what-my").done();
    dir
}

fn conflict() -> TestDir {
    let dir = versions();
    dir.run("merge-driver base ours theirs what.toml").done();
    let merged = dir.read("ours");
    assert!(merged.contains("[[conflict]]"), "{merged}");
    std::fs::write(dir.brief("what-my"), merged).unwrap();
    dir
}

fn goals() -> TestDir {
    let dir = empty();
    dir.run("goals add company \"Hire for skills\"").done();
    dir
}

/// A repository of git; without git, a folder that is none.
fn repository() -> TestDir {
    let dir = homeless();
    let _ = dir.command("git").args(["init", "-q"]).output();
    dir
}

/// Where a timer can be set up; the program that starts it is a script.
fn timers() -> TestDir {
    let mut dir = due();
    let bin = dir.home().parent().unwrap().join("bin");
    std::fs::create_dir(&bin).unwrap();
    let script = "#!/bin/sh\ncase \"$*\" in *show-environment|*daemon-reload|*able*|*start*) ;;\n\
                  *) echo ActiveState=inactive; echo NextElapseUSecRealtime= ;; esac\n";
    let path = bin.join("systemctl");
    std::fs::write(&path, script).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&path, mode).unwrap();
    dir.env("PATH", &format!("{}:/usr/bin:/bin", bin.display()));
    dir
}

const SIGN_BY_KEY: &str = "sign what-my --ssh-signature a.txt.sig --allowed-signers allowed";

/// The text of the agreement with a signature by Dana's key; without
/// `ssh-keygen` there is none, and the command says so.
fn signed() -> TestDir {
    let dir = draft();
    dir.run("export what-my --format agreement --output a.txt")
        .done();
    let keygen = |args: &[&str]| dir.command("ssh-keygen").args(args).output().is_ok();
    let key = ["-q", "-t", "ed25519", "-N", "", "-C", "dana", "-f", "dana"];
    let sign = [
        "-q",
        "-Y",
        "sign",
        "-n",
        "askfirst-signoff@v1",
        "-f",
        "dana",
        "a.txt",
    ];
    if keygen(&key) && keygen(&sign) {
        dir.write(
            "allowed",
            format!("dana.reyes@example.com {}", dir.read("dana.pub")),
        );
    }
    dir
}

/// A clone with a brief of its own, and one from a colleague in the hub.
fn shared() -> TestDir {
    let mut dir = TestDir::bare();
    let hub = dir
        .home()
        .parent()
        .unwrap()
        .join("hub")
        .display()
        .to_string();
    for (key, value) in [
        ("GIT_AUTHOR_DATE", "2026-02-05T09:00:00+01:00"),
        ("GIT_COMMITTER_DATE", "2026-02-05T09:00:00+01:00"),
    ] {
        dir.env(key, value);
    }
    let git = |args: &[&str]| drop(dir.command("git").args(args).output());
    git(&["init", "-q", "--bare", "-b", "main", &hub]);
    git(&["init", "-q", "-b", "main"]);
    git(&["config", "user.name", "Ana"]);
    git(&["config", "user.email", "ana@example.org"]);
    git(&["remote", "add", "origin", &hub]);
    dir.run("init --no-merge-driver").done();
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "first"]);
    git(&["push", "-q", "-u", "origin", "main"]);
    dir.write(".askfirst/raj.toml", SUPERREPORT);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "from Raj"]);
    git(&["push", "-q"]);
    git(&["reset", "-q", "--hard", "HEAD^"]);
    dir.write("s.toml", SUPERREPORT);
    dir.run("new --from s.toml \"Of my own\"").done();
    dir
}

fn ailing() -> TestDir {
    let dir = draft();
    let text = format!("id = \"first\"\n{SUPERREPORT}");
    dir.write(".askfirst/copy.toml", text);
    dir.write(".askfirst/.askfirst-x7.tmp", "half");
    dir
}

fn exported() -> TestDir {
    let dir = draft();
    dir.run("export what-my --format html --output a.html")
        .done();
    dir
}

/// Three versions of one brief.
fn versions() -> TestDir {
    let dir = draft();
    let base = std::fs::read_to_string(dir.brief("what-my")).unwrap();
    let need_by = |day: &str| base.replace("need_by = 2026-02-19", &format!("need_by = {day}"));
    dir.write("ours", need_by("2026-03-09"));
    dir.write("theirs", need_by("2026-04-01"));
    dir.write("base", &base);
    dir
}

/// A file that nobody but a person has written: without an id
/// and a format. The day is there, or it would be that of the file.
fn older() -> TestDir {
    let dir = empty();
    let text = format!("created = 2026-02-04T09:00:00+01:00\n{SUPERREPORT}");
    dir.write(".askfirst/old-report.toml", text);
    dir
}

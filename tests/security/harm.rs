//! A repository full of harm.

use std::path::PathBuf;

use crate::support::{Output, TestDir};

/// In a string of TOML: a title for the terminal, colours, C1, a device control
/// string, direction marks, invisible characters, a forged line, markup.
pub const HARM: &str = r#"\u001b]0;pwn\u0007\u001b[31m\u001b[2J\u009b31m\u001bP1$q\u001b\\\u202ex\u2066\u200b\u200f\u061c\ufeff\u00ad\U000E0041\u0000\r\nBcc: x\u2028`touch planted` $(touch planted) <script>touch</script> [x](javascript:y) ![i](http://e.example/p) %s @here =1+1"#;

/// What must come out nowhere.
pub const SECRET: &str = "TOP-SECRET-OF-THE-USER";

pub struct HostileRepository {
    pub dir: TestDir,
}

/// Settings of git that start a program, each with this command.
const GIT: [&str; 17] = [
    "core.fsmonitor",
    "core.sshCommand",
    "core.pager",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "diff.external",
    "sequence.editor",
    "gpg.program",
    "gpg.ssh.program",
    "credential.helper",
    "pager.config",
    "pager.log",
    "filter.evil.clean",
    "filter.evil.smudge",
    "diff.evil.textconv",
    "merge.evil.driver",
];

impl HostileRepository {
    /// A repository whose own settings are hostile, too: not a clone but an
    /// unpacked archive.
    pub fn unpacked() -> Self {
        let hostile = Self::cloned();
        let plant = hostile.plant();
        for key in GIT {
            hostile.git(&["config", key, &plant]);
        }
        hostile.git(&["config", "log.showSignature", "true"]);
        hostile.git(&["config", "commit.gpgSign", "true"]);
        hostile.git(&["config", "user.name", "Mallory\u{1b}]0;pwn\u{7}\u{202e}"]);
        let hooks = hostile.dir.path(".git/hooks");
        std::fs::create_dir_all(&hooks).unwrap();
        for hook in [
            "pre-commit",
            "post-checkout",
            "post-index-change",
            "reference-transaction",
        ] {
            let text = format!("#!/bin/sh\n{plant}\n");
            hostile.dir.write(&format!(".git/hooks/{hook}"), text);
            hostile.executable(&format!(".git/hooks/{hook}"));
        }
        hostile
    }

    /// The same as it comes out of `git clone`.
    pub fn cloned() -> Self {
        let hostile = Self {
            dir: TestDir::new(),
        };
        let dir = &hostile.dir;
        let home = dir.home();
        std::fs::create_dir_all(home.join(".ssh")).unwrap();
        for (name, text) in [
            ("secret.toml", format!("title = \"{SECRET}\"\n")),
            (".ssh/authorized_keys", format!("{SECRET}\n")),
            (
                ".gitconfig",
                "[user]\n\tname = Ana\n\temail = ana@example.org\n".to_owned(),
            ),
            (".bashrc", "# mine\n".to_owned()),
        ] {
            std::fs::write(home.join(name), text).unwrap();
        }
        hostile.git(&["init", "-q", "-b", "main", "."]);
        dir.write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
        std::fs::create_dir(dir.path("out")).unwrap();
        hostile.folder();
        hostile
    }

    /// `.askfirst` with all that can be in a clone.
    fn folder(&self) {
        let dir = &self.dir;
        dir.write(".askfirst/hostile-aaaa.toml", brief("hostile-aaaa"));
        dir.write(
            ".askfirst/outside-aaaa.toml",
            "id = \"../../../outside\"\ntitle = \"Outside\"\nchecklist = \"../../../../home/secret\"\n\
             editor = \"touch planted\"\nhook = \"touch planted\"\n",
        );
        dir.write(
            ".askfirst/broken-aaaa.toml",
            "title = \"\u{1b}]0;pwn\u{7}\u{202e}\nx = [",
        );
        dir.write(".askfirst/-rf.toml", "title = \"Option\"\n");
        dir.write(".askfirst/--dir=x.toml", "title = \"Option\"\n");
        dir.write(
            ".askfirst/\u{1b}]0;pwn\u{7}\u{202e}.toml",
            "title = \"Name\"\n",
        );
        let plant = self.plant().replace('"', "\\\"");
        for name in ["config.toml", "settings.toml", "askfirst.toml"] {
            let text = format!(
                "name = \"Mallory\"\neditor = \"{plant}\"\npager = \"{plant}\"\nallowed_signers = \"{plant}\"\n\
                 [hooks]\npost = \"{plant}\"\n[work]\nhours = \"00:00-00:01\"\n"
            );
            dir.write(&format!(".askfirst/{name}"), text);
        }
        std::fs::create_dir(dir.path(".askfirst/prompts")).unwrap();
        dir.write(
            ".askfirst/prompts/evil.toml",
            format!(
                "title = \"Evil {HARM}\"\nabout = \"{HARM}\"\n[[question]]\nid = \"who\"\nkind = \"customers\"\n\
                 ask = \"{HARM}\"\nwhy = \"{HARM}\"\nput = \"{HARM}\"\n"
            ),
        );
        dir.write(
            ".askfirst/.gitattributes",
            "* filter=evil diff=evil merge=evil\n",
        );
        // What git would take for a repository of its own.
        for folder in ["objects", "refs", "hooks"] {
            std::fs::create_dir(dir.path(&format!(".askfirst/{folder}"))).unwrap();
        }
        dir.write(".askfirst/HEAD", "ref: refs/heads/main\n");
        let plant = plant.replace('\\', "\\\\");
        dir.write(
            ".askfirst/config",
            format!(
                "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = \"{plant}\"\n\
                 \tpager = \"{plant}\"\n\tsshCommand = \"{plant}\"\n[user]\n\tname = Mallory\n\temail = m@e.example\n"
            ),
        );
        dir.write(
            ".askfirst/hooks/pre-commit",
            format!("#!/bin/sh\n{}\n", self.plant()),
        );
        self.executable(".askfirst/hooks/pre-commit");
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            let home = dir.home();
            for (target, link) in [
                (home.join("secret.toml"), ".askfirst/linked-aaaa.toml"),
                (home.join("secret.toml"), ".askfirst/goals.toml"),
                (home.join("secret.toml"), ".askfirst/prompts/linked.toml"),
                (
                    home.join(".ssh/authorized_keys"),
                    ".askfirst/keys-aaaa.toml",
                ),
                (home.join("new-file"), ".askfirst/dangling-aaaa.toml"),
                (home.join("new-file"), ".askfirst/.askfirst-lock"),
                (home.join("new-file"), "hostile-aaaa.html"),
                (home.join(".ssh/authorized_keys"), "hostile-aaaa.md"),
                (home.clone(), ".askfirst/folder-aaaa.toml"),
            ] {
                symlink(target, dir.path(link)).unwrap();
            }
            let made = dir
                .command("mkfifo")
                .arg(dir.path(".askfirst/pipe-aaaa.toml"))
                .output();
            made.unwrap();
        }
        dir.write("evil.eml", EML);
        dir.write("evil.html", b"<p class=\"mark\">askfirst \xc2\xb7 hostile-aaaa \xc2\xb7 code 000000 \xc2\xb7 html</p>\x1b]0;pwn\x07\n");
        dir.write(
            "evil.sig",
            "-----BEGIN SSH SIGNATURE-----\n\u{1b}]0;pwn\u{7}\n-----END SSH SIGNATURE-----\n",
        );
        dir.write("evil.toml", brief("another-aaaa"));
        dir.write(
            "signers",
            "dana namespaces=\"askfirst-signoff@v1\" ssh-ed25519 AAAA\u{1b}[31m\n",
        );
    }

    /// The command that must never run.
    fn plant(&self) -> String {
        format!("touch {}", self.planted().display())
    }

    /// The file that is there when something ran.
    pub fn planted(&self) -> PathBuf {
        self.dir.path("planted")
    }

    pub fn git(&self, args: &[&str]) -> Output {
        let output = self.dir.command("git").args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {output:?}");
        Output {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: 0,
        }
    }

    fn executable(&self, name: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let program = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(self.dir.path(name), program).unwrap();
    }
}

const EML: &str = "From: \"Dana\x1b]0;pwn\x07\" <dana@example.com>\r\nSubject: =?utf-8?Q?=1B]0;pwn=07=E2=80=AE?=\r\n\
Content-Type: text/html\r\n\r\n<p>OK 7K2M9N \x1b[31m\u{202e}</p><script>x</script><img src=http://e.example/p>\r\n";

/// A brief with harm in every text.
fn brief(id: &str) -> String {
    let harm = HARM;
    format!(
        r#"format = 1
id = "{id}"
title = "Hostile {harm}"
checklist = "request"
stage = "in-progress"
owner = "Mallory {harm}"
created = 2026-02-03T09:00:00+01:00

[request]
words = "words {harm}"
by = "dana"
where = "where {harm}"
origin = "odd {harm}"

[[customer]]
id = "dana"
name = "Dana {harm}"
role = "requester"
uses_for = "uses {harm}"
reach = "dana@example.com {harm}"
notes = "notes {harm}"

[[reading]]
id = "one"
text = "reading {harm}"

[[reading]]
id = "two"
text = "other {harm}"
chosen = true

[answer.purpose]
text = "purpose {harm}"
question = "question {harm}"
put = "put {harm}"
basis = "told"
by = "dana"
on = 2026-02-04

[answer.readings]
ask = "dana"
put = "which {harm}"
question = "question {harm}"

[[need]]
id = "n1"
text = "need {harm}"
for = ["dana"]
acceptance = "acceptance {harm}"

[[need]]
id = "n2"
text = "second {harm}"

[[goal]]
level = "team"
text = "goal {harm}"
how = "how {harm}"
owner = "owner {harm}"

[[deliverable]]
id = "d1"
text = "part {harm}"
serves = ["n1"]

[scope]
out = ["out {harm}"]

[plan]
appetite = "appetite {harm}"
cadence = "odd {harm}"
need_by = 2026-02-06

[walk]
at = "customers"
draft = "draft {harm}"

[[shortcut]]
id = "s1"
text = "shortcut {harm}"
pay_back = 2026-02-04

[[waiver]]
what = "rank {harm}"
because = "because {harm}"
on = 2026-02-04

[[conflict]]
place = "answer.purpose.text"
versions = ["one {harm}", "two {harm}"]

[[event]]
id = "e1"
kind = "started"
at = 2026-02-03T09:00:00+01:00
who = "who {harm}"
because = "event {harm}"

[[event]]
id = "e2 {harm}"
kind = "odd {harm}"
at = 2026-02-04T10:00:00+01:00
via = "via {harm}"
words = "said {harm}"
remarks = ["remark {harm}"]

[[event]]
id = "e3"
kind = "signed"
at = 2026-02-04T11:00:00+01:00
by = "dana"
code = "7K2M9N {harm}"
agreed = "agreed {harm}"
covers = ["want", "needs"]
grade = "signed"
words = "OK {harm}"
key = "key {harm}"
signature = "-----BEGIN SSH SIGNATURE----- {harm}"
"#
    )
}

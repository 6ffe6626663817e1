//! Sign-offs with SSH keys, by the real `ssh-keygen`.

use crate::docs::{fenced, part};
use crate::support::{Output, SUPERREPORT, TestDir, code_in};

const NAMESPACE: &str = "askfirst-signoff@v1";

/// A project with the brief of the reference case, in which Dana has a mail
/// address, a text to sign, and keys.
struct Case {
    dir: TestDir,
}

impl Case {
    fn new() -> Self {
        let dir = TestDir::new();
        dir.write("s.toml", SUPERREPORT);
        dir.run("new --from s.toml").done();
        let case = Self { dir };
        case.reach("dana", "Dana.Reyes@example.com");
        case.key("dana");
        case.allow(&["dana.reyes@example.com namespaces=\"askfirst-signoff@v1\" dana"]);
        case
    }

    /// Gives a customer an address, in place of the one they have.
    fn reach(&self, id: &str, address: &str) {
        let path = self.dir.brief("what-my");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = lines
            .windows(2)
            .position(|w| w[0].starts_with("[[customer]]") && w[1].contains(&format!("\"{id}\"")))
            .unwrap();
        let end = lines[at + 1..]
            .iter()
            .position(|l| l.starts_with('['))
            .map_or(lines.len(), |n| at + 1 + n);
        let old = (at..end).find(|n| lines[*n].starts_with("reach"));
        match old {
            Some(old) => lines[old] = format!("reach = \"{address}\""),
            None => lines.insert(at + 2, format!("reach = \"{address}\"")),
        }
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
    }

    /// Changes the file of the brief by hand.
    fn edit(&self, from: &str, to: &str) {
        let path = self.dir.brief("what-my");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from:?} is not in {text}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn brief_text(&self) -> String {
        std::fs::read_to_string(self.dir.brief("what-my")).unwrap()
    }

    fn keygen(&self, args: &[&str]) {
        let output = self.dir.command("ssh-keygen").args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    }

    fn key(&self, name: &str) {
        self.keygen(&["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name]);
    }

    fn public(&self, name: &str) -> String {
        let line = self.dir.read(&format!("{name}.pub"));
        line.split(' ').take(2).collect::<Vec<_>>().join(" ")
    }

    /// Lines of allowed signers; the last word of each names a key.
    fn allow(&self, lines: &[&str]) {
        let mut text = String::from("# who signs with what\n");
        for line in lines {
            let (head, key) = line.rsplit_once(' ').unwrap();
            text += &format!("{head} {}\n", self.public(key));
        }
        self.dir.write("allowed", text);
    }

    fn export(&self) -> String {
        let export = "export analysts --format agreement --output a.txt --force";
        self.dir.run(export).done();
        self.dir.read("a.txt")
    }

    /// Signs a file as a customer would; the signature stands beside it.
    fn sign_file(&self, key: &str, namespace: &str, file: &str) {
        let _ = std::fs::remove_file(self.dir.path(&format!("{file}.sig")));
        self.keygen(&["-q", "-Y", "sign", "-n", namespace, "-f", key, file]);
    }

    /// Today's text, signed with a key.
    fn signed(&self, key: &str) {
        self.export();
        self.sign_file(key, NAMESPACE, "a.txt");
    }

    fn sign(&self, more: &str) -> Output {
        let args = "sign analysts --ssh-signature a.txt.sig --allowed-signers allowed";
        self.dir.run(&format!("{args} {more}"))
    }

    /// The record on one line: where it wraps is no matter here.
    fn record(&self, format: &str) -> String {
        let record = self.dir.run(&format!("export analysts --format {format}"));
        let words: Vec<String> = record
            .done()
            .stdout
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        words.join(" ")
    }

    fn verify(&self) -> Output {
        self.dir.run("verify analysts --allowed-signers allowed")
    }

    fn sign_offs(&self) -> serde_json::Value {
        let shown = self.dir.run("show analysts --json").done().json();
        shown["brief"]["sign_offs"].clone()
    }

    #[track_caller]
    fn refused(&self, more: &str, reason: &str) -> Output {
        let before = self.brief_text();
        let refused = self.sign(more).failed(1);
        assert!(refused.stderr.contains(reason), "{refused:#?}");
        assert_eq!(self.brief_text(), before, "a refused signature was kept");
        refused
    }
}

#[test]
fn dana_signs_with_her_key_and_ssh_keygen_agrees() {
    let case = Case::new();
    let exported = case
        .dir
        .run("export analysts --format agreement --output a.txt")
        .done();
    assert!(
        exported
            .stdout
            .contains("ssh-keygen -Y sign -n askfirst-signoff@v1 -f ~/.ssh/id_ed25519 a.txt"),
        "{exported:#?}"
    );
    case.sign_file("dana", NAMESPACE, "a.txt");
    let signed = case.sign("").done();
    assert!(
        signed.stdout.starts_with("Dana Reyes signed all of it"),
        "{signed:#?}"
    );
    assert!(
        signed
            .stdout
            .contains("✓ all of it: agreed by Dana Reyes (● signed)"),
        "{signed:#?}"
    );
    let sign_offs = case.sign_offs();
    assert_eq!(sign_offs[0]["grade"], "signed");
    assert_eq!(sign_offs[0]["key"]["principal"], "dana.reyes@example.com");
    let fingerprint = sign_offs[0]["key"]["fingerprint"].as_str().unwrap();
    // The fingerprint is the one that ssh-keygen shows.
    let shown = case
        .dir
        .command("ssh-keygen")
        .args(["-l", "-f", "dana.pub"])
        .output();
    let shown = String::from_utf8(shown.unwrap().stdout).unwrap();
    assert!(shown.contains(fingerprint), "{shown} {fingerprint}");
    let verified = case.verify().done();
    assert!(
        verified.stdout.starts_with("✓ good: Dana Reyes"),
        "{verified:#?}"
    );
    for format in ["text", "markdown", "html"] {
        // Each format escapes what means something in it.
        let record = case.record(format).replace("&#x2f;", "/").replace('\\', "");
        assert!(record.contains(fingerprint), "{format}: {record}");
        assert!(
            record.contains("not prove who held the key"),
            "{format}: {record}"
        );
        assert!(
            record.contains("askfirst verify BRIEF"),
            "{format}: {record}"
        );
    }
    case.dir.run("start analysts").done();
}

#[test]
fn anybody_can_verify_what_is_stored_without_askfirst() {
    let case = Case::new();
    case.signed("dana");
    case.sign("").done();
    let brief = case.brief_text();
    let table: toml::Table = toml::from_str(&brief).unwrap();
    let event = table["event"].as_array().unwrap().last().unwrap();
    case.dir.write("sig", event["signature"].as_str().unwrap());
    let verified = case
        .dir
        .command("ssh-keygen")
        .args([
            "-Y",
            "verify",
            "-f",
            "allowed",
            "-I",
            "dana.reyes@example.com",
        ])
        .args(["-n", NAMESPACE, "-s", "sig"])
        .write_stdin(event["agreed"].as_str().unwrap())
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn a_signature_is_refused_with_the_reason() {
    let case = Case::new();
    case.export();
    case.sign_file("dana", "git", "a.txt");
    case.refused(
        "",
        "it was made for \"git\", not for \"askfirst-signoff@v1\"",
    );
    case.key("mallory");
    case.signed("mallory");
    let unknown = case.refused("", "is not in allowed");
    assert!(
        unknown.stderr.contains("once you know from them"),
        "{unknown:#?}"
    );
    let text = case.export();
    case.dir.write("a.txt", text.replace("3 days", "3 weeks"));
    case.sign_file("dana", NAMESPACE, "a.txt");
    case.refused("", "neither the text of today nor any other");
    case.dir.write("a.txt", text.replace('\n', "\r\n"));
    case.sign_file("dana", NAMESPACE, "a.txt");
    case.refused("", "line ends of Windows");
    case.signed("dana");
    case.dir.write("revoked", case.dir.read("dana.pub"));
    case.refused("--revoked revoked", "is revoked in revoked");
    case.keygen(&["-q", "-k", "-f", "krl", "dana.pub"]);
    case.refused("--revoked krl", "is revoked in krl");
    case.allow(&["dana.reyes@example.com valid-before=\"20260101\" dana"]);
    case.refused("", "had expired by 5 Feb 2026");
    case.allow(&["dana.reyes@example.com valid-after=\"20270101\" dana"]);
    case.refused("", "was not valid yet");
    case.allow(&["dana.reyes@example.com namespaces=\"git,file\" dana"]);
    case.refused("", "allows the key")
        .stderr
        .contains("other uses only");
    case.allow(&["boss@example.com dana"]);
    case.refused("", "which is nobody's address in this brief");
    case.allow(&["# nobody mallory"]);
    case.refused("", "is not in allowed");
}

#[test]
fn a_file_that_is_no_signature_is_refused_with_the_reason() {
    let case = Case::new();
    case.signed("dana");
    let good = case.dir.read("a.txt.sig");
    for (wrong, reason) in [
        (String::new(), "it is empty"),
        ("OK 7K2M9Q".to_owned(), "does not hold an SSH signature"),
        (
            good.replace("U1NI", "U1**"),
            "it is damaged: it is no base64",
        ),
        (
            good.replacen("U1NI", "U1NJ", 1),
            "it does not begin as a signature",
        ),
        (
            good.lines().take(3).collect::<Vec<_>>().join("\n"),
            "its last line is missing",
        ),
        (format!("{good}{good}"), "more than one signature"),
        (good.repeat(1000), "longer than any signature"),
    ] {
        case.dir.write("a.txt.sig", wrong);
        case.refused("", reason);
    }
    case.dir.write("a.txt.sig", [0x89, 0xff, 0xfe]);
    case.refused("", "it is no text");
    std::fs::remove_file(case.dir.path("a.txt.sig")).unwrap();
    case.refused("", "there is no such file");
    std::fs::create_dir(case.dir.path("a.txt.sig")).unwrap();
    case.refused("", "it is a folder");
    // A signature in a mail, and on standard input.
    let mail = format!("Hi Sam,\r\n\r\n{}\r\nDana\r\n", good.replace('\n', "\r\n"));
    let read = "sign analysts --ssh-signature - --allowed-signers allowed";
    case.dir.run_with(read, mail).done();
}

#[cfg(unix)]
#[test]
fn a_pipe_or_device_in_place_of_a_file_blocks_nothing() {
    let case = Case::new();
    case.signed("dana");
    let made = case.dir.command("mkfifo").arg("pipe").output().unwrap();
    assert!(made.status.success());
    let run = |args: &str| case.dir.run(args).failed(1).stderr;
    for file in ["pipe", "/dev/zero"] {
        let said = run(&format!(
            "sign analysts --ssh-signature {file} --allowed-signers allowed"
        ));
        assert!(said.contains("no regular file"), "{said}");
        let said = run(&format!(
            "sign analysts --ssh-signature a.txt.sig --allowed-signers {file}"
        ));
        assert!(said.contains("no regular file"), "{said}");
        let said = run(&format!(
            "sign analysts --ssh-signature a.txt.sig --allowed-signers allowed --revoked {file}"
        ));
        assert!(said.contains("no regular file"), "{said}");
    }
}

#[test]
fn a_signature_of_an_older_version_says_what_changed() {
    let case = Case::new();
    case.signed("dana");
    case.edit("appetite = \"3 days\"", "appetite = \"3 weeks\"");
    let old = case.refused("", "it signs version 1");
    assert!(old.stderr.contains("+ worth 3 weeks"), "{old:#?}");
    assert!(old.stderr.contains("--format agreement"), "{old:#?}");
    case.signed("dana");
    case.sign("").done();
}

#[test]
fn a_signature_of_another_brief_says_of_which() {
    let case = Case::new();
    let other = "title = \"Another report\"\n[[customer]]\nid = \"dana\"\nname = \"Dana Reyes\"\n";
    case.dir.run_with("new --from -", other).done();
    case.dir
        .run("export another --format agreement --output a.txt")
        .done();
    case.sign_file("dana", NAMESPACE, "a.txt");
    case.refused("", "it signs another brief: another-report");
}

#[test]
fn the_key_must_be_that_of_the_customer() {
    let case = Case::new();
    case.signed("dana");
    case.refused("--by HR", "who is Dana Reyes in this brief");
    case.allow(&["chef@example.com,dana@home.example dana"]);
    let other = case.refused("--by Dana", "Dana Reyes is Dana.Reyes@example.com");
    assert!(other.stderr.contains("askfirst edit"), "{other:#?}");
    // Whoever has no address in the brief is named by the worker.
    case.refused("", "nobody's address in this brief");
    let signed = case.sign("--by HR --json").done().json();
    assert_eq!(signed["key"]["principal"], "chef@example.com");
    assert_eq!(signed["by"], "hr");
    let verified = case.verify().done();
    assert!(
        verified.stdout.contains("is for you to know"),
        "{verified:#?}"
    );
}

#[test]
fn several_names_patterns_and_a_name_in_words_fit() {
    let case = Case::new();
    case.signed("dana");
    for line in [
        "sam@example.com,DANA.REYES@EXAMPLE.COM,x@example.com dana",
        "*@example.com dana",
        "dana.reyes@example.com,!x@example.com namespaces=\"git,askfirst-signoff@v1\" dana",
    ] {
        case.allow(&[line]);
        let signed = case.sign("--json").done().json();
        assert_eq!(signed["by"], "dana", "{line}");
        case.verify().done();
    }
    case.reach("dana", "Dana Reyes <dana.reyes@example.com>, chat @dana");
    case.sign("").done();
    // A pattern that fits two people fits nobody in particular.
    case.reach("hr", "hr@example.com");
    case.allow(&["*@example.com dana"]);
    case.refused("", "is allowed for Dana Reyes and Human Resources");
    case.sign("--by Dana").done();
}

#[test]
fn without_ssh_keygen_it_is_said_how_to_get_it() {
    let mut case = Case::new();
    case.signed("dana");
    case.dir.env("PATH", "/nowhere");
    let missing = case.refused("", "ssh-keygen was not found");
    assert!(missing.stderr.contains("openssh-client"), "{missing:#?}");
    let args = "sign analysts --worker --ssh-key dana";
    let missing = case.dir.run(args).failed(1);
    assert!(missing.stderr.contains("openssh-client"), "{missing:#?}");
}

#[test]
fn the_allowed_signers_come_from_the_user_and_never_from_a_repository() {
    let mut case = Case::new();
    case.signed("dana");
    let sign = "sign analysts --ssh-signature a.txt.sig";
    let allowed = case.dir.path("allowed");
    let git = |dir: &TestDir, args: &[&str]| {
        let output = dir.command("git").args(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
    };
    git(&case.dir, &["init", "-q", "."]);
    let key = "gpg.ssh.allowedSignersFile";
    git(&case.dir, &["config", key, &allowed.display().to_string()]);
    case.dir
        .env("GIT_DIR", &case.dir.path(".git").display().to_string());
    let unset = case.dir.run(sign).failed(1);
    assert!(
        unset.stderr.contains("no file says which keys are whose"),
        "a repository has named it: {unset:#?}"
    );
    assert!(unset.stderr.contains("--allowed-signers"), "{unset:#?}");
    // A relative path would be another file in each folder.
    git(&case.dir, &["config", "--global", key, "allowed"]);
    let relative = case.dir.run(sign).failed(1);
    assert!(
        relative.stderr.contains("does not begin at the root"),
        "{relative:#?}"
    );
    std::fs::copy(&allowed, case.dir.home().join("signers")).unwrap();
    git(&case.dir, &["config", "--global", key, "~/signers"]);
    case.dir.run(sign).done();
    // The settings of askfirst come before those of git, the option before both.
    let settings = case.dir.home().join(".config/askfirst");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(
        settings.join("config.toml"),
        "allowed_signers = \"~/none\"\n",
    )
    .unwrap();
    let none = case.dir.run(sign).failed(1);
    assert!(none.stderr.contains("there is no such file"), "{none:#?}");
    case.sign("").done();
    std::fs::write(
        settings.join("config.toml"),
        "allowed_signers = \"~/signers\"\nrevoked_signers = \"~/revoked\"\n",
    )
    .unwrap();
    std::fs::write(case.dir.home().join("revoked"), case.dir.read("dana.pub")).unwrap();
    let revoked = case.dir.run(sign).failed(1);
    assert!(revoked.stderr.contains("is revoked"), "{revoked:#?}");
}

#[test]
fn the_worker_signs_too_and_it_is_shown_while_it_fits() {
    let case = Case::new();
    case.key("sam");
    let args = "sign analysts --worker --ssh-key sam";
    let signed = case.dir.run(args).done();
    assert!(
        signed.stdout.starts_with("You signed version"),
        "{signed:#?}"
    );
    let shown = case.dir.run("show analysts").done().stdout;
    assert!(shown.contains("✓ signed by the worker: SHA256:"), "{shown}");
    let record = case.record("text");
    assert!(record.contains("signed by the worker: SHA256:"), "{record}");
    let verified = case.dir.run("verify analysts").done();
    assert!(
        verified.stdout.contains("no allowed signer names"),
        "{verified:#?}"
    );
    case.allow(&["sam@example.com sam"]);
    let verified = case.verify().done();
    assert!(
        verified.stdout.contains("the key of sam@example.com"),
        "{verified:#?}"
    );
    // A second time, beside the first: nothing asks whether to replace anything.
    case.dir.run(args).done();
    case.edit("appetite = \"3 days\"", "appetite = \"3 weeks\"");
    let record = case.record("text");
    assert!(
        record.contains("an older version was signed by the worker"),
        "{record}"
    );
    // Made elsewhere.
    case.signed("sam");
    let file = "sign analysts --worker --ssh-signature a.txt.sig --allowed-signers allowed --json";
    let signed = case.dir.run(file).done().json();
    assert_eq!(signed["key"]["principal"], "sam@example.com");
    let json = case.dir.run("export analysts --format json").done().json();
    let list = json["worker_signatures"].as_array().unwrap();
    let current: Vec<bool> = list
        .iter()
        .map(|s| s["current"].as_bool().unwrap())
        .collect();
    assert_eq!(current, [false, false, true]);
    // It is no yes of anybody.
    assert_eq!(json["sign_offs"], serde_json::json!([]));
    let no = case
        .dir
        .run("sign analysts --worker --ssh-key none")
        .failed(1);
    assert!(no.stderr.contains("no file with a key"), "{no:#?}");
    let bad = case
        .dir
        .run("sign analysts --worker --ssh-key s.toml")
        .failed(1);
    assert!(bad.stderr.contains("ssh-keygen did not sign"), "{bad:#?}");
    let neither = case.dir.run("sign analysts --worker").failed(2);
    assert!(neither.stderr.contains("--ssh-key"), "{neither:#?}");
}

#[test]
fn what_is_forged_in_the_file_is_shown_as_what_it_is() {
    let case = Case::new();
    // A reply that is claimed, with words that hold no code.
    let code = code_in(&case.dir.run("share analysts").done().stdout);
    case.dir
        .run(&format!(
            "sign analysts --by Dana --code {code} --words \"OK {code}\""
        ))
        .done();
    assert_eq!(case.sign_offs()[0]["grade"], "reply");
    case.edit(&format!("\"OK {code}\""), "\"fine\"");
    let forged = case.sign_offs();
    assert_eq!(forged[0]["grade"], "said");
    assert_eq!(forged[0]["claimed"], "reply");
    // One that claims to be signed.
    case.edit("grade = \"reply\"", "grade = \"signed\"");
    assert_eq!(case.sign_offs()[0]["grade"], "said");
    let record = case.record("text");
    assert!(
        record.contains("said: it claims more than that, but no SSH signature"),
        "{record}"
    );
    let verified = case.verify().failed(1);
    assert!(
        verified.stdout.contains("× missing: Dana Reyes"),
        "{verified:#?}"
    );
    // A signature for something else beside it.
    case.export();
    case.sign_file("dana", "git", "a.txt");
    let armour = case.dir.read("a.txt.sig");
    case.edit(
        "grade = \"signed\"",
        &format!("grade = \"signed\"\nsignature = '''\n{armour}'''"),
    );
    assert_eq!(case.sign_offs()[0]["grade"], "said");
}

#[test]
fn a_stored_signature_that_was_moved_or_whose_text_was_swapped_is_found_out() {
    let case = Case::new();
    case.signed("dana");
    case.sign("").done();
    let good = case.brief_text();
    let verdict = |to: &dyn Fn(&str) -> String| {
        let changed = to(&good);
        assert_ne!(changed, good);
        std::fs::write(case.dir.brief("what-my"), changed).unwrap();
        let verified = case
            .dir
            .run("verify analysts --allowed-signers allowed --json");
        let json = verified.failed(1).json();
        json["signatures"][0]["verdict"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let in_event = |text: &str, from: &str, to: &str| {
        let (before, after) = text.rsplit_once("[[event]]").unwrap();
        assert!(after.contains(from), "{after}");
        format!("{before}[[event]]{}", after.replacen(from, to, 1))
    };
    // The text beside the signature, its code left as it was.
    assert_eq!(verdict(&|t| in_event(t, "3 days", "9 days")), "altered");
    // Text and code, so that the file is of a piece.
    let forged = verdict(&|t| {
        let swapped = in_event(t, "3 days", "9 days");
        let table: toml::Table = toml::from_str(&swapped).unwrap();
        let event = table["event"].as_array().unwrap().last().unwrap();
        let text = event["agreed"].as_str().unwrap();
        let code = askfirst::domain::Agreement::parse(text).unwrap().code();
        let old = format!("code = {}", event["code"]);
        in_event(&swapped, &old, &format!("code = \"{code}\""))
    });
    assert_eq!(forged, "altered");
    // Another customer's name on it.
    assert_eq!(
        verdict(&|t| in_event(t, "by = \"dana\"", "by = \"hr\"")),
        "not-theirs"
    );
    assert_eq!(
        verdict(&|t| in_event(t, "by = \"dana\"", "by = \"x\"")),
        "altered"
    );
    // Another key noted than the one in it.
    assert_eq!(verdict(&|t| in_event(t, "SHA256:", "SHA256:x")), "missing");
    let noted = verdict(&|t| in_event(t, "key = \"dana.reyes@", "key = \"boss@"));
    assert_eq!(noted, "not-theirs");
    // A signature of the same key under something else.
    let other = {
        case.dir.write("o.txt", "another text\n");
        case.sign_file("dana", NAMESPACE, "o.txt");
        case.dir.read("o.txt.sig")
    };
    let swapped = verdict(&|t| {
        let (before, rest) = t.split_once("-----BEGIN SSH").unwrap();
        let (_, after) = rest
            .split_once("SIGNATURE-----\n")
            .unwrap()
            .1
            .split_once("END SSH SIGNATURE-----")
            .unwrap();
        format!("{before}{}{after}", other.trim_end())
    });
    assert_eq!(swapped, "altered");
    // From another brief of the same customer.
    let renamed = verdict(&|t| in_event(t, "brief: what-my", "brief: that-my"));
    assert_eq!(renamed, "altered");
    // Untouched it is good; revoked or expired since, it says so.
    std::fs::write(case.dir.brief("what-my"), &good).unwrap();
    case.verify().done();
    case.dir.write("revoked", case.dir.read("dana.pub"));
    let revoked = "verify analysts --allowed-signers allowed --revoked revoked";
    let revoked = case.dir.run(revoked).failed(1);
    assert!(
        revoked.stdout.contains("× revoked: Dana Reyes"),
        "{revoked:#?}"
    );
    case.allow(&["dana.reyes@example.com valid-before=\"20260206\" dana"]);
    let mut case = case;
    case.dir.at("2026-03-05T09:00:00+01:00");
    let since = case.verify().done();
    assert!(
        since.stdout.contains("it would not be taken today"),
        "{since:#?}"
    );
}

#[test]
fn codes_of_another_brief_and_wrong_letters_sign_nothing() {
    let case = Case::new();
    case.dir
        .run_with(
            "new --from -",
            SUPERREPORT.replace("title = \"What my", "title = \"How my"),
        )
        .done();
    let other = code_in(&case.dir.run("share how-my").done().stdout);
    let own = code_in(&case.dir.run("share what-my").done().stdout);
    assert_ne!(own, other, "the code is about one brief");
    let foreign = format!("sign what-my --by Dana --code {other} --words \"OK {other}\"");
    let foreign = case.dir.run(&foreign).failed(1);
    assert!(
        foreign.stderr.contains("is not a code of this brief"),
        "{foreign:#?}"
    );
    for at in 0..own.len() {
        let mut wrong = own.clone().into_bytes();
        wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
        let wrong = String::from_utf8(wrong).unwrap();
        let refused = format!("sign what-my --by Dana --code {wrong}");
        let refused = case.dir.run(&refused).failed(1);
        assert!(
            refused.stderr.contains("one letter of the code is wrong"),
            "{refused:#?}"
        );
    }
}

#[test]
fn a_change_is_called_material_or_a_rewording_section_by_section() {
    let case = Case::new();
    let nothing = case.dir.run("amend analysts").done();
    assert_eq!(nothing.stdout, "Nothing has changed since a yes\n");
    let none = case.dir.run("amend analysts --rewording needs").failed(1);
    assert!(none.stderr.contains("nobody has said yes"), "{none:#?}");
    case.signed("dana");
    case.sign("").done();
    case.edit("appetite = \"3 days\"", "appetite = \"3 weeks\"");
    case.edit("text = \"Opens in Excel", "text = \"Can be opened in Excel");
    let listed = case.dir.run("amend analysts").done().stdout;
    assert!(
        listed.contains("! the dates, since the yes of Dana Reyes"),
        "{listed}"
    );
    assert!(
        listed.contains("as long as you call it nothing else"),
        "{listed}"
    );
    assert!(listed.contains("+ worth 3 weeks"), "{listed}");
    let wrong = case.dir.run("amend analysts --rewording want").failed(1);
    assert!(
        wrong
            .stderr
            .contains("nothing has changed in what they want"),
        "{wrong:#?}"
    );
    case.dir
        .run("amend analysts --rewording needs --material needs")
        .failed(2);
    case.dir.run("amend analysts --because x").failed(2);
    let called =
        "amend analysts --rewording needs --material dates --because \"clearer words\" --json";
    let called = case.dir.run(called).done().json();
    assert_eq!(called["changes"][0]["counts"], "rewording");
    assert_eq!(called["changes"][1]["counts"], "material");
    assert_eq!(called["changes"][1]["called"], true);
    let shown = case.dir.run("show analysts").done().stdout;
    assert!(
        shown.contains(
            "~ the needs and their order: reworded since the yes of Dana Reyes (● signed)"
        ),
        "{shown}"
    );
    assert!(
        shown.contains("! the dates: changed since the yes of Dana Reyes (● signed)"),
        "{shown}"
    );
    let record = case.record("text");
    assert!(record.contains("a rewording: the yes stands"), "{record}");
    assert!(record.contains("clearer words"), "{record}");
    let json = case.dir.run("export analysts --format json").done().json();
    assert_eq!(json["sign_offs"][0]["reworded"][0]["section"], "needs");
    assert_eq!(json["sections"][1]["state"], "agreed");
    assert_eq!(json["sections"][1]["yeses"][0]["state"], "reworded");
    // The next change of that part is judged anew.
    case.edit(
        "text = \"Can be opened in Excel",
        "text = \"Can be opened in Word",
    );
    let again = case.dir.run("amend analysts --json").done().json();
    assert_eq!(again["changes"][0]["counts"], "material");
}

#[test]
fn the_commands_of_the_readme_do_what_is_said() {
    let case = Case::new();
    case.dir.write("signers", case.dir.read("allowed"));
    for line in fenced(&part("by-key")).lines() {
        let command = line.split('#').next().unwrap().trim();
        match command.strip_prefix("askfirst ") {
            Some(command) => drop(case.dir.run(command).done()),
            None => {
                let args: Vec<String> = command
                    .replace("~/.ssh/id_ed25519", "dana")
                    .split(' ')
                    .skip(1)
                    .map(str::to_owned)
                    .collect();
                case.keygen(&args.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
    }
    assert_eq!(case.sign_offs()[0]["grade"], "signed");
}

#[test]
fn verify_knows_the_text_that_is_signed() {
    let case = Case::new();
    let text = case.export();
    let verify = |code: i32| case.dir.run("verify a.txt").failed(code).stdout;
    assert!(verify(0).contains("✓ exact: a.txt is the text"));
    case.dir.write("a.txt", text.replace('\n', "\r\n"));
    assert!(verify(1).contains("other spaces or line ends"));
    case.dir.write("a.txt", text.replace("3 days", "9 days"));
    assert!(verify(1).contains("+ worth 3 days"));
    case.dir.write("a.txt", &text);
    case.edit("appetite = \"3 days\"", "appetite = \"3 weeks\"");
    assert!(verify(1).contains("! older: a.txt is the text"));
    // Nothing but an older text of the same brief is replaced unasked.
    let export = "export analysts --format agreement --output";
    case.dir.run(&format!("{export} a.txt")).done();
    let taken = case.dir.run(&format!("{export} s.toml")).failed(1);
    assert!(taken.stderr.contains("--force"), "{taken:#?}");
    let folder = case.dir.run(&format!("{export} .")).done().stdout;
    assert!(folder.contains(".agreement.txt"), "{folder}");
    let printed = case.dir.run("export analysts --format agreement").done();
    assert_eq!(printed.stdout, case.dir.read("a.txt"), "byte for byte");
}

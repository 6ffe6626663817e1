//! A folder from somebody else leads nowhere but into itself.

use std::os::unix::fs::symlink;

use super::HostileRepository;
use super::harm::SECRET;
use crate::support::TestDir;

#[test]
fn a_linked_brief_goals_list_or_checklist_is_not_followed() {
    let mut hostile = HostileRepository::cloned();
    hostile
        .dir
        .env("EDITOR", "sh -c 'cat \"$0\"; echo written > \"$0\"'");
    let dir = &hostile.dir;
    for line in [
        "show linked",
        "show keys",
        "edit linked",
        "edit dangling",
        "goals",
        "goals add team Mine",
        "prompts show linked",
        "prompts check",
        "archive linked",
        "export linked --format text",
    ] {
        let output = dir.run(line);
        assert_eq!(output.code, 1, "askfirst {line}: {output:#?}");
        let told = output.stdout + &output.stderr;
        assert!(!told.contains(SECRET), "askfirst {line}: {told}");
    }
    let secret = std::fs::read_to_string(dir.home().join("secret.toml")).unwrap();
    assert_eq!(secret, format!("title = \"{SECRET}\"\n"));
    assert!(!dir.home().join("new-file").exists());
}

#[test]
fn a_prompts_folder_that_is_a_link_is_neither_read_nor_written() {
    let dir = TestDir::new();
    let elsewhere = dir.home().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::fs::write(
        elsewhere.join("theirs.toml"),
        format!("title = \"{SECRET}\"\n"),
    )
    .unwrap();
    symlink(&elsewhere, dir.path(".askfirst/prompts")).unwrap();
    for line in [
        "prompts check",
        "prompts show theirs",
        "prompts eject quick",
        "init",
    ] {
        let output = dir.run(line).failed(1);
        let told = output.stdout + &output.stderr;
        assert!(
            told.contains("link") || told.contains("no checklist"),
            "{line}: {told}"
        );
        assert!(!told.contains(SECRET), "{line}: {told}");
    }
    let names: Vec<_> = std::fs::read_dir(&elsewhere).unwrap().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn init_writes_through_no_link() {
    let dir = TestDir::bare();
    let elsewhere = dir.home().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, dir.path(".askfirst")).unwrap();
    let output = dir.run("init").failed(1);
    assert!(output.stderr.contains("link"), "{output:#?}");
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
    // Nor where one of the files that it makes is one.
    let dir = TestDir::new();
    symlink(dir.home().join("made"), dir.path(".askfirst/README.md")).unwrap();
    dir.run("init").failed(1);
    assert!(!dir.home().join("made").exists());
}

#[test]
fn ids_names_and_checklists_lead_nowhere_else() {
    let dir = TestDir::new();
    dir.write(
        ".askfirst/a-aaaa.toml",
        "id = \"../../b\"\ntitle = \"Passwords\"\nchecklist = \"../../../home/secret\"\n\
         [[customer]]\nid = \"../c\"\nname = \"../../c\"\n",
    );
    std::fs::write(
        dir.home().join("secret.toml"),
        format!("title = \"{SECRET}\"\n"),
    )
    .unwrap();
    for line in [
        "show ../../b",
        "show /etc/passwd",
        "show ../home/secret",
        "log ./a",
        "edit ../../b",
    ] {
        let output = dir.run(line);
        assert_ne!(output.code, 0, "{line}: {output:#?}");
        assert!(!(output.stdout + &output.stderr).contains(SECRET), "{line}");
    }
    // A title with slashes makes a plain name of a file.
    dir.run("new --plain \"../../../etc/cron.d/x\"");
    let folders = [dir.path(""), dir.path(".."), dir.path(".askfirst")];
    for entry in folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
    {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        assert!(name.chars().all(plain), "{name}");
    }
}

#[test]
fn a_calendar_or_an_export_is_not_written_over_a_planted_link() {
    let hostile = HostileRepository::cloned();
    let dir = &hostile.dir;
    for line in [
        "export hostile --format html --output hostile-aaaa.html",
        "export hostile --format markdown --output hostile-aaaa.md",
    ] {
        dir.run(line).failed(1);
    }
    assert!(!dir.home().join("new-file").exists());
    let keys = std::fs::read_to_string(dir.home().join(".ssh/authorized_keys")).unwrap();
    assert_eq!(keys, format!("{SECRET}\n"));
}

#[cfg(feature = "pdf")]
#[test]
fn a_file_that_unpacks_to_gigabytes_is_looked_at_with_little_memory() {
    use std::io::Write as _;
    let dir = TestDir::new();
    dir.run_with("new --from -", crate::support::SUPERREPORT)
        .done();
    dir.run("export analysts --format pdf --output a.pdf")
        .done();
    let own = std::fs::read(dir.path("a.pdf")).unwrap();
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..8 {
        packed.write_all(&zeros).unwrap();
    }
    let packed = packed.finish().unwrap();
    // Four hundred pages of eight megabytes each, in three megabytes.
    let mut bomb = own;
    for number in 1000..1400_u32 {
        let stream = number + 1000;
        write!(bomb, "\n{number} 0 obj\n<< /Type /Page /Contents {stream} 0 R >>\nendobj\n{stream} 0 obj\n<< /Filter /FlateDecode >>\nstream\n").unwrap();
        bomb.extend(&packed);
        bomb.extend(b"\nendstream\nendobj\n");
    }
    dir.write("bomb.pdf", bomb);
    let limited = "ulimit -v 600000; exec \"$0\" verify bomb.pdf";
    let mut command = dir.command("/bin/sh");
    let output = command
        .args(["-c", limited, env!("CARGO_BIN_EXE_askfirst")])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains("altered"),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

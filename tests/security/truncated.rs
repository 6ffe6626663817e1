//! A brief that was cut off at any byte, or has a bit turned: nothing that reads
//! it fails badly, and nothing writes.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use askfirst::storage::{Entry, Folder, Store as _};

use crate::support::{SUPERREPORT, TestDir};

/// A brief with all that a life brings: what was sent, said and signed.
fn lived() -> (TestDir, Vec<u8>) {
    let dir = TestDir::new();
    dir.run_with("new --from -", SUPERREPORT).done();
    let sent = dir.run("share analysts --to Dana --via mail").done();
    let code = crate::support::code_in(&sent.stdout);
    let words = format!("sign analysts --by Dana --code {code} --via mail --words \"OK {code}\"");
    dir.run(&words).done();
    dir.run("start analysts").done();
    let bytes = std::fs::read(dir.brief("what")).unwrap();
    (dir, bytes)
}

/// What a file is, and when it was last changed in any way.
fn state(path: &Path) -> (Vec<u8>, i64, i64, u64, u32) {
    let meta = path.metadata().unwrap();
    let changed = (
        meta.mtime_nsec() + meta.mtime() * 1_000_000_000,
        meta.ctime_nsec(),
    );
    (
        std::fs::read(path).unwrap(),
        changed.0,
        changed.1,
        meta.ino(),
        meta.mode(),
    )
}

/// Reads it as the list, the page of a brief, the review and the reminders do;
/// whether it is a brief.
fn read(folder: &Folder, path: &Path) -> bool {
    let before = state(path);
    let entries = folder.list().expect("the folder can be read");
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    let is_brief = match entry {
        Entry::Brief(loaded) => {
            let brief: &askfirst::domain::Brief = &loaded.brief;
            let _ = askfirst::domain::readiness::blockers(brief, &[]);
            let _ = askfirst::export::text(brief);
            let work = askfirst::domain::work_time::WorkTime::default();
            let zone = *brief.created.offset();
            let _ = askfirst::remind::notices([brief], &work, &zone, brief.created);
            true
        }
        Entry::Broken(broken) => {
            assert!(
                !broken.summary.is_empty() && !broken.hint.is_empty(),
                "{broken:?}"
            );
            false
        }
    };
    let id = folder.find("what").expect("it is found all the same");
    assert_eq!(folder.load(&id).is_ok(), is_brief);
    assert_eq!(state(path), before, "reading wrote");
    is_brief
}

/// Puts other bytes there, without the program.
fn put(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_brief_cut_off_at_any_byte_crashes_nothing_and_is_never_written_by_reading() {
    let (dir, whole) = lived();
    let path = dir.brief("what");
    let folder = Folder::at(dir.path(".askfirst"));
    let mut briefs = 0;
    for end in 0..=whole.len() {
        put(&path, &whole[..end]);
        briefs += usize::from(read(&folder, &path));
    }
    assert!(
        briefs > 10 && briefs < whole.len(),
        "{briefs} of {}",
        whole.len()
    );
    println!(
        "{} cuts, {briefs} of them still a brief, 0 crashed, 0 written",
        whole.len() + 1
    );
}

#[test]
fn a_brief_with_any_bit_turned_crashes_nothing_and_is_never_written_by_reading() {
    let (dir, whole) = lived();
    let path = dir.brief("what");
    let folder = Folder::at(dir.path(".askfirst"));
    // All bits in the long profile, else every seventh byte has one turned.
    let long = std::env::var_os("ASKFIRST_LONG").is_some();
    let step = if long { 1 } else { 53 };
    let mut turned = 0;
    for at in (0..whole.len() * 8).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at / 8] ^= 1 << (at % 8);
        put(&path, &bytes);
        read(&folder, &path);
        turned += 1;
    }
    println!(
        "{turned} bits turned of {}, 0 crashed, 0 written",
        whole.len() * 8
    );
}

#[test]
fn commands_on_a_cut_off_brief_leave_it_as_it_is() {
    let (dir, whole) = lived();
    let path = dir.brief("what");
    let long = std::env::var_os("ASKFIRST_LONG").is_some();
    let step = if long {
        whole.len() / 200
    } else {
        whole.len() / 12
    };
    let mut runs = 0;
    for end in (0..whole.len()).step_by(step.max(1)) {
        put(&path, &whole[..end]);
        let before = state(&path);
        for line in [
            "list",
            "show what",
            "due",
            "log what",
            "resolve what",
            "amend what",
            "export what --format text",
        ] {
            let output = dir.run(line);
            assert!(
                (0..=2).contains(&output.code),
                "{line} at {end}: {output:#?}"
            );
            // An export is recorded in a brief that can be read.
            if !line.starts_with("export") {
                assert_eq!(state(&path), before, "askfirst {line} wrote at {end}");
            }
            runs += 1;
        }
        if String::from_utf8_lossy(&state(&path).0) != String::from_utf8_lossy(&whole[..end]) {
            continue;
        }
        // What would change a broken file says so, and does not.
        let output = dir.run("archive what");
        if output.code != 0 {
            assert_eq!(state(&path), before, "a refused change wrote at {end}");
        }
        runs += 1;
    }
    println!("{runs} commands on cut off briefs, 0 crashed, 0 destroyed");
}

#[test]
fn the_desk_in_plain_lines_stands_a_cut_off_brief() {
    let (dir, whole) = lived();
    let path = dir.brief("what");
    put(&path, &whole[..whole.len() / 2]);
    let before = state(&path);
    let output = dir.run("--plain");
    assert!(
        output.stdout.contains("broken") || output.stderr.contains("broken"),
        "{output:#?}"
    );
    assert_eq!(state(&path), before);
}

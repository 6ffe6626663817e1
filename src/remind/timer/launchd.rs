//! An agent of launchd, the timer of macOS.

use std::path::PathBuf;

use super::stamp::stamped;
use super::{Encoding, Found, Kind, Refused, Run, Step, Target, folders, write_all, xml};

const LABEL: &str = "askfirst.remind";

pub(super) fn file(target: &Target) -> PathBuf {
    let folder = target.home.join("Library").join("LaunchAgents");
    folder.join(format!("{LABEL}.plist"))
}

fn domain(target: &Target) -> String {
    format!("gui/{}", target.uid)
}

fn service(target: &Target) -> String {
    format!("{}/{LABEL}", domain(target))
}

pub(super) fn install(target: &Target, found: &[Found]) -> Result<Vec<Step>, Refused> {
    let path = file(target);
    let text = stamped(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        ("<!-- ", " -->"),
        &plist(target)?,
        folders(&path, found),
    );
    Ok(write_all(
        vec![(path, text, Encoding::Utf8)],
        found,
        on(target),
    ))
}

pub(super) fn on(target: &Target) -> Vec<Run> {
    let name = file(target).display().to_string();
    vec![
        // One that is loaded already keeps its old times.
        Run::new("launchctl", ["bootout", &service(target)]).or_not(),
        Run::new("launchctl", ["bootstrap", &domain(target), &name]),
    ]
}

pub(super) fn off(target: &Target) -> (Vec<Run>, Vec<Run>) {
    let before = Run::new("launchctl", ["bootout", &service(target)]).or_not();
    (vec![before], Vec::new())
}

pub(super) fn ask(target: &Target) -> Run {
    Run::new("launchctl", ["print", &service(target)])
}

/// Every half hour, day and night: launchd has no ranges of hours, and a run out
/// of hours is over in milliseconds.
fn plist(target: &Target) -> Result<String, Refused> {
    let xml = |text: &str| xml(text, Kind::Launchd.label());
    let mut lines = vec![
        "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">".to_owned(),
        "<plist version=\"1.0\">".to_owned(),
        "<dict>".to_owned(),
        "  <key>Label</key>".to_owned(),
        format!("  <string>{LABEL}</string>"),
        "  <key>ProgramArguments</key>".to_owned(),
        "  <array>".to_owned(),
    ];
    for arg in &target.command {
        lines.push(format!("    <string>{}</string>", xml(arg)?));
    }
    lines.push("  </array>".to_owned());
    if !target.variables.is_empty() {
        lines.push("  <key>EnvironmentVariables</key>".to_owned());
        lines.push("  <dict>".to_owned());
        for (key, value) in &target.variables {
            lines.push(format!("    <key>{}</key>", xml(key)?));
            lines.push(format!("    <string>{}</string>", xml(value)?));
        }
        lines.push("  </dict>".to_owned());
    }
    lines.extend(
        [
            "  <key>RunAtLoad</key>",
            "  <true/>",
            "  <key>StartInterval</key>",
            "  <integer>1800</integer>",
            "  <key>ProcessType</key>",
            "  <string>Background</string>",
            "</dict>",
            "</plist>",
            "",
        ]
        .map(str::to_owned),
    );
    Ok(lines.join("\n"))
}

//! A task of the Windows Task Scheduler.

use std::path::PathBuf;

use chrono::Weekday;

use super::stamp::stamped;
use super::{Encoding, Found, Kind, Refused, Run, Step, Target, folders, write_all, xml};

const TASK: &str = "askfirst remind";

pub(super) fn file(target: &Target) -> PathBuf {
    target.data.join("remind-task.xml")
}

pub(super) fn install(target: &Target, found: &[Found]) -> Result<Vec<Step>, Refused> {
    let path = file(target);
    let text = stamped(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n",
        ("<!-- ", " -->"),
        &task(target)?,
        folders(&path, found),
    );
    let file = (path, text, Encoding::Utf16);
    Ok(write_all(vec![file], found, on(target)))
}

pub(super) fn on(target: &Target) -> Vec<Run> {
    let name = file(target).display().to_string();
    let create = ["/Create", "/TN", TASK, "/XML", &name, "/F"];
    vec![Run::new("schtasks", create)]
}

pub(super) fn off() -> (Vec<Run>, Vec<Run>) {
    let delete = Run::new("schtasks", ["/Delete", "/TN", TASK, "/F"]).or_not();
    (vec![delete], Vec::new())
}

pub(super) fn ask() -> Run {
    Run::new("schtasks", ["/Query", "/TN", TASK])
}

fn task(target: &Target) -> Result<String, Refused> {
    let xml = |text: &str| xml(text, Kind::Windows.label());
    let days: String = target.schedule.days.iter().map(|day| tag(*day)).collect();
    let (first, last) = target.schedule.hours;
    let hours = last - first + 1;
    // A console program would open a window every half hour without this host.
    let command: Vec<String> = target.command.iter().map(|arg| quoted(arg)).collect();
    let arguments = xml(&format!("--headless {}", command.join(" ")))?;
    Ok(format!(
        r#"<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>askfirst</Author>
    <Description>Reminders of askfirst, in working hours</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Repetition>
        <Interval>PT30M</Interval>
        <Duration>PT{hours}H</Duration>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T{first:02}:00:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByWeek>
        <DaysOfWeek>{days}</DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT5M</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>conhost.exe</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    ))
}

fn tag(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "<Monday />",
        Weekday::Tue => "<Tuesday />",
        Weekday::Wed => "<Wednesday />",
        Weekday::Thu => "<Thursday />",
        Weekday::Fri => "<Friday />",
        Weekday::Sat => "<Saturday />",
        Weekday::Sun => "<Sunday />",
    }
}

/// One argument as the C runtime of Windows takes command lines apart:
/// backslashes count only before a quote.
fn quoted(arg: &str) -> String {
    if !arg.is_empty() && !arg.contains([' ', '\t', '"']) {
        return arg.to_owned();
    }
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for c in arg.chars() {
        match c {
            '\\' => backslashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(c);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    quoted
}

//! What `strace` tells of a run: the system calls in their order.

use std::collections::BTreeMap;
use std::path::Path;

/// One system call.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    /// Between the brackets, as strace writes it.
    pub args: String,
    pub result: String,
}

impl Call {
    /// Reads one line; `None` for signals and exits.
    pub fn parse(line: &str) -> Option<Self> {
        let (name, rest) = line.split_once('(')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let (args, result) = rest.rsplit_once(" = ").unwrap_or((rest, ""));
        is_name.then(|| Self {
            name: name.to_owned(),
            args: args.trim_end().trim_end_matches(')').to_owned(),
            result: result.to_owned(),
        })
    }

    /// The first number among the arguments: the file descriptor.
    pub fn descriptor(&self) -> Option<&str> {
        let end = self.args.find(|c: char| !c.is_ascii_digit());
        let number = self.args.get(..end.unwrap_or(self.args.len()))?;
        (!number.is_empty()).then_some(number)
    }
}

/// The calls of a log.
pub fn calls(log: &Path) -> Vec<Call> {
    let text = String::from_utf8_lossy(&std::fs::read(log).unwrap()).into_owned();
    text.lines().filter_map(Call::parse).collect()
}

/// What was written by each `write` of a log that has it all.
pub fn written(log: &Path) -> Vec<Vec<u8>> {
    calls(log)
        .iter()
        .filter_map(|call| {
            let (_, text) = call.args.split_once('"')?;
            Some(unescaped(text.rsplit_once('"')?.0))
        })
        .collect()
}

/// A string as strace writes it with `-x`.
pub fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next() {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'x') => {
                let digits: String = rest.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).unwrap()
            }
            Some(other) => other,
            None => break,
        });
    }
    bytes
}

/// Where the program itself begins; before that it is the system's loader. The
/// first thing Rust does is to look whether the standard streams are open.
pub fn begin(calls: &[Call]) -> usize {
    let first = |call: &Call| call.name == "poll" && call.args.contains("fd=0");
    calls.iter().position(first).map_or(0, |at| at + 1)
}

/// Calls that a fault would say nothing about: memory, clocks, and what the
/// terminal is asked at the start.
const LEFT_OUT: [&str; 9] = [
    "mmap",
    "munmap",
    "mprotect",
    "poll",
    "ppoll",
    "ioctl",
    "execve",
    "exit_group",
    "getrandom",
];

/// Every call that can fail: its name, and which one of that name it is, from 1.
pub fn points(calls: &[Call]) -> Vec<(String, usize)> {
    let begin = begin(calls);
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut points = Vec::new();
    for (at, call) in calls.iter().enumerate() {
        let number = counted.entry(&call.name).or_default();
        *number += 1;
        if at >= begin && !LEFT_OUT.contains(&call.name.as_str()) {
            points.push((call.name.clone(), *number));
        }
    }
    points
}

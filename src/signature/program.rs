//! `ssh-keygen` itself.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::domain::Signature;
use crate::domain::signature::NAMESPACE;

const PROGRAM: &str = "ssh-keygen";

/// Why nothing was found out.
#[derive(Debug, thiserror::Error)]
pub enum NotRun {
    #[error("ssh-keygen was not found")]
    Missing,
    #[error("could not run ssh-keygen: {0}")]
    Io(#[from] io::Error),
    /// It ran, and did not sign.
    #[error("ssh-keygen did not sign")]
    NotSigned,
    #[error("ssh-keygen wrote something else than a signature: {0}")]
    NoSignature(#[from] crate::domain::signature::NoSignature),
}

/// How to get it, for people.
pub const HOW_TO_GET: &str = "it comes with OpenSSH 8.9 or newer: the package openssh-client \
     (Debian, Ubuntu), openssh-clients (Fedora), openssh (Arch, Homebrew), or the optional \
     feature OpenSSH Client of Windows";

impl NotRun {
    /// What to do next, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing => Some(HOW_TO_GET),
            Self::Io(_) => Some("see that it runs: ssh-keygen -l -f KEY; then do it again"),
            Self::NotSigned | Self::NoSignature(_) => None,
        }
    }

    fn of(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

/// What it said.
pub(super) struct Answer {
    pub yes: bool,
    pub out: String,
    pub err: String,
}

/// Starts it with its messages in English, and a text on its standard input.
pub(super) fn ask(args: &[&std::ffi::OsStr], input: &str) -> Result<Answer, NotRun> {
    let mut child = Command::new(PROGRAM)
        .args(args)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(NotRun::of)?;
    let written = match child.stdin.take() {
        Some(mut stdin) => stdin.write_all(input.as_bytes()),
        None => Ok(()),
    };
    let output = child.wait_with_output()?;
    match written {
        // It answers "no" before it has read all of it.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
        _ => {}
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Answer {
        yes: output.status.success(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    })
}

/// A signature in a file of its own, for as long as it is needed.
pub(super) fn in_file(signature: &Signature) -> Result<tempfile::NamedTempFile, NotRun> {
    let mut file = tempfile::Builder::new()
        .prefix("askfirst-")
        .suffix(".sig")
        .tempfile()?;
    file.write_all(signature.armour().as_bytes())?;
    file.flush()?;
    Ok(file)
}

/// Signs a text with a key, or with the agent's key for a public one. It asks
/// for a passphrase or a touch at the terminal. The work is done in a folder
/// of its own: beside an older signature it would ask whether to replace it.
///
/// # Errors
///
/// When it cannot be run, or does not sign; it has said why itself.
pub fn sign(text: &str, key: &Path) -> Result<Signature, NotRun> {
    let folder = tempfile::Builder::new().prefix("askfirst-").tempdir()?;
    let mut file = tempfile::Builder::new()
        .prefix("agreement-")
        .suffix(".txt")
        .tempfile_in(folder.path())?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let done = Command::new(PROGRAM)
        .args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
        .arg(key)
        .arg(file.path())
        .env("LC_ALL", "C")
        .stdout(Stdio::null())
        .status()
        .map_err(NotRun::of)?;
    if !done.success() {
        return Err(NotRun::NotSigned);
    }
    let mut made = file.path().as_os_str().to_owned();
    made.push(".sig");
    let armour = super::read(Path::new(&made)).map_err(io::Error::other)?;
    Ok(Signature::parse(&armour)?)
}

//! Which keys are whose: the file of allowed signers. It is the user's own
//! choice; nothing in a folder of briefs or in a repository can name it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The files that say which keys count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// As `ssh-keygen` describes it under ALLOWED SIGNERS.
    pub signers: PathBuf,
    /// Keys that count no more: a key revocation list, or public keys.
    pub revoked: Option<PathBuf>,
}

/// What was named, by option or in the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signers {
    pub signers: Option<PathBuf>,
    pub revoked: Option<PathBuf>,
}

/// Why there is nothing to go by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    #[error("no file says which keys are whose")]
    Unset,
    /// It would mean another file in each folder, also in somebody else's.
    #[error("{} in {from} does not begin at the root", path.display())]
    Relative { path: PathBuf, from: &'static str },
    #[error("could not use {}: {why}", path.display())]
    Unfit { path: PathBuf, why: String },
}

impl NotAllowed {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unset => {
                "name it with --allowed-signers FILE, a line for each key: dana@example.com \
                 namespaces=\"askfirst-signoff@v1\" ssh-ed25519 AAAA..."
            }
            Self::Relative { .. } => {
                "write the whole path there, or name it with --allowed-signers"
            }
            Self::Unfit { .. } => "name a text file of allowed signers, as for git",
        }
    }
}

/// The files to go by: what is named by option, else in the settings, else in
/// the user's own configuration of git. That of a repository is not asked: it
/// may be somebody else's.
///
/// # Errors
///
/// When none is named, or one cannot be used.
pub fn find(option: &Signers, settings: &Signers) -> Result<Allowed, NotAllowed> {
    let pick = |given: &Option<PathBuf>, set: &Option<PathBuf>, key| {
        if let Some(path) = given {
            return Ok(Some(path.clone()));
        }
        if let Some(path) = set {
            return rooted(path.clone(), "your settings").map(Some);
        }
        git(key)
            .map(|path| rooted(path, "your configuration of git"))
            .transpose()
    };
    let signers = pick(
        &option.signers,
        &settings.signers,
        "gpg.ssh.allowedSignersFile",
    )?;
    let revoked = pick(&option.revoked, &settings.revoked, "gpg.ssh.revocationFile")?;
    let allowed = Allowed {
        signers: signers.ok_or(NotAllowed::Unset)?,
        revoked,
    };
    usable(&allowed.signers)?;
    allowed.revoked.as_deref().map_or(Ok(()), usable)?;
    Ok(allowed)
}

fn rooted(path: PathBuf, from: &'static str) -> Result<PathBuf, NotAllowed> {
    let home = std::env::home_dir();
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => Ok(home.join(rest)),
        _ if path.is_absolute() => Ok(path),
        _ => Err(NotAllowed::Relative { path, from }),
    }
}

/// A FIFO would let `ssh-keygen` wait for ever.
fn usable(path: &Path) -> Result<(), NotAllowed> {
    let unfit = |why: String| NotAllowed::Unfit {
        path: path.to_owned(),
        why,
    };
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_file() => Ok(()),
        Ok(_) => Err(unfit("it is no regular file".to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(unfit("there is no such file".to_owned()))
        }
        Err(error) => Err(unfit(error.to_string())),
    }
}

/// A path in the user's own configuration of git. It is asked from the root, so
/// that no repository around us is looked at.
fn git(key: &str) -> Option<PathBuf> {
    let root = Path::new(if cfg!(windows) { "C:\\" } else { "/" });
    let output = Command::new("git")
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(["--no-pager", "config", "--global", "--includes"])
        .args(["--type=path", "--null", "--get", key])
        .current_dir(root)
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let path = text.trim_end_matches('\0');
    (!path.is_empty()).then(|| PathBuf::from(path))
}

//! Which keys are whose, for the commands that check signatures, and what is
//! wrong with a signature in words for the user.

use std::path::{Path, PathBuf};

use super::{Context, Failure, Streams, files, review};
use crate::domain::{Brief, Signature, signature as armour};
use crate::signature::{self, Allowed, NotAllowed, NotRun, Signers, Unfit};
use crate::storage;

// A doc comment here would become the help of the command that takes these.
#[derive(Debug, Clone, clap::Args)]
pub struct KeyOptions {
    /// The keys that count, as for git [else allowed_signers of your settings,
    /// else gpg.ssh.allowedSignersFile of your own git configuration]
    #[arg(long, value_name = "FILE")]
    pub allowed_signers: Option<PathBuf>,
    /// The keys that count no more [else revoked_signers, else
    /// gpg.ssh.revocationFile]
    #[arg(long, value_name = "FILE")]
    pub revoked: Option<PathBuf>,
}

/// The files to go by.
///
/// # Errors
///
/// When none is named, or one cannot be used.
pub fn find(args: &KeyOptions, context: &Context) -> Result<Allowed, Failure> {
    let option = Signers {
        signers: args.allowed_signers.clone(),
        revoked: args.revoked.clone(),
    };
    // Broken settings are told here: they may name keys that count no more.
    if let Some(path) = &context.settings {
        storage::read_settings(path)?;
    }
    signature::find_signers(&option, &context.signers).map_err(|error| {
        let hint = error.hint();
        let what = match error {
            NotAllowed::Unset => "no file of allowed signers is known",
            _ => "the allowed signers are not usable",
        };
        Failure::new(what).because(error).hint(hint)
    })
}

/// The signature in a file, or on standard input for `-`.
///
/// # Errors
///
/// When it cannot be read or is none.
pub fn read(path: &Path, streams: &mut Streams) -> Result<Signature, Failure> {
    let shown = path.display().to_string();
    let text = match path.as_os_str() == "-" {
        true => files::read(path, streams)?,
        false => signature::read(path).map_err(|why| {
            Failure::new(format!("could not read the signature {shown}"))
                .because(why)
                .hint("give the file that ends in .sig, whole and as it came")
        })?,
    };
    Signature::parse(&text).map_err(|none| {
        let failure =
            Failure::new(format!("{shown} is no signature for a sign-off")).because(&none);
        match none {
            armour::NoSignature::Namespace(_) => failure.hint(format!(
                "it is made with: ssh-keygen -Y sign -n {} -f KEY FILE",
                armour::NAMESPACE
            )),
            armour::NoSignature::Certificate => failure,
            _ => failure.hint("give the file that ends in .sig, whole and as it came"),
        }
    })
}

/// The briefs beside this one, to tell whose a signature is that does not fit.
pub fn others(context: &Context) -> Vec<Brief> {
    let entries = context.store.list().unwrap_or_default();
    let briefs = entries.into_iter().filter_map(|entry| match entry {
        storage::Entry::Brief(loaded) => Some(loaded.brief.into_inner()),
        storage::Entry::Broken(_) => None,
    });
    briefs.collect()
}

impl From<NotRun> for Failure {
    fn from(error: NotRun) -> Self {
        let failure = Self::new("no signature was checked or made").because(&error);
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// A signature that is refused, with what to do next.
pub fn refused(unfit: Unfit, brief: &Brief) -> Failure {
    let id = brief.id.as_str();
    let failure = Failure::new("this signature signs nothing").because(&unfit);
    let today = format!("send them today's text: askfirst export {id} --format agreement");
    match unfit {
        Unfit::NotRun(error) => Failure::from(error),
        Unfit::Older { changed, .. } => failure
            .details(review::differences(&changed))
            .hint(today),
        Unfit::LineEnds => failure.hint(
            "send the file as an attachment: text in a mail is changed on the way",
        ),
        Unfit::OtherText => failure
            .hint("was the file changed before it was signed, or sent as text of a mail?")
            .hint(today),
        Unfit::OtherBrief { brief, .. } => {
            failure.hint(format!("record it there: askfirst sign {brief} --ssh-signature FILE"))
        }
        Unfit::UnknownKey { signers, .. } => failure.hint(format!(
            "once you know from them that it is theirs, add a line to {}: ADDRESS namespaces=\"{}\" KEY",
            signers.display(),
            armour::NAMESPACE
        )),
        Unfit::OtherUse { signers, .. } => failure.hint(format!(
            "if it is for sign-offs as well, add {} to its namespaces in {}",
            armour::NAMESPACE,
            signers.display()
        )),
        Unfit::Whose { .. } => {
            failure.hint("if you know whose it is, say so with --by NAME")
        }
        Unfit::Several { .. } => failure.hint("say whose it is with --by NAME"),
        Unfit::NotTheirs { .. } => failure.hint(format!(
            "if that is their address as well, put it into the brief (reach of the customer): askfirst edit {id}"
        )),
        Unfit::SomebodyElse { name, .. } => failure.hint(format!("record it with --by {name:?}")),
        Unfit::Expired { .. } | Unfit::NotYet { .. } | Unfit::Revoked { .. } => {
            failure.hint("ask them to sign with a key that counts today")
        }
        Unfit::Refused(_) | Unfit::Noted { .. } => failure,
    }
}

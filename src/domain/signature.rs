//! An SSH signature as text: read and told apart, not verified. What it takes
//! to verify one is known to `ssh-keygen` alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// What a signature under an agreement is for: one made for git, for a file or
/// for a login is no sign-off, and the other way round.
pub const NAMESPACE: &str = "askfirst-signoff@v1";

/// The largest keys in use make signatures of a few kilobytes.
pub const LONGEST: usize = 64 * 1024;

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";

/// A well-formed signature for a sign-off. Whether it fits a text, and whose it
/// is, is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    blob: Vec<u8>,
    /// Such as `ssh-ed25519`.
    pub kind: String,
    /// Of the public key in it, as `ssh-keygen -l` shows it: `SHA256:...`.
    pub fingerprint: String,
}

/// Why a text is no signature for a sign-off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSignature {
    #[error("it is empty")]
    Empty,
    #[error("it does not hold an SSH signature, which begins with {BEGIN}")]
    NoArmour,
    #[error("it holds more than one signature")]
    Several,
    #[error("it is longer than any signature")]
    TooLong,
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    #[error("it is of version {0} of the format, which this program does not know")]
    Version(u32),
    #[error("it was made for \"{}\", not for \"{NAMESPACE}\"", super::text::line(.0))]
    Namespace(String),
    /// It would take reading certificates to tell which key it is.
    #[error("it is by a certificate: sign with the key itself")]
    Certificate,
    #[error("it rests on {}, which is not trusted", super::text::line(.0))]
    Hash(String),
}

impl Signature {
    /// Reads the armoured form (`PROTOCOL.sshsig` of OpenSSH). Blank lines and
    /// words around it, as in a mail, do no harm; what is kept is the signature.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NoSignature> {
        if text.trim().is_empty() {
            return Err(NoSignature::Empty);
        }
        if text.len() > LONGEST {
            return Err(NoSignature::TooLong);
        }
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        lines
            .by_ref()
            .find(|line| *line == BEGIN)
            .ok_or(NoSignature::NoArmour)?;
        let mut letters = String::new();
        loop {
            match lines.next() {
                Some(END) => break,
                Some(BEGIN) | None => return Err(NoSignature::Damaged("its last line is missing")),
                Some(line) => letters.push_str(line),
            }
        }
        if lines.any(|line| line == BEGIN) {
            return Err(NoSignature::Several);
        }
        let blob = STANDARD
            .decode(letters)
            .map_err(|_| NoSignature::Damaged("it is no base64"))?;
        Self::read(blob)
    }

    fn read(blob: Vec<u8>) -> Result<Self, NoSignature> {
        let mut rest = Wire(&blob);
        if rest.take(6)? != b"SSHSIG" {
            return Err(NoSignature::Damaged("it does not begin as a signature"));
        }
        match rest.number()? {
            1 => {}
            other => return Err(NoSignature::Version(other)),
        }
        let key = rest.string()?.to_vec();
        let namespace = rest.text()?;
        rest.string()?;
        let hash = rest.text()?;
        let mut signature = Wire(rest.string()?);
        if !rest.0.is_empty() {
            return Err(NoSignature::Damaged("something follows the signature"));
        }
        let kind = Wire(&key).text()?;
        let made_with = signature.text()?;
        if signature.string()?.is_empty() || key.len() <= kind.len() + 4 {
            return Err(NoSignature::Damaged("the key or the signature is missing"));
        }
        if kind.contains("-cert-v") {
            return Err(NoSignature::Certificate);
        }
        // RSA keys make `rsa-sha2-512` signatures; all others are called alike.
        let fits = match kind.as_str() {
            "ssh-rsa" => matches!(made_with.as_str(), "rsa-sha2-256" | "rsa-sha2-512"),
            kind => kind == made_with,
        };
        if !fits {
            return Err(NoSignature::Damaged("it is not by the key that it names"));
        }
        if namespace != NAMESPACE {
            return Err(NoSignature::Namespace(namespace));
        }
        if !matches!(hash.as_str(), "sha256" | "sha512") {
            return Err(NoSignature::Hash(hash));
        }
        let digest = base64::engine::general_purpose::STANDARD_NO_PAD.encode(Sha256::digest(&key));
        Ok(Self {
            blob,
            kind,
            fingerprint: format!("SHA256:{digest}"),
        })
    }

    /// The armoured form, in lines of 70 letters as `ssh-keygen` writes it.
    pub fn armour(&self) -> String {
        let letters = STANDARD.encode(&self.blob);
        let mut text = format!("{BEGIN}\n");
        for (at, letter) in letters.char_indices() {
            if at > 0 && at % 70 == 0 {
                text.push('\n');
            }
            text.push(letter);
        }
        text + "\n" + END + "\n"
    }
}

/// The encoding of RFC 4251, section 5, read from the front.
struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], NoSignature> {
        let cut = self.0.split_at_checked(count);
        let (taken, rest) = cut.ok_or(NoSignature::Damaged("it is cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, NoSignature> {
        let mut number = [0; 4];
        number.copy_from_slice(self.take(4)?);
        Ok(u32::from_be_bytes(number))
    }

    fn string(&mut self) -> Result<&'a [u8], NoSignature> {
        let length = self.number()?;
        self.take(usize::try_from(length).unwrap_or(usize::MAX))
    }

    fn text(&mut self) -> Result<String, NoSignature> {
        let bytes = self.string()?.to_vec();
        String::from_utf8(bytes).map_err(|_| NoSignature::Damaged("a name in it is no text"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// By `ssh-keygen -Y sign -n askfirst-signoff@v1` over "hello\n".
    pub(crate) const REAL: &str = "-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgdrMaYqDlMxgoZBtZ6UXgw20nCd
P4iz/sZ0U2f89QqYUAAAATYXNrZmlyc3Qtc2lnbm9mZkB2MQAAAAAAAAAGc2hhNTEyAAAA
UwAAAAtzc2gtZWQyNTUxOQAAAEBzm+KvfxFRpNeG72uJN1EuG0J+jLWU8dhOVMtWZ6lxoN
nZeIMxESShPWWcj2KN9Zmybxf4qURaudUc2AE6L0IN
-----END SSH SIGNATURE-----
";

    fn blob() -> Vec<u8> {
        Signature::parse(REAL).unwrap().blob
    }

    fn armoured(blob: &[u8]) -> String {
        format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode(blob))
    }

    #[test]
    fn a_real_signature_is_read_and_written_as_it_was() {
        let signature = Signature::parse(REAL).unwrap();
        assert_eq!(signature.kind, "ssh-ed25519");
        // As ssh-keygen told it.
        assert_eq!(
            signature.fingerprint,
            "SHA256:kRcWZEeRu9d9S8jcdaXtrVEXl36jmvlU52OTAk0C/hE"
        );
        assert_eq!(signature.armour(), REAL);
        let mailed = format!(
            "\u{feff}Hello,\r\n\r\n  {}\r\nDana",
            REAL.replace('\n', "\r\n")
        );
        assert_eq!(Signature::parse(&mailed).unwrap().armour(), REAL);
    }

    #[test]
    fn what_is_no_signature_for_a_sign_off_is_told_apart() {
        let wrong = |text: &str| Signature::parse(text).unwrap_err();
        assert_eq!(wrong(" \n"), NoSignature::Empty);
        assert_eq!(wrong("OK 7K2M9Q"), NoSignature::NoArmour);
        assert_eq!(wrong(&"x".repeat(LONGEST + 1)), NoSignature::TooLong);
        assert_eq!(wrong(&format!("{REAL}{REAL}")), NoSignature::Several);
        assert!(matches!(
            wrong(REAL.trim_end_matches(|c| c != 'N')),
            NoSignature::Damaged("its last line is missing")
        ));
        assert!(matches!(
            wrong(&REAL.replace("U1NI", "U1*I")),
            NoSignature::Damaged("it is no base64")
        ));
        let git = String::from_utf8_lossy(&blob()).into_owned();
        assert!(git.contains(NAMESPACE));
        let mut other = blob();
        let at = other
            .windows(NAMESPACE.len())
            .position(|w| w == NAMESPACE.as_bytes())
            .unwrap();
        other[at] = b'A';
        assert_eq!(
            wrong(&armoured(&other)),
            NoSignature::Namespace("Askfirst-signoff@v1".into())
        );
        let mut newer = blob();
        newer[9] = 2;
        assert_eq!(wrong(&armoured(&newer)), NoSignature::Version(2));
        let mut longer = blob();
        longer.push(0);
        assert!(matches!(
            wrong(&armoured(&longer)),
            NoSignature::Damaged("something follows the signature")
        ));
    }

    #[test]
    fn no_cut_and_no_wrong_length_is_a_signature_or_a_panic() {
        let whole = blob();
        for end in 0..whole.len() {
            assert!(Signature::parse(&armoured(&whole[..end])).is_err(), "{end}");
        }
        for at in 0..whole.len() {
            let mut wrong = whole.clone();
            wrong[at] = 0xff;
            // Within key and signature it may be one, of somebody else.
            let _ = Signature::parse(&armoured(&wrong));
        }
    }
}

//! `sign --ssh-signature`, and `sign --worker`.

use std::path::Path;

use serde_json::json;

use super::super::{Context, Done, Failure, Streams, json as shapes, review, save, share, signers};
use super::Args;
use crate::domain::action::{self, ByKey};
use crate::domain::evidence::Key;
use crate::domain::work_time::Zone as _;
use crate::domain::{Agreement, Brief, text, wording};
use crate::signature::{self, Unfit};

/// A customer's signature.
pub fn customer(args: &Args, file: &Path, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    let by = match &args.by {
        Some(typed) => Some(share::customer(brief, Some(typed))?),
        None => None,
    };
    let signed = signers::read(file, streams)?;
    let allowed = signers::find(&args.signers, context)?;
    let now = context.here.local(context.now);
    let others = signers::others(context);
    let checked = signature::verified_text(brief, &signed, &others).and_then(|text| {
        let of = signature::customer_for(brief, &signed, &text, &allowed, by.as_ref(), now)?;
        Ok((text, of))
    });
    let (text, (by, principal)) = checked.map_err(|unfit| signers::refused(unfit, brief))?;
    let verified = ByKey {
        signature: signed,
        principal,
        text,
    };
    let saved = save::change(context, &brief.id, |brief, event| {
        let change =
            action::sign_by_key(brief, &by, verified.clone(), &args.via, event, context.now)?;
        Ok(Some(change))
    })?;
    let brief = &saved.brief;
    if args.json {
        let value = super::recorded(context, brief, Some(&by), true, &[]);
        return shapes::write(&mut streams.out, &value);
    }
    writeln!(
        streams.out,
        "{} signed all of it, version {}, with {} ({}); the brief is {}",
        text::line(brief.name_of(&by)),
        verified.text.code(),
        verified.signature.fingerprint,
        text::line(&verified.principal),
        text::line(brief.stage.label())
    )?;
    review::write(&mut streams.out, context, brief)?;
    Ok(())
}

/// The worker's own signature: made here, or made elsewhere.
pub fn worker(args: &Args, context: &Context, streams: &mut Streams) -> Done {
    let loaded = context.load(&args.brief)?;
    let brief = &loaded.brief;
    save::writable(&loaded)?;
    let signed = match (&args.ssh_key, &args.ssh_signature) {
        (Some(key), _) => {
            if !key.is_file() {
                let shown = key.display().to_string();
                return Err(Failure::new(format!("could not sign with {shown}"))
                    .because("it is no file with a key")
                    .hint("name your key, or its .pub where an agent holds it: --ssh-key ~/.ssh/id_ed25519"));
            }
            let text = Agreement::of(brief).text();
            signature::sign(&text, key)?
        }
        (None, Some(file)) => signers::read(file, streams)?,
        (None, None) => {
            return Err(Failure::wrong_usage(
                "--worker needs --ssh-key or --ssh-signature",
            ));
        }
    };
    // What was made here is checked as well: agents have bugs, too.
    let others = match args.ssh_key {
        Some(_) => Vec::new(),
        None => signers::others(context),
    };
    let text = signature::verified_text(brief, &signed, &others)
        .map_err(|unfit| signers::refused(unfit, brief))?;
    let verified = ByKey {
        principal: own_name(args, context, brief, &signed, &text)?,
        signature: signed,
        text,
    };
    let saved = save::change(context, &brief.id, |brief, event| {
        let change = action::countersign(brief, verified.clone(), event, context.now)?;
        Ok(Some(change))
    })?;
    let brief = &saved.brief;
    let key = Key {
        principal: verified.principal,
        fingerprint: verified.signature.fingerprint,
    };
    if args.json {
        return shapes::write(
            &mut streams.out,
            &json!({
                "id": brief.id.as_str(),
                "code": verified.text.code().to_string(),
                "key": { "principal": key.principal, "fingerprint": key.fingerprint },
                "event": brief.events.last().map(|e| &e.id),
            }),
        );
    }
    writeln!(
        streams.out,
        "You signed version {} with {}; every export says so while that is today's version",
        verified.text.code(),
        text::line(&key.stored())
    )?;
    writeln!(streams.out, "{}", wording::ONLY_VERIFY)?;
    Ok(())
}

/// The name that the allowed signers have for the worker's key. They need not
/// know it: nobody is asked to trust the worker's key but the customer.
fn own_name(
    args: &Args,
    context: &Context,
    brief: &Brief,
    signed: &crate::domain::Signature,
    text: &Agreement,
) -> Result<String, Failure> {
    let named = args.signers.allowed_signers.is_some();
    let allowed = match signers::find(&args.signers, context) {
        Ok(allowed) => allowed,
        Err(failure) if named => return Err(failure),
        Err(_) => return Ok(String::new()),
    };
    match signature::principal_of(signed, text, &allowed, context.here.local(context.now)) {
        Ok(principal) => Ok(principal),
        Err(Unfit::UnknownKey { .. }) if !named => Ok(String::new()),
        Err(unfit) => Err(signers::refused(unfit, brief)),
    }
}

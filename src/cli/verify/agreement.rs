//! `verify` of a text that was, or is to be, signed.

use serde_json::json;

use super::super::{Context, Done, Failure, Streams, json as shapes, review};
use super::Args;
use crate::domain::{Agreement, BriefId, sign_off, text};

/// Says which version of its brief a text is, letter by letter.
pub fn run(
    document: &str,
    agreement: &Agreement,
    file: &str,
    args: &Args,
    context: &Context,
    streams: &mut Streams,
) -> Done {
    let id = BriefId::parse(agreement.brief())
        .map_err(|error| Failure::new(format!("{file} names no brief")).because(error))?;
    let brief = context.store.load(&id)?.brief;
    let today = Agreement::of(&brief);
    // A signature is under the very letters: what only reads the same is not it.
    let is_whole = agreement.text() == document;
    let known = sign_off::versions(&brief)
        .into_iter()
        .map(|v| v.agreement)
        .chain([today.clone()]);
    let is_known = is_whole && known.into_iter().any(|version| version == *agreement);
    let verdict = match (is_known, *agreement == today) {
        (true, true) => "exact",
        (true, false) => "older",
        (false, _) => "altered",
    };
    let changed = agreement.differences(&today);
    let code = agreement.code().to_string();
    if args.json {
        shapes::write(
            &mut streams.out,
            &json!({
                "file": file,
                "brief": id.as_str(),
                "code": code,
                "format": "agreement",
                "verdict": verdict,
                "today": (verdict == "older").then(|| today.code().to_string()),
                "changed": (verdict == "older").then(|| shapes::differences(&changed)),
            }),
        )?;
    } else {
        let out = &mut streams.out;
        let file = text::line(file);
        match verdict {
            "exact" => writeln!(
                out,
                "✓ exact: {file} is the text of {id} that is signed, and {code} is its code today"
            )?,
            "older" => writeln!(
                out,
                "! older: {file} is the text of {id} as {code}; the brief has changed since and is {} today",
                today.code()
            )?,
            _ if !is_whole && *agreement == today => writeln!(
                out,
                "× altered: {file} reads as the text of {id}, and has other spaces or line ends"
            )?,
            _ => writeln!(out, "× altered: {file} is no version of {id} that is known")?,
        }
        if verdict != "exact" {
            write!(out, "{}", text::block(&review::differences(&changed)))?;
        }
    }
    match verdict {
        "exact" => Ok(()),
        _ => Err(Failure::said()),
    }
}

//! A customer's signature from a file: the form, and what comes back once
//! `ssh-keygen` was asked.

use crate::domain::{BriefId, action, text};
use crate::signature::Unfit;
use crate::tui::dialog::{Dialog, Field, Form, FormKind};
use crate::tui::drafts;
use crate::tui::message::{Checked, Effect, SignatureForm};
use crate::tui::model::Model;

use super::customer;
use super::yes::difference_lines;

/// The form that takes a signature.
pub fn ask_signature(model: &mut Model, id: &BriefId) {
    let form = form(id, &SignatureForm::default());
    drafts::open(model, form);
}

fn form(id: &BriefId, typed: &SignatureForm) -> Form {
    let mut form = Form::new(
        "Signed with an SSH key",
        FormKind::Signature { id: id.clone() },
        vec![
            Field::line("signature", &typed.file, "the file that ends in .sig"),
            Field::line(
                "keys",
                &typed.allowed,
                "allowed signers; empty takes your own settings",
            ),
            Field::line("whose", &typed.who, "empty takes whose address the key has"),
        ],
    );
    form.lines = vec![
        "They sign what askfirst export --format agreement writes; ssh-keygen checks it."
            .to_owned(),
    ];
    form
}

/// Sends the form to be checked.
pub(super) fn check(form: &Form, model: &mut Model, id: &BriefId) -> Result<(), String> {
    let brief = model.brief(id).ok_or("that brief is no longer here")?;
    let typed = SignatureForm {
        file: form.text(0),
        allowed: form.text(1),
        who: form.text(2),
    };
    if typed.file.is_empty() {
        return Err("which file? It ends in .sig".to_owned());
    }
    let by = match typed.who.as_str() {
        "" => None,
        who => Some(customer(brief, who)?),
    };
    model.effects.push(Effect::CheckSignature {
        id: id.clone(),
        by,
        typed,
    });
    Ok(())
}

/// Records a signature that was found good; shows the form again with the
/// reason where it was not.
pub fn checked(
    model: &mut Model,
    id: &BriefId,
    typed: &SignatureForm,
    result: Result<Checked, Unchecked>,
) {
    let refused = match result {
        Ok(Checked { by, verified }) => {
            let event = model.event_id();
            let Some(brief) = model.brief(id) else { return };
            let name = brief.name_of(&by).to_owned();
            let code = verified.text.code();
            match action::sign_by_key(brief, &by, verified, "", &event, model.now) {
                Ok(change) => {
                    model.change(id, "signature", change);
                    model.say(format!(
                        "{} signed {code}; ssh-keygen agrees",
                        text::fit(&name, 30)
                    ));
                    return;
                }
                Err(why) => Unchecked::Words(why.to_string()),
            }
        }
        Err(refused) => refused,
    };
    let mut again = form(id, typed);
    let mut why = match &refused {
        Unchecked::Words(why) => why.clone(),
        Unchecked::Unfit(unfit) => unfit.to_string(),
    };
    match &refused {
        Unchecked::Unfit(Unfit::Older {
            number, changed, ..
        }) => again.lines = difference_lines(changed, &format!("version {number}")),
        Unchecked::Unfit(Unfit::NotRun(error)) => {
            if let Some(hint) = error.hint() {
                why = format!("{why}; {hint}");
            }
        }
        _ => {}
    }
    again.error = Some(text::line(&why).into_owned());
    model.dialog = Some(Dialog::Form(again));
}

/// Why a signature was not taken.
#[derive(Debug)]
pub enum Unchecked {
    Words(String),
    Unfit(Unfit),
}

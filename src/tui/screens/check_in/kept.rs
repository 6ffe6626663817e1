//! What was said so far is kept among the drafts of the brief until the talk is
//! over.

use crate::checklist::Kind;
use crate::domain::{Brief, BriefId, WalkPlace};
use crate::tui::model::Model;

use super::{CheckIn, Turn, checklist, texts};

/// The word in the file for what was said so far.
const KEPT: &str = "check-in";
/// The field that says on which day it was said.
const ON: &str = "on";

impl CheckIn {
    /// What was said before, if that was today; texts stay longer.
    pub(super) fn resume(&mut self, model: &Model, brief: &Brief) {
        let kept: Vec<&WalkPlace> = brief.drafts.iter().filter(|d| d.at == KEPT).collect();
        let today = model.today().to_string();
        let is_today = kept.iter().any(|d| d.field == ON && d.draft == today);
        let Some(checklist) = checklist(model) else {
            return;
        };
        for draft in kept {
            match checklist.question(&draft.field).map(|q| q.kind) {
                Some(Kind::YesNo) if is_today => self.said.answer(&draft.field, &draft.draft),
                Some(Kind::YesNo) | None => {}
                Some(_) => self.texts.push((draft.field.clone(), draft.draft.clone())),
            }
        }
    }

    /// Keeps what was said so far in the file.
    pub fn keep(&self, model: &mut Model) {
        let today = model.today().to_string();
        let place = |field: &str, draft: &str| WalkPlace {
            field: field.to_owned(),
            draft: draft.to_owned(),
            ..WalkPlace::new(KEPT)
        };
        let mut kept: Vec<WalkPlace> = Vec::new();
        let answers = self.said.answers.iter();
        kept.extend(answers.map(|(id, answer)| place(id, answer)));
        let mut texts = self.texts.clone();
        if let Turn::Tell(id) = &self.at {
            texts::put(&mut texts, id, self.field.text());
        }
        kept.extend(texts.iter().map(|(id, text)| place(id, text)));
        if !kept.is_empty() {
            kept.insert(0, place(ON, &today));
        }
        put_drafts(model, &self.id, kept);
    }
}

/// Puts what was said in the place of what was kept before.
pub(super) fn put_drafts(model: &mut Model, id: &BriefId, kept: Vec<WalkPlace>) {
    let Some(item) = model.item_mut(id).filter(|i| i.read_only().is_none()) else {
        return;
    };
    let old = item.brief.drafts.iter().filter(|d| d.at == KEPT);
    if old.eq(&kept) {
        return;
    }
    item.brief.drafts.retain(|d| d.at != KEPT);
    item.brief.drafts.extend(kept);
    model.save(id);
}

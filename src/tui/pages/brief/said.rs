//! What customers wrote that the brief does not hold yet.

use crate::domain::{Brief, wording};

use super::Text;

/// A line for each objection and remark, and what to do about it.
pub(super) fn said(out: &mut Text, brief: &Brief) {
    let theme = out.theme;
    for line in wording::said(brief) {
        out.put("! ", &line, theme.warn());
    }
    if wording::objector(brief).is_some() {
        out.put(
            "  ",
            "e changes the brief to what they want, s asks them again",
            theme.quiet(),
        );
    }
}

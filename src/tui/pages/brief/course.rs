//! How the work goes: since when without a word, what is asked and what is
//! not, the shortcuts, and the timeline.

use crate::domain::nudge::State;
use crate::domain::{Brief, Stage, progress, text, timeline, wording};
use crate::tui::model::Model;
use crate::tui::screens::desk;
use crate::tui::widgets::timeline::Timeline;

use super::Text;

/// The clock of unconfirmed work and what is due, in a few lines.
pub(super) fn course(out: &mut Text, model: &Model, brief: &Brief) {
    let theme = out.theme;
    let clock = desk::clock(model, brief);
    if !clock.is_empty() {
        out.put("", &clock, theme.text());
    }
    if let Some(muted) = progress::muted(brief) {
        let words = format!("not asked about: {}; z asks again", muted.because.trim());
        out.put("z ", &words, theme.quiet());
    } else if let Some((question, state)) = desk::question(model, brief) {
        let stale = match state {
            State::Stale => "stale \u{2013} ",
            _ => "",
        };
        out.put("\u{25cf} ", &format!("{stale}{question}"), theme.warn());
    } else if let Some(due) = model.item(&brief.id).and_then(|i| i.due.as_ref()) {
        let put_off = if due.snoozed.is_some() {
            "put off; "
        } else {
            ""
        };
        let when = due.at().format("%a %-d %b %H:%M");
        out.put(
            "",
            &format!("{put_off}asked about on {when}"),
            theme.quiet(),
        );
    }
}

/// Shortcuts that were taken, the open ones first.
pub(super) fn shortcuts(out: &mut Text, brief: &Brief) {
    if brief.shortcuts.is_empty() {
        return;
    }
    let theme = out.theme;
    out.heading("Shortcuts");
    for shortcut in wording::open_shortcuts(brief) {
        out.put("  ! ", &wording::shortcut(shortcut), theme.warn());
    }
    for shortcut in &brief.shortcuts {
        if let Some(day) = shortcut.paid {
            let on = wording::short_day(brief, day);
            let words = format!("{} (put right on {on})", shortcut.text);
            out.put("  \u{2713} ", &words, theme.quiet());
        }
    }
}

/// The timeline. A draft that was never sent has none: there is one mark only.
pub(super) fn line(out: &mut Text, model: &Model, brief: &Brief) {
    let marks = timeline::marks(brief, &model.work, &model.here, model.now);
    if brief.stage == Stage::Draft || marks.len() < 2 {
        return;
    }
    out.heading("Timeline");
    let indent = "  ";
    let timeline = Timeline {
        marks: &marks,
        now: model.local(),
        theme: out.theme,
    };
    let room = out.columns.saturating_sub(2 * text::width(indent));
    for mut line in timeline.lines(room.max(1)) {
        line.spans.insert(0, indent.into());
        out.lines.push(line);
    }
}

//! The message as it would be sent.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{text, wording};
use crate::export::{Flavour, Message};
use crate::tui::model::Model;
use crate::tui::screens::share::Share;
use crate::tui::theme::Theme;

use super::{Page, inside, wrapped};

/// Draws the message.
pub fn draw(page: &mut Page<'_, '_>, area: Rect, share: &Share) {
    let area = inside(area);
    let Some(message) = share.message(page.model) else {
        return;
    };
    let head = head(page.theme, page.model, share, &message, area);
    let rest = page.lines(area, head);
    let lines = formed(page.theme, share, &message, rest.width);
    let height = usize::from(rest.height);
    let total = lines.len();
    let top = share.scroll.min(total.saturating_sub(height));
    let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
    page.lines(rest, shown);
    page.more(rest, top > 0, top + height < total);
}

/// How many lines of the message do not fit on the screen.
pub fn overflow(model: &Model, share: &Share) -> usize {
    let (width, height) = model.size;
    let [_, area, _] = super::bands(Rect::new(0, 0, width, height));
    let area = inside(area);
    let Some(message) = share.message(model) else {
        return 0;
    };
    let theme = Theme::new(false);
    let head = head(theme, model, share, &message, area);
    let room = usize::from(area.height).saturating_sub(head.len());
    let lines = formed(theme, share, &message, area.width);
    lines.len().saturating_sub(room)
}

fn head(
    theme: Theme,
    model: &Model,
    share: &Share,
    message: &Message,
    area: Rect,
) -> Vec<Line<'static>> {
    let name = message.name.as_str();
    let about = match message.sheets.len() {
        0 | 1 => format!("code {}", message.code),
        n => format!("{n} briefs"),
    };
    let form = match share.flavour {
        Flavour::Plain => String::new(),
        flavour => format!("; as {}", flavour.name()),
    };
    let mut head = vec![Line::from(vec![
        Span::styled("To ", theme.quiet()),
        Span::styled(text::line(name).into_owned(), theme.strong()),
        Span::styled(
            format!(
                "   {about}, {} words, {} s to read{form}",
                message.words, message.seconds
            ),
            theme.quiet(),
        ),
    ])];
    let quiet = |text: &str| wrapped(text, area.width, "", theme.quiet());
    let warn = |text: &str| wrapped(text, area.width, "! ", theme.warn());
    if let Some(burden) = share.burden(model).filter(|b| b.last.is_some()) {
        let words = wording::burden(name, &burden, model.today());
        head.extend(quiet(&words));
        head.extend(wording::much(&burden).iter().flat_map(|much| warn(much)));
    }
    match share.others(model) {
        0 => {}
        _ if share.all => head.extend(quiet("About all that waits for them; a for this alone")),
        1 => head.extend(quiet(
            "1 other brief waits for them; a asks about all at once",
        )),
        n => head.extend(quiet(&format!(
            "{n} other briefs wait for them; a asks about all at once"
        ))),
    }
    for warning in &message.warnings {
        head.extend(warn(warning));
    }
    head.push(Line::default());
    head.truncate(usize::from(area.height / 2).max(1));
    head
}

/// The message in the form that is chosen.
fn formed(theme: Theme, share: &Share, message: &Message, columns: u16) -> Vec<Line<'static>> {
    match share.flavour {
        Flavour::Plain => body(theme, message, columns),
        Flavour::Mail => {
            let to = match message.address.as_str() {
                "" => "To: (no mail address is known)".to_owned(),
                address => format!("To: {address}"),
            };
            let mut lines = wrapped(&to, columns, "", theme.strong());
            lines.extend(body(theme, message, columns));
            lines
        }
        flavour => wrapped(&message.form(flavour), columns, "", theme.text()),
    }
}

pub(super) fn body(theme: Theme, message: &Message, columns: u16) -> Vec<Line<'static>> {
    let subject = format!("Subject: {}", message.subject);
    let mut lines = wrapped(&subject, columns, "", theme.strong());
    lines.push(Line::default());
    lines.extend(wrapped(&message.body, columns, "", theme.text()));
    lines
}

//! The message as it would be sent.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text;
use crate::export::Message;
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
    let name = page
        .model
        .brief(&share.id)
        .map_or_else(String::new, |b| b.name_of(&share.to).to_owned());
    let head = head(page.theme, &message, &name, area);
    let rest = page.lines(area, head);
    let lines = body(page.theme, &message, rest.width);
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
    let room = usize::from(area.height).saturating_sub(head(theme, &message, "", area).len());
    body(theme, &message, area.width).len().saturating_sub(room)
}

fn head(theme: Theme, message: &Message, name: &str, area: Rect) -> Vec<Line<'static>> {
    let mut head = vec![Line::from(vec![
        Span::styled("To ", theme.quiet()),
        Span::styled(text::line(name).into_owned(), theme.strong()),
        Span::styled(
            format!(
                "   code {}, {} words, {} s to read",
                message.code, message.words, message.seconds
            ),
            theme.quiet(),
        ),
    ])];
    for warning in &message.warnings {
        head.extend(wrapped(warning, area.width, "! ", theme.warn()));
    }
    head.push(Line::default());
    head.truncate(usize::from(area.height / 2).max(1));
    head
}

pub(super) fn body(theme: Theme, message: &Message, columns: u16) -> Vec<Line<'static>> {
    let subject = format!("Subject: {}", message.subject);
    let mut lines = wrapped(&subject, columns, "", theme.strong());
    lines.push(Line::default());
    lines.extend(wrapped(&message.body, columns, "", theme.text()));
    lines
}

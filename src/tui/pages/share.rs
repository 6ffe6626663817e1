//! The message as it would be sent.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::screens::share::Share;

use super::{Page, inside};

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
    let theme = page.theme;
    let mut head = vec![Line::from(vec![
        Span::styled("To ", theme.quiet()),
        Span::styled(
            crate::domain::text::line(&name).into_owned(),
            theme.strong(),
        ),
        Span::styled(
            format!(
                "   {} words, {} s to read, code {}",
                message.words, message.seconds, message.code
            ),
            theme.quiet(),
        ),
    ])];
    for warning in &message.warnings {
        head.extend(page.wrapped(warning, area.width, "! ", theme.warn()));
    }
    head.push(Line::default());
    head.truncate(usize::from(area.height / 2).max(1));
    let rest = page.lines(area, head);
    let mut lines = page.wrapped(
        &format!("Subject: {}", message.subject),
        rest.width,
        "",
        theme.strong(),
    );
    lines.push(Line::default());
    lines.extend(page.wrapped(&message.body, rest.width, "", theme.text()));
    let height = usize::from(rest.height);
    let last = lines.len().saturating_sub(height);
    let top = share.scroll.min(last);
    let total = lines.len();
    let shown: Vec<Line<'_>> = lines.into_iter().skip(top).take(height).collect();
    page.lines(rest, shown);
    page.more(rest, top > 0, top + height < total);
}

//! The least that a list on a screen can be: the lines of a file in a ratatui
//! `List`, `j` and `k` to move, `q` to leave.

use std::io;

use ratatui::crossterm::event::{self, Event, KeyCode};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState};

fn main() -> io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(path)?;
    let rows: Vec<&str> = text.lines().collect();
    let mut state = ListState::default().with_selected(Some(0));
    ratatui::run(|terminal| {
        loop {
            terminal.draw(|frame| {
                let list = List::new(rows.iter().copied())
                    .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
                frame.render_stateful_widget(list, frame.area(), &mut state);
            })?;
            if let Event::Key(key) = event::read()? {
                match key.code {
                    KeyCode::Char('q') => return Ok(()),
                    KeyCode::Char('j') => state.select_next(),
                    KeyCode::Char('k') => state.select_previous(),
                    _ => {}
                }
            }
        }
    })
}

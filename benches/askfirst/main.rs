//! How long a person waits: `cargo bench`. Each figure is the median of many
//! runs; two things that are compared run in turns, so that both meet the same
//! machine. docs/performance.md says how to read the figures.

mod briefs;
mod reminders;
mod replies;

use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use askfirst::checklist::Catalogue;
use askfirst::domain::{BriefId, Moment};
use askfirst::export::{Format, Paper, render};
use askfirst::storage::{Folder, Store, import, read_text};
use askfirst::tui::message::{Effect, Msg};
use askfirst::tui::model::Model;
use askfirst::tui::screens::{Screen, walk::Walk};
use askfirst::tui::{perform, update, view};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::CrosstermBackend;
use ratatui::widgets::{List, ListState};
use ratatui::{Terminal, TerminalOptions, Viewport};

type Error = Box<dyn std::error::Error>;
/// What would be written to a terminal goes into memory.
type Memory = Terminal<CrosstermBackend<Vec<u8>>>;

const BRIEFS: u64 = 100;
const SIZE: (u16, u16) = (80, 24);

fn main() -> Result<(), Error> {
    let now = Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00")?;
    // `cargo bench -- replies` measures those alone.
    if std::env::args().any(|arg| arg == "replies") {
        return replies::measure(now)?.print();
    }
    let folder = tempfile::tempdir()?;
    let store = Folder::at(folder.path());
    for seed in 0..BRIEFS {
        let number = u32::try_from(seed)?;
        let mut brief = import("generated", &briefs::text(seed, 6), number, now)
            .map_err(|broken| broken.summary)?;
        briefs::happen(&mut brief, seed, now)?;
        store.create(&brief)?;
    }
    let mut table = Table::with("bare list");
    desk(&mut table, &store, now)?;
    walk(&mut table, &store, now)?;
    one_brief(&mut table, folder.path(), now)?;
    table.row(
        "100 briefs read and parsed",
        median(30, || store.list().map(drop))?,
    );
    table.print()?;
    reminders::measure(store.path())?.print()?;
    replies::measure(now)?.print()
}

/// From the folder to the first frame, and the drawing alone.
fn desk(table: &mut Table, store: &Folder, now: Moment) -> Result<(), Error> {
    let catalogue = Arc::new(Catalogue::built_in());
    let start = || -> Result<Model, Error> {
        let mut model = Model::new(now, SIZE, 7, Arc::clone(&catalogue));
        settle(store, &mut model, vec![Effect::List]);
        Ok(model)
    };
    let first = median(30, || -> Result<(), Error> {
        let model = start()?;
        terminal()?.draw(|frame| view(&model, frame))?;
        Ok(())
    })?;
    table.row(
        "desk of 100 briefs, from the folder to the first frame",
        first,
    );

    let model = start()?;
    let rows = rows(&model);
    let (ours, bare) = pair(
        200,
        || -> Result<(), Error> {
            terminal()?.draw(|frame| view(&model, frame))?;
            Ok(())
        },
        || {
            terminal()?.draw(|frame| bare_list(frame, &rows, &mut ListState::default()))?;
            Ok(())
        },
    )?;
    table.ratio("desk of 100 briefs, first frame once read", ours, bare);
    Ok(())
}

/// A letter typed into a question, to the changed cells.
fn walk(table: &mut Table, store: &Folder, now: Moment) -> Result<(), Error> {
    let mut model = Model::new(now, SIZE, 7, Arc::new(Catalogue::built_in()));
    settle(store, &mut model, vec![Effect::List]);
    let rows = rows(&model);
    let id = model.items.first().ok_or("no brief")?.brief.id.clone();
    let walk = Walk::open(&model, &id, Some("purpose")).ok_or("no walk")?;
    model.screens.push(Screen::Walk(Box::new(walk)));

    let (mut screen, mut other) = (terminal()?, terminal()?);
    let mut state = ListState::default();
    let mut letters = 0_u32;
    let (ours, bare) = pair(
        1000,
        || -> Result<(), Error> {
            letters += 1;
            // A line's length of text, typed and taken away again.
            let code = if (letters / 60).is_multiple_of(2) {
                KeyCode::Char('x')
            } else {
                KeyCode::Backspace
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            let effects = update(&mut model, Msg::Key(key));
            settle(store, &mut model, effects);
            screen.draw(|frame| view(&model, frame))?;
            Ok(())
        },
        || {
            let next = state.selected().map_or(0, |at| (at + 1) % rows.len());
            state.select(Some(next));
            other.draw(|frame| bare_list(frame, &rows, &mut state))?;
            Ok(())
        },
    )?;
    table.ratio("walk, from a key to the repaint", ours, bare);
    Ok(())
}

/// The reference case: read, written, drawn.
fn one_brief(table: &mut Table, folder: &Path, now: Moment) -> Result<(), Error> {
    let id = BriefId::parse("superreport")?;
    let parse = || {
        read_text("superreport.toml", &id, black_box(briefs::SUPERREPORT), now)
            .map_err(|broken| broken.summary)
    };
    let loaded = parse()?;
    table.row(
        "one brief parsed (the SuperReport)",
        median(300, || parse().map(drop))?,
    );

    let store = Folder::at(folder.join("one"));
    let mut base = store.create(&loaded.brief)?;
    let mut count = 0;
    let save = median(60, || -> Result<(), Error> {
        count += 1;
        let mut brief = base.brief.clone();
        brief.title = format!("What my analysts do all day, {count}");
        base = store.save(&base, &brief)?;
        Ok(())
    })?;
    table.row("one brief saved, with the sync of file and folder", save);
    // What of it is the disk: the same bytes, written and synced.
    let path = folder.join("plain");
    let bytes = base.text.as_bytes().to_vec();
    let plain = median(60, || -> Result<(), Error> {
        let mut file = std::fs::File::create(&path)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        Ok(())
    })?;
    table.row("  the same bytes written and synced, no more", plain);

    for format in Format::TEXTS.into_iter().chain([Format::Pdf(Paper::A4)]) {
        let name = format!("one brief rendered as {}", format.word());
        let time = median(300, || -> Result<(), Error> {
            let _ = black_box(render(black_box(&base.brief), format));
            Ok(())
        })?;
        table.row(&name, time);
    }
    Ok(())
}

fn settle(store: &dyn Store, model: &mut Model, effects: Vec<Effect>) {
    for effect in effects {
        if let Some(msg) = perform(store, model, &effect) {
            let more = update(model, msg);
            settle(store, model, more);
        }
    }
}

fn terminal() -> Result<Memory, Error> {
    let area = ratatui::layout::Rect::new(0, 0, SIZE.0, SIZE.1);
    let options = TerminalOptions {
        viewport: Viewport::Fixed(area),
    };
    Ok(Terminal::with_options(
        CrosstermBackend::new(Vec::with_capacity(1 << 16)),
        options,
    )?)
}

fn rows(model: &Model) -> Vec<String> {
    model.items.iter().map(|i| i.brief.title.clone()).collect()
}

/// What nobody can do without: the rows and a selection.
fn bare_list(frame: &mut ratatui::Frame<'_>, rows: &[String], state: &mut ListState) {
    let list = List::new(rows.iter().map(String::as_str)).highlight_symbol("> ");
    frame.render_stateful_widget(list, frame.area(), state);
}

/// The middle of many runs, after some that do not count.
fn median<E: Into<Error>>(
    runs: usize,
    mut what: impl FnMut() -> Result<(), E>,
) -> Result<Duration, Error> {
    let mut times = Vec::with_capacity(runs);
    for run in 0..runs + runs / 10 + 1 {
        let start = Instant::now();
        what().map_err(Into::into)?;
        let time = start.elapsed();
        if run > runs / 10 {
            times.push(time);
        }
    }
    Ok(middle(times))
}

/// The same for two things in turns.
fn pair(
    runs: usize,
    mut one: impl FnMut() -> Result<(), Error>,
    mut other: impl FnMut() -> Result<(), Error>,
) -> Result<(Duration, Duration), Error> {
    let mut times = (Vec::new(), Vec::new());
    for run in 0..runs + runs / 10 + 1 {
        let start = Instant::now();
        one()?;
        let between = Instant::now();
        other()?;
        let end = Instant::now();
        if run > runs / 10 {
            times.0.push(between - start);
            times.1.push(end - between);
        }
    }
    Ok((middle(times.0), middle(times.1)))
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The figures, in the form of docs/performance.md.
struct Table {
    /// What the figures are compared with.
    other: &'static str,
    rows: Vec<String>,
}

impl Table {
    fn with(other: &'static str) -> Self {
        Self {
            other,
            rows: Vec::new(),
        }
    }

    fn row(&mut self, what: &str, time: Duration) {
        self.rows.push(format!("| {what} | {} | | |", shown(time)));
    }

    fn ratio(&mut self, what: &str, ours: Duration, bare: Duration) {
        self.compared(what, ours, &shown(bare), bare);
    }

    /// As [`Self::ratio`], with a name for the other thing.
    fn against(&mut self, what: &str, ours: Duration, other: &str, time: Duration) {
        self.compared(what, ours, &format!("{other} {}", shown(time)), time);
    }

    fn compared(&mut self, what: &str, ours: Duration, other: &str, time: Duration) {
        let ratio = ours.as_secs_f64() / time.as_secs_f64().max(f64::EPSILON);
        let ratio = if ratio < 2.0 {
            format!("{ratio:.2}")
        } else {
            format!("{ratio:.1}")
        };
        let ours = shown(ours);
        self.rows
            .push(format!("| {what} | {ours} | {other} | {ratio} |"));
    }

    fn print(&self) -> Result<(), Error> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "| what | median | {} | ratio |", self.other)?;
        writeln!(out, "|---|---:|---:|---:|")?;
        for row in &self.rows {
            writeln!(out, "{row}")?;
        }
        writeln!(out)?;
        Ok(())
    }
}

fn shown(time: Duration) -> String {
    let us = time.as_secs_f64() * 1e6;
    if us < 1000.0 {
        format!("{us:.0} µs")
    } else {
        format!("{:.1} ms", us / 1000.0)
    }
}

//! A list with a filter above it: help, command palette, find.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::{Brief, BriefId, search};
use crate::tui::command::{Availability, Command};
use crate::tui::keymap::{self, Context};
use crate::tui::message::Effect;
use crate::tui::model::{Go, Model};
use crate::tui::widgets::text_field::{FieldEvent, TextField};

use super::{Input, Screen, brief::View};

/// Rows that a typed filter narrows down.
#[derive(Debug)]
pub struct Filter {
    pub kind: Kind,
    pub field: TextField,
    pub selected: usize,
}

/// What is listed.
#[derive(Debug)]
pub enum Kind {
    /// All keys; those of the screen below come first.
    Help {
        here: Vec<Context>,
    },
    /// All commands that make sense on the screen below.
    Palette {
        commands: Vec<(Command, String)>,
    },
    Find(Find),
}

/// What was found in a large folder, which is not all in memory.
#[derive(Debug, Default)]
pub struct Find {
    /// The first of them.
    pub found: Vec<BriefId>,
    /// How many more there are.
    pub more: usize,
}

/// One row, with the places of the letters that fit the filter, counted in graphemes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub heading: &'static str,
    pub key: String,
    pub text: String,
    pub detail: String,
    pub fits: Vec<u32>,
    /// Not shown; the row is found by it too.
    also: &'static str,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Nothing,
    Command(Command),
    Brief(BriefId),
}

impl Filter {
    /// The keys, those of the present screen first.
    pub fn help(model: &Model) -> Self {
        let here = model
            .top()
            .map(|s| s.contexts().to_vec())
            .unwrap_or_default();
        Self::of(Kind::Help { here })
    }

    /// The commands that can be used on the present screen.
    pub fn palette(model: &Model) -> Self {
        let contexts = model.top().map(Screen::contexts).unwrap_or_default();
        let mut commands: Vec<(Command, String)> = Vec::new();
        for binding in keymap::bindings(contexts) {
            let basic = matches!(
                binding.command,
                Command::Up
                    | Command::Down
                    | Command::First
                    | Command::Last
                    | Command::Next
                    | Command::Previous
                    | Command::Pick(_)
                    | Command::Palette
            );
            if basic
                || commands.iter().any(|(c, _)| *c == binding.command)
                || binding.command.availability(model) != Availability::Ready
            {
                continue;
            }
            let key = binding.keys.first().map(|k| k.label()).unwrap_or_default();
            commands.push((binding.command, key));
        }
        Self::of(Kind::Palette { commands })
    }

    /// All briefs.
    pub fn find(model: &mut Model) -> Self {
        let filter = Self::of(Kind::Find(Find::default()));
        filter.ask(model);
        filter
    }

    /// Has a large folder looked through.
    fn ask(&self, model: &mut Model) {
        if matches!(self.kind, Kind::Find(_)) && !model.shelf.is_empty() {
            let words = self.field.text().to_owned();
            model.effects.push(Effect::Find(words));
        }
    }

    /// The briefs that can be seen, of those that were found.
    pub fn window(&self, model: &Model) -> Vec<BriefId> {
        let Kind::Find(find) = &self.kind else {
            return Vec::new();
        };
        let height = usize::from(model.size.1);
        let first = self.selected.saturating_sub(height);
        let seen = find.found.iter().skip(first).take(2 * height);
        seen.cloned().collect()
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            field: TextField::line(),
            selected: 0,
        }
    }

    /// The heading.
    pub fn title(&self) -> &'static str {
        match self.kind {
            Kind::Help { .. } => "keys",
            Kind::Palette { .. } => "commands",
            Kind::Find(_) => "find",
        }
    }

    /// The rows that fit what is typed.
    pub fn rows(&self, model: &Model) -> Vec<Row> {
        let all = match &self.kind {
            Kind::Help { here } => help_rows(here),
            Kind::Palette { commands } => commands
                .iter()
                .map(|(command, key)| Row {
                    heading: "",
                    key: key.clone(),
                    text: command.label().to_owned(),
                    detail: command.about().to_owned(),
                    fits: Vec::new(),
                    also: "",
                    target: Target::Command(*command),
                })
                .collect(),
            Kind::Find(find) => return find_rows(model, find, self.field.text()),
        };
        // Sentences hold nearly all letters in any order: whole words only.
        let kind = match self.kind {
            Kind::Help { .. } => AtomKind::Substring,
            _ => AtomKind::Fuzzy,
        };
        narrow(all, self.field.text(), kind)
    }

    /// Takes an input.
    pub fn update(&mut self, model: &mut Model, input: Input) {
        model.notice = None;
        match input {
            Input::Key(key) => {
                if self.field.handle(key) == FieldEvent::Changed {
                    self.selected = 0;
                    self.ask(model);
                }
            }
            Input::Text(text) | Input::Edited(text) => {
                model.heed(self.field.paste(&text));
                self.selected = 0;
                self.ask(model);
            }
            Input::Command(command) => self.command(model, command),
        }
    }

    fn command(&mut self, model: &mut Model, command: Command) {
        let rows = self.rows(model);
        let last = rows.len().saturating_sub(1);
        // Headings stand between the rows: less than a screen, so that none is skipped.
        let page = (usize::from(model.size.1).saturating_sub(6) * 3 / 5).max(1);
        match command {
            Command::Up => self.selected = self.selected.saturating_sub(1),
            Command::Down => self.selected = (self.selected + 1).min(last),
            Command::Previous => self.selected = self.selected.saturating_sub(page),
            Command::Next => self.selected = (self.selected + page).min(last),
            Command::Leave => model.go.push(Go::Back),
            Command::Accept => match rows.get(self.selected).map(|row| row.target.clone()) {
                Some(Target::Command(command)) => {
                    model.go.push(Go::Back);
                    model.go.push(Go::Run(command));
                }
                Some(Target::Brief(id)) => {
                    model
                        .go
                        .push(Go::Instead(Box::new(Screen::Brief(View::new(id)))));
                }
                Some(Target::Nothing) => model.go.push(Go::Back),
                None => {}
            },
            _ => {}
        }
    }
}

fn help_rows(here: &[Context]) -> Vec<Row> {
    let mut contexts = here.to_vec();
    for binding in keymap::TABLE {
        if !contexts.contains(&binding.context) {
            contexts.push(binding.context);
        }
    }
    let mut rows = Vec::new();
    for context in contexts {
        for binding in keymap::bindings(&[context]) {
            if matches!(binding.command, Command::Pick(2..=9)) {
                continue;
            }
            let keys: Vec<String> = match binding.command {
                Command::Pick(_) => vec!["1-9".to_owned()],
                _ => binding.keys.iter().map(|k| k.label()).collect(),
            };
            rows.push(Row {
                heading: context.title(),
                key: keys.join(" "),
                text: binding.command.about().to_owned(),
                detail: String::new(),
                fits: Vec::new(),
                also: binding.command.label(),
                target: Target::Nothing,
            });
        }
        if context == Context::Typing {
            rows.extend(TextField::KEYS.iter().map(|(keys, about)| Row {
                heading: context.title(),
                key: (*keys).to_owned(),
                text: (*about).to_owned(),
                detail: String::new(),
                fits: Vec::new(),
                also: "",
                target: Target::Nothing,
            }));
        }
    }
    rows
}

/// The rows whose key, text or detail fit every word of the filter, in their order.
fn narrow(rows: Vec<Row>, filter: &str, kind: AtomKind) -> Vec<Row> {
    if filter.trim().is_empty() {
        return rows;
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::new(filter, CaseMatching::Ignore, Normalization::Smart, kind);
    let mut scored: Vec<(u32, Row)> = rows
        .into_iter()
        .filter_map(|mut row| {
            let text = format!(
                "{} {} {} {} {}",
                row.text, row.detail, row.key, row.heading, row.also
            );
            let (score, fits) = fit(&mut matcher, &pattern, &text)?;
            let long = row.text.chars().count();
            row.fits = fits
                .into_iter()
                .filter(|at| usize::try_from(*at).is_ok_and(|at| at < long))
                .collect();
            // Out of its group, a key needs to say where it works.
            if row.detail.is_empty() {
                row.detail = row.heading.to_owned();
            }
            Some((score, row))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, row)| row).collect()
}

fn fit(matcher: &mut Matcher, pattern: &Pattern, text: &str) -> Option<(u32, Vec<u32>)> {
    let mut buffer = Vec::new();
    let mut fits = Vec::new();
    let score = pattern.indices(Utf32Str::new(text, &mut buffer), matcher, &mut fits)?;
    fits.sort_unstable();
    fits.dedup();
    Some((score, fits))
}

/// Briefs by their best line.
fn find_rows(model: &Model, find: &Find, filter: &str) -> Vec<Row> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    if !model.shelf.is_empty() {
        let patterns = patterns_of_words(filter);
        let row = |id: &BriefId| match model.brief(id) {
            Some(brief) => {
                let mut patterns = patterns.iter();
                let best = patterns.find_map(|pattern| best(&mut matcher, pattern, brief));
                let (text, fits) = match best {
                    Some((_, text, fits)) => (text, fits),
                    None => (id.to_string(), Vec::new()),
                };
                found(brief, text, fits)
            }
            // Out of sight.
            None => Row {
                heading: "",
                key: String::new(),
                text: id.to_string(),
                detail: String::new(),
                fits: Vec::new(),
                also: "",
                target: Target::Brief(id.clone()),
            },
        };
        return find.found.iter().map(row).collect();
    }
    let pattern = Pattern::parse(filter, CaseMatching::Ignore, Normalization::Smart);
    let mut scored: Vec<(u32, Row)> = Vec::new();
    for item in &model.items {
        let brief = &item.brief;
        if filter.trim().is_empty() {
            scored.push((0, found(brief, brief.id.to_string(), Vec::new())));
        } else if let Some((score, text, fits)) = best(&mut matcher, &pattern, brief) {
            scored.push((score, found(brief, text, fits)));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, row)| row).collect()
}

/// What a line is shown for where words were looked for: all of them, else one of them,
/// the longest first. Nothing where there is no word.
fn patterns_of_words(words: &str) -> Vec<Pattern> {
    let mut single: Vec<&str> = words.split_whitespace().collect();
    if single.is_empty() {
        return Vec::new();
    }
    single.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let pattern = |words: &str| {
        let ignore = CaseMatching::Ignore;
        Pattern::new(words, ignore, Normalization::Smart, AtomKind::Substring)
    };
    let single = single.into_iter().map(pattern);
    std::iter::once(pattern(words)).chain(single).collect()
}

fn found(brief: &Brief, text: String, fits: Vec<u32>) -> Row {
    Row {
        heading: "",
        key: brief.stage.symbol().to_owned(),
        text,
        detail: match brief.title.as_str() {
            "" => "(no title yet)".to_owned(),
            title => title.to_owned(),
        },
        fits,
        also: "",
        target: Target::Brief(brief.id.clone()),
    }
}

/// The line that fits best, with the places of the letters.
fn best(
    matcher: &mut Matcher,
    pattern: &Pattern,
    brief: &Brief,
) -> Option<(u32, String, Vec<u32>)> {
    let lines = search::texts(brief).into_iter();
    let fitting = lines.filter_map(|line| {
        let text = crate::domain::text::line(&line).into_owned();
        fit(matcher, pattern, &text).map(|(score, fits)| (score, text, fits))
    });
    fitting.max_by_key(|(score, _, _)| *score)
}

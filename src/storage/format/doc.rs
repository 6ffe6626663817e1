//! A brief as plain keys and values: what is compared when differences are
//! written. Empty and default values are left out.

use chrono::SecondsFormat;

use crate::domain::{
    Answer, Brief, Conflict, Customer, Day, Deliverable, Event, Goal, ItemId, Moment, Need, Plan,
    Ranking, Reading, Request, Shortcut, Standing, Waiver, WalkPlace,
};
use crate::storage::{Goals, Settings};

/// A value of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::storage) enum Val {
    Text(String),
    Texts(Vec<String>),
    Flag(bool),
    Number(i64),
    Day(Day),
    /// RFC 3339. Text, because two moments of different offsets compare equal.
    Moment(String),
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::storage) enum Node {
    Val(Val),
    Table(Table),
    /// An array of tables.
    Items(Vec<Table>),
}

/// Keys in the order in which they are written into a new file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::storage) struct Table(pub Vec<(String, Node)>);

impl Table {
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, node)| node)
    }

    /// The text of a key, empty where it has none.
    pub fn text_of(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Node::Val(Val::Text(text))) => text,
            _ => "",
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_str())
    }

    /// Takes a key out, with what it holds.
    pub fn take(&mut self, key: &str) -> Option<(String, Node)> {
        let at = self.0.iter().position(|(k, _)| k == key)?;
        Some(self.0.remove(at))
    }

    pub fn remove(&mut self, key: &str) {
        self.0.retain(|(k, _)| k != key);
    }

    /// Takes a key out of this table and all below it.
    pub fn remove_everywhere(&mut self, key: &str) {
        self.remove(key);
        for (_, node) in &mut self.0 {
            match node {
                Node::Val(_) => {}
                Node::Table(table) => table.remove_everywhere(key),
                Node::Items(items) => {
                    for item in items {
                        item.remove_everywhere(key);
                    }
                }
            }
        }
    }

    fn put(&mut self, key: &str, val: Val) {
        self.0.push((key.to_owned(), Node::Val(val)));
    }

    fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, Val::Text(text.to_owned()));
        }
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.put(key, Val::Flag(flag));
        }
    }

    fn day(&mut self, key: &str, day: Option<Day>) {
        if let Some(day) = day {
            self.put(key, Val::Day(day));
        }
    }

    fn moment(&mut self, key: &str, moment: Moment) {
        let text = moment.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        self.put(key, Val::Moment(text));
    }

    fn id(&mut self, key: &str, id: Option<&ItemId>) {
        self.text(key, id.map_or("", ItemId::as_str));
    }

    fn texts<'a>(&mut self, key: &str, texts: impl IntoIterator<Item = &'a str>) {
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        if !texts.is_empty() {
            self.put(key, Val::Texts(texts));
        }
    }

    fn ids(&mut self, key: &str, ids: &[ItemId]) {
        self.texts(key, ids.iter().map(ItemId::as_str));
    }

    /// `basis` is written where `always`, or where it says more than a guess.
    fn standing(&mut self, standing: &Standing, always: bool) {
        if always || !standing.is_guess() {
            self.text("basis", standing.basis.word());
        }
        self.id("by", standing.by.as_ref());
        self.day("on", standing.on);
        self.text("why", &standing.why);
        self.id("ask", standing.ask.as_ref());
    }

    fn items<T>(&mut self, key: &str, items: &[T], of: fn(&T) -> Table) {
        if !items.is_empty() {
            let items = items.iter().map(of).collect();
            self.0.push((key.to_owned(), Node::Items(items)));
        }
    }

    fn table(&mut self, key: &str, table: Table) {
        self.0.push((key.to_owned(), Node::Table(table)));
    }
}

/// The keys of a brief, all of them that say something.
pub(in crate::storage) fn of_brief(brief: &Brief) -> Table {
    let mut root = Table::default();
    root.put("format", Val::Number(brief.format));
    root.text("id", brief.id.as_str());
    root.put("title", Val::Text(brief.title.clone()));
    root.text("owner", &brief.owner);
    root.text("checklist", &brief.checklist);
    root.text("stage", brief.stage.word());
    root.moment("created", brief.created);
    root.flag("archived", brief.archived);
    root.table("request", request(&brief.request));
    root.items("customer", &brief.customers, customer);
    root.items("reading", &brief.readings, reading);
    let answers = brief
        .answers
        .iter()
        .map(|(id, a)| (id.to_owned(), Node::Table(answer(a))))
        .collect();
    root.table("answer", Table(answers));
    root.items("need", &brief.needs, need);
    root.items("ranking", &brief.rankings, ranking);
    root.items("goal", &brief.goals, goal);
    root.items("deliverable", &brief.deliverables, deliverable);
    let mut scope = Table::default();
    scope.texts("out", brief.out.iter().map(String::as_str));
    root.table("scope", scope);
    root.table("plan", plan(&brief.plan));
    if let Some(place) = &brief.walk {
        root.table("walk", walk(place));
    }
    root.items("draft", &brief.drafts, walk);
    root.items("waiver", &brief.waivers, waiver);
    root.items("shortcut", &brief.shortcuts, shortcut);
    root.items("conflict", &brief.conflicts, conflict);
    root.items("event", &brief.events, event);
    root
}

/// Puts conflicts among the keys of a brief, in place of those that are there.
pub(in crate::storage) fn set_conflicts(root: &mut Table, conflicts: &[Conflict]) {
    root.remove("conflict");
    root.items("conflict", conflicts, conflict);
}

fn conflict(c: &Conflict) -> Table {
    let mut t = Table::default();
    t.put("place", Val::Text(c.place.clone()));
    t.texts("versions", c.versions.iter().map(String::as_str));
    t
}

/// The keys of the settings.
pub(in crate::storage) fn of_settings(settings: &Settings) -> Table {
    let mut root = Table::default();
    root.text("name", &settings.name);
    root
}

/// The keys of the goals list.
pub(in crate::storage) fn of_goals(goals: &Goals) -> Table {
    let mut root = Table::default();
    root.items("goal", &goals.goals, |g| {
        let mut table = goal(g);
        table.remove("how");
        table
    });
    root.items("draft", &goals.drafts, walk);
    root
}

fn request(request: &Request) -> Table {
    let mut t = Table::default();
    t.text("words", &request.words);
    t.id("by", request.by.as_ref());
    t.day("on", request.on);
    t.text("where", &request.place);
    t.text("origin", request.origin.as_ref().map_or("", |o| o.word()));
    t
}

fn customer(c: &Customer) -> Table {
    let mut t = Table::default();
    t.text("id", c.id.as_str());
    t.put("name", Val::Text(c.name.clone()));
    t.text("role", c.role.word());
    t.text("uses_for", &c.uses_for);
    t.text("reach", &c.reach);
    t.text("notes", &c.notes);
    t
}

fn reading(r: &Reading) -> Table {
    let mut t = Table::default();
    t.text("id", r.id.as_str());
    t.put("text", Val::Text(r.text.clone()));
    t.flag("chosen", r.chosen);
    t.standing(&r.standing, true);
    t
}

fn answer(a: &Answer) -> Table {
    let mut t = Table::default();
    t.text("text", &a.text);
    t.texts("items", a.items.iter().map(String::as_str));
    t.standing(&a.standing, true);
    t.text("question", &a.question);
    t.text("put", &a.put);
    t.text("section", a.section.as_ref().map_or("", |s| s.word()));
    t
}

fn need(n: &Need) -> Table {
    let mut t = Table::default();
    t.text("id", n.id.as_str());
    t.put("text", Val::Text(n.text.clone()));
    t.ids("for", &n.whose);
    t.text("acceptance", &n.acceptance);
    t.flag("same", n.same);
    t.standing(&n.standing, true);
    t
}

fn ranking(r: &Ranking) -> Table {
    let mut t = Table::default();
    t.text("by", r.by.as_str());
    t.ids("order", &r.order);
    t.day("on", r.on);
    t
}

fn goal(g: &Goal) -> Table {
    let mut t = Table::default();
    t.text("id", g.id.as_str());
    t.text("level", g.level.word());
    t.text("owner", &g.owner);
    t.put("text", Val::Text(g.text.clone()));
    t.text("how", &g.how);
    t
}

fn deliverable(d: &Deliverable) -> Table {
    let mut t = Table::default();
    t.text("id", d.id.as_str());
    t.put("text", Val::Text(d.text.clone()));
    t.ids("serves", &d.serves);
    t.standing(&d.standing, false);
    t
}

fn plan(p: &Plan) -> Table {
    let mut t = Table::default();
    t.day("need_by", p.need_by);
    t.text("appetite", &p.appetite);
    t.text("cadence", &p.cadence);
    t
}

/// `at` is always there, so that an unfinished walk leaves a trace.
fn walk(w: &WalkPlace) -> Table {
    let mut t = Table::default();
    t.put("at", Val::Text(w.at.clone()));
    t.text("draft", &w.draft);
    t.text("field", &w.field);
    if let Some(row) = w.row.and_then(|row| i64::try_from(row).ok()) {
        t.put("row", Val::Number(row));
    }
    if let Some(standing) = &w.standing {
        t.standing(standing, true);
    }
    t
}

fn waiver(w: &Waiver) -> Table {
    let mut t = Table::default();
    t.put("what", Val::Text(w.what.clone()));
    t.text("because", &w.because);
    t.day("on", w.on);
    t
}

fn shortcut(s: &Shortcut) -> Table {
    let mut t = Table::default();
    t.text("id", s.id.as_str());
    t.put("text", Val::Text(s.text.clone()));
    t.day("pay_back", s.pay_back);
    t.day("on", s.on);
    t.day("paid", s.paid);
    t
}

fn event(e: &Event) -> Table {
    let mut t = Table::default();
    t.text("id", &e.id);
    t.text("kind", e.kind.word());
    t.moment("at", e.at);
    t.text("who", &e.who);
    t.id("by", e.by.as_ref());
    t.id("to", e.to.as_ref());
    t.text("via", &e.via);
    t.text("words", &e.words);
    t.text("code", &e.code);
    t.text("grade", e.grade.as_ref().map_or("", |g| g.word()));
    t.texts("covers", e.covers.iter().map(|s| s.word()));
    t.texts("questions", e.questions.iter().map(String::as_str));
    t.text("because", &e.because);
    t.text("format", &e.format);
    t.text("digest", &e.digest);
    t.text("from", e.from.as_ref().map_or("", |s| s.word()));
    t.text("undoes", &e.undoes);
    if let Some(until) = e.until {
        t.moment("until", until);
    }
    t.day("on", e.on);
    t.text("spent", &e.spent);
    t.texts("answers", e.answers.iter().map(String::as_str));
    t.texts("remarks", e.remarks.iter().map(String::as_str));
    t.texts("shown", e.shown.iter().map(String::as_str));
    t.text("key", &e.key);
    t.text("signature", &e.signature);
    t.text("agreed", &e.agreed);
    t
}

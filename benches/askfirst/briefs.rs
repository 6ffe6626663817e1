//! Briefs as people would have them, made from a number: the same number gives
//! the same briefs.

use std::fmt::Write as _;

use askfirst::domain::action::{self, Said};
use askfirst::domain::{Agreement, Brief, Moment};
use askfirst::export;

/// The reference case.
pub const SUPERREPORT: &str = include_str!("../../docs/superreport.toml");

const PEOPLE: &[&str] = &[
    "Dana Reyes",
    "Priya Nair",
    "Olga Lindqvist",
    "Jonas Weber",
    "Inês Duarte",
    "王小明",
    "Human Resources",
    "Finance",
];
const THINGS: &[&str] = &[
    "the monthly downtime report",
    "the travel expense form",
    "the sign-in page",
    "what the analysts do all day",
    "the offer letter template",
    "a list of suppliers",
    "the churn numbers",
    "the night shift’s profiles",
];
const WISHES: &[&str] = &[
    "opens in Excel, so that they can sort it",
    "is short enough to read on a phone",
    "names the kinds of work, with a share for each",
    "is there before the meeting on the 20th",
    "keeps what people typed when the page fails",
    "shows the stops by shift, since the night shift was added",
    "leaves names out of what Finance gets",
];
const PROOFS: &[&str] = &[
    "they can fill in the form without asking again",
    "in their hands by noon on the day before",
    "nobody has to retype a number",
    "",
];

/// Numbers that follow from a seed (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// The file of one brief, as a person would write it; with two needs at least and so
/// many at most.
pub fn text(seed: u64, most_needs: usize) -> String {
    let mut n = Numbers(seed);
    let thing = n.pick(THINGS);
    let people = 1 + n.below(3);
    let mut text = format!(
        "title = \"{seed}: {thing}\"\nchecklist = \"request\"\n\n\
         [request]\nwords = \"\"\"\nCould you have a look at {thing}?\nIt {}.\"\"\"\n\
         by = \"c0\"\non = 2026-02-{:02}\norigin = \"asked\"\n",
        n.pick(WISHES),
        1 + n.below(28),
    );
    for i in 0..people {
        let role = if i == 0 { "requester" } else { "receiver" };
        let _ = write!(
            text,
            "\n[[customer]]\nid = \"c{i}\"\nname = \"{}\"\nrole = \"{role}\"\n\
             uses_for = \"decides on {thing}\"\n",
            n.pick(PEOPLE)
        );
    }
    for i in 0..2 {
        let _ = write!(
            text,
            "\n[[reading]]\nid = \"r{i}\"\ntext = \"That it {}\"\nchosen = {}\n",
            n.pick(WISHES),
            i == 1
        );
    }
    let _ = write!(
        text,
        "\n[answer.purpose]\ntext = \"They decide on {thing} next month\"\n\
         basis = \"told\"\nby = \"c0\"\non = 2026-02-04\n"
    );
    let needs = 2 + n.below(most_needs - 1);
    for i in 0..needs {
        let _ = write!(
            text,
            "\n[[need]]\nid = \"n{i}\"\ntext = \"It {}\"\nfor = [\"c{}\"]\nacceptance = \"{}\"\n",
            n.pick(WISHES),
            n.below(people),
            n.pick(PROOFS)
        );
    }
    for i in 0..=n.below(3) {
        let _ = write!(
            text,
            "\n[[deliverable]]\nid = \"d{i}\"\ntext = \"Part {i} of {thing}\"\nserves = [\"n{}\"]\n",
            n.below(needs)
        );
    }
    text.push_str("\n[scope]\nout = [\"Everything automated\"]\n\n[plan]\nneed_by = 2026-03-02\n");
    text
}

/// Lets happen to a brief what happens to briefs: a third stays a draft, the
/// others are sent, and most of those are agreed and started.
pub fn happen(brief: &mut Brief, seed: u64, at: Moment) -> Result<(), Box<dyn std::error::Error>> {
    let Some(by) = brief.requester().map(|c| c.id.clone()) else {
        return Ok(());
    };
    let steps = seed % 6;
    if steps >= 2 {
        let sheets = export::message(brief, &by, "").sheets;
        for sheet in &sheets {
            brief.apply(action::share_sheet(brief, sheet, "mail", "a", at), at)?;
        }
    }
    if steps >= 3 {
        let code = Agreement::of(brief).code().to_string();
        let said = Said {
            by,
            words: format!("OK {code}"),
            via: "mail".to_owned(),
            code,
            covers: Vec::new(),
        };
        brief.apply(action::sign(brief, said, "b", at)?, at)?;
    }
    if steps >= 4 {
        brief.apply(action::start(brief, &[], "", "c", at)?, at)?;
    }
    Ok(())
}

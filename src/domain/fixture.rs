//! The SuperReport in the states that the tests of all layers look at.

use super::action::{self, Said};
use super::{
    Agreement, Answer, Answers, Basis, Brief, BriefId, Change, Customer, Day, Deliverable, Goal,
    ItemId, Level, ListEdit, Moment, Need, Origin, Plan, Ranking, Reading, Request, Role, Section,
    Standing, Waiver,
};

/// How often a property is tried: as `PROPTEST_CASES` says, 10,000 times with
/// `ASKFIRST_LONG`, else as usual.
pub(crate) fn cases(usual: u32) -> proptest::test_runner::Config {
    let named = std::env::var("PROPTEST_CASES").ok();
    let long = std::env::var_os("ASKFIRST_LONG").map(|_| 10_000);
    proptest::test_runner::Config {
        cases: named.and_then(|n| n.parse().ok()).or(long).unwrap_or(usual),
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse_from_rfc3339(text).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn id(text: &str) -> ItemId {
    ItemId::parse(text).unwrap()
}

fn told() -> Standing {
    Standing::told(id("dana"), day("2026-02-04"))
}

fn need(name: &str, text: &str, whose: &[&str], acceptance: &str, standing: Standing) -> Need {
    Need {
        id: id(name),
        text: text.into(),
        whose: whose.iter().map(|w| id(w)).collect(),
        acceptance: acceptance.into(),
        same: false,
        standing,
    }
}

fn part(name: &str, text: &str, serves: &[&str]) -> Deliverable {
    Deliverable {
        id: id(name),
        text: text.into(),
        serves: serves.iter().map(|s| id(s)).collect(),
        standing: Standing::guess(),
    }
}

fn reading(name: &str, text: &str, chosen: bool, standing: Standing) -> Reading {
    Reading {
        id: id(name),
        text: text.into(),
        chosen,
        standing,
    }
}

/// The reference case as a draft, with two questions for Dana.
pub(crate) fn superreport() -> Brief {
    let brief_id = BriefId::parse("what-my-analysts-do-all-day-k7m2").unwrap();
    let created = at("2026-02-03T10:05:00+01:00");
    let mut brief = Brief::new(brief_id, "What my analysts do all day", "report", created);
    brief.request = Request {
        words: "I'd like to understand what my analysts are doing all day.".into(),
        by: Some(id("dana")),
        on: Some(day("2026-02-03")),
        place: "in passing, after the stand-up".into(),
        origin: Some(Origin::Asked),
    };
    brief.customers = vec![
        Customer {
            id: id("dana"),
            name: "Dana Reyes".into(),
            role: Role::Requester,
            uses_for: "She owes Human Resources the profiles of the roles on her desk".into(),
            reach: "dana.reyes@example.com".into(),
            notes: "PRIVATE: dislikes long mails".into(),
        },
        Customer {
            id: id("hr"),
            name: "Human Resources".into(),
            role: Role::Receiver,
            uses_for: "Writes job profiles and skill sets from it".into(),
            reach: String::new(),
            notes: String::new(),
        },
    ];
    let volume = "How many tickets we get, and whether we have the staff for them";
    let kinds = "Which kinds of work the desk receives and resolves, by role";
    brief.readings = vec![
        reading("volume", volume, false, Standing::guess()),
        reading("kinds", kinds, true, told()),
    ];
    let purpose = Answer {
        text: "HR decides on job profiles and skill sets in March; without the kinds of work \
               they would copy old ones"
            .into(),
        standing: told(),
        question: "Which decision or next step does it feed?".into(),
        put: "What will you decide or do with it?".into(),
        section: Some(Section::Want),
        ..Answer::default()
    };
    let must_not_lose = Answer {
        text: "Names of analysts stay out of the HR copy".into(),
        standing: Standing::to_ask(id("dana")),
        question: "What must not be lost or changed?".into(),
        put: "Is there anything that must not be lost, changed or shown?".into(),
        ..Answer::default()
    };
    let tool = Answer {
        standing: Standing::to_ask(id("dana")),
        question: "In which tool will they open it?".into(),
        put: "In which program will HR open it?".into(),
        ..Answer::default()
    };
    let rank = Answer {
        standing: told(),
        question: "Which matters most?".into(),
        ..Answer::default()
    };
    brief.answers = Answers::from_iter([
        ("purpose".to_owned(), purpose),
        ("rank".to_owned(), rank),
        ("must_not_lose".to_owned(), must_not_lose),
        ("tool".to_owned(), tool),
    ]);
    brief.needs = vec![
        need(
            "kinds",
            "Types of work received and resolved, with a share for each",
            &["dana", "hr"],
            "HR can fill in a job profile from it without asking again",
            told(),
        ),
        need(
            "skills",
            "Skills that each type of work takes",
            &["hr"],
            "Every type of work names at least one skill from HR's list",
            told(),
        ),
        need(
            "on-time",
            "Before HR's meeting on 20 February",
            &["hr"],
            "In Dana's hands by noon on 19 February",
            told(),
        ),
        need(
            "excel",
            "Opens in Excel, so that HR can sort it",
            &["hr"],
            "An .xlsx file without macros or links",
            Standing::guess(),
        ),
    ];
    let goal = |name: &str, level, text: &str, how: &str| Goal {
        id: id(name),
        level,
        owner: String::new(),
        text: text.into(),
        how: how.into(),
    };
    brief.goals = vec![
        goal(
            "grading",
            Level::Team,
            "Fair job grading by the end of the quarter",
            "The profiles are graded from this list",
        ),
        goal(
            "hiring",
            Level::Company,
            "Hire for the skills we use",
            "HR updates the skill sets",
        ),
    ];
    brief.deliverables = vec![
        part(
            "table",
            "One-page table: type of work, share, skills",
            &["kinds", "skills"],
        ),
        part(
            "sheet",
            "The same as an Excel sheet with the ticket categories behind it",
            &["excel", "kinds"],
        ),
        part(
            "chart",
            "Automated chart of occupied and available hours",
            &[],
        ),
    ];
    brief.out = vec!["Ticket volumes and staffing".into(), "Automation".into()];
    brief.plan = Plan {
        need_by: Some(day("2026-02-19")),
        appetite: "3 days".into(),
        cadence: "weekly".into(),
    };
    brief
}

pub(crate) fn apply(brief: &mut Brief, change: Change) {
    let now = at("2026-02-10T09:00:00+01:00");
    brief.apply(change, now).unwrap();
}

pub(crate) fn code(brief: &Brief) -> String {
    Agreement::of(brief).code().to_string()
}

/// The message went to Dana, who said yes to all of it, without the chart.
pub(crate) fn signed() -> Brief {
    let mut brief = superreport();
    brief.deliverables.pop();
    let questions = ["must_not_lose".to_owned(), "tool".to_owned()];
    let sent = at("2026-02-04T11:20:00+01:00");
    let change = action::share(&brief, &id("dana"), &questions, "mail", "e1", sent);
    apply(&mut brief, change);
    let said = Said {
        by: id("dana"),
        words: format!("OK {}, that is exactly what HR needs.", code(&brief)),
        via: "mail".into(),
        code: code(&brief),
        covers: Vec::new(),
    };
    let change = action::sign(&brief, said, "e2", at("2026-02-04T14:02:00+01:00")).unwrap();
    apply(&mut brief, change);
    brief
}

/// After the yes: HR heard of it, a need and the date changed, work started
/// without an answer, and two people rank differently.
pub(crate) fn amended() -> Brief {
    let mut brief = signed();
    let said = Said {
        by: id("hr"),
        words: "Sounds interesting, let's see.".into(),
        via: "meeting".into(),
        code: String::new(),
        covers: Vec::new(),
    };
    let change = action::heard(&brief, said, "e3", at("2026-02-05T09:30:00+01:00")).unwrap();
    apply(&mut brief, change);
    let mut skills = brief.needs[1].clone();
    skills.text = "Skills that each type of work takes, by level".into();
    skills.same = true;
    skills.standing.basis = Basis::Guess;
    apply(
        &mut brief,
        Change::Need(ListEdit::Replace {
            at: 1,
            item: skills,
        }),
    );
    let mut plan = brief.plan.clone();
    plan.need_by = Some(day("2026-02-26"));
    apply(&mut brief, Change::Plan(plan));
    brief.rankings = vec![
        Ranking {
            by: id("dana"),
            order: vec![id("kinds"), id("skills"), id("on-time")],
            on: Some(day("2026-02-04")),
        },
        Ranking {
            by: id("hr"),
            order: vec![id("on-time"), id("kinds")],
            on: None,
        },
    ];
    brief.waivers = vec![Waiver {
        what: "agreement".into(),
        because: "Dana is away until Monday and HR's meeting does not move".into(),
        on: Some(day("2026-02-10")),
    }];
    brief
}

//! What happened to each brief of the demo: when, and what.

use super::step::{Step, Story};

/// The day that the dates of the files are written for. They are moved so that
/// it falls on today.
pub const TODAY: &str = "2026-02-05";

/// The SuperReport in three stages, and six other requests.
pub const STORIES: &[Story] = &[
    Story {
        file: "superreport_draft.toml",
        text: include_str!("superreport_draft.toml"),
        created: (2, 15),
        steps: &[],
    },
    Story {
        file: "superreport.toml",
        text: include_str!("superreport.toml"),
        created: (1, 9),
        steps: &[
            (
                1,
                9,
                Step::Share {
                    to: "dana",
                    via: "mail",
                },
            ),
            (
                1,
                11,
                Step::Sign {
                    by: "dana",
                    via: "mail",
                    words: "OK {code}, exactly that. Never mind the chart.",
                },
            ),
            (
                1,
                13,
                Step::Heard {
                    by: "hr",
                    via: "chat",
                    words: "Looks useful, we read it on Monday",
                },
            ),
            (1, 14, Step::Start { because: "" }),
        ],
    },
    Story {
        file: "superreport_night.toml",
        text: include_str!("superreport_night.toml"),
        created: (23, 10),
        steps: &[
            (
                23,
                10,
                Step::Share {
                    to: "dana",
                    via: "mail",
                },
            ),
            (
                22,
                9,
                Step::Sign {
                    by: "dana",
                    via: "mail",
                    words: "OK {code}",
                },
            ),
            (22, 10, Step::Start { because: "" }),
            (
                6,
                16,
                Step::Deliver {
                    because: "mailed to Dana, with the table for days",
                },
            ),
        ],
    },
    Story {
        file: "login.toml",
        text: include_str!("login.toml"),
        created: (8, 14),
        steps: &[
            (
                8,
                14,
                Step::Share {
                    to: "priya",
                    via: "chat",
                },
            ),
            // She is away until then.
            (1, 9, Step::Snooze { in_days: 2 }),
        ],
    },
    Story {
        file: "expenses.toml",
        text: include_str!("expenses.toml"),
        created: (15, 9),
        steps: &[
            (
                14,
                9,
                Step::Share {
                    to: "olga",
                    via: "mail",
                },
            ),
            (
                12,
                16,
                Step::Sign {
                    by: "olga",
                    via: "in person",
                    words: "Yes, {code}. Audit first where they clash.",
                },
            ),
        ],
    },
    Story {
        file: "template.toml",
        text: include_str!("template.toml"),
        created: (2, 12),
        steps: &[],
    },
    Story {
        file: "downtime.toml",
        text: include_str!("downtime.toml"),
        created: (22, 8),
        steps: &[
            (
                22,
                8,
                Step::Share {
                    to: "ines",
                    via: "mail",
                },
            ),
            (
                21,
                15,
                Step::Sign {
                    by: "ines",
                    via: "mail",
                    words: "ok {code} thanks",
                },
            ),
            (21, 16, Step::Start { because: "" }),
            (
                16,
                9,
                Step::CheckIn {
                    answers: &[
                        ("people", "yes"),
                        ("top_need", "yes"),
                        ("agreed", "yes"),
                        ("goal", "yes"),
                        ("tell", "The night shift counts its stops differently"),
                    ],
                    heard: Some("ines"),
                    spent: "3 hours",
                },
            ),
            (
                15,
                10,
                Step::AddNeed {
                    text: "Stops by shift, since the night shift was added",
                    whose: "maintenance",
                },
            ),
        ],
    },
    Story {
        file: "churn.toml",
        text: include_str!("churn.toml"),
        created: (10, 9),
        steps: &[
            (
                10,
                9,
                Step::Share {
                    to: "jonas",
                    via: "in person",
                },
            ),
            (
                10,
                10,
                Step::Sign {
                    by: "jonas",
                    via: "in person",
                    words: "Yes, both of these",
                },
            ),
            (10, 10, Step::Start { because: "" }),
            (
                8,
                15,
                Step::Deliver {
                    because: "notes in his sheet",
                },
            ),
            (
                6,
                11,
                Step::Confirm {
                    by: "jonas",
                    because: "The board asked about March, and I had the answer",
                },
            ),
            (
                6,
                11,
                Step::CheckIn {
                    answers: &[
                        ("made_possible", "The board moved the price change to May"),
                        (
                            "wrong_guess",
                            "That he wanted the method checked; he wanted the story",
                        ),
                        ("remember", "Ask who will ask him, and what"),
                    ],
                    heard: None,
                    spent: "5 hours",
                },
            ),
        ],
    },
    Story {
        file: "handbook.toml",
        text: include_str!("handbook.toml"),
        created: (16, 9),
        steps: &[
            (
                16,
                9,
                Step::Share {
                    to: "maya",
                    via: "chat",
                },
            ),
            (
                15,
                10,
                Step::Sign {
                    by: "maya",
                    via: "chat",
                    words: "OK {code}, start with badges",
                },
            ),
            (15, 11, Step::Start { because: "" }),
            (
                14,
                15,
                Step::CheckIn {
                    answers: &[
                        ("people", "yes"),
                        ("top_need", "no, badges and rooms before tools"),
                        ("agreed", "yes"),
                        ("goal", "yes"),
                        ("learned", "Half of the questions are about rooms"),
                    ],
                    heard: Some("maya"),
                    spent: "6 hours",
                },
            ),
            (
                14,
                15,
                Step::Shortcut {
                    text: "Room numbers copied by hand from the old plan",
                    in_days: 4,
                },
            ),
            (
                11,
                9,
                Step::CheckIn {
                    answers: &[
                        ("people", "yes"),
                        ("top_need", "yes"),
                        ("agreed", "yes"),
                        ("goal", "yes"),
                    ],
                    heard: None,
                    spent: "2 days",
                },
            ),
        ],
    },
];

/// Goals to pick from.
pub const GOALS: &[(&str, &str, &str)] = &[
    (
        "team",
        "Dana Reyes",
        "Fair job grading by the end of the quarter",
    ),
    (
        "department",
        "Olga Lindqvist",
        "Close each month by the third working day",
    ),
    ("company", "", "Hire for the skills we use"),
];

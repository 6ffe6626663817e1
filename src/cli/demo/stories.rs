//! What happened to each brief of the demo: when, and what.

use super::step::{Step, Story};

/// The day that the dates of the files are written for. They are moved so that
/// it falls on today.
pub const TODAY: &str = "2026-02-05";

/// The SuperReport in three stages, and five other requests.
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
                4,
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
        created: (3, 14),
        steps: &[(
            3,
            14,
            Step::Share {
                to: "priya",
                via: "chat",
            },
        )],
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
                6,
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

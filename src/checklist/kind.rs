//! How a question is answered, and the questions whose answer has a fixed
//! place in the brief.

use crate::domain::Section;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    List,
    Choice,
    YesNo,
    Date,
    Customers,
    Readings,
    Needs,
    Rank,
    Goals,
    Deliverables,
    Appetite,
    Cadence,
}

impl Kind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Text,
        Self::List,
        Self::Choice,
        Self::YesNo,
        Self::Date,
        Self::Customers,
        Self::Readings,
        Self::Needs,
        Self::Rank,
        Self::Goals,
        Self::Deliverables,
        Self::Appetite,
        Self::Cadence,
    ];

    /// The word in a checklist file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Date => "date",
            Self::Customers => "customers",
            Self::Readings => "readings",
            Self::Needs => "needs",
            Self::Rank => "rank",
            Self::Goals => "goals",
            Self::Deliverables => "deliverables",
            Self::Appetite => "appetite",
            Self::Cadence => "cadence",
        }
    }

    /// The kind for a word of a checklist file.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether the answer is a list of items that can be counted.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::List
                | Self::Customers
                | Self::Readings
                | Self::Needs
                | Self::Goals
                | Self::Deliverables
        )
    }

    /// Whether the answer is one of several values.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::Choice | Self::YesNo)
    }
}

/// The fixed place of an answer.
pub(super) struct Place {
    pub id: &'static str,
    pub kind: Kind,
    /// The part of the agreement that holds it, whatever a file says.
    pub section: Option<Section>,
}

/// Questions whose answer is kept in a part of the brief of its own (see
/// `domain::readiness::is_answered`), and `purpose`, which is always a part of
/// the want (see `domain::agreement`).
static PLACES: [Place; 15] = [
    place("title", Kind::Text, None),
    place("customers", Kind::Customers, Some(Section::Want)),
    place("origin", Kind::Choice, None),
    place("words", Kind::Text, Some(Section::Want)),
    place("where", Kind::Text, None),
    place("readings", Kind::Readings, Some(Section::Want)),
    place("purpose", Kind::Text, Some(Section::Want)),
    place("needs", Kind::Needs, Some(Section::Needs)),
    place("rank", Kind::Rank, Some(Section::Needs)),
    place("goals", Kind::Goals, Some(Section::Want)),
    place("deliverables", Kind::Deliverables, Some(Section::Solution)),
    place("out", Kind::List, Some(Section::Scope)),
    place("need_by", Kind::Date, Some(Section::Dates)),
    place("appetite", Kind::Appetite, Some(Section::Dates)),
    place("cadence", Kind::Cadence, None),
];

const fn place(id: &'static str, kind: Kind, section: Option<Section>) -> Place {
    Place { id, kind, section }
}

impl Place {
    /// The fixed place of a question's answer, if it has one.
    pub(super) fn of(question: &str) -> Option<&'static Self> {
        PLACES.iter().find(|place| place.id == question)
    }

    /// The only question that may have this kind, for kinds that fill a part of
    /// the brief which is there once.
    pub(super) fn only_for(kind: Kind) -> Option<&'static Self> {
        let plain = matches!(kind, Kind::Text | Kind::List | Kind::Choice | Kind::Date);
        PLACES
            .iter()
            .find(|place| place.kind == kind)
            .filter(|_| !plain)
    }
}

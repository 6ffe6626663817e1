//! Makes pieces of what was found.

use super::asked::At;
use super::orders::Order;
use super::understand::{Found, Raw, Reader};
use super::{Certainty, Piece, Target};
use crate::domain::BriefId;
use crate::domain::reply::Given;

impl Reader<'_> {
    pub fn answer(&self, at: At, words: String, given: Given, sure: bool, why: String) -> Raw {
        let (Some(sheet), Some(put)) = (self.asked.sheets.get(at.0), self.asked.put(at)) else {
            return remark(words, "it fits no question");
        };
        Raw::Found(Found {
            piece: Piece {
                words,
                target: Target::Answer {
                    brief: sheet.brief.clone(),
                    question: put.question.clone(),
                    given,
                },
                certainty: if sure {
                    Certainty::Exact
                } else {
                    Certainty::Likely
                },
                why,
            },
            put: Some(at),
            apart: false,
        })
    }

    pub fn order(&self, order: Order, words: &str, put: Option<At>) -> Raw {
        let sure = order.sure && self.shaky.is_none();
        Raw::Found(Found {
            piece: Piece {
                words: words.to_owned(),
                target: Target::Order {
                    brief: order.brief,
                    needs: order.needs,
                },
                certainty: if sure {
                    Certainty::Exact
                } else {
                    Certainty::Likely
                },
                why: match self.shaky.filter(|_| order.sure) {
                    Some(shaky) => format!("{}; {shaky}", order.why),
                    None => order.why,
                },
            },
            put,
            apart: false,
        })
    }

    pub fn objection(&self, brief: &BriefId, words: String, sure: bool, why: &str) -> Raw {
        Raw::Found(Found {
            piece: Piece {
                words,
                target: Target::Objection {
                    brief: brief.clone(),
                },
                certainty: if sure {
                    Certainty::Exact
                } else {
                    Certainty::Likely
                },
                why: why.to_owned(),
            },
            put: None,
            apart: false,
        })
    }
}

pub fn remark(words: String, why: &str) -> Raw {
    Raw::Found(Found {
        piece: Piece {
            words,
            target: Target::Remark,
            certainty: Certainty::Open,
            why: why.to_owned(),
        },
        put: None,
        apart: false,
    })
}

//! Which customer is meant by what somebody typed.

use super::text::{fit, line};
use super::{Brief, Customer};

/// Why what was typed means no customer. One line with [`Nobody::in_full`], or
/// the reason and what to do about it apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Nobody {
    #[error("nobody is named")]
    NoName {
        /// All names that there are.
        names: Vec<String>,
    },
    #[error("nobody is named as the customer of this brief yet")]
    NoCustomers,
    #[error("\"{typed}\" is not among the customers of this brief")]
    Unknown {
        /// As typed, safe to show.
        typed: String,
        /// All names that there are.
        names: Vec<String>,
    },
    #[error("\"{typed}\" could be several people")]
    Several {
        typed: String,
        /// Names, or ids where two have one name.
        names: Vec<String>,
    },
}

impl Nobody {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::NoName { names } => format!("say who: {}", names.join(", ")),
            Self::NoCustomers => "name a customer first".to_owned(),
            Self::Unknown { names, .. } => format!("they are: {}", names.join(", ")),
            Self::Several { names, .. } => format!("say which: {}", names.join(", ")),
        }
    }

    /// Both in one line.
    pub fn in_full(&self) -> String {
        format!("{self}; {}", self.hint())
    }
}

impl Brief {
    /// The customer that a typed id, name, part of either or initials mean.
    /// `Err` has all that fit when there is more than one.
    pub fn find_customer(&self, typed: &str) -> Result<Option<&Customer>, Vec<&Customer>> {
        let typed = typed.trim().to_lowercase();
        if typed.is_empty() {
            return Ok(None);
        }
        let id = self.customers.iter().find(|c| c.id.as_str() == typed);
        if id.is_some() {
            return Ok(id);
        }
        // "HR" is Human Resources.
        let initials = |name: &str| -> String {
            name.split_whitespace()
                .filter_map(|word| word.chars().next())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let all = |fit: &dyn Fn(&Customer) -> bool| -> Vec<&Customer> {
            self.customers.iter().filter(|c| fit(c)).collect()
        };
        let mut fits = all(&|c| c.name.trim().to_lowercase() == typed);
        if fits.is_empty() {
            fits = all(&|c| {
                c.name.to_lowercase().contains(&typed)
                    || c.id.as_str().contains(&typed)
                    || (typed.chars().count() > 1 && initials(&c.name) == typed)
            });
        }
        match fits.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(fits),
        }
    }

    /// The one customer that was typed.
    ///
    /// # Errors
    ///
    /// When nothing was typed, or nobody or several people fit.
    pub fn who(&self, typed: &str) -> Result<&Customer, Nobody> {
        let all = || apart(&self.customers.iter().collect::<Vec<_>>());
        let shown = || fit(typed.trim(), SHOWN);
        match self.find_customer(typed) {
            Ok(Some(customer)) => Ok(customer),
            Ok(None) if self.customers.is_empty() => Err(Nobody::NoCustomers),
            Ok(None) if typed.trim().is_empty() => Err(Nobody::NoName { names: all() }),
            Ok(None) => Err(Nobody::Unknown {
                typed: shown(),
                names: all(),
            }),
            Err(fits) => Err(Nobody::Several {
                typed: shown(),
                names: apart(&fits),
            }),
        }
    }

    /// The same, where nothing typed means the requester.
    ///
    /// # Errors
    ///
    /// When nobody or several people fit.
    pub fn who_or_requester(&self, typed: &str) -> Result<&Customer, Nobody> {
        if typed.trim().is_empty() {
            self.requester().ok_or(Nobody::NoCustomers)
        } else {
            self.who(typed)
        }
    }
}

/// Names that tell customers apart: their ids where two have one name.
fn apart(customers: &[&Customer]) -> Vec<String> {
    let name = |c: &Customer| c.name.trim().to_lowercase();
    let is_shared = |c: &Customer| customers.iter().filter(|o| name(o) == name(c)).count() > 1;
    let names = customers.iter().map(|c| {
        if is_shared(c) || name(c).is_empty() {
            c.id.to_string()
        } else {
            line(&c.name).into_owned()
        }
    });
    names.collect()
}

/// Columns for what was typed, in a message.
const SHOWN: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{id, superreport};

    fn why(brief: &Brief, typed: &str) -> String {
        brief.who(typed).unwrap_err().in_full()
    }

    #[test]
    fn a_name_that_means_nobody_says_who_there_is() {
        let mut brief = superreport();
        assert_eq!(brief.who("reyes").unwrap().id, id("dana"));
        assert_eq!(
            why(&brief, " "),
            "nobody is named; say who: Dana Reyes, Human Resources"
        );
        assert_eq!(
            why(&brief, " eve\u{1b}[31m "),
            "\"eve\u{241b}[31m\" is not among the customers of this brief; \
             they are: Dana Reyes, Human Resources"
        );
        assert_eq!(
            why(&brief, "an"),
            "\"an\" could be several people; say which: Dana Reyes, Human Resources"
        );
        let mut two = brief.clone();
        two.customers[1].name = "dana reyes ".to_owned();
        assert!(why(&two, "reyes").ends_with("say which: dana, hr"));
        brief.customers.clear();
        assert!(why(&brief, "dana").ends_with("name a customer first"));
    }

    #[test]
    fn nothing_typed_is_the_requester_where_that_is_meant() {
        let mut brief = superreport();
        assert_eq!(brief.who_or_requester("").unwrap().id, id("dana"));
        assert_eq!(brief.who_or_requester("hr").unwrap().id, id("hr"));
        brief.customers.clear();
        assert_eq!(brief.who_or_requester(""), Err(Nobody::NoCustomers));
    }
}

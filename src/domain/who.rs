//! Which customer is meant by what somebody typed.

use super::text::{fit, line};
use super::{Brief, Customer};

/// Why what was typed means no customer. One line with [`Nobody::in_full`], or
/// the reason and what to do about it apart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Nobody {
    #[error("nobody is named")]
    NoName,
    #[error("nobody is named as the customer of this brief yet")]
    NoCustomers,
    #[error("{typed} is not among the customers of this brief")]
    Unknown {
        /// As typed, safe to show.
        typed: String,
        /// All names that there are.
        names: Vec<String>,
    },
    #[error("{typed} could be several people")]
    Several { typed: String, names: Vec<String> },
}

impl Nobody {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::NoName => "say who it was".to_owned(),
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
        let names = |customers: &[&Customer]| -> Vec<String> {
            let names = customers.iter().map(|c| line(&c.name).into_owned());
            names.collect()
        };
        let shown = || fit(typed.trim(), SHOWN);
        match self.find_customer(typed) {
            Ok(Some(customer)) => Ok(customer),
            Ok(None) if self.customers.is_empty() => Err(Nobody::NoCustomers),
            Ok(None) if typed.trim().is_empty() => Err(Nobody::NoName),
            Ok(None) => Err(Nobody::Unknown {
                typed: shown(),
                names: names(&self.customers.iter().collect::<Vec<_>>()),
            }),
            Err(fits) => Err(Nobody::Several {
                typed: shown(),
                names: names(&fits),
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
        assert_eq!(why(&brief, " "), "nobody is named; say who it was");
        assert_eq!(
            why(&brief, " eve\u{1b}[31m "),
            "eve\u{241b}[31m is not among the customers of this brief; \
             they are: Dana Reyes, Human Resources"
        );
        assert_eq!(
            why(&brief, "an"),
            "an could be several people; say which: Dana Reyes, Human Resources"
        );
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

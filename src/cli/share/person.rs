//! One person over all open briefs.

use crate::cli::{Context, Failure, Streams};
use crate::domain::{Brief, Customer, ItemId, burden, text};
use crate::storage::{Entry, Loaded};

/// All briefs that are neither closed, dropped nor archived. Those that cannot
/// be read are told: what they ask is in no message.
pub fn open_briefs(context: &Context, streams: &mut Streams) -> Result<Vec<Loaded>, Failure> {
    let mut briefs: Vec<Loaded> = Vec::new();
    for entry in context.store.list()? {
        match entry {
            Entry::Brief(loaded) => briefs.push(*loaded),
            Entry::Broken(broken) => writeln!(
                streams.err,
                "note: {} is not in it: {}",
                text::line(&broken.file),
                text::line(&broken.summary)
            )?,
        }
    }
    briefs.retain(|l| l.brief.stage.is_open() && !l.brief.archived);
    Ok(briefs)
}

/// The ids that a brief has for a person.
pub fn ids(brief: &Brief, person: &Customer) -> Vec<ItemId> {
    burden::same_person(brief, person).cloned().collect()
}

/// Names in a hint are at most so many.
const NAMES: usize = 12;

/// Whom a typed name or address means among the customers of all briefs.
///
/// # Errors
///
/// When nobody was named, or nobody or several people fit.
pub fn meant(briefs: &[Loaded], typed: Option<&str>) -> Result<Customer, Failure> {
    let typed = typed.unwrap_or_default().trim();
    let everybody = people(briefs.iter().flat_map(|l| &l.brief.customers));
    let names = |people: &[&Customer]| -> String {
        let names = people.iter().take(NAMES).map(|c| {
            let name = text::fit(&c.name, 60);
            match c.reach.trim() {
                "" => name,
                reach => format!("{name} ({})", text::fit(reach, 60)),
            }
        });
        names.collect::<Vec<_>>().join(", ")
    };
    if typed.is_empty() {
        return Err(Failure::wrong_usage("nobody is named")
            .hint(format!("say who with --to: {}", names(&everybody))));
    }
    let same = |a: &str| a.trim().to_lowercase() == typed.to_lowercase();
    let mut fits: Vec<&Customer> = Vec::new();
    for Loaded { brief, .. } in briefs {
        fits.extend(brief.customers.iter().filter(|c| same(&c.reach)));
        match brief.find_customer(typed) {
            Ok(one) => fits.extend(one),
            Err(several) => fits.extend(several),
        }
    }
    // The whole address or name, before a part of one.
    for whole in [
        |c: &Customer| c.reach.clone(),
        |c: &Customer| c.name.clone(),
    ] {
        if fits.iter().any(|c| same(&whole(c))) {
            fits.retain(|c| same(&whole(c)));
        }
    }
    let shown = text::fit(typed, 60);
    match people(fits.into_iter()).as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(
            Failure::new(format!("\"{shown}\" is in none of the open briefs"))
                .hint(format!("they are: {}", names(&everybody))),
        ),
        several => Err(Failure::new(format!("\"{shown}\" could be several people"))
            .hint(format!("say which, by the address: {}", names(several)))),
    }
}

/// Each person once, with an address where one is known.
fn people<'a>(customers: impl Iterator<Item = &'a Customer>) -> Vec<&'a Customer> {
    let mut people: Vec<&Customer> = Vec::new();
    for customer in customers {
        match people.iter_mut().find(|p| burden::is_same(p, customer)) {
            Some(known) if known.reach.trim().is_empty() => *known = customer,
            Some(_) => {}
            None => people.push(customer),
        }
    }
    people
}

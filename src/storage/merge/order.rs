//! Combining two orders of the same things that grew apart from a third.
//!
//! What the ancestor knew: a pair that somebody turned round is turned round.
//! Turning pairs round can turn further ones that nobody wished for; those are
//! told. This is the join of the weak order of permutations, so three versions
//! give the same in whatever order they are merged.
//!
//! What is new stands behind what it stood behind, the new things of both sides
//! at one place in the order of their names, without parting what one side
//! wrote in a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// `(later, earlier)`: the first now stands before the second.
pub(super) type Pair<'a> = (&'a str, &'a str);

/// One side: its order, and the pairs in it that nobody wished for.
#[derive(Debug, Clone, Default)]
pub(super) struct Side<'a> {
    pub order: Vec<&'a str>,
    pub unasked: Vec<Pair<'a>>,
}

/// The combined order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Combined<'a> {
    pub order: Vec<&'a str>,
    /// Pairs that were turned round by the wishes of both, and by none alone.
    pub unasked: Vec<Pair<'a>>,
}

/// Combines the orders of `members`, each of which is in a side. Names are
/// unique in each list.
pub(super) fn combine<'a>(
    base: &[&'a str],
    sides: [&Side<'a>; 2],
    members: &BTreeSet<&'a str>,
) -> Combined<'a> {
    let old: Vec<&str> = base
        .iter()
        .copied()
        .filter(|x| members.contains(x))
        .collect();
    let (old, unasked) = turn(&old, sides);
    let mut gaps = gaps(base, sides, members);
    let mut order = Vec::with_capacity(members.len());
    order.extend(gaps.remove(&None).into_iter().flatten());
    for x in old {
        order.push(x);
        order.extend(gaps.remove(&Some(x)).into_iter().flatten());
    }
    Combined { order, unasked }
}

/// The things that the ancestor knew, in their new order.
fn turn<'a>(old: &[&'a str], sides: [&Side<'a>; 2]) -> (Vec<&'a str>, Vec<Pair<'a>>) {
    let count = old.len();
    let words = count.div_ceil(64);
    // For each, those that stood before it and come after it now.
    let mut raw = vec![vec![0u64; words]; count];
    let mut any = false;
    for side in sides {
        let at: HashMap<&str, usize> = side.order.iter().zip(0..).map(|(x, at)| (*x, at)).collect();
        let places: Vec<Option<usize>> = old.iter().map(|x| at.get(x).copied()).collect();
        let unasked: BTreeSet<&Pair<'a>> = side.unasked.iter().collect();
        for (later, row) in raw.iter_mut().enumerate() {
            for earlier in 0..later {
                let (Some(Some(l)), Some(Some(e))) = (places.get(later), places.get(earlier))
                else {
                    continue;
                };
                let pair = (old.get(later), old.get(earlier));
                let asked = match pair {
                    (Some(l), Some(e)) => !unasked.contains(&(*l, *e)),
                    _ => false,
                };
                if l < e && asked {
                    set(row, earlier);
                    any = true;
                }
            }
        }
    }
    if !any {
        return (old.to_vec(), Vec::new());
    }
    // Only later ones go before earlier ones, so one pass closes them all.
    let mut all = raw.clone();
    for later in 0..count {
        for earlier in 0..later {
            let (below, rest) = all.split_at_mut(later);
            if let (Some(row), Some(through)) = (rest.first_mut(), below.get(earlier))
                && has(row, earlier)
            {
                row.iter_mut()
                    .zip(through)
                    .for_each(|(row, more)| *row |= more);
            }
        }
    }
    let mut waits = vec![0usize; count];
    let mut unasked = Vec::new();
    for (later, (row, raw)) in all.iter().zip(&raw).enumerate() {
        for earlier in 0..later {
            if !has(row, earlier) {
                continue;
            }
            if let Some(waits) = waits.get_mut(earlier) {
                *waits += 1;
            }
            if let (false, Some(l), Some(e)) = (has(raw, earlier), old.get(later), old.get(earlier))
            {
                unasked.push((*l, *e));
            }
        }
    }
    let mut free: BTreeSet<usize> = (0..count).filter(|x| waits.get(*x) == Some(&0)).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(next) = free.pop_first() {
        order.extend(old.get(next).copied());
        for earlier in 0..next {
            if all.get(next).is_some_and(|row| has(row, earlier))
                && let Some(waits) = waits.get_mut(earlier)
            {
                *waits -= 1;
                if *waits == 0 {
                    free.insert(earlier);
                }
            }
        }
    }
    (order, unasked)
}

fn set(row: &mut [u64], at: usize) {
    if let Some(word) = row.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn has(row: &[u64], at: usize) -> bool {
    row.get(at / 64)
        .is_some_and(|word| word & (1 << (at % 64)) != 0)
}

/// The new things by what they stand behind.
fn gaps<'a>(
    base: &[&'a str],
    sides: [&Side<'a>; 2],
    members: &BTreeSet<&'a str>,
) -> HashMap<Option<&'a str>, Vec<&'a str>> {
    let known: HashMap<&str, usize> = base.iter().zip(0..).map(|(x, at)| (*x, at)).collect();
    // Behind one that is gone: behind the one before it in the ancestor.
    let kept = |at: usize| {
        let up_to = base.get(..=at).unwrap_or_default();
        up_to.iter().rposition(|x| members.contains(x))
    };
    // Where each stands: the one before it that is kept, and the one before it.
    type Behind = (Option<usize>, Option<usize>);
    let mut behind: BTreeMap<&str, Behind> = BTreeMap::new();
    let mut runs: BTreeMap<(Behind, usize), Vec<&str>> = BTreeMap::new();
    for side in sides {
        let mut last = (None, None);
        for x in &side.order {
            match known.get(x) {
                Some(at) => last = (kept(*at), Some(*at)),
                None if members.contains(x) => {
                    let place = behind.entry(x).or_insert(last);
                    *place = (*place).min(last);
                }
                None => {}
            }
        }
    }
    for (number, side) in sides.into_iter().enumerate() {
        for x in &side.order {
            if let Some(place) = behind.get(x) {
                runs.entry((*place, number)).or_default().push(x);
            }
        }
    }
    let mut by_place: BTreeMap<Option<usize>, Vec<Vec<&str>>> = BTreeMap::new();
    for (((kept, _), _), run) in runs {
        by_place.entry(kept).or_default().push(run);
    }
    let gaps = by_place
        .into_iter()
        .map(|(place, runs)| (place.and_then(|at| base.get(at).copied()), zip(&runs)));
    gaps.collect()
}

/// Runs as one: the smallest name first, each run in its own order. Where two
/// hold the same things in opposite orders, by name.
fn zip<'a>(runs: &[Vec<&'a str>]) -> Vec<&'a str> {
    let mut heads = vec![0usize; runs.len()];
    let mut left: BTreeSet<&str> = runs.iter().flatten().copied().collect();
    let places: Vec<HashMap<&str, usize>> = runs
        .iter()
        .map(|run| run.iter().zip(0..).map(|(x, at)| (*x, at)).collect())
        .collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        for (head, run) in heads.iter_mut().zip(runs) {
            while run.get(*head).is_some_and(|x| !left.contains(x)) {
                *head += 1;
            }
        }
        let first = |run: (&Vec<&'a str>, &usize)| run.0.get(*run.1).copied();
        let all: BTreeSet<&str> = runs.iter().zip(&heads).filter_map(first).collect();
        // One that stands further on in another run waits for its turn there.
        let is_free = |x: &&&str| {
            let behind = |(places, head): (&HashMap<&str, usize>, &usize)| {
                places.get(**x).is_some_and(|at| at > head)
            };
            !places.iter().zip(&heads).any(behind)
        };
        let Some(next) = all.iter().find(is_free).or(all.first()).copied() else {
            return order;
        };
        left.remove(next);
        order.push(next);
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side<'a>(order: &[&'a str], unasked: &[Pair<'a>]) -> Side<'a> {
        Side {
            order: order.to_vec(),
            unasked: unasked.to_vec(),
        }
    }

    /// Those of the ancestor that both have, and what is new.
    fn members<'a>(base: &[&'a str], one: &[&'a str], two: &[&'a str]) -> BTreeSet<&'a str> {
        let both = |x: &&str| one.contains(x) && two.contains(x);
        let all = one.iter().chain(two);
        all.filter(|x| !base.contains(x) || both(x))
            .copied()
            .collect()
    }

    fn merged<'a>(base: &[&'a str], one: &Side<'a>, two: &Side<'a>) -> Side<'a> {
        let members = members(base, &one.order, &two.order);
        let result = combine(base, [one, two], &members);
        assert_eq!(
            result,
            combine(base, [two, one], &members),
            "whose turn it is makes a difference"
        );
        Side {
            order: result.order,
            unasked: result.unasked,
        }
    }

    #[test]
    fn changes_of_both_sides_are_combined() {
        for (base, ours, theirs, expected) in [
            ("a b c d", "b a c d", "a b d c", "b a d c"),
            ("a b c d", "d a b c", "a b c d", "d a b c"),
            ("a b c d", "d a b c", "d a c b", "d a c b"),
            ("a b c", "a b c x", "a b c y", "a b c x y"),
            ("a b c", "x a b c", "a b c y", "x a b c y"),
            ("a b c", "a m c k b", "a c x b", "a m c k x b"),
            ("", "x b", "c", "c x b"),
            ("a b", "b a", "b a", "b a"),
        ] {
            let [base, ours, theirs] =
                [base, ours, theirs].map(|t| t.split_whitespace().collect::<Vec<_>>());
            let result = merged(&base, &side(&ours, &[]), &side(&theirs, &[]));
            assert_eq!(result.order.join(" "), expected);
            assert_eq!(result.unasked, []);
        }
    }

    #[test]
    fn a_pair_that_nobody_wished_to_turn_round_is_told() {
        let base = ["a", "b", "c"];
        let result = merged(
            &base,
            &side(&["a", "c", "b"], &[]),
            &side(&["b", "a", "c"], &[]),
        );
        assert_eq!(result.order, ["c", "b", "a"]);
        assert_eq!(result.unasked, [("c", "a")]);
    }

    fn permuted() -> impl Strategy<Value = Vec<&'static str>> {
        let all = ["a", "b", "c", "d", "e", "f"];
        let kept = prop::sample::subsequence(all.to_vec(), 4..=6);
        let new = prop::sample::subsequence(vec!["m", "n", "o", "p", "q", "r"], 0..3);
        (kept, new).prop_flat_map(|(kept, new)| Just([kept, new].concat()).prop_shuffle())
    }

    proptest! {
        #[test]
        fn three_versions_give_the_same_in_whatever_order(
            mut sides in prop::collection::vec(permuted(), 3),
        ) {
            let base = ["a", "b", "c", "d", "e", "f"];
            // Nobody writes the same new thing as somebody else.
            const OWN: [[&str; 6]; 3] = [
                ["m0", "n0", "o0", "p0", "q0", "r0"],
                ["m1", "n1", "o1", "p1", "q1", "r1"],
                ["m2", "n2", "o2", "p2", "q2", "r2"],
            ];
            for (n, order) in sides.iter_mut().enumerate() {
                for x in order.iter_mut() {
                    if let Some(at) = ["m", "n", "o", "p", "q", "r"].iter().position(|y| y == x) {
                        *x = OWN[n][at];
                    }
                }
            }
            let [a, b, c] = [0, 1, 2].map(|n| side(&sides[n], &[]));
            let first = merged(&base, &merged(&base, &a, &b), &c);
            for (x, y, z) in [(&a, &c, &b), (&b, &c, &a)] {
                let other = merged(&base, &merged(&base, x, y), z);
                prop_assert_eq!(&first.order, &other.order);
                prop_assert_eq!(
                    first.unasked.iter().collect::<BTreeSet<_>>(),
                    other.unasked.iter().collect::<BTreeSet<_>>()
                );
            }
            let all: BTreeSet<&str> = first.order.iter().copied().collect();
            prop_assert_eq!(all.len(), first.order.len());
        }
    }
}

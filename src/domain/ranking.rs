//! Ranking by pairs, with as few questions as merge insertion needs.
//!
//! Merge insertion (Ford and Johnson 1959, "A tournament problem"; Knuth, The
//! Art of Computer Programming 3, 5.3.1) asks at most 1, 3, 5, 7, 10, 13, 16
//! questions for 2 to 8 items. It is replayed from the answers given so far, so
//! an answer can be taken back at any time.

/// The answer to "which of these two matters more?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    First,
    Second,
    Same,
}

/// An answered pair, by the places of the items in the list to rank.
pub type Answered = (usize, usize, Verdict);

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask which of these two matters more.
    Ask(usize, usize),
    /// Everything is known: groups from most to least important; the items of
    /// a group rank the same.
    Done(Vec<Vec<usize>>),
}

/// The next question for `count` items, or the order.
pub fn next(count: usize, answers: &[Answered]) -> Step {
    let known = Known::from(count, answers);
    let mut items: Vec<usize> = (0..count).filter(|i| known.group[*i] == *i).collect();
    match sort(&mut items, &known) {
        Err((a, b)) => Step::Ask(a, b),
        Ok(()) => Step::Done(
            items
                .into_iter()
                .map(|head| (0..count).filter(|i| known.group[*i] == head).collect())
                .collect(),
        ),
    }
}

/// The most questions that `count` items can take: the sum over k of
/// ceil(log2(3k/4)) (Knuth, 5.3.1, equation 10).
pub fn most_questions(count: usize) -> usize {
    (1..=count)
        .map(|k| {
            (0..)
                .find(|bits| (1usize << bits) * 4 >= 3 * k)
                .unwrap_or_default()
        })
        .sum()
}

/// What follows from the answers, transitively.
struct Known {
    /// The first member of the group of equals of each item.
    group: Vec<usize>,
    above: Vec<Vec<bool>>,
}

impl Known {
    fn from(count: usize, answers: &[Answered]) -> Self {
        let mut group: Vec<usize> = (0..count).collect();
        let inside = |a: &Answered| a.0 < count && a.1 < count;
        for (a, b, _) in answers.iter().filter(|a| inside(a) && a.2 == Verdict::Same) {
            let (low, high) = (group[*a].min(group[*b]), group[*a].max(group[*b]));
            for g in &mut group {
                if *g == high {
                    *g = low;
                }
            }
        }
        let mut above = vec![vec![false; count]; count];
        for (a, b, verdict) in answers.iter().filter(|a| inside(a)) {
            match verdict {
                Verdict::First => above[group[*a]][group[*b]] = true,
                Verdict::Second => above[group[*b]][group[*a]] = true,
                Verdict::Same => {}
            }
        }
        for via in 0..count {
            for a in 0..count {
                for b in 0..count {
                    if above[a][via] && above[via][b] {
                        above[a][b] = true;
                    }
                }
            }
        }
        Self { group, above }
    }

    /// Whether `a` matters more than `b`; `Err` is the pair to ask.
    fn is_above(&self, a: usize, b: usize) -> Result<bool, (usize, usize)> {
        if self.above[a][b] {
            Ok(true)
        } else if self.above[b][a] {
            Ok(false)
        } else {
            Err((a.min(b), a.max(b)))
        }
    }
}

/// Merge insertion, most important first.
fn sort(items: &mut Vec<usize>, known: &Known) -> Result<(), (usize, usize)> {
    if items.len() < 2 {
        return Ok(());
    }
    // Pair up; the winners are ranked first.
    let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(items.len() / 2);
    for pair in items.chunks_exact(2) {
        pairs.push(if known.is_above(pair[0], pair[1])? {
            (pair[0], pair[1])
        } else {
            (pair[1], pair[0])
        });
    }
    let odd = (items.len() % 2 == 1).then(|| items[items.len() - 1]);
    let mut winners: Vec<usize> = pairs.iter().map(|p| p.0).collect();
    sort(&mut winners, known)?;

    // Losers in the order of their winners, from the lowest winner up: the
    // lowest winner's loser is known to stand last.
    let loser = |winner: usize| pairs.iter().find(|p| p.0 == winner).map(|p| p.1);
    let mut chain: Vec<usize> = winners.iter().rev().copied().collect();
    let mut waiting: Vec<(usize, Option<usize>)> = chain
        .iter()
        .filter_map(|w| loser(*w).map(|l| (l, Some(*w))))
        .collect();
    waiting.extend(odd.map(|o| (o, None)));
    if !waiting.is_empty() && waiting[0].1.is_some() {
        chain.insert(0, waiting.remove(0).0);
    }
    // The chain now runs from least to most important. Groups of 2, 2, 6, 10,
    // 22, ... are inserted from their far end, so that each search is full.
    let (mut size, mut next) = (2, 2);
    while !waiting.is_empty() {
        let group: Vec<_> = waiting.drain(..size.min(waiting.len())).collect();
        for (item, winner) in group.into_iter().rev() {
            let end = winner
                .and_then(|w| chain.iter().position(|c| *c == w))
                .unwrap_or(chain.len());
            let at = place(&chain[..end], item, known)?;
            chain.insert(at, item);
        }
        (size, next) = (next, next + 2 * size);
    }
    chain.reverse();
    *items = chain;
    Ok(())
}

/// Binary search in a chain from least to most important.
fn place(chain: &[usize], item: usize, known: &Known) -> Result<usize, (usize, usize)> {
    let (mut low, mut high) = (0, chain.len());
    while low < high {
        let middle = (low + high) / 2;
        if known.is_above(item, chain[middle])? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers from a known order, and counts the questions.
    fn rank(values: &[u32]) -> (Vec<Vec<usize>>, usize) {
        let mut answers = Vec::new();
        loop {
            match next(values.len(), &answers) {
                Step::Done(order) => return (order, answers.len()),
                Step::Ask(a, b) => {
                    let verdict = match values[a].cmp(&values[b]) {
                        std::cmp::Ordering::Less => Verdict::First,
                        std::cmp::Ordering::Greater => Verdict::Second,
                        std::cmp::Ordering::Equal => Verdict::Same,
                    };
                    answers.push((a, b, verdict));
                    assert!(answers.len() < 200, "it never ends: {values:?}");
                }
            }
        }
    }

    fn permutations(n: u32) -> Vec<Vec<u32>> {
        if n == 0 {
            return vec![vec![]];
        }
        let mut all = Vec::new();
        for shorter in permutations(n - 1) {
            for at in 0..=shorter.len() {
                let mut longer = shorter.clone();
                longer.insert(at, n);
                all.push(longer);
            }
        }
        all
    }

    #[test]
    fn every_order_of_up_to_seven_needs_is_found_with_the_fewest_questions() {
        for (n, most) in [
            (0, 0),
            (1, 0),
            (2, 1),
            (3, 3),
            (4, 5),
            (5, 7),
            (6, 10),
            (7, 13),
        ] {
            assert_eq!(most_questions(n as usize), most);
            for values in permutations(n) {
                let (order, asked) = rank(&values);
                let sorted: Vec<u32> = order.iter().map(|g| values[g[0]]).collect();
                assert!(sorted.is_sorted(), "{values:?} gave {order:?}");
                assert!(asked <= most, "{values:?} took {asked} questions");
            }
        }
    }

    #[test]
    fn needs_that_matter_the_same_share_a_rank() {
        let (order, _) = rank(&[2, 1, 2, 3, 1]);
        assert_eq!(order, [vec![1, 4], vec![0, 2], vec![3]]);
    }

    #[test]
    fn taking_an_answer_back_asks_the_same_question_again() {
        let mut answers = vec![(0, 1, Verdict::First), (2, 3, Verdict::First)];
        let asked = next(4, &answers);
        let Step::Ask(a, b) = asked else {
            panic!("four needs take more than two questions")
        };
        answers.push((a, b, Verdict::Same));
        answers.pop();
        assert_eq!(next(4, &answers), asked);
    }

    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn any_order_with_any_equals_is_found_and_nothing_is_asked_twice(
            values in prop::collection::vec(0u32..6, 0..11)
        ) {
            let mut answers: Vec<Answered> = Vec::new();
            let groups = loop {
                match next(values.len(), &answers) {
                    Step::Done(groups) => break groups,
                    Step::Ask(a, b) => {
                        prop_assert!(a < b && b < values.len());
                        let told = answers.iter().any(|(c, d, _)| (*c, *d) == (a, b));
                        prop_assert!(!told, "{a} and {b} were asked about");
                        // Nor what follows from the answers, equals included.
                        let known = Known::from(values.len(), &answers);
                        let (one, other) = (known.group[a], known.group[b]);
                        prop_assert!(one != other && !known.above[one][other] && !known.above[other][one]);
                        answers.push((a, b, match values[a].cmp(&values[b]) {
                            std::cmp::Ordering::Less => Verdict::First,
                            std::cmp::Ordering::Greater => Verdict::Second,
                            std::cmp::Ordering::Equal => Verdict::Same,
                        }));
                    }
                }
            };
            let mut sorted: Vec<u32> = values.clone();
            sorted.sort_unstable();
            sorted.dedup();
            let found: Vec<u32> = groups.iter().map(|g| values[g[0]]).collect();
            prop_assert_eq!(found, sorted, "each value once, in order");
            for group in &groups {
                prop_assert!(group.iter().all(|n| values[*n] == values[group[0]]));
            }
            prop_assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), values.len());
        }

        #[test]
        fn answers_that_contradict_each_other_still_come_to_an_end(
            answers in prop::collection::vec((0usize..7, 0usize..7, 0u8..3), 0..30)
        ) {
            let mut answers: Vec<Answered> = answers.into_iter().map(|(a, b, v)| (a, b, match v {
                0 => Verdict::First,
                1 => Verdict::Second,
                _ => Verdict::Same,
            })).collect();
            for _ in 0..40 {
                match next(5, &answers) {
                    Step::Ask(a, b) => answers.push((a, b, Verdict::First)),
                    Step::Done(groups) => {
                        prop_assert_eq!(groups.iter().map(Vec::len).sum::<usize>(), 5);
                        return Ok(());
                    }
                }
            }
            prop_assert!(false, "it never ends");
        }
    }
}

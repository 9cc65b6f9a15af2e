//! How a journey is told: which ways lead back, and which one is the main way. Numbers alone, so that it can be tested alone.

/// A way from one step to another, by their positions in the order of the file.
pub(super) type Pair = (usize, usize);

/// Which ways lead back to where the journey was already: without them, no way leads in a circle. In a circle, the order of the file
/// says where it begins, unless the file tells its steps in no order at all.
pub(super) fn ways_back(steps: usize, ways: &[Pair]) -> Vec<bool> {
    let region = regions(steps, ways);
    let in_circle = |&(from, to): &Pair| region[from] == region[to];
    let by_file: Vec<bool> = ways.iter().map(|way| in_circle(way) && way.1 <= way.0).collect();
    let by_walk = walked_back(steps, ways);
    let count = |back: &[bool]| back.iter().filter(|back| **back).count();
    if count(&by_file) > 2 * count(&by_walk) + 1 { by_walk } else { by_file }
}

/// Ways that lead to a step that one is still in, on a walk that takes steps and ways in their order.
fn walked_back(steps: usize, ways: &[Pair]) -> Vec<bool> {
    let on = outgoing(steps, ways);
    let mut back = vec![false; ways.len()];
    // 0 not seen, 1 still in, 2 left.
    let mut seen = vec![0u8; steps];
    for start in 0..steps {
        let mut stack = vec![(start, 0)];
        if seen[start] != 0 {
            continue;
        }
        seen[start] = 1;
        while let Some((step, next)) = stack.last_mut() {
            let Some(&way) = on[*step].get(*next) else {
                seen[*step] = 2;
                stack.pop();
                continue;
            };
            *next += 1;
            let to = ways[way].1;
            match seen[to] {
                0 => {
                    seen[to] = 1;
                    stack.push((to, 0));
                }
                1 => back[way] = true,
                _ => {}
            }
        }
    }
    back
}

fn outgoing(steps: usize, ways: &[Pair]) -> Vec<Vec<usize>> {
    let mut on = vec![Vec::new(); steps];
    for (index, (from, _)) in ways.iter().enumerate() {
        on[*from].push(index);
    }
    on
}

/// For each step a number that it shares with the steps of its circle, after Kosaraju.
fn regions(steps: usize, ways: &[Pair]) -> Vec<usize> {
    let (on, turned): (_, Vec<Pair>) = (outgoing(steps, ways), ways.iter().map(|(from, to)| (*to, *from)).collect());
    let mut left = Vec::with_capacity(steps);
    let mut seen = vec![false; steps];
    for start in 0..steps {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut stack = vec![(start, 0)];
        while let Some((step, next)) = stack.last_mut() {
            if let Some(&way) = on[*step].get(*next) {
                *next += 1;
                let to = ways[way].1;
                if !std::mem::replace(&mut seen[to], true) {
                    stack.push((to, 0));
                }
            } else {
                left.push(*step);
                stack.pop();
            }
        }
    }
    let before = outgoing(steps, &turned);
    let mut region = vec![usize::MAX; steps];
    for &root in left.iter().rev() {
        let mut stack = vec![root];
        while let Some(step) = stack.pop() {
            if region[step] == usize::MAX {
                region[step] = root;
                stack.extend(before[step].iter().map(|way| turned[*way].1));
            }
        }
    }
    region
}

/// Every step after all those that lead to it; of several, the first in the file. Ways back must be left out.
pub(super) fn in_order(steps: usize, ways: &[Pair]) -> Vec<usize> {
    let on = outgoing(steps, ways);
    let mut waiting = vec![0usize; steps];
    for (_, to) in ways {
        waiting[*to] += 1;
    }
    let mut ready: std::collections::BTreeSet<usize> = (0..steps).filter(|step| waiting[*step] == 0).collect();
    let mut order = Vec::with_capacity(steps);
    while let Some(step) = ready.pop_first() {
        order.push(step);
        for way in &on[step] {
            let to = ways[*way].1;
            waiting[to] -= 1;
            if waiting[to] == 0 {
                ready.insert(to);
            }
        }
    }
    order
}

/// The main way: the ways of the longest walk from a step to a good end, so that it passes all that people regularly go through.
/// `ways` holds only those that may be part of it. Where no good end is reached, it leads as far as it can.
pub(super) fn main_way(steps: usize, ways: &[Pair], start: usize, is_good_end: &[bool]) -> Vec<usize> {
    let on = outgoing(steps, ways);
    // How many steps are ahead, and whether they lead to a good end; the way to take first.
    let mut ahead: Vec<((bool, usize), Option<usize>)> = vec![((false, 0), None); steps];
    for step in in_order(steps, ways).into_iter().rev() {
        let mut best = ((is_good_end[step], 0), None);
        for &way in &on[step] {
            let ((good, count), _) = ahead[ways[way].1];
            if (good, count + 1) > best.0 {
                best = ((good, count + 1), Some(way));
            }
        }
        ahead[step] = best;
    }
    let mut taken = Vec::new();
    let mut step = start;
    while let Some(way) = ahead[step].1 {
        taken.push(way);
        step = ways[way].1;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::{in_order, main_way, ways_back};

    #[test]
    fn a_circle_begins_where_the_file_begins_it() {
        assert_eq!(ways_back(3, &[(0, 1), (1, 2), (2, 0)]), [false, false, true]);
        assert_eq!(ways_back(2, &[(0, 1), (1, 1)]), [false, true]);
    }

    #[test]
    fn a_file_in_no_order_has_no_more_ways_back_than_circles() {
        // The steps stand backwards in the file: 5 → 4 → … → 0, and once round.
        let mut ways: Vec<_> = (0..5).map(|step| (step + 1, step)).collect();
        ways.push((0, 5));
        assert_eq!(ways_back(6, &ways).iter().filter(|back| **back).count(), 1);
    }

    #[test]
    fn the_main_way_passes_what_people_regularly_go_through() {
        // 0 → 1 → 2 → 3 with a short cut 0 → 2, and 1 → 4 that ends badly and is longer.
        let ways = [(0, 2), (0, 1), (1, 2), (2, 3), (1, 4), (4, 5), (5, 6)];
        let good = [false, false, false, true, false, false, false];
        assert_eq!(main_way(7, &ways, 0, &good), [1, 2, 3]);
        assert_eq!(in_order(7, &ways), [0, 1, 2, 3, 4, 5, 6]);
    }
}

//! What is known where, held against a slow evaluator that goes every way of small random plans with all it has gathered.

mod slow;
mod small;

use std::collections::BTreeSet;

use flowcheck::analysis::{Hop, Path, Reach, missing};
use flowcheck::model::{self, Cause, Id as _, Input, Plan};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};

use slow::Slow;
use small::{FIELDS, Small};

fn plan(small: &Small) -> Plan {
    let mut sources = Sources::default();
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for (name, text) in [("main.flow.yaml", small.text()), ("sub.flow.yaml", small.other_text())] {
        let file = sources.add(Source::from_text(name, &text));
        let (form, found) = spec::read::<File>(file, &text);
        files.push((file, form));
        faults.extend(found);
    }
    let plan = model::build(Input { files, faults, ..Input::default() });
    assert!(plan.faults.is_empty(), "{:?}\n{}\n{}", plan.faults, small.text(), small.other_text());
    plan
}

/// A way as the slow evaluator names it: the names of the hops with their targets, `>` for into a journey.
fn hops(plan: &Plan, small: &Small, path: &Path) -> Vec<(String, usize)> {
    let hop = |hop: &Hop| match hop {
        Hop::Into(_) => (">".to_owned(), small.sub),
        Hop::Way(way) => {
            let way = plan.way(*way);
            let cause = match &way.cause {
                Cause::Choice(label) => label.clone(),
                Cause::Next => "next".to_owned(),
                Cause::Timeout => "timeout".to_owned(),
                Cause::State(state) => plan.state(*state).name.text.clone(),
                Cause::End(name) => name.clone(),
                Cause::Outcome(outcome) => {
                    let label = way.choice.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                    format!("{label}{}", plan.outcome(*outcome).name)
                }
                other => panic!("{other:?} is not in these plans"),
            };
            (cause, way.to.index())
        }
    };
    path.hops.iter().map(hop).collect()
}

#[test]
fn what_is_missing_in_random_plans_is_what_some_way_has_not_gathered() {
    let (mut all, mut returns, mut of_things, mut longest) = (0, 0, 0, 0);
    for seed in 0..3_000 {
        let small = Small::new(seed);
        let plan = plan(&small);
        let slow = Slow::new(&small);
        let text = || format!("seed {seed}\n{}---\n{}", small.text(), small.other_text());
        let found = missing(&plan, &Reach::new(&plan));
        let pairs: BTreeSet<(usize, usize)> =
            found.iter().map(|missing| (missing.step.index(), missing.field[1..].parse().expect("a number after the f"))).collect();
        // What nobody gathers anywhere is not spoken of.
        let gathered: BTreeSet<usize> = small.steps.iter().flat_map(|step| step.collects.iter().copied()).collect();
        let expected: BTreeSet<(usize, usize)> = slow.missing().into_iter().filter(|(_, field)| gathered.contains(field)).collect();
        assert_eq!(pairs, expected, "{}", text());
        for missing in &found {
            let field = missing.field[1..].parse().expect("a number after the f");
            assert!(!missing.paths.is_empty(), "{} at p{}, {}", missing.field, missing.step.index(), text());
            for path in &missing.paths {
                let hops = hops(&plan, &small, path);
                let end = slow.follow(path.start.index(), &hops, field);
                assert_eq!(end, Some(missing.step.index()), "{} over {hops:?} from {:?}, {}", missing.field, path.start, text());
                returns += usize::from(path.hops.iter().any(|hop| matches!(hop, Hop::Into(_))));
                longest = longest.max(path.hops.len());
            }
            let shortest = slow.shortest(missing.step.index(), field);
            assert_eq!(Some(missing.paths[0].hops.len()), shortest, "{} at p{}, {}", missing.field, missing.step.index(), text());
        }
        all += found.len();
        of_things += slow.told_by_things;
    }
    // The plans are worth their while.
    assert!(all > 8_000 && returns > 1_500 && of_things > 1_500 && longest >= 6 && FIELDS > 1, "{all} {returns} {of_things} {longest}");
}

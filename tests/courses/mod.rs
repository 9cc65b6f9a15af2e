//! The courses of a thing, held against a slow evaluator that goes every way of small random plans.

mod slow;
mod small;

use std::collections::BTreeSet;

use flowcheck::analysis::{Courses, Fault, Hop, Path, Reach, States};
use flowcheck::model::{self, ActionId, Cause, Id as _, Input, OutcomeId, Plan, StepId};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};

use slow::{One, Slow, Wrong};
use small::Small;

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

fn ones(states: States, sure: bool) -> impl Iterator<Item = One> {
    states.indices().map(move |index| (index.map_or(0, |index| index + 1), sure))
}

fn wrong(fault: &Fault) -> Wrong {
    let number = |action: ActionId| action.index();
    match *fault {
        Fault::Unmet { step, action, state } => {
            Wrong::Unmet { step: step.index(), action: action.map(number), state: state.map_or(0, |index| index + 1) }
        }
        Fault::Unfinished { step, state } => Wrong::Unfinished { step: step.index(), state: state + 1 },
        Fault::Forbidden { step, outcome, from, to } => {
            let outcome = outcome.map(|outcome: OutcomeId| (number(outcome.action), outcome.index));
            Wrong::Forbidden { step: step.index(), outcome, from: from + 1, to: to + 1 }
        }
    }
}

/// A way as the slow evaluator names it.
fn hops(plan: &Plan, small: &Small, path: &Path) -> Vec<(String, usize)> {
    let hop = |hop: &Hop| match hop {
        Hop::Into(_) => (">".to_owned(), small.sub),
        Hop::Way(way) => {
            let way = plan.way(*way);
            let cause = match &way.cause {
                Cause::Choice(label) => label.clone(),
                Cause::Next => "next".to_owned(),
                Cause::Timeout => "timeout".to_owned(),
                Cause::Exhausted => "exhausted".to_owned(),
                Cause::State(state) => plan.state(*state).name.text.clone(),
                Cause::Value(name) | Cause::End(name) | Cause::ScreenState(name) => name.clone(),
                Cause::Outcome(outcome) => {
                    let label = way.choice.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
                    format!("{label}{}.{}", plan.actions[outcome.action].name, plan.outcome(*outcome).name)
                }
            };
            (cause, way.to.index())
        }
    };
    path.hops.iter().map(hop).collect()
}

#[test]
fn the_courses_of_random_plans_are_those_of_going_every_way() {
    let (mut followed, mut met, mut faults, mut returns) = (0, 0, 0, 0);
    for seed in 0..11_000 {
        let small = Small::new(seed);
        let plan = plan(&small);
        let courses = Courses::new(&plan, &Reach::new(&plan));
        let thing = plan.entities.ids().next().expect("a thing");
        let Some(course) = courses.of(thing) else { continue };
        let slow = Slow::new(&small);
        let text = || format!("seed {seed}\n{}---\n{}", small.text(), small.other_text());
        for (index, expected) in slow.met.iter().enumerate() {
            let held = course.at(StepId::new(index));
            let found: BTreeSet<One> = ones(held.sure, true).chain(ones(held.maybe, false)).collect();
            assert_eq!(found, *expected, "at p{index}, {}", text());
            met += found.len();
        }
        let found: BTreeSet<Wrong> = course.faults.iter().map(|(fault, _)| wrong(fault)).collect();
        assert_eq!(found, slow.wrong, "{}", text());
        for (fault, path) in &course.faults {
            let hops = hops(&plan, &small, path);
            let told = slow.follow(path.start.index(), &hops);
            assert!(told.contains(&wrong(fault)), "{fault:?} is not met on {hops:?} from {:?}, {}", path.start, text());
            returns += usize::from(path.hops.iter().any(|hop| matches!(hop, Hop::Into(_))));
        }
        followed += 1;
        faults += found.len();
    }
    // The plans are worth their while: most are followed, and much of everything is met.
    assert!(followed > 10_000 && met > 150_000 && faults > 7_500 && returns > 1_000, "{followed} {met} {faults} {returns}");
}

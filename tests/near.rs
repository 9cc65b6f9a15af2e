//! A world of the place that matters shows the same as a world of the whole plan: what comes in states without a place for it, and what
//! stays unfinished when somebody never comes back.

use flowcheck::analysis::{Ground, Limits, absences, absences_on, unanswered, unanswered_on};
use flowcheck::model::Plan;

use crate::common::{example_plans, plan};
use crate::generator::{FAULTS, plan_with};

/// Compares both for every thing of a plan; how many findings there were.
fn compare(name: &str, plan: &Plan) -> usize {
    let ground = Ground::new(plan).expect("small enough");
    let limits = Limits { configurations: 200_000 };
    let mut found = 0;
    for (entity, of) in plan.entities.iter().filter(|(_, entity)| entity.is_moved()) {
        let whole: Vec<_> = absences(plan, entity, limits).0.into_iter().map(|it| (it.who, it.state)).collect();
        let near: Vec<_> = absences_on(&ground, entity, limits).0.into_iter().map(|it| (it.who, it.state)).collect();
        assert_eq!(near, whole, "absences of {} in {name}", of.name);
        let answers: Vec<_> = unanswered(plan, entity, limits).0.into_iter().map(|it| (it.outcome, it.state)).collect();
        let near: Vec<_> = unanswered_on(&ground, entity, limits).0.into_iter().map(|it| (it.outcome, it.state)).collect();
        assert_eq!(near, answers, "answers to {} in {name}", of.name);
        found += whole.len() + answers.len();
    }
    found
}

#[test]
fn the_place_that_matters_shows_what_the_whole_shows_of_random_plans() {
    let found: usize = (0..600)
        .map(|seed| {
            let text = crate::spin::random::text(seed);
            compare(&format!("seed {seed}\n{text}"), &plan(&text).1)
        })
        .sum();
    assert!(found > 100, "the plans are worth their while: {found}");
}

#[test]
fn the_place_that_matters_shows_what_the_whole_shows_of_examples_and_rule_pages() {
    for (name, text) in example_plans() {
        compare(&name, &plan(&text).1);
    }
    for rule in flowcheck::rules::RULES {
        for fence in rule.read_page().sections.iter().flat_map(|section| &section.fences) {
            compare(fence.text, &plan(fence.text).1);
        }
    }
}

#[test]
fn the_place_that_matters_shows_what_the_whole_shows_of_generated_plans() {
    for fault in FAULTS {
        compare(fault.rule, &plan(&plan_with(fault, 120)).1);
    }
}

//! Exported models, held against SPIN: it must come to as many states as our own search, and to the same answers that nobody expects.

mod bench;
mod document;
mod random;

use std::collections::BTreeMap;
use std::sync::Mutex;

use flowcheck::analysis::world::{Explored, Limits, Variable, View, World, explore};
use flowcheck::cli::load::load;
use flowcheck::export::promela;
use flowcheck::model::Plan;

use bench::{Found, Model};

/// The models that are compiled into one program. More of them take the compiler longer, for each.
const TOGETHER: usize = 25;
/// The most commands of a random model: the time goes into compiling them.
const COMMANDS: usize = 60;

/// What our own search finds of a world; nothing where that would be too much here.
fn ours(plan: &Plan, world: &World, limit: usize) -> Option<Found> {
    let sizes: Vec<usize> = (0..world.variables.len()).map(|index| world.values(plan, index)).collect();
    let explored = explore(world, &sizes, Limits { configurations: limit })?;
    explored.is_complete.then(|| {
        let failed = explored.changes.iter().filter_map(|(.., doing)| failure(plan, world, &explored, *doing)).collect();
        Found { states: explored.len(), transitions: explored.changes.len(), failed }
    })
}

/// The values in which an answer comes that nobody expects.
fn failure(plan: &Plan, world: &World, explored: &Explored, doing: u32) -> Option<BTreeMap<String, usize>> {
    let command = explored.doings[doing as usize].command(world);
    let (outcome, state) = command.unanswered?;
    let action = plan.actions[outcome.action].name.text.replace('-', "_");
    let answer = world.variables.iter().position(|variable| *variable == Variable::Answer(outcome.action))?;
    let (_, value) = command.sets.iter().find(|(set, _)| *set == answer)?;
    let thing = plan.entities[state.entity].name.text.replace('-', "_");
    Some(BTreeMap::from([(format!("{action}_answer"), usize::from(*value)), (format!("{thing}_state"), state.index + 1)]))
}

/// A world on which both are to agree.
struct Case {
    name: String,
    ours: Found,
    model: Model,
}

impl Case {
    /// Nothing where our own search would take too long here.
    fn new(name: String, plan: &Plan, view: &View, limit: usize) -> Option<Self> {
        let world = World::new(plan, view);
        let ours = ours(plan, &world, limit)?;
        let model = Model { text: promela(plan, &world), starts: world.starts.len(), depth: ours.states };
        Some(Self { name, ours, model })
    }

    /// How much there is to compile.
    fn commands(&self) -> usize {
        self.model.text.matches(":: d_step").count()
    }
}

/// Holds the cases against SPIN, on all processors; how many states, and how many unexpected answers there were.
fn compare(cases: &[Case]) -> (usize, usize) {
    let open = Mutex::new(cases.chunks(TOGETHER));
    let next = || open.lock().ok()?.next();
    let work = || {
        while let Some(some) = next() {
            let models: Vec<&Model> = some.iter().map(|case| &case.model).collect();
            for (case, spins) in some.iter().zip(bench::search(&models)) {
                assert_eq!(spins, case.ours, "SPIN (left) and our search (right) of {}\n{}", case.name, case.model.text);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    (cases.iter().map(|case| case.ours.states).sum(), cases.iter().map(|case| case.ours.failed.len()).sum())
}

#[test]
fn spin_comes_to_the_same_states_of_random_plans() {
    if !bench::is_there() {
        return;
    }
    let case = |seed| {
        let text = random::text(seed);
        let (_, plan) = crate::common::plan(&text);
        assert!(plan.faults.is_empty(), "{:?}\n{text}", plan.faults);
        // Somewhat small, and still with several people, answers and timers.
        Case::new(format!("seed {seed}\n{text}"), &plan, &View::of_plan(&plan), 3_000)
    };
    let cases: Vec<Case> = (0..3_000).filter_map(case).filter(|case| case.commands() <= COMMANDS).take(1_000).collect();
    let (states, failures) = compare(&cases);
    // The plans are worth their while: there are enough, and much happens in them.
    assert!(cases.len() == 1_000 && states > 80_000 && failures > 100, "{} {states} {failures}", cases.len());
}

#[test]
fn spin_comes_to_the_same_states_of_the_examples() {
    if !bench::is_there() {
        return;
    }
    let examples = crate::common::root().join("examples");
    let loaded = load(&[examples]);
    let mut cases = Vec::new();
    let mut too_large = Vec::new();
    for plan in &loaded.plans {
        let name = &loaded.sources.get(plan.files[0]).name();
        let things = plan.entities.iter().map(|(id, entity)| (format!("{name}, {}", entity.name), View::of_entity(plan, id)));
        for (name, view) in things.chain([(format!("{name}, everything"), View::of_plan(plan))]) {
            match Case::new(name.clone(), plan, &view, 100_000) {
                Some(case) => cases.push(case),
                None => too_large.push(name),
            }
        }
    }
    let (states, _) = compare(&cases);
    // Most are small enough to be gone through here twice.
    assert!(cases.len() >= 20 && states > 200_000, "{} {states}; too large: {too_large:?}", cases.len());
}

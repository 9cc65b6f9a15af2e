//! The names of what a model keeps: a variable for each thing, answer and way, and a constant for each value.

use crate::analysis::world::{ASKED, IDLE, Variable, Walker, Who, World};
use crate::export::names::Names;
use crate::export::words;
use crate::model::{EntityId, Plan};

/// Something that has a value.
#[derive(Debug)]
pub(super) struct Field {
    /// The variable.
    pub(super) name: String,
    /// What it is, in the plan's words.
    pub(super) what: String,
    /// What it may be.
    pub(super) values: Vec<Value>,
}

/// One of the values.
#[derive(Debug)]
pub(super) struct Value {
    /// The constant.
    pub(super) name: String,
    /// What it stands for; empty where the name says it.
    pub(super) note: String,
}

/// A statement about a thing that people may use in claims of their own.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) name: String,
    pub(super) text: String,
}

/// Everything that a model keeps.
#[derive(Debug)]
pub(super) struct Fields {
    /// One for each variable of the world.
    pub(super) variables: Vec<Field>,
    /// One for each walker of the world.
    pub(super) walkers: Vec<Field>,
    /// For each variable, what may be said about it.
    pub(super) statements: Vec<Vec<Statement>>,
}

impl Fields {
    pub(super) fn new(plan: &Plan, world: &World) -> Self {
        let mut names = Names::default();
        let variables: Vec<Field> = world.variables.iter().map(|variable| of_variable(plan, *variable, &mut names)).collect();
        let walkers = world.walkers.iter().map(|walker| of_walker(plan, walker, &mut names)).collect();
        let statements = world.variables.iter().zip(&variables).map(|(variable, field)| match variable {
            Variable::Entity(entity) => statements(plan, *entity, field, &mut names),
            Variable::Answer(_) => Vec::new(),
        });
        let statements = statements.collect();
        Self { variables, walkers, statements }
    }

    /// Everything, whatever it is.
    pub(super) fn all(&self) -> impl Iterator<Item = &Field> {
        self.variables.iter().chain(&self.walkers)
    }
}

fn of_variable(plan: &Plan, variable: Variable, names: &mut Names) -> Field {
    match variable {
        Variable::Entity(entity) => {
            let of = &plan.entities[entity];
            let own = of.name.text.as_str();
            let mut value = |state: &str, note: &str| Value { name: names.capital(&[own, state]), note: note.to_owned() };
            let mut values = vec![value("none", "there is none yet")];
            values.extend(of.states.iter().map(|state| value(&state.name.text, "")));
            Field { name: names.small(&[own, "state"]), what: format!("the state of {own}"), values }
        }
        Variable::Answer(action) => {
            let of = &plan.actions[action];
            let own = of.name.text.as_str();
            let mut values = Vec::new();
            for value in IDLE..=ASKED {
                let (word, note) = if value == IDLE { ("not-asked", "") } else { ("asked", "and nothing answered yet") };
                values.push(Value { name: names.capital(&[own, word]), note: note.to_owned() });
            }
            for outcome in &of.outcomes {
                values.push(Value { name: names.capital(&[own, &outcome.name.text]), note: String::new() });
            }
            Field { name: names.small(&[own, "answer"]), what: format!("what {own} has answered"), values }
        }
    }
}

/// The most steps that a note names.
const NAMED: usize = 4;

fn of_walker(plan: &Plan, walker: &Walker, names: &mut Names) -> Field {
    let own = match walker.who {
        Who::Journey(journey) => &plan.journeys[journey].name.text,
        Who::Step(step) => &plan.steps[step].name.text,
    };
    let count = walker.classes.iter().max().map_or(1, |most| most + 1);
    let mut places: Vec<Vec<String>> = vec![Vec::new(); count];
    let mut firsts: Vec<Option<String>> = vec![None; count];
    for (position, class) in walker.positions.iter().zip(&walker.classes) {
        let Some(step) = position.step else { continue };
        let (of, waits) = (&plan.steps[step].name.text, if position.asked.is_some() { "-waiting" } else { "" });
        let place = format!("{}{}", words::step_name(plan, step), if position.asked.is_some() { ", waiting" } else { "" });
        firsts[*class].get_or_insert_with(|| format!("{of}{waits}"));
        if !places[*class].contains(&place) {
            places[*class].push(place);
        }
    }
    let nowhere = walker.classes[0];
    let values = places.iter().zip(firsts).enumerate().map(|(class, (places, first))| {
        let own_name = match first.filter(|_| class != nowhere) {
            Some(first) => names.capital(&[own, "at", &first]),
            None if places.is_empty() => names.capital(&[own, "nowhere"]),
            None => names.capital(&[own, "elsewhere"]),
        };
        let also = words::some(places, NAMED);
        let note = match (class == nowhere, places.is_empty()) {
            (true, true) => "not begun, or over".to_owned(),
            (true, false) => format!("not begun, or over; {also}"),
            _ => also,
        };
        Value { name: own_name, note }
    });
    let values = values.collect();
    Field { name: names.small(&[own, "at"]), what: format!("the way of {}", words::walker(plan, walker.who)), values }
}

fn statements(plan: &Plan, entity: EntityId, field: &Field, names: &mut Names) -> Vec<Statement> {
    let of = &plan.entities[entity];
    let is = |value: &Value| format!("{} == {}", field.name, value.name);
    let mut found = Vec::new();
    for (state, value) in of.states.iter().zip(&field.values[1..]) {
        found.push(Statement { name: names.small(&[&of.name.text, "is", &state.name.text]), text: is(value) });
    }
    let open = of.states.iter().zip(&field.values[1..]).filter(|(state, _)| !state.is_final() && state.form.draining.is_none());
    let open: Vec<String> = open.map(|(_, value)| is(value)).collect();
    let text = if open.is_empty() { "false".to_owned() } else { open.join(" || ") };
    found.push(Statement { name: names.small(&[&of.name.text, "is-unfinished"]), text });
    found
}

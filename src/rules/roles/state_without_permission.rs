//! See `state_without_permission.md`.

use crate::finding::{Finding, Level};
use crate::model::{EntityId, MoveBy, Plan, RoleId, StateId, Subject};
use crate::rules::snippet::listed;
use crate::rules::words::{quoted, some_of};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "state-without-permission",
    group: Group::Roles,
    level: Level::Warning,
    page: include_str!("state_without_permission.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name"), FollowsFrom::on_subject("unreachable-state")],
    phase: Phase::Plan,
    check,
};

/// A state with the people who bring a thing there and are given no leave to; with nobody where it is the seeing that is left open.
struct Open {
    state: StateId,
    movers: Vec<RoleId>,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    // Where nothing is said of permissions yet, everything is open, and the plan has not come to it.
    let is_seen = plan.entities.iter().any(|(id, _)| plan.states(id).any(|(state, _)| !plan.seen_by(state).is_empty()));
    let mut found = Vec::new();
    for (entity, _) in plan.entities.iter().filter(|(_, entity)| entity.is_moved()) {
        if !plan.entities[entity].form.moved_by.is_empty() {
            let (unsaid, locked_out): (Vec<Open>, Vec<Open>) = unmoved(plan, entity).partition(|open| plan.mover(open.state).is_none());
            found.extend(grouped(cx, unsaid).iter().map(|open| of_moving(plan, open)));
            found.extend(grouped(cx, locked_out).iter().map(|open| of_moving(plan, open)));
        }
        if is_seen {
            let unseen = states(plan, entity).filter(|state| plan.seen_by(*state).is_empty());
            let unseen = unseen.map(|state| Open { state, movers: Vec::new() }).collect();
            found.extend(grouped(cx, unseen).iter().map(|open| of_seeing(plan, open)));
        }
    }
    found
}

fn grouped(cx: &Context<'_>, open: Vec<Open>) -> Vec<Vec<Open>> {
    cx.together(RULE.name, open, |open| Subject::State(open.state))
}

/// The states into which something brings the thing.
fn states(plan: &Plan, entity: EntityId) -> impl Iterator<Item = StateId> + '_ {
    plan.states(entity).filter(|(id, state)| id.index == 0 || !state.entered_by.is_empty()).map(|(id, _)| id)
}

/// The states into which people bring the thing without leave.
fn unmoved(plan: &Plan, entity: EntityId) -> impl Iterator<Item = Open> + '_ {
    let open = states(plan, entity).map(|state| {
        let mut movers = movers(plan, state);
        movers
            .retain(|role| !plan.mover(state).is_some_and(|mover| mover.role.iter().any(|name| name.text == plan.roles[*role].name.text)));
        Open { state, movers }
    });
    open.filter(|open| !open.movers.is_empty())
}

/// The roles in whose steps a thing comes into a state. Time and systems need no leave.
fn movers(plan: &Plan, state: StateId) -> Vec<RoleId> {
    let mut movers: Vec<RoleId> = Vec::new();
    for by in &plan.state(state).entered_by {
        match by {
            MoveBy::Outcome(outcome) => movers.extend(plan.actions[outcome.action].run_at().filter_map(|step| plan.steps[step].role)),
            MoveBy::Decision(step) => movers.extend(plan.steps[*step].role),
            MoveBy::Timeout(_) | MoveBy::Reaction(_) | MoveBy::Sent(_) => {}
        }
    }
    movers.sort_unstable();
    movers.dedup();
    movers
}

fn of_moving(plan: &Plan, open: &[Open]) -> Finding {
    let entity = &plan.entities[open[0].state.entity];
    let into = some_of(&names(plan, open));
    let roles = |open: &Open| quoted(open.movers.iter().map(|role| &plan.roles[*role].name.text));
    let message = match plan.mover(open[0].state) {
        None => format!("nothing says who may bring `{}` into {into}, though it is said of other states", entity.name),
        Some(_) => {
            format!("steps of {} bring `{}` into `{}`, and nothing lets them", roles(&open[0]), entity.name, plan.state(open[0].state).name)
        }
    };
    let lines: Vec<String> = open.iter().map(|open| line(plan, open)).collect();
    let help = format!(
        "Say who may; time and systems need no leave:\nentities:\n  {}:\n    moved-by:\n{}\nOr take the step from those who may not.",
        entity.name,
        lines.join("\n")
    );
    labelled(plan, open, message, |open| format!("{} does it", roles(open))).help(help)
}

fn line(plan: &Plan, open: &Open) -> String {
    let said = plan.mover(open.state).into_iter().flat_map(|mover| mover.role.iter()).map(|name| name.text.as_str());
    let all: Vec<&str> = said.chain(open.movers.iter().map(|role| plan.roles[*role].name.text.as_str())).collect();
    format!("      {}: {}", plan.state(open.state).name, listed(&all))
}

fn of_seeing(plan: &Plan, open: &[Open]) -> Finding {
    let (id, name) = (open[0].state.entity, &plan.entities[open[0].state.entity].name);
    let is_whole = states(plan, id).count() == open.len();
    let help = format!("Say who may, for all of its states:\nentities:\n  {name}:\n    seen-by: ..\nA state that differs says so itself.");
    if is_whole {
        let message = format!("nothing says who may see `{name}`, though it is said of other things");
        return Finding::new(Subject::Entity(id), name.span, message).help(help);
    }
    let message = format!("nothing says who may see `{name}` when it is {}", some_of(&names(plan, open)));
    labelled(plan, open, message, |_| String::new()).help(help)
}

fn labelled(plan: &Plan, open: &[Open], message: String, word: impl Fn(&Open) -> String) -> Finding {
    let first = &open[0];
    let finding = Finding::new(Subject::State(first.state), plan.state(first.state).name.span, message).here(word(first));
    let others = open[1..].iter();
    others.fold(finding, |finding, open| finding.about(Subject::State(open.state)).label(plan.state(open.state).name.span, word(open)))
}

fn names<'p>(plan: &'p Plan, open: &[Open]) -> Vec<&'p str> {
    open.iter().map(|open| plan.state(open.state).name.text.as_str()).collect()
}

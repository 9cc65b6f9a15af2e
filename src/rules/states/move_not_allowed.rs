//! See `move_not_allowed.md`.

use std::collections::BTreeMap;

use crate::analysis::{Fault, Hop, Path};
use crate::finding::{Finding, Level};
use crate::model::{OutcomeId, Plan, StateId, StepId, Subject};
use crate::rules::words::{outcome_name, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "move-not-allowed",
    group: Group::States,
    level: Level::Error,
    page: include_str!("move_not_allowed.md"),
    // Where the outcome itself says that it leaves such a state, no way has to be shown.
    follows_from: &[FollowsFrom::on_subject("unknown-move"), FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// What moves it: an outcome, or a decision on a step.
type Mover = (Option<OutcomeId>, Option<StepId>);

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in cx.plan.entities.ids() {
        let faults = cx.courses().of(entity).map_or(&[][..], |course| &course.faults);
        // One for each thing that moves it somewhere, wherever that is met; the nearest place is shown.
        let mut moves: BTreeMap<(StateId, Mover), Vec<Met<'_>>> = BTreeMap::new();
        for (fault, path) in faults {
            let Fault::Forbidden { step, outcome, from, to } = *fault else { continue };
            let by = (outcome, outcome.is_none().then_some(step));
            let state = |index| StateId { entity, index };
            moves.entry((state(to), by)).or_default().push(Met { from: state(from), step, path });
        }
        for ((to, mover), mut met) in moves {
            let paths: Vec<&Path> = met.iter().map(|met| met.path).collect();
            if let Some(shortest) = cx.courses().shortest(entity, &paths) {
                met.swap(0, shortest);
                found.push(finding(cx, to, mover, &met));
            }
        }
    }
    found
}

/// Where it is moved out of a state that does not allow it.
struct Met<'c> {
    from: StateId,
    step: StepId,
    path: &'c Path,
}

fn finding(cx: &Context<'_>, to: StateId, mover: Mover, met: &[Met<'_>]) -> Finding {
    let plan = cx.plan;
    let Met { from, step, path } = met[0];
    let entity = &plan.entities[from.entity].name;
    let (name, span, subject) = match mover.0 {
        Some(outcome) => (outcome_name(plan, outcome), plan.outcome(outcome).name.span, Subject::Outcome(outcome)),
        None => (plan.steps[step].name.text.clone(), plan.steps[step].name.span, Subject::Step(step)),
    };
    let (old, new) = (&plan.state(from).name, &plan.state(to).name);
    let message = format!("on some way `{name}` takes `{entity}` from `{old}` to `{new}`, and `{old}` does not allow that");
    let label = if plan.state(from).form.end { "is an end".to_owned() } else { format!("`{new}` may not follow") };
    let mut finding =
        Finding::new(subject, span, message).help(help(plan, from, to, mover.0, path)).path(cx.path_steps(path)).label(old.span, label);
    for also in met {
        let subjects = [Subject::State(also.from), Subject::Step(also.step)];
        for subject in subjects {
            if !finding.subjects.contains(&subject) {
                finding = finding.about(subject);
            }
        }
    }
    finding
}

fn help(plan: &Plan, from: StateId, to: StateId, outcome: Option<OutcomeId>, path: &Path) -> String {
    let (entity, new) = (&plan.entities[from.entity].name, &plan.state(to).name);
    let mut ways: Vec<String> = Vec::new();
    if let Some(outcome) = outcome.filter(|_| to.index == 0) {
        ways.push(format!("if it is a fresh one, say so:\nbackend:\n  {}:\n    creates: {entity}", plan.actions[outcome.action].name));
    }
    let choice = path.hops.last().and_then(|hop| match hop {
        Hop::Way(way) => plan.way(*way).choice.as_ref(),
        Hop::Into(_) => None,
    });
    if let Some(label) = choice {
        ways.push(format!(
            "if it cannot be chosen in `{}`, offer \"{label}\" with a `when` that leaves this state out",
            state_name(plan, from)
        ));
    } else if outcome.is_some() {
        ways.push(format!("if nobody should come here with `{}`, lead that way elsewhere", state_name(plan, from)));
    }
    let then: Vec<&str> = plan.state(from).form.then.iter().map(|state| state.text.as_str()).chain([new.text.as_str()]).collect();
    ways.push(format!(
        "if the move is right, allow it:\nentities:\n  {entity}:\n    states:\n      {}: {{then: [{}]}}",
        plan.state(from).name,
        then.join(", ")
    ));
    let mut help = String::new();
    for (index, way) in ways.iter().enumerate() {
        let mut letters = way.chars();
        let first = letters.next().map(|letter| if index == 0 { letter.to_ascii_uppercase() } else { letter });
        let lead = if index == 0 { "" } else { "\nOr, " };
        help.push_str(lead);
        help.extend(first);
        help.push_str(letters.as_str());
        if !way.contains('\n') {
            help.push('.');
        }
    }
    help
}

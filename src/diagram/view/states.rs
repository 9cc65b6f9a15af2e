//! The lifecycle of a thing: its states, who moves it between them, what time does, what a late answer does.
//!
//! Must not know: positions, colours, formats.

use super::words::{heading, plain};
use super::{Edge, EdgeKind, Node, NodeKind, Stage, View, story};
use crate::analysis::{Transition, transitions};
use crate::model::{EntityId, JourneyId, MoveBy, Nature, OutcomeId, Plan, StateId, StepId};
use crate::spec::{Becomes, Class, EndKind, Meaning, Name, Text};

/// The lifecycle of a thing as a view: states as steps, moves as ways.
pub fn states(plan: &Plan, entity: EntityId, journey: JourneyId) -> View {
    let form = &plan.entities[entity];
    let title = titled(form.form.title.as_ref(), &form.name.text);
    let mut view = View {
        journey,
        name: form.name.text.clone(),
        title: title.clone(),
        goal: form.owner.map(|owner| format!("kept by {}", system(plan, owner))).unwrap_or_default(),
        actors: Vec::new(),
        stages: vec![Stage { name: form.name.text.clone(), title }],
        nodes: Vec::new(),
        edges: Vec::new(),
        marks: Vec::new(),
        is_listed: true,
    };
    for (id, state) in plan.states(entity) {
        let starts = if id.index == 0 { state.entered_by.iter().map(|by| cause(plan, *by, id, None)).collect() } else { Vec::new() };
        view.nodes.push(Node {
            name: state.name.text.clone(),
            title: titled(state.form.title.as_ref(), &state.name.text),
            kind: kind(plan, id),
            actor: None,
            stage: 0,
            way: 0,
            is_main: false,
            is_failure: false,
            starts: merged(starts),
            stays: stays(plan, id),
            about: Some(remark(plan, id)).into_iter().filter(|remark| !remark.is_empty()).collect(),
            marks: Vec::new(),
            step: None,
        });
    }
    moves(plan, entity, &mut view);
    classify(&mut view);
    view
}

/// Those of several things that have to do with some of the journeys: all, where all journeys are drawn.
pub fn things(plan: &Plan, journeys: &[JourneyId]) -> Vec<EntityId> {
    let all = journeys.len() == plan.journeys.len();
    let touches = |entity: EntityId| {
        let mut steps = plan.steps.iter().filter(|(_, step)| journeys.contains(&step.journey));
        steps.any(|(id, step)| {
            let moved = |by: &MoveBy| match by {
                MoveBy::Outcome(outcome) => step.runs.iter().any(|run| run.action == outcome.action),
                MoveBy::Decision(decision) => *decision == id,
                _ => false,
            };
            step.follows.contains(&entity) || plan.entities[entity].states.iter().any(|state| state.entered_by.iter().any(moved))
        })
    };
    plan.entities.ids().filter(|entity| !plan.entities[*entity].states.is_empty() && (all || touches(*entity))).collect()
}

fn titled(title: Option<&Text>, name: &str) -> String {
    title.map_or_else(|| heading(&plain(name)), |title| title.text.clone())
}

fn system(plan: &Plan, id: crate::model::SystemId) -> String {
    titled(plan.systems[id].form.title.as_ref(), &plan.systems[id].name.text)
}

fn kind(plan: &Plan, id: StateId) -> NodeKind {
    let form = &plan.state(id).form;
    match form.means {
        _ if !form.end && !form.rest => NodeKind::Screen,
        _ if form.rest => NodeKind::Wait,
        Some(Meaning::Failure | Meaning::Rejection) => NodeKind::End(EndKind::Failure),
        Some(Meaning::Closed) => NodeKind::End(EndKind::Abandoned),
        None => NodeKind::End(EndKind::Success),
    }
}

/// What a state is, and who must act in it.
fn remark(plan: &Plan, id: StateId) -> String {
    let form = &plan.state(id).form;
    let mut said = Vec::new();
    if form.end {
        said.push("end".to_owned());
    } else if form.rest {
        said.push("may last".to_owned());
    }
    said.extend(form.means.map(|means| match means {
        Meaning::Failure => "failure".to_owned(),
        Meaning::Rejection => "rejection".to_owned(),
        Meaning::Closed => "closed".to_owned(),
    }));
    if !form.waits_for.is_empty() {
        let names: Vec<String> = form.waits_for.iter().map(|name| somebody(plan, name)).collect();
        said.push(format!("waits for {}", names.join(", ")));
    }
    said.join(", ")
}

fn somebody(plan: &Plan, name: &Name) -> String {
    let role = plan.roles.iter().find(|(_, role)| role.name.text == name.text).map(|(_, role)| (role.form.title.as_ref(), &role.name));
    let system =
        || plan.systems.iter().find(|(_, known)| known.name.text == name.text).map(|(_, known)| (known.form.title.as_ref(), &known.name));
    role.or_else(system).map_or_else(|| plain(&name.text), |(title, name)| titled(title, &name.text))
}

/// What leaves a thing where it is: moves onto itself, and late answers that are ignored.
fn stays(plan: &Plan, id: StateId) -> Vec<String> {
    let state = plan.state(id);
    let ignored = state.form.on.iter().filter(|(_, reaction)| reaction.ignore.is_some());
    let ignored = ignored.map(|(mention, _)| format!("ignores a late {}", plain(&mention.to_string()).replace('.', " ")));
    let again = state.then.contains(&id).then(|| "begins again".to_owned());
    let called = state.form.escalate.as_ref().and_then(|escalate| {
        let (after, to) = (escalate.after.as_ref()?, escalate.to.as_ref()?);
        Some(format!("after {}: {} is called", after.text, somebody(plan, to)))
    });
    ignored.chain(again).chain(called).collect()
}

fn moves(plan: &Plan, entity: EntityId, view: &mut View) {
    let made = transitions(plan, entity);
    for Transition { from, to, by } in &made {
        let kind = match by {
            MoveBy::Timeout(_) => EdgeKind::Failure,
            MoveBy::Outcome(outcome) if matches!(plan.outcome(*outcome).class, Class::Failure | Class::Rejection) => EdgeKind::Failure,
            _ => EdgeKind::Plain,
        };
        add(view, (from.index, to.index), cause(plan, *by, *to, Some(*from)), kind);
    }
    // What may follow and nothing brings about is a question for the meeting.
    for (from, state) in plan.states(entity) {
        for to in state.then.iter().filter(|to| **to != from) {
            if !made.iter().any(|made| made.from == from && made.to == *to) {
                add(view, (from.index, to.index), "nobody yet".to_owned(), EdgeKind::Plain);
            }
        }
    }
}

fn add(view: &mut View, (from, to): (usize, usize), said: String, kind: EdgeKind) {
    match view.edges.iter_mut().find(|edge| (edge.from, edge.to, edge.kind) == (from, to, kind)) {
        Some(edge) => {
            if !edge.causes.contains(&said) {
                edge.causes.push(said);
            }
        }
        None => view.edges.push(Edge { from, to, causes: vec![said], kind, ways: Vec::new() }),
    }
}

/// Who or what makes a move, and by what.
fn cause(plan: &Plan, by: MoveBy, to: StateId, from: Option<StateId>) -> String {
    match by {
        MoveBy::Outcome(outcome) => by_outcome(plan, outcome),
        MoveBy::Decision(step) => by_rule(plan, step, to),
        MoveBy::Sent(id) => format!("{} says so", system(plan, id)),
        MoveBy::Timeout(state) => by_time(plan, state, to),
        MoveBy::Reaction(state) => {
            let becomes = &plan.state(to).name.text;
            let of = &plan.state(state).form.on;
            let late = of.iter().filter(|(_, reaction)| reaction.becomes.as_ref().is_some_and(|name| name.text == *becomes));
            let late: Vec<String> = late.map(|(mention, _)| plain(&mention.to_string()).replace('.', " ")).collect();
            match from {
                Some(from) if from == state && !late.is_empty() => format!("late answer: {}", late.join(", ")),
                _ => format!("late answer at {}", of_thing(plan, state)),
            }
        }
    }
}

/// The values of a rule that set a state.
fn by_rule(plan: &Plan, step: StepId, to: StateId) -> String {
    let step = &plan.steps[step];
    let (entity, state) = (&plan.entities[to.entity].name.text, &plan.state(to).name.text);
    let sets = |becomes: &Becomes| match becomes {
        Becomes::State(name) => name.text == *state,
        Becomes::PerState(states) => states.iter().any(|(_, after)| after.text == *state),
    };
    let values = step.form.decide.iter().flat_map(|decide| decide.values.iter());
    let values = values.filter(|(_, value)| value.moves.iter().any(|(name, becomes)| name.text == *entity && sets(becomes)));
    let values: Vec<String> = values.map(|(value, _)| plain(&value.text)).collect();
    if values.is_empty() { format!("rule: {}", step.title()) } else { format!("rule: {}", values.join(", ")) }
}

fn of_thing(plan: &Plan, state: StateId) -> String {
    let form = &plan.entities[state.entity];
    format!("{} {}", titled(form.form.title.as_ref(), &form.name.text), plain(&plan.state(state).name.text))
}

fn by_time(plan: &Plan, state: StateId, to: StateId) -> String {
    let Some(timeout) = &plan.state(state).form.timeout else { return "after a while".to_owned() };
    let after = timeout.after.as_ref().map_or("after a while".to_owned(), |after| format!("after {}", after.text));
    if state.entity != to.entity {
        return format!("{} {after}", of_thing(plan, state));
    }
    let name = &plan.state(to).name.text;
    let asked: Vec<String> = timeout
        .on
        .iter()
        .filter(|(_, reaction)| reaction.becomes.as_ref().is_some_and(|becomes| becomes.text == *name))
        .map(|(mention, _)| plain(&mention.to_string()))
        .collect();
    if asked.is_empty() { after } else { format!("{after}, asked: {}", asked.join(", ")) }
}

fn by_outcome(plan: &Plan, outcome: OutcomeId) -> String {
    let action = &plan.actions[outcome.action];
    let of_system = || action.system.map(|id| system(plan, id));
    let mut who: Vec<String> = Vec::new();
    if action.answers_later() {
        who.extend(of_system());
    } else {
        for step in action.run_at() {
            let step = &plan.steps[step];
            let one = match (step.nature, step.role) {
                (Nature::Job(Some(job)), _) => Some(system(plan, job)),
                (_, Some(role)) => Some(titled(plan.roles[role].form.title.as_ref(), &plan.roles[role].name.text)),
                _ => None,
            };
            if let Some(one) = one.filter(|one| !who.contains(one)) {
                who.push(one);
            }
        }
        if who.is_empty() {
            who.extend(of_system());
        }
    }
    let outcome = plan.outcome(outcome);
    let said = outcome.form.title.as_ref().map_or_else(|| plain(&outcome.name.text), |title| title.text.clone());
    if who.is_empty() { said } else { format!("{}: {said}", who.join(", ")) }
}

/// Causes with the same person before the colon are told once: `Barista: made, swapped`.
fn merged(causes: Vec<String>) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for cause in causes {
        let who = cause.split_once(": ").map(|(who, _)| format!("{who}: "));
        match who.and_then(|who| told.iter_mut().find(|known| known.starts_with(&who)).map(|known| (who, known))) {
            Some((who, known)) if *known != cause => {
                known.push_str(", ");
                known.push_str(&cause[who.len()..]);
            }
            Some(_) => {}
            None => told.push(cause),
        }
    }
    told
}

/// Finds moves back, and the usual life: the longest one to a good end.
fn classify(view: &mut View) {
    let pairs: Vec<story::Pair> = view.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    for (edge, is_back) in view.edges.iter_mut().zip(story::ways_back(view.nodes.len(), &pairs)) {
        edge.causes = merged(std::mem::take(&mut edge.causes));
        if is_back {
            edge.kind = EdgeKind::Back;
        }
    }
    let good: Vec<bool> = view.nodes.iter().map(|node| node.kind == NodeKind::End(EndKind::Success)).collect();
    let failed: Vec<bool> = (0..view.nodes.len()).map(|node| leads_only_from_failure(view, node)).collect();
    let usual: Vec<usize> =
        (0..view.edges.len()).filter(|edge| view.edges[*edge].kind == EdgeKind::Plain && !failed[view.edges[*edge].to]).collect();
    let pairs: Vec<story::Pair> = usual.iter().map(|edge| (view.edges[*edge].from, view.edges[*edge].to)).collect();
    for way in story::main_way(view.nodes.len(), &pairs, 0, &good) {
        let edge = &mut view.edges[usual[way]];
        edge.kind = EdgeKind::Main;
        view.nodes[edge.from].is_main = true;
        view.nodes[edge.to].is_main = true;
    }
    for (node, failed) in view.nodes.iter_mut().zip(failed) {
        // Only the end of the usual life is known to be a good one.
        if node.kind == NodeKind::End(EndKind::Success) && !node.is_main {
            node.kind = NodeKind::End(EndKind::Abandoned);
        }
        node.is_failure = failed && !matches!(node.kind, NodeKind::End(_));
    }
}

/// Whether only failures and time lead into a state.
fn leads_only_from_failure(view: &View, node: usize) -> bool {
    let mut into = view.edges.iter().filter(|edge| edge.to == node && edge.kind != EdgeKind::Back).peekable();
    into.peek().is_some() && into.all(|edge| edge.kind == EdgeKind::Failure)
}

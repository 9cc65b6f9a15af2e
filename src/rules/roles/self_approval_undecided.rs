//! See `self_approval_undecided.md`.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::left_by;
use crate::finding::{Finding, Level};
use crate::model::{Action, ActionId, EntityId, OutcomeId, Plan, RoleId, StateId, Subject};
use crate::rules::snippet::listed;
use crate::rules::words::{quoted, state_name};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::Class;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "self-approval-undecided",
    group: Group::Roles,
    level: Level::Error,
    page: include_str!("self_approval_undecided.md"),
    // A misspelt role may well be another one.
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

/// The actions by which each role does something to each thing.
type Deeds = BTreeMap<(EntityId, RoleId), BTreeSet<ActionId>>;

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let plan = cx.plan;
    let people = People { by_name: plan.roles.iter().map(|(id, role)| (role.name.text.as_str(), id)).collect() };
    let mut handed_in = Deeds::new();
    for (id, action) in plan.actions.iter().filter(|(_, action)| !["review", "read"].contains(&action.kind())) {
        for entity in begun_by(plan, id, action) {
            for role in people.may_begin(plan, action, entity) {
                handed_in.entry((entity, role)).or_default().insert(id);
            }
        }
    }
    let mut found = Vec::new();
    for (pair, approvals) in approvals(plan, &people) {
        let Some(begun) = handed_in.get(&pair) else { continue };
        let open: Vec<StateId> = approvals.into_iter().filter(|state| !is_answered(plan, *state, begun)).collect();
        let groups = cx.together(RULE.name, open, |state| Subject::State(*state));
        found.extend(groups.iter().map(|states| finding(plan, pair.1, begun, states)));
    }
    found
}

/// Who does what, by steps and by what they may do.
struct People<'p> {
    by_name: BTreeMap<&'p str, RoleId>,
}

impl People<'_> {
    /// Who may begin a thing by an action: who runs it, and who may bring the thing where it brings it.
    fn may_begin(&self, plan: &Plan, action: &Action, entity: EntityId) -> BTreeSet<RoleId> {
        let states = action.outcomes.iter().flat_map(|outcome| &outcome.sets).filter(|state| state.entity == entity);
        running(plan, action).into_iter().chain(states.flat_map(|state| self.movers(plan, *state))).collect()
    }

    fn movers(&self, plan: &Plan, state: StateId) -> Vec<RoleId> {
        let names = plan.mover(state).into_iter().flat_map(|mover| mover.role.iter());
        names.filter_map(|name| self.by_name.get(name.text.as_str()).copied()).collect()
    }
}

fn running(plan: &Plan, action: &Action) -> Vec<RoleId> {
    action.run_at().filter_map(|step| plan.steps[step].role).collect()
}

/// The things that an action begins: a fresh one, or one that was nothing before; what is handed in again was returned to whoever began it.
fn begun_by(plan: &Plan, id: ActionId, action: &Action) -> BTreeSet<EntityId> {
    let mut begun: BTreeSet<EntityId> = BTreeSet::new();
    let created = |entity: &EntityId| action.form.creates.iter().any(|name| name.text == plan.entities[*entity].name.text);
    begun.extend(action.writes.iter().copied().filter(created));
    for (index, outcome) in action.outcomes.iter().enumerate() {
        let left = left_by(plan, OutcomeId { action: id, index });
        let is_fresh = |entity: EntityId| !left.iter().any(|state| state.entity == entity);
        let is_hand_in = action.kind() == "submit";
        let entities = outcome.sets.iter().map(|state| state.entity);
        begun.extend(entities.filter(|entity| is_hand_in || is_fresh(*entity)));
    }
    begun
}

/// For each thing and role, the states into which the role may bring it by saying yes.
fn approvals(plan: &Plan, people: &People<'_>) -> BTreeMap<(EntityId, RoleId), BTreeSet<StateId>> {
    let mut approvals: BTreeMap<(EntityId, RoleId), BTreeSet<StateId>> = BTreeMap::new();
    for (id, action) in plan.actions.iter().filter(|(_, action)| action.kind() == "review") {
        let roles = running(plan, action);
        for (outcome, form) in plan.outcomes(id).filter(|(_, outcome)| outcome.class == Class::Success) {
            let left = left_by(plan, outcome);
            // What the yes only sets going, such as the money that is due, is not what is approved.
            for state in form.sets.iter().filter(|state| left.iter().any(|before| before.entity == state.entity)) {
                let movers = people.movers(plan, *state);
                let may = |role: &RoleId| movers.is_empty() || movers.contains(role);
                for role in roles.iter().copied().filter(may) {
                    approvals.entry((state.entity, role)).or_default().insert(*state);
                }
            }
        }
    }
    approvals
}

/// Whether the permission for the state leaves out whoever began the thing.
fn is_answered(plan: &Plan, state: StateId, begun: &BTreeSet<ActionId>) -> bool {
    let not = plan.mover(state).map(|mover| &mover.not);
    not.is_some_and(|not| not.iter().any(|name| begun.iter().any(|action| plan.actions[*action].name.text == name.text)))
}

fn finding(plan: &Plan, role: RoleId, begun: &BTreeSet<ActionId>, states: &[StateId]) -> Finding {
    let (role_name, entity) = (&plan.roles[role].name, &plan.entities[states[0].entity].name);
    let actions = quoted(begun.iter().map(|action| &plan.actions[*action].name.text));
    let message = format!(
        "`{role_name}` may hand in a `{entity}` ({actions}) and bring it into `{}` too, and nothing says whether that may be one person",
        plan.state(states[0]).name
    );
    let mut finding = Finding::new(Subject::State(states[0]), plan.state(states[0]).name.span, message).here("approved here");
    for state in &states[1..] {
        finding = finding.about(Subject::State(*state)).label(plan.state(*state).name.span, "and here");
    }
    for action in begun {
        finding = finding.about(Subject::Action(*action)).label(plan.actions[*action].name.span, "handed in here");
    }
    finding.about(Subject::Role(role)).help(help(plan, role, begun, states[0]))
}

fn help(plan: &Plan, role: RoleId, begun: &BTreeSet<ActionId>, state: StateId) -> String {
    let (entity, name) = (&plan.entities[state.entity].name, &plan.state(state).name);
    let not: Vec<&str> = begun.iter().map(|action| plan.actions[*action].name.text.as_str()).collect();
    let said: Vec<&str> = plan.mover(state).into_iter().flat_map(|mover| mover.role.iter()).map(|name| name.text.as_str()).collect();
    let roles = if said.is_empty() { plan.roles[role].name.text.clone() } else { listed(&said) };
    format!(
        "If it must be somebody else, leave out whoever did it:\nentities:\n  {entity}:\n    moved-by:\n      {name}: {{role: {roles}, not: \
         {}}}\nIf they may do it themselves, say why on `{}`:\ndecided: {{self-approval-undecided: ..}}",
        listed(&not),
        state_name(plan, state)
    )
}

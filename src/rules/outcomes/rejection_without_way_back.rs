//! See `rejection_without_way_back.md`.

use std::collections::{HashMap, HashSet};

use crate::finding::{Finding, Level};
use crate::model::{Cause, How, Moment, Nature, NotificationId, OutcomeId, Plan, Run, StateId, StepId, Subject, Way};
use crate::rules::answers::{is_over, place_of, ways_of};
use crate::rules::snippet::{OPEN, entry, under};
use crate::rules::words::{outcome_name, quoted, state_name};
use crate::rules::{Context, Group, Phase, Rule};
use crate::spec::{Class, Meaning};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "rejection-without-way-back",
    group: Group::Outcomes,
    level: Level::Warning,
    page: include_str!("rejection_without_way_back.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let told = Told::new(cx.plan);
    let mut found = Vec::new();
    for (id, step) in cx.plan.steps.iter() {
        found.extend(step.runs.iter().filter(|run| run.how != How::Shows).filter_map(|run| at_step(cx.plan, &told, id, run)));
    }
    found.extend(in_states(cx.plan, &told));
    found
}

/// Whether an outcome is a person's or a platform's no to somebody. The no of a bank to a refund is work for the staff.
fn is_refusal(plan: &Plan, outcome: OutcomeId) -> bool {
    plan.outcome(outcome).class == Class::Rejection && plan.actions[outcome.action].kind() != "refund"
}

/// Whether a step is of somebody other than the person who can be refused: of the staff, of a system, or of another role.
fn is_by_another(plan: &Plan, step: StepId) -> bool {
    let role = plan.steps[step].role;
    role != plan.journey_of(step).role || role.is_some_and(|role| plan.roles[role].form.staff)
}

/// How people hear of what happened while they were not there.
struct Told<'p> {
    plan: &'p Plan,
    /// The messages that lead somewhere, by what sends them.
    messages: HashMap<Moment, Vec<NotificationId>>,
    /// States from which a page that follows them leads on.
    shown: HashSet<StateId>,
    /// Outcomes that a step answers.
    answered: HashSet<OutcomeId>,
}

impl<'p> Told<'p> {
    fn new(plan: &'p Plan) -> Self {
        let mut told = Self { plan, messages: HashMap::new(), shown: HashSet::new(), answered: HashSet::new() };
        for (id, notification) in plan.notifications.iter().filter(|(_, notification)| notification.form.opens.is_some()) {
            for (moment, _) in &notification.when.any {
                told.messages.entry(*moment).or_default().push(id);
            }
        }
        for (_, way) in plan.ways() {
            match way.cause {
                Cause::State(state) if !is_over(plan, way.to) => _ = told.shown.insert(state),
                Cause::Outcome(outcome) => _ = told.answered.insert(outcome),
                _ => {}
            }
        }
        told
    }

    /// Whether a refusal reaches somebody other than the one who refused.
    fn hears(&self, outcome: OutcomeId, by: StepId) -> bool {
        let of_outcome = [Moment::Outcome(outcome), Moment::Action(outcome.action)];
        let states = &self.plan.outcome(outcome).sets;
        of_outcome.iter().any(|moment| self.sends(*moment, Some(by))) || states.iter().any(|state| self.hears_state(*state, Some(by)))
    }

    fn hears_state(&self, state: StateId, by: Option<StepId>) -> bool {
        // Somebody who starts to work on it is somebody who can tell.
        let is_worked_on = !self.plan.state(state).starts.is_empty();
        is_worked_on || self.shown.contains(&state) || self.sends(Moment::State(state), by)
    }

    fn sends(&self, moment: Moment, by: Option<StepId>) -> bool {
        // Where the role that the journey is for also refuses, as among managers, what is sent to it reaches whoever handed in.
        let is_other = |step: &StepId| {
            let journey = self.plan.journey_of(*step);
            is_by_another(self.plan, *step) && (self.plan.steps[*step].role != journey.role || journey.is_operations())
        };
        let refuser = by.filter(is_other).map(|step| &self.plan.steps[step]);
        let reaches = |id: &NotificationId| {
            let to = &self.plan.notifications[*id].to;
            to.is_empty() || to.iter().any(|role| refuser.is_none_or(|refuser| refuser.role != Some(*role)))
        };
        self.messages.get(&moment).is_some_and(|messages| messages.iter().any(reaches))
    }
}

/// The refusals that end where they come back, in one finding for each place that runs the action.
fn at_step(plan: &Plan, told: &Told<'_>, id: StepId, run: &Run) -> Option<Finding> {
    let refusals = plan.outcomes(run.action).map(|(outcome, _)| outcome).filter(|outcome| is_refusal(plan, *outcome));
    let ended: Vec<(OutcomeId, &Way)> = refusals
        .filter_map(|outcome| {
            let ways: Vec<&Way> = ways_of(plan, id, run, outcome).collect();
            let is_end = !ways.is_empty() && ways.iter().all(|way| is_over(plan, way.to));
            (is_end && !told.hears(outcome, id)).then(|| (outcome, ways[0]))
        })
        .collect();
    let (first, way) = *ended.first()?;
    let end = &plan.steps[way.to].name;
    let names = quoted(ended.iter().map(|(outcome, _)| outcome_name(plan, *outcome)));
    let (rest, help) = if is_by_another(plan, id) {
        (", and nobody tells the person who is refused", send_message(plan, id, first))
    } else {
        (": the person who is refused has nothing left to do", give_choices(plan, id, way))
    };
    let message = format!("after {names} the way ends at `{end}`{rest}");
    let finding = Finding::new(Subject::Step(id), place_of(plan, run, way), message).help(help);
    Some(ended.iter().fold(finding, |finding, (outcome, _)| finding.about(Subject::Outcome(*outcome))))
}

fn give_choices(plan: &Plan, from: StepId, way: &Way) -> String {
    let again = Some(&plan.steps[from]).filter(|step| step.nature == Nature::Screen).map_or(OPEN, |step| &step.name.text);
    let choices = under(
        &[&plan.steps[way.to].name.text],
        [entry("screen", "Why it was refused"), entry("choices", &format!("{{Change it: {again}, Leave it: {OPEN}}}"))],
    );
    format!("Say why, and what they can do now:\n{choices}")
}

fn send_message(plan: &Plan, by: StepId, outcome: OutcomeId) -> String {
    let when = match plan.outcome(outcome).sets.first() {
        Some(state) => format!("{{{}: {}}}", plan.entities[state.entity].name, plan.state(*state).name),
        None => outcome_name(plan, outcome),
    };
    let person = plan.journey_of(by).role.filter(|role| !plan.roles[*role].form.staff);
    let to = person.map_or(OPEN, |role| &plan.roles[role].name.text);
    let channel = plan.notifications.iter().find_map(|(_, other)| other.form.channel.as_ref()).map_or("email", |channel| &channel.text);
    let message = format!("{{to: {to}, channel: {channel}, when: {when}, opens: {OPEN}}}");
    let yaml =
        under(&["notifications"], [entry(&format!("{}-{}", plan.actions[outcome.action].name, plan.outcome(outcome).name), &message)]);
    format!("Send them the reason, with a step on which they can go on:\n{yaml}")
}

/// The refusals that no step answers and a state takes in by itself, moving to one that is refused, without a word to anybody.
fn in_states(plan: &Plan, told: &Told<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for entity in plan.entities.ids() {
        for (id, state) in plan.states(entity) {
            for moment in &state.reacts_to {
                if let Moment::Outcome(outcome) = *moment
                    && is_refusal(plan, outcome)
                    && !told.answered.contains(&outcome)
                {
                    found.extend(in_state(plan, told, id, outcome));
                }
            }
        }
    }
    found
}

fn in_state(plan: &Plan, told: &Told<'_>, id: StateId, outcome: OutcomeId) -> Option<Finding> {
    let entity = &plan.entities[id.entity];
    let (action, result) = (&plan.actions[outcome.action].name.text, &plan.outcome(outcome).name.text);
    let is_it = |owner: &str, member: Option<&String>| owner == action && member == Some(result);
    let (mention, reaction) = plan.state(id).form.on.iter().find(|(mention, _)| is_it(&mention.owner, mention.member.as_ref()))?;
    let becomes = StateId { entity: id.entity, index: entity.state(&reaction.becomes.as_ref()?.text)? };
    let is_refused = plan.state(becomes).form.means == Some(Meaning::Rejection);
    let is_told = told.hears_state(becomes, None) || told.sends(Moment::Outcome(outcome), None);
    if !is_refused || is_told {
        return None;
    }
    let name = state_name(plan, becomes);
    let message = format!("`{}` makes it `{name}`, and nobody tells the person who is refused", outcome_name(plan, outcome));
    let yaml = under(
        &["notifications"],
        [entry(&name.replace('.', "-"), &format!("{{to: {OPEN}, channel: email, when: {name}, opens: {OPEN}}}"))],
    );
    let help = format!("Send them the reason, with a step on which they can go on:\n{yaml}");
    Some(Finding::new(Subject::State(id), mention.span, message).help(help).about(Subject::State(becomes)).about(Subject::Outcome(outcome)))
}

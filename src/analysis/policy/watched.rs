//! What a policy watches for: its atoms as marks of a view, with the bits of the automaton.

use super::moment::{A, AFTER, B, BEFORE, ENTERS, OTHER, Order};
use super::ways::{begin, leading_to, spread_from};
use crate::analysis::world::Mark;
use crate::model::{Atom, EntityId, How, JourneyId, Law, Moment, OutcomeId, Plan, RoleId, StepId, Template};

/// Why something is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfollowed {
    /// A message that is sent some time afterwards, or by the clock: something may come in between.
    LateMessage,
    /// What fills a screen, whenever it is shown.
    Shown,
}

/// What a policy watches for.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) marks: Vec<(Mark, u8)>,
    pub(super) order: Order,
    pub(super) same_kind: bool,
}

/// Kinds of things, in the order in which they follow from each other at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Outcome,
    State,
    Message,
    Step,
}

impl Watched {
    /// What a law watches for, or why that cannot be followed.
    pub(super) fn new(plan: &Plan, law: &Law) -> Result<Self, Unfollowed> {
        let mut watched = Self { marks: vec![(Mark::Enters, ENTERS)], order: Order::OtherAfter(A), same_kind: false };
        let places = law.arguments.iter().zip([A, B]).map(|(atoms, bit)| (&atoms[..], bit));
        for (atoms, bit) in places.chain([(&law.after[..], AFTER), (&law.before[..], BEFORE)]) {
            for atom in atoms {
                watched.marks.extend(marks(plan, atom)?.into_iter().map(|mark| (mark, bit)));
            }
        }
        let kinds: Vec<Option<Kind>> = law.arguments.iter().map(|atoms| atoms.iter().map(kind).max()).collect();
        let (first, second) = (kinds.first().copied().flatten(), kinds.get(1).copied().flatten());
        watched.same_kind = first == second;
        let of = match law.template {
            Template::Init => law.arguments.first(),
            Template::ChainResponse => {
                watched.order = if second > first { Order::OtherAfter(A) } else { Order::OtherBefore(A) };
                law.arguments.get(1)
            }
            Template::ChainPrecedence => {
                watched.order = if first < second { Order::OtherBefore(B) } else { Order::OtherAfter(B) };
                law.arguments.first()
            }
            _ => None,
        };
        if let Some(atoms) = of {
            let others = atoms.iter().flat_map(|atom| of_its_kind(plan, atom));
            let others: Vec<Mark> = others.filter(|mark| !watched.is_own(mark)).collect();
            watched.marks.extend(others.into_iter().map(|mark| (mark, OTHER)));
        }
        Ok(watched)
    }

    fn is_own(&self, mark: &Mark) -> bool {
        let is = |mark: &Mark| self.marks.iter().any(|(known, bit)| known == mark && bit & (A | B) != 0);
        let action = match mark {
            Mark::Moment(Moment::Outcome(outcome)) => is(&Mark::Moment(Moment::Action(outcome.action))),
            _ => false,
        };
        is(mark) || action
    }

    /// The steps that are watched for; nothing where something else is too that steps alone do not tell.
    pub(super) fn steps(&self) -> Option<Vec<(StepId, u8)>> {
        let step = |(mark, bit): &(Mark, u8)| match mark {
            Mark::Step(step) => Some(Some((*step, *bit))),
            Mark::Enters | Mark::Moment(Moment::Outcome(_) | Moment::Action(_)) => Some(None),
            _ => None,
        };
        let steps: Option<Vec<Option<(StepId, u8)>>> = self.marks.iter().map(step).collect();
        steps.map(|steps| steps.into_iter().flatten().collect())
    }

    /// The steps among what is watched for.
    pub(super) fn marked_steps(&self) -> Vec<StepId> {
        self.marks.iter().filter_map(|(mark, _)| if let Mark::Step(step) = mark { Some(*step) } else { None }).collect()
    }

    /// The outcomes that are watched for, each with all its bits.
    pub(super) fn outcomes(&self, plan: &Plan) -> Vec<(OutcomeId, u8)> {
        let of = |(mark, bit): &(Mark, u8)| match mark {
            Mark::Moment(Moment::Outcome(outcome)) => vec![(*outcome, *bit)],
            Mark::Moment(Moment::Action(action)) => plan.outcomes(*action).map(|(outcome, _)| (outcome, *bit)).collect(),
            _ => Vec::new(),
        };
        self.marks.iter().flat_map(of).collect()
    }
}

fn kind(atom: &Atom) -> Kind {
    match atom {
        Atom::Moment(Moment::State(_)) => Kind::State,
        Atom::Moment(_) => Kind::Outcome,
        Atom::Notification(_) => Kind::Message,
        Atom::Step(_) | Atom::Role(_) | Atom::End(..) | Atom::EndKind(..) => Kind::Step,
    }
}

fn marks(plan: &Plan, atom: &Atom) -> Result<Vec<Mark>, Unfollowed> {
    Ok(match atom {
        Atom::Moment(moment) => vec![moment_mark(plan, *moment)?],
        Atom::Step(step) => vec![Mark::Step(*step)],
        Atom::Role(role) => vec![Mark::Role(*role)],
        Atom::Notification(message) => {
            let of = &plan.notifications[*message];
            if of.form.after.is_some() || of.when.clock.is_some() {
                return Err(Unfollowed::LateMessage);
            }
            let marks: Result<Vec<Mark>, Unfollowed> = of.when.any.iter().map(|(moment, _)| moment_mark(plan, *moment)).collect();
            marks?
        }
        Atom::End(journey, name) => ends(plan, *journey, |end| end.name.text == *name),
        Atom::EndKind(journey, kind) => ends(plan, *journey, |end| end.kind == *kind),
    })
}

/// What fills a screen comes whenever the screen is shown, and is not followed; neither is anything that only such a thing brings.
fn moment_mark(plan: &Plan, moment: Moment) -> Result<Mark, Unfollowed> {
    let action = match moment {
        Moment::Outcome(outcome) => Some(outcome.action),
        Moment::Action(action) => Some(action),
        Moment::State(_) | Moment::Sent(..) => None,
    };
    let is_shown = action.is_some_and(|action| plan.actions[action].runs.iter().any(|(_, run)| run.how == How::Shows));
    if is_shown { Err(Unfollowed::Shown) } else { Ok(Mark::Moment(moment)) }
}

/// The steps with which the ways of a journey's own people end so.
fn ends(plan: &Plan, journey: JourneyId, is_it: impl Fn(&crate::model::End) -> bool) -> Vec<Mark> {
    let of = &plan.journeys[journey];
    let steps = of.steps.iter().filter(|step| plan.steps[**step].role == of.role);
    steps.filter(|step| plan.steps[**step].end.as_ref().is_some_and(&is_it)).map(|step| Mark::Step(*step)).collect()
}

/// Everything of the kind of an atom: the steps of the same people, the states of the same entity, every outcome, every message.
fn of_its_kind(plan: &Plan, atom: &Atom) -> Vec<Mark> {
    let states = |entity: EntityId| plan.states(entity).map(|(state, _)| Mark::Moment(Moment::State(state))).collect();
    let all = |role: Option<RoleId>| plan.steps.iter().filter(|(_, step)| step.role == role).map(|(step, _)| Mark::Step(step)).collect();
    match atom {
        Atom::Moment(Moment::State(state)) => states(state.entity),
        Atom::Moment(_) => {
            let outcomes = plan.actions.ids().flat_map(|action| plan.outcomes(action).map(|(outcome, _)| Moment::Outcome(outcome)));
            let sent = plan.systems.iter().flat_map(|(id, system)| (0..system.form.sends.len()).map(move |index| Moment::Sent(id, index)));
            outcomes.chain(sent).map(Mark::Moment).collect()
        }
        Atom::Step(step) => along(plan, &[*step]),
        Atom::Role(role) => all(Some(*role)),
        Atom::End(journey, _) | Atom::EndKind(journey, _) => {
            let of = &plan.journeys[*journey];
            let own: Vec<StepId> = of.steps.iter().copied().filter(|step| plan.steps[*step].role == of.role).collect();
            along(plan, &own)
        }
        Atom::Notification(_) => {
            let moments = plan.notifications.iter().flat_map(|(_, message)| &message.when.any);
            moments.map(|(moment, _)| Mark::Moment(*moment)).collect()
        }
    }
}

/// The steps of the same role on the ways that lead to some steps, from where those ways begin.
fn along(plan: &Plan, steps: &[StepId]) -> Vec<Mark> {
    let ways = spread_from(plan, leading_to(plan, steps).into_iter().filter(|step| begin(plan, *step)).collect());
    let roles: Vec<Option<RoleId>> = steps.iter().map(|step| plan.steps[*step].role).collect();
    // To a step that nobody comes to, any step of the same role is another one.
    let along = if ways.is_empty() { plan.steps.ids().collect() } else { ways };
    along.into_iter().filter(|step| roles.contains(&plan.steps[*step].role)).map(Mark::Step).collect()
}

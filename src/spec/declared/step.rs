//! Steps and stages: what a person, a staff member or a system goes through.

use serde_json::Value as Data;

use super::action::Sets;
use super::answer::{Answer, Choice};
use super::moment::{Condition, Deadline, Trigger, Wait};
use crate::spec::record::record;
use crate::spec::{Date, Duration, Form, Id, Lowering, Map, Mention, Name, Named, Node, OneOrMany, Shape, Target, Text};

record! {
    /// One intent of one role. Its nature is one of screen, task, wait, decide, journey, job, or only an end.
    "a step" pub struct Step {
        /// What people read, where the screen or task does not say it.
        "title" title: Option<Text> = "Pay",
        /// What the person sees.
        "screen" screen: Option<Screen> = "{title: Menu, states: {loading: grey cards, error: try again}}",
        /// Staff work, with or without a screen.
        "task" task: Option<Text> = "Make the drinks and call the name",
        /// Waiting: for the outcome of an action, a state of an entity, a role to act, or a time to pass.
        "wait" wait: Option<Wait> = "pay-order",
        /// A rule that the system applies; each value is answered in `on`.
        "decide" decide: Option<Decide> = "{question: Is the bar open?, values: [open, closed]}",
        /// Another journey, used as a step; its named ends are the outcomes.
        "journey" journey: Option<Name> = "identity-check",
        /// The system that does this by itself.
        "job" job: Option<Name> = "shop",
        /// The way ends here: success, failure, abandoned, done (for other roles and systems), or a name from the file's `ends`.
        "ends" ends: Option<Name> = "success",
        /// Who goes through it; otherwise the journey's role.
        "role" role: Option<Name> = "barista",
        /// Where; otherwise the role's or the journey's surface.
        "surface" surface: OneOrMany<Name> = "bar-tablet",
        /// The one surface on which it exists, of several.
        "only" only: Option<Name> = "mini-program",
        /// How people get in here from outside.
        "from" from: OneOrMany<Name> = "[search, share-link]",
        /// Backend reads that fill the screen.
        "shows" shows: OneOrMany<Name> = "load-menu",
        /// What the main button says.
        "action" action: Option<Text> = "Place the order",
        /// What happens behind when the person goes on.
        "backend" backend: Option<Name> = "place-order",
        /// What the person can do besides.
        "choices" choices: Map<Text, Choice> = "{Back to the menu: menu}",
        /// What follows each outcome, state, value or end, and the timeout.
        "on" on: Map<Mention, OneOrMany<Answer>> = "{placed: pay, sold-out: menu}",
        /// The only way on.
        "next" next: Option<Target> = "menu",
        /// Entities whose states the screen shows as they change; `on` speaks of those states.
        "follows" follows: OneOrMany<Name> = "order",
        /// Starts by itself whenever this happens, beside everybody else's way.
        "when" when: Option<Trigger> = "{order: paid}",
        /// Starts by itself again and again.
        "every" every: Option<Duration> = "1d",
        /// How long it may take; then `timeout` is answered in `on`.
        "within" within: Option<Deadline> = "10m",
        /// Who is called when nobody acts.
        "escalate" escalate: Option<Escalate> = "{after: 2d, to: team-lead}",
        /// States that hold whenever somebody arrives here.
        "needs" needs: Option<Condition> = "{order: placed}",
        /// Sets of answers to take for what `on` leaves open.
        "handles" handles: OneOrMany<Name> = "connection-trouble",
        /// Data that the step gathers.
        "collects" collects: OneOrMany<Name> = "[phone]",
        /// Data that the step needs.
        "uses" uses: OneOrMany<Name> = "[phone]",
        /// Kept only for people who are still in it, so nothing need lead here.
        "draining" draining: Option<Draining> = "Members who started before the change",
    }
}

record! {
    /// What a person sees.
    "a screen" pub struct Screen {
        /// What people read.
        "title" title: Option<Text> = "Menu",
        /// What it shows when it is not as usual: loading, empty, error, and names of your own.
        "states" states: Named<Name, ScreenState> = "{loading: three grey cards, error: try again}",
    }
    short: Text,
}

impl From<Text> for Screen {
    fn from(title: Text) -> Self {
        Self { title: Some(title), ..Self::default() }
    }
}

record! {
    /// What a screen shows when it is not as usual.
    "a screen state" pub struct ScreenState {
        /// What the person sees.
        "shows" shows: Option<Text> = "Opening hours and the way to the bar",
        /// What the person can do there besides.
        "choices" choices: Map<Text, Choice> = "{Tell me when it opens: reminder}",
        /// Where it leads by itself.
        "to" to: Option<Target> = "closed",
    }
    short: Text,
}

impl From<Text> for ScreenState {
    fn from(shows: Text) -> Self {
        Self { shows: Some(shows), ..Self::default() }
    }
}

record! {
    /// A rule that the system applies.
    "a system decision" pub struct Decide {
        /// What is asked.
        "question" ask: Option<Text> = "Is the bar open?",
        /// The data it looks at.
        "uses" uses: OneOrMany<Name> = "[amount]",
        /// Every value it can give, and what that sets.
        "values" values: Named<Id, Sets> = "[open, closed]",
    }
    short: Text,
}

impl From<Text> for Decide {
    fn from(ask: Text) -> Self {
        Self { ask: Some(ask), ..Self::default() }
    }
}

record! {
    /// Who is called when nobody acts.
    "an escalation" pub struct Escalate {
        /// How long nobody acts.
        required "after" after: Option<Duration> = "2d",
        /// Who is called.
        required "to" to: Option<Name> = "team-lead",
    }
}

record! {
    /// Something kept only for what is still in it.
    "a draining" pub struct Draining {
        /// Why it is still there.
        required "why" why: Option<Text> = "Members who started before the change",
        /// The last day on which it is needed.
        "until" until: Option<Date> = "2027-03-31",
    }
    short: Text,
}

impl From<Text> for Draining {
    fn from(why: Text) -> Self {
        Self { why: Some(why), ..Self::default() }
    }
}

record! {
    /// A stage with a name of its own.
    "a stage" pub struct Stage {
        /// The kind of stage it is, from the catalogue.
        "kind" kind: Option<Name> = "review",
        /// What people read.
        "title" title: Option<Text> = "Second check",
        /// Its steps, in the order in which they are told.
        "steps" steps: Steps = "{check: {task: Read the claim, next: done}}",
    }
    short: Steps,
}

/// Steps by name, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Steps(pub Map<Id, Step>);

impl Form for Steps {
    fn shape() -> Shape {
        Map::<Id, Step>::shape()
    }

    fn fits(node: Node<'_>) -> bool {
        Map::<Id, Step>::fits(node)
    }

    fn lower(node: Node<'_>, cx: &mut Lowering) -> Option<Self> {
        Map::lower(node, cx).map(Self)
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn write(&self) -> Option<Data> {
        self.0.write()
    }

    fn metas(&self, show: &mut dyn FnMut(&crate::spec::Meta)) {
        self.0.metas(show);
    }
}

impl From<Steps> for Stage {
    fn from(steps: Steps) -> Self {
        Self { steps, ..Self::default() }
    }
}

//! Resolves the answers of every step into ways, handlers included, and so builds the graph.

use super::super::ids::Id as _;
use super::super::{Cause, Guard, How, JourneyId, Nature, StepId, Way};
use super::Builder;
use crate::spec::{self, Answer, Choice, FaultKind, Map, Mention, Name, OneOrMany, Target, To};

type Answers = Map<Mention, OneOrMany<Answer>>;

/// What the answers of a step or choice may speak of.
struct Scope {
    step: StepId,
    journey: JourneyId,
    /// The choice whose action is answered; nothing for the step's own.
    choice: Option<String>,
}

impl Builder {
    /// Builds every way and the graph.
    pub(super) fn build_ways(&mut self) {
        let mut ways: Vec<Vec<Way>> = vec![Vec::new(); self.plan.steps.len()];
        let mut backs: Vec<(StepId, Way)> = Vec::new();
        for id in self.plan.steps.ids() {
            for way in self.ways_of(id) {
                if way.is_back { backs.push((id, way)) } else { ways[id.index()].push(way) }
            }
        }
        // `back` leads to every step that one can have come from.
        for (id, way) in backs {
            let mut sources: Vec<StepId> = ways
                .iter()
                .flatten()
                .filter(|other| other.to == id && other.from != id && !other.is_back)
                .map(|other| other.from)
                .collect();
            sources.sort_unstable();
            sources.dedup();
            ways[id.index()].extend(sources.into_iter().map(|source| Way { to: source, ..way.clone() }));
        }
        self.connect(ways);
    }

    fn ways_of(&mut self, id: StepId) -> Vec<Way> {
        let form = self.plan.steps[id].form.clone();
        let journey = self.plan.steps[id].journey;
        let defaults = self.plan.journeys[journey].form.defaults.handles.clone();
        let mut ways = Vec::new();
        let scope = Scope { step: id, journey, choice: None };
        self.answers(&scope, &form.on, None, &mut ways);
        self.handled(&scope, &[&form.handles, &defaults], &mut ways);
        for (label, choice) in form.choices.iter() {
            self.choice(&scope, label, choice, None, [&form.handles, &defaults], &mut ways);
        }
        if let Some(target) = &form.next {
            self.way(&scope, target, Cause::Next, None, &mut ways);
        }
        for (name, state) in form.screen.iter().flat_map(|screen| screen.states.iter()) {
            for (label, choice) in state.choices.iter() {
                self.choice(&scope, label, choice, Some(name), [&form.handles, &defaults], &mut ways);
            }
            if let Some(target) = &state.to {
                self.way(&scope, target, Cause::ScreenState(name.text.clone()), None, &mut ways);
            }
        }
        ways
    }

    fn choice(
        &mut self,
        scope: &Scope,
        label: &spec::Text,
        choice: &Choice,
        in_state: Option<&Name>,
        handles: [&OneOrMany<Name>; 2],
        ways: &mut Vec<Way>,
    ) {
        let scope = Scope { choice: Some(label.text.clone()), ..*scope };
        let first = ways.len();
        if choice.backend.is_some() {
            self.answers(&scope, &choice.on, None, ways);
            self.handled(&scope, &[&choice.handles, handles[0], handles[1]], ways);
        } else if let Some((mention, _)) = choice.on.first() {
            let help = "Name the action with `backend`, or write the step to go to alone.".to_owned();
            self.names.fault(
                mention.span,
                FaultKind::Conflict { problem: "this choice runs nothing that could have an outcome".to_owned(), help },
            );
        }
        if let Some(target) = &choice.to {
            let cause = in_state.map_or_else(|| Cause::Choice(label.text.clone()), |state| Cause::ScreenState(state.text.clone()));
            self.way(&scope, target, cause, None, ways);
        } else if choice.backend.is_none() && choice.span != crate::source::Span::default() {
            // Where the value could not be read at all, that was reported.
            self.names
                .fault(label.span, FaultKind::MissingKey { key: "to", place: "a choice", example: "menu", doc: "The step that follows." });
        }
        let when = self.names.guard(choice.when.as_ref());
        for way in &mut ways[first..] {
            way.when.terms.extend(when.terms.iter().cloned());
            way.times = way.times.or(choice.times);
        }
    }

    /// The answers of `on`. From a handler, names that the step does not have are passed over.
    fn answers(&mut self, scope: &Scope, on: &Answers, handler: Option<&mut Vec<Cause>>, ways: &mut Vec<Way>) {
        let is_handler = handler.is_some();
        let mut answered = handler;
        for (mention, answers) in on.iter() {
            let Some(cause) = self.cause(scope, mention, is_handler) else { continue };
            if let Some(answered) = &mut answered {
                if answered.contains(&cause) {
                    continue;
                }
                answered.push(cause.clone());
            }
            self.mark_answered(scope, &cause);
            self.check_alternatives(mention, answers);
            for answer in answers.iter() {
                if let Some(target) = &answer.to {
                    self.way(scope, target, cause.clone(), Some(answer), ways);
                }
            }
        }
    }

    /// Several answers to one outcome must say when each counts; the last one may stand for all other cases.
    fn check_alternatives(&mut self, mention: &Mention, answers: &OneOrMany<Answer>) {
        let open: Vec<&Answer> = answers.iter().filter(|answer| answer.when.is_none()).collect();
        if let [_, second, ..] = open[..] {
            let help = "Keep one, or say with `when` in which states each one counts: `[{to: a, when: order.paid}, b]`.";
            self.names.conflict(second.span, format!("`{mention}` is answered twice, and nothing says which answer counts"), help);
        }
    }

    fn handled(&mut self, scope: &Scope, handles: &[&OneOrMany<Name>], ways: &mut Vec<Way>) {
        let mut answered: Vec<Cause> = ways.iter().filter(|way| way.choice == scope.choice).map(|way| way.cause.clone()).collect();
        for name in handles.iter().flat_map(|names| names.iter()) {
            if let Some(index) = self.names.handler(name) {
                let answers = self.plan.handlers[index].answers.clone();
                self.answers(scope, &answers, Some(&mut answered), ways);
            }
        }
    }

    fn mark_answered(&mut self, scope: &Scope, cause: &Cause) {
        let step = &mut self.plan.steps[scope.step];
        match cause {
            Cause::Outcome(outcome) => {
                for run in step.runs.iter_mut().filter(|run| run.action == outcome.action) {
                    let is_same = match (&run.how, &scope.choice) {
                        (How::Choice(label), Some(choice)) => label == choice,
                        (How::Choice(_), None) => false,
                        (_, choice) => choice.is_none(),
                    };
                    if is_same {
                        run.answered.push(outcome.index);
                    }
                }
            }
            Cause::Timeout => step.answered.push("timeout".to_owned()),
            Cause::Exhausted => step.answered.push("exhausted".to_owned()),
            Cause::Value(name) | Cause::End(name) => step.answered.push(name.clone()),
            Cause::State(_) | Cause::Choice(_) | Cause::Next | Cause::ScreenState(_) => {}
        }
    }

    /// What a name in `on` speaks of.
    fn cause(&mut self, scope: &Scope, mention: &Mention, is_handler: bool) -> Option<Cause> {
        let found = self.find_cause(scope, mention);
        if found.is_none() && !is_handler {
            self.unknown_cause(scope, mention);
        }
        found
    }

    fn find_cause(&mut self, scope: &Scope, mention: &Mention) -> Option<Cause> {
        let step = &self.plan.steps[scope.step];
        let word = match &mention.member {
            None => match mention.owner.as_str() {
                "timeout" => return Some(Cause::Timeout),
                "exhausted" => return Some(Cause::Exhausted),
                word => word,
            },
            Some(member) => member.as_str(),
        };
        let (actions, entities) = (actions_in_scope(step, scope), if scope.choice.is_some() { Vec::new() } else { step.follows.clone() });
        let (decide, used) = (step.form.decide.clone(), step.nature);
        if mention.member.is_some() {
            let action = self.names.find_action(&mention.owner).filter(|action| actions.contains(action));
            let entity = self.names.find_entity(&mention.owner).filter(|entity| entities.contains(entity));
            return action
                .and_then(|action| self.names.find_outcome(action, word).map(Cause::Outcome))
                .or_else(|| entity.and_then(|entity| self.names.find_state(entity, word).map(Cause::State)));
        }
        if let Some(outcome) = actions.iter().find_map(|action| self.names.find_outcome(*action, word)) {
            return Some(Cause::Outcome(outcome));
        }
        if scope.choice.is_some() {
            return None;
        }
        if let Some(decide) = decide
            && (decide.values.is_empty() || decide.values.iter().any(|(value, _)| value.text == word))
        {
            return Some(Cause::Value(word.to_owned()));
        }
        if let Nature::Journey(Some(used)) = used
            && self.ends_of(used).iter().any(|end| end == word)
        {
            return Some(Cause::End(word.to_owned()));
        }
        entities.iter().find_map(|entity| self.names.find_state(*entity, word)).map(Cause::State)
    }

    /// The names of the ends that the steps of a journey have.
    fn ends_of(&self, journey: JourneyId) -> Vec<String> {
        let steps = self.plan.journeys[journey].steps.iter().map(|step| &self.plan.steps[*step]);
        steps.filter_map(|step| step.form.ends.as_ref()).map(|end| end.text.clone()).collect()
    }

    fn unknown_cause(&mut self, scope: &Scope, mention: &Mention) {
        let step = &self.plan.steps[scope.step];
        let (actions, used) = (actions_in_scope(step, scope), step.nature);
        let follows = if scope.choice.is_some() { Vec::new() } else { step.follows.clone() };
        let mut known: Vec<String> = Vec::new();
        let mut owners: Vec<String> = Vec::new();
        for action in &actions {
            known.extend(self.names.outcomes_of(*action).iter().cloned());
            owners.push(format!("an outcome of {}", self.plan.actions[*action].name));
        }
        for entity in &follows {
            known.extend(self.names.states_of(*entity).iter().cloned());
            owners.push(format!("a state of {}", self.plan.entities[*entity].name));
        }
        if let Some(decide) = &step.form.decide {
            known.extend(decide.values.iter().map(|(value, _)| value.text.clone()));
            owners.push("a value of this decision".to_owned());
        }
        if let Nature::Journey(Some(used)) = used {
            known.extend(self.ends_of(used));
            owners.push(format!("an end of {}", self.plan.journeys[used].name));
        }
        let unknown_action =
            step.form.backend.is_some() || step.form.wait.is_some() || scope.choice.is_some() || step.form.journey.is_some();
        if owners.is_empty() {
            // When the action itself is unknown, that was reported, and says it all.
            if !unknown_action {
                let help = "Name the action with `backend`, the thing that is waited for with `wait`, or the entity whose states are shown with `follows`.";
                let problem = format!("nothing on this step can end in `{mention}`");
                self.names.fault(mention.span, FaultKind::Conflict { problem, help: help.to_owned() });
            }
            return;
        }
        let name = Name { text: mention.to_string(), span: mention.span };
        let declare = actions
            .first()
            .map(|action| format!("backend:\n  {}:\n    outcomes:\n      {mention}:", self.plan.actions[*action].name))
            .unwrap_or_default();
        self.names.unknown_among(&name, spec::list_with(&owners, "or"), &known, declare);
    }

    fn way(&mut self, scope: &Scope, target: &Target, cause: Cause, answer: Option<&Answer>, ways: &mut Vec<Way>) {
        let is_back = target.to == To::Back;
        let to = match target.to {
            To::Stay | To::Back => Some(scope.step),
            _ => self.names.target(Some(scope.journey), target),
        };
        let Some(to) = to else {
            self.plan.steps[scope.step].is_broken = true;
            return;
        };
        let when = answer.map_or_else(Guard::default, |answer| self.names.guard(answer.when.as_ref()));
        let times = answer.and_then(|answer| answer.times);
        let asked_after = when.terms.len();
        ways.push(Way { from: scope.step, to, cause, choice: scope.choice.clone(), when, asked_after, times, span: target.span, is_back });
    }
}

/// The actions whose outcomes `on` speaks of: the choice's own, or what the step runs, waits for and shows.
fn actions_in_scope(step: &super::Step, scope: &Scope) -> Vec<super::super::ActionId> {
    let fits = |how: &How| match (how, &scope.choice) {
        (How::Choice(label), Some(choice)) => label == choice,
        (How::Choice(_), None) => false,
        (_, choice) => choice.is_none(),
    };
    step.runs.iter().filter(|run| fits(&run.how)).map(|run| run.action).collect()
}

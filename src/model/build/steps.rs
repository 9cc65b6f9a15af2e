//! Resolves what a step is, who goes through it, and what it runs.

use super::super::{End, How, JourneyId, MoveBy, Nature, Run, Start, Step, StepId, Waits};
use super::Builder;
use super::names::Names;
use crate::spec::{self, EndKind, FaultKind, Name, Wait};

impl Step {
    pub(super) fn declared(name: Name, form: spec::Step, journey: JourneyId, stage: super::StageId) -> Self {
        Self {
            name,
            form,
            journey,
            stage,
            role: None,
            surfaces: Vec::new(),
            nature: Nature::Plain,
            end: None,
            starts: Vec::new(),
            runs: Vec::new(),
            follows: Vec::new(),
            needs: super::Guard::default(),
            when: super::super::Moments::default(),
            is_broken: false,
            answered: Vec::new(),
            ways: 0..0,
        }
    }
}

impl Builder {
    pub(super) fn resolve_steps(&mut self) {
        for id in self.plan.steps.ids() {
            self.resolve_step(id);
        }
        self.find_first_steps();
        self.build_ways();
        for id in self.plan.steps.ids() {
            for run in self.plan.steps[id].runs.clone() {
                self.plan.actions[run.action].runs.push((id, run));
            }
        }
    }

    fn resolve_step(&mut self, id: StepId) {
        let form = self.plan.steps[id].form.clone();
        let journey = self.plan.steps[id].journey;
        let role = match (&form.role, &form.job) {
            (Some(role), _) => self.names.role(role),
            (None, Some(_)) => None,
            (None, None) => self.plan.journeys[journey].role,
        };
        let nature = self.nature(id, &form);
        let end = form.ends.as_ref().map(|name| self.end(journey, name));
        let surfaces = self.surfaces(&form, role, journey);
        let runs = self.runs(&form, nature);
        let mut follows: Vec<_> = form.follows.iter().filter_map(|entity| self.names.entity(entity)).collect();
        if let Nature::Wait(Waits::Entity(entity)) = nature {
            follows.push(entity);
        }
        let needs = self.names.guard(form.needs.as_ref());
        let when = self.names.moments(form.when.as_ref());
        self.resolve_deadline(&form);
        if let Some(decide) = &form.decide {
            for (_, sets) in decide.values.iter() {
                self.sets(sets, MoveBy::Decision(id));
            }
        }
        for (moment, _) in &when.any {
            if let super::super::Moment::State(state) = moment {
                self.plan.entities[state.entity].states[state.index].starts.push(id);
            }
        }
        let step = &mut self.plan.steps[id];
        step.role = role;
        step.nature = nature;
        step.end = end;
        step.surfaces = surfaces;
        step.runs = runs;
        step.follows = follows;
        step.needs = needs;
        step.when = when;
        if !form.from.is_empty() {
            step.starts.push(Start::Outside);
        }
        if step.starts_by_itself() {
            step.starts.push(Start::Itself);
        }
        if form.draining.is_some() {
            step.starts.push(Start::Draining);
        }
    }

    fn nature(&mut self, id: StepId, form: &spec::Step) -> Nature {
        let words: Vec<(&str, bool)> = vec![
            ("task", form.task.is_some()),
            ("wait", form.wait.is_some()),
            ("decide", form.decide.is_some()),
            ("journey", form.journey.is_some()),
            ("job", form.job.is_some()),
            ("screen", form.screen.is_some()),
        ];
        let mut given: Vec<&str> = words.into_iter().filter(|(_, given)| *given).map(|(word, _)| word).collect();
        // A screen may stand beside staff work and beside a wait: it is what they look like.
        if matches!(given[..], ["task" | "wait", "screen"]) {
            given.pop();
        }
        if given.len() > 1 {
            let problem = format!(
                "a step is one thing, and this one is {}",
                spec::list_with(&given.iter().map(|word| format!("a `{word}`")).collect::<Vec<_>>(), "and")
            );
            let help = "Make one step of each, the first leading to the second.".to_owned();
            self.names.fault(self.plan.steps[id].name.span, FaultKind::Conflict { problem, help });
        }
        match given.first() {
            Some(&"task") => Nature::Task,
            Some(&"wait") => Nature::Wait(form.wait.as_ref().map_or(Waits::Unknown, |wait| waits(&mut self.names, wait))),
            Some(&"decide") => Nature::Decide,
            Some(&"journey") => {
                let used = form.journey.as_ref().and_then(|journey| self.names.journey(journey));
                if let Some(used) = used {
                    self.plan.journeys[used].used_by.push(id);
                }
                Nature::Journey(used)
            }
            Some(&"job") => Nature::Job(form.job.as_ref().and_then(|system| self.names.system(system))),
            Some(_) => Nature::Screen,
            None => Nature::Plain,
        }
    }

    fn end(&mut self, journey: JourneyId, name: &Name) -> End {
        let journey = &self.plan.journeys[journey];
        let kind = journey.end_kind(&name.text).unwrap_or_else(|| {
            let mut known: Vec<String> = EndKind::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect();
            known.extend(journey.form.ends.iter().map(|(id, _)| id.text.clone()));
            self.names.unknown_among(name, "an end".to_owned(), &known, format!("ends:\n  {name}: success"));
            EndKind::Done
        });
        End { name: name.clone(), kind }
    }

    fn surfaces(&mut self, form: &spec::Step, role: Option<super::super::RoleId>, journey: JourneyId) -> Vec<super::super::SurfaceId> {
        let journey = &self.plan.journeys[journey];
        if form.only.is_some() {
            // Not where the step is, but checked as any name.
            form.surface.iter().for_each(|surface| {
                self.names.surface(surface);
            });
        }
        let written: Vec<Name> = match (&form.only, form.surface.is_empty()) {
            (Some(only), _) => vec![only.clone()],
            (None, false) => form.surface.to_vec(),
            (None, true) if role == journey.role => journey.form.surface.to_vec(),
            (None, true) => return role.and_then(|role| self.plan.roles[role].surface).into_iter().collect(),
        };
        let found: Vec<_> = written.iter().filter_map(|surface| self.names.surface(surface)).collect();
        if found.is_empty() { role.and_then(|role| self.plan.roles[role].surface).into_iter().collect() } else { found }
    }

    fn runs(&mut self, form: &spec::Step, nature: Nature) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut add = |names: &mut Names, action: &Name, how: How| {
            runs.extend(names.action(action).map(|id| Run { action: id, how, span: action.span, answered: Vec::new() }));
        };
        if let Some(action) = &form.backend {
            add(&mut self.names, action, How::Backend);
        }
        for action in form.shows.iter() {
            add(&mut self.names, action, How::Shows);
        }
        let in_states = form.screen.iter().flat_map(|screen| screen.states.iter()).flat_map(|(_, state)| state.choices.iter());
        for (label, choice) in form.choices.iter().chain(in_states) {
            if let Some(action) = &choice.backend {
                add(&mut self.names, action, How::Choice(label.text.clone()));
            }
        }
        if let (Nature::Wait(Waits::Action(action)), Some(Wait::On(name))) = (nature, &form.wait) {
            runs.push(Run { action, how: How::Wait, span: name.span, answered: Vec::new() });
        }
        runs
    }

    fn resolve_deadline(&mut self, form: &spec::Step) {
        if let Some(spec::Deadline::Of(mention)) = &form.within {
            self.names.moment(mention);
        }
        if let Some(to) = form.escalate.as_ref().and_then(|escalate| escalate.to.as_ref()) {
            self.names.role(to);
        }
    }

    /// A journey without a way in from outside begins with its first step, unless it is only used as a step by others.
    fn find_first_steps(&mut self) {
        for journey in self.plan.journeys.ids() {
            let journey = &self.plan.journeys[journey];
            let has_own = journey.steps.iter().any(|step| self.plan.steps[*step].starts.contains(&Start::Outside));
            if let Some(first) = journey.first
                && !has_own
                && journey.used_by.is_empty()
                && !self.plan.steps[first].starts_by_itself()
            {
                self.plan.steps[first].starts.push(Start::First);
            }
        }
    }
}

fn waits(names: &mut Names, wait: &Wait) -> Waits {
    let Wait::On(name) = wait else { return Waits::Time };
    if let Some(action) = names.find_action(&name.text) {
        return Waits::Action(action);
    }
    if let Some(entity) = names.find_entity(&name.text) {
        return Waits::Entity(entity);
    }
    if let Some(role) = names.find_role(&name.text) {
        return Waits::Role(role);
    }
    names.unknown(name, "a backend action, an entity, a role or a duration", "");
    Waits::Unknown
}

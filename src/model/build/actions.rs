//! Resolves what backend actions mention, and holds them against the words of the catalogue.

use super::Builder;
use super::declare::texts;
use crate::catalogue;
use crate::model::{MoveBy, OutcomeId, Subject};
use crate::spec::{self};

impl Builder {
    pub(super) fn resolve_actions(&mut self) {
        for id in self.plan.actions.ids() {
            let form = self.plan.actions[id].form.clone();
            self.remarks.take(Subject::Action(id), &form);
            self.check_kind_and_duties(&form);
            let system = form.system.as_ref().and_then(|system| self.names.system(system));
            if let (Some(system), Some(ability)) = (system, &form.ability) {
                self.names.ability(system, ability);
            }
            let needs = self.names.guard(form.needs.as_ref());
            let writes = form.writes.iter().chain(form.creates.iter()).filter_map(|entity| self.names.entity(entity)).collect();
            for index in 0..self.plan.actions[id].outcomes.len() {
                let outcome = self.plan.actions[id].outcomes[index].form.clone();
                let outcome_id = OutcomeId { action: id, index };
                self.remarks.take(Subject::Outcome(outcome_id), &outcome);
                self.check_means(&form, &outcome);
                let sets = self.sets(&outcome.sets, MoveBy::Outcome(outcome_id));
                let when = self.names.guard(outcome.when.as_ref());
                let resolved = &mut self.plan.actions[id].outcomes[index];
                resolved.sets = sets;
                resolved.when = when;
            }
            let action = &mut self.plan.actions[id];
            action.system = system;
            action.needs = needs;
            action.writes = writes;
        }
    }

    fn check_kind_and_duties(&mut self, form: &spec::Action) {
        if let Some(kind) = &form.kind
            && self.plan.catalogue.kind(&kind.text).is_none()
        {
            let known: Vec<_> = self.plan.catalogue.kinds().map(|(name, _)| name.to_owned()).collect();
            self.names.unknown_word(kind, "what kind of action this is", known);
        }
        for (duty, _) in form.duties.iter().filter(|(duty, _)| !self.plan.catalogue.has_duty(&duty.text)) {
            let known: Vec<_> = self.plan.catalogue.duty_names().map(str::to_owned).collect();
            self.names.unknown_word(duty, "which duty this is", known);
        }
    }

    fn check_means(&mut self, action: &spec::Action, outcome: &spec::Outcome) {
        let kind = action.kind.as_ref().and_then(|kind| Some((kind, self.plan.catalogue.kind(&kind.text)?)));
        if let (Some(means), Some((kind_name, kind))) = (&outcome.means, kind) {
            let known = texts(kind.outcomes.iter().map(|(id, _)| id));
            if !known.contains(&means.text) && !catalogue::INTERIM.contains(&means.text.as_str()) {
                self.names.unknown_word(means, &format!("which outcome of `kind: {kind_name}` this is"), known);
            }
        }
    }
}

//! Resolves what roles, surfaces, accounts, systems and journeys mention.

use super::Builder;
use crate::model::{MoveBy, Subject};
use crate::spec::Sets;

impl Builder {
    pub(super) fn resolve_places(&mut self) {
        for id in self.plan.roles.ids() {
            let role = &mut self.plan.roles[id];
            role.surface = role.form.surface.as_ref().and_then(|surface| self.names.surface(surface));
            self.remarks.take(Subject::Role(id), &self.plan.roles[id].form);
        }
        for id in self.plan.surfaces.ids() {
            let form = &self.plan.surfaces[id].form;
            self.remarks.take(Subject::Surface(id), form);
            if let Some(profile) = &form.profile
                && self.plan.catalogue.profile(&profile.text).is_none()
            {
                let known: Vec<_> = self.plan.catalogue.profiles().map(|(name, _)| name.to_owned()).collect();
                self.names.unknown_word(profile, "which platform this is", known);
            }
        }
        for index in 0..self.plan.accounts.len() {
            let subject = self.file_subject(self.plan.accounts[index].0.span);
            self.remarks.take(subject, &self.plan.accounts[index].1);
            for surface in self.plan.accounts[index].1.joins.iter() {
                self.names.surface(surface);
            }
        }
        for id in self.plan.systems.ids() {
            let form = &self.plan.systems[id].form;
            self.remarks.take(Subject::System(id), form);
            if let Some(provider) = &form.provider
                && self.plan.catalogue.provider(&provider.text).is_none()
            {
                let known: Vec<_> = self.plan.catalogue.providers().map(|(name, _)| name.to_owned()).collect();
                self.names.unknown_word(provider, "which provider this is", known);
            }
            let sent: Vec<Sets> = form.sends.iter().map(|(_, outcome)| outcome.sets.clone()).collect();
            for sets in &sent {
                self.sets(sets, MoveBy::Sent(id));
            }
        }
        for id in self.plan.journeys.ids() {
            let form = &self.plan.journeys[id].form;
            let role = form.role.as_ref().and_then(|role| self.names.role(role));
            // Steps may all name their own; the mention counts, and is checked, all the same.
            form.surface.iter().for_each(|surface| {
                self.names.surface(surface);
            });
            let known: Vec<_> = self.plan.catalogue.stage_names().map(str::to_owned).collect();
            for (stage, _) in form.without.iter() {
                if !known.contains(&stage.text) {
                    self.names.unknown_word(stage, "what kind of stage this is", known.clone());
                }
            }
            self.plan.journeys[id].role = role;
        }
    }
}

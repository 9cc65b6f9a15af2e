//! What people see and do, step by step, and what staff do.

use super::{Builder, Row, titled};
use crate::diagram::view::words::{plain, start};
use crate::diagram::view::{EdgeKind, Node, NodeKind};
use crate::model::{Cause, Nature, Start, Step};

impl Builder<'_> {
    pub(super) fn steps(&mut self) {
        for index in 0..self.view.nodes.len() {
            let node = self.view.nodes[index].clone();
            let (Some(id), Some(&place)) = (node.step, self.columns.get(&index)) else { continue };
            let step = &self.plan.steps[id];
            let found = node.marks.iter().map(|mark| format!("{}: {}", mark.level.word(), mark.rule));
            if !place.is_beside && !matches!(step.nature, Nature::Job(_) | Nature::Decide) {
                self.add(Row::Place, place, self.where_is(step, &node), Vec::new());
                let mut details = self.seen(step, &node, index);
                details.extend(found);
                self.add(Row::Screen, place, node.title.clone(), details);
                continue;
            }
            let mut details = Vec::new();
            if !matches!(node.kind, NodeKind::Screen | NodeKind::Task | NodeKind::Plain) {
                details.push(node.kind.word().to_owned());
            }
            details.extend(self.starts(step));
            details.extend(found);
            match step.nature {
                Nature::Decide if !place.is_beside => _ = self.add(Row::Backend, place, node.title.clone(), details),
                Nature::Job(_) => {
                    let system = node.actor.and_then(|actor| self.view.actors.get(actor)).map(|actor| actor.title.clone());
                    self.add(Row::Backend, place, node.title.clone(), details).system = system.map(|title| (title, false));
                }
                _ if self.is_own(&node) => _ = self.add(Row::Aside, place, node.title.clone(), details),
                _ => {
                    details.splice(0..0, node.actor.map(|actor| self.view.actors[actor].title.clone()));
                    self.add(Row::Staff, place, node.title.clone(), details).actor = node.actor;
                }
            }
        }
    }

    pub(super) fn where_is(&self, step: &Step, node: &Node) -> String {
        let who = node.actor.and_then(|actor| self.view.actors.get(actor)).map(|actor| actor.title.clone());
        let surfaces: Vec<String> = step
            .surfaces
            .iter()
            .map(|surface| {
                let surface = &self.plan.surfaces[*surface];
                titled(surface.form.title.as_ref(), &surface.name.text)
            })
            .collect();
        let surfaces = (!surfaces.is_empty()).then(|| surfaces.join(", "));
        who.into_iter().chain(surfaces).collect::<Vec<_>>().join(" · ")
    }

    /// How people get in, messages aside: those have a row of their own.
    pub(super) fn starts(&self, step: &Step) -> impl Iterator<Item = String> {
        let starts = step.starts.iter().filter(|each| !matches!(each, Start::Notification(_)));
        starts.filter_map(|each| start(self.plan, step, each))
    }

    /// What people see at a step: how they get in, the states of the screen, and what the main button says.
    pub(super) fn seen(&self, step: &Step, node: &Node, index: usize) -> Vec<String> {
        let mut details = Vec::new();
        if !matches!(node.kind, NodeKind::Screen | NodeKind::Task | NodeKind::Plain) {
            details.push(node.kind.word().to_owned());
        }
        details.extend(self.starts(step));
        for (name, state) in step.form.screen.iter().flat_map(|screen| screen.states.iter()) {
            let shows = state.shows.as_ref().map(|shows| format!(": {}", shows.text)).unwrap_or_default();
            details.push(format!("{}{shows}", plain(&name.text)));
        }
        let main = self.view.edges.iter().find(|edge| edge.from == index && edge.kind == EdgeKind::Main);
        let chosen = main.and_then(|edge| {
            edge.ways.iter().map(|way| self.plan.way(*way)).find_map(|way| match &way.cause {
                Cause::Choice(label) => Some(label.clone()),
                _ => way.choice.clone(),
            })
        });
        let action = step.form.action.as_ref().map(|action| action.text.clone()).or(chosen);
        details.extend(action.map(|action| format!("→ {action}")));
        let end = main.map(|edge| &self.view.nodes[edge.to]).filter(|to| matches!(to.kind, NodeKind::End(_)));
        details.extend(end.map(|end| format!("✓ {} ({})", end.title, end.kind.word())));
        details
    }
}

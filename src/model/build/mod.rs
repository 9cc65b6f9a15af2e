//! From files to a plan: first every name is declared, then every mention is resolved, then the graph is built.

mod actions;
mod declare;
mod entities;
mod messages;
pub(super) mod names;
mod places;
mod policies;
mod steps;
mod targets;
mod ways;

use std::collections::HashMap;

use petgraph::graph::{DiGraph, NodeIndex};

use super::decisions::Remarks;
use super::ids::Id as _;
use super::{Guard, Plan, StageId, Step, StepId, Subject, Table};
use crate::catalogue::Catalogue;
use crate::source::FileId;
use crate::spec::{self, Fault};
use names::{Kind, Names};

/// The operations of API documents, by the document as `operation` names it. A document that cannot be read has the reason.
pub type Operations = HashMap<String, Result<Vec<String>, String>>;

/// What a plan is built from.
#[derive(Debug, Default)]
pub struct Input {
    /// The files, the root first, each with its form.
    pub files: Vec<(FileId, spec::File)>,
    /// What was at fault in their form.
    pub faults: Vec<Fault>,
    /// The API documents that they name.
    pub operations: Operations,
}

/// Builds the plan. What cannot be resolved is left out and kept as a fault.
pub fn build(input: Input) -> Plan {
    let mut builder = Builder::new(&input);
    let files: Vec<FileId> = input.files.iter().map(|(file, _)| *file).collect();
    let mut forms = input.files;
    builder.plan.faults = input.faults;
    builder.declare(&mut forms);
    builder.resolve_places();
    builder.resolve_actions();
    builder.resolve_entities();
    builder.resolve_steps();
    builder.resolve_messages();
    let plan = &mut builder.plan;
    plan.files = files;
    plan.operations = input.operations;
    builder.finish()
}

pub(super) struct Builder {
    pub(super) plan: Plan,
    pub(super) names: Names,
    pub(super) remarks: Remarks,
}

impl Builder {
    fn new(input: &Input) -> Self {
        let own: Vec<_> = input.files.iter().map(|(_, form)| &form.catalogue).filter(|own| own.span.end > 0).collect();
        let mut catalogue = Catalogue::built_in().clone();
        for own in own {
            catalogue = catalogue.extended_by(own);
        }
        let plan = Plan {
            journeys: Table::default(),
            stages: Table::default(),
            steps: Table::default(),
            actions: Table::default(),
            entities: Table::default(),
            roles: Table::default(),
            systems: Table::default(),
            surfaces: Table::default(),
            notifications: Table::default(),
            events: Table::default(),
            later: Table::default(),
            handlers: Vec::new(),
            policies: Table::default(),
            accounts: Vec::new(),
            decisions: Vec::new(),
            questions: Vec::new(),
            catalogue,
            operations: HashMap::new(),
            faults: Vec::new(),
            files: Vec::new(),
            graph: DiGraph::new(),
        };
        Self { plan, names: Names::default(), remarks: Remarks::default() }
    }

    /// What a remark is about that stands on something that is no subject: the journey of the file, or the plan.
    pub(super) fn file_subject(&self, at: crate::source::Span) -> Subject {
        self.plan.journey_at(at).map_or(Subject::Plan, Subject::Journey)
    }

    fn finish(mut self) -> Plan {
        for id in self.plan.roles.ids() {
            self.plan.roles[id].used = self.names.is_used(Kind::Role, id.index());
        }
        for id in self.plan.systems.ids() {
            self.plan.systems[id].used = self.names.is_used(Kind::System, id.index());
        }
        for id in self.plan.surfaces.ids() {
            self.plan.surfaces[id].used = self.names.is_used(Kind::Surface, id.index());
        }
        for id in self.plan.entities.ids() {
            self.plan.entities[id].used = self.names.is_used(Kind::Entity, id.index());
        }
        for index in 0..self.plan.handlers.len() {
            self.plan.handlers[index].used = self.names.is_used(Kind::Handler, index);
            let handler = &self.plan.handlers[index];
            self.remarks.take(self.file_subject(handler.name.span), &handler.answers);
        }
        self.plan.faults.append(&mut self.names.faults);
        self.plan.faults.sort_by_key(|fault| fault.span);
        self.plan.faults.dedup();
        self.plan.decisions = self.remarks.decisions;
        self.plan.decisions.sort_by_key(|at| at.rule.span);
        self.plan.questions = self.remarks.questions;
        self.plan.questions.sort_by_key(|at| at.question.span);
        self.plan
    }

    /// The graph, once every step knows its ways.
    pub(super) fn connect(&mut self, ways: Vec<Vec<super::Way>>) {
        let mut graph = DiGraph::with_capacity(ways.len(), ways.iter().map(Vec::len).sum());
        for _ in 0..ways.len() {
            graph.add_node(());
        }
        for (index, ways) in ways.into_iter().enumerate() {
            let first = u32::try_from(graph.edge_count()).expect("a plan has fewer than four billion ways");
            for way in ways {
                graph.add_edge(NodeIndex::new(index), NodeIndex::new(way.to.index()), way);
            }
            let last = u32::try_from(graph.edge_count()).expect("a plan has fewer than four billion ways");
            self.plan.steps[StepId::new(index)].ways = first..last;
        }
        self.plan.graph = graph;
    }
}

//! A journey as a score: who acts in which lane, and what sets whom going; cut into parts where it is long.
//!
//! Must not know: positions, colours, formats.

use std::collections::BTreeMap;

use super::words::{heading, plain};
use super::{Edge, EdgeKind, Flow, Node, NodeKind, Stage, View, flow};
use crate::model::{JourneyId, Nature, Plan, StepId};

/// A journey, or a part of it, with the lane of each step.
#[derive(Clone, Debug)]
pub struct Lanes {
    /// The steps and ways.
    pub view: View,
    /// The lanes, in order.
    pub lanes: Vec<String>,
    /// The lane of each step.
    pub lane_of: Vec<usize>,
}

impl Lanes {
    /// The same with lanes in the place of stages, for those who know only groups.
    #[must_use]
    pub fn as_stages(self) -> View {
        let mut view = self.view;
        let stage = |(lane, title): (usize, String)| Stage { name: format!("lane-{}", lane + 1), title };
        view.stages = self.lanes.into_iter().enumerate().map(stage).collect();
        view.nodes.iter_mut().zip(self.lane_of).for_each(|(node, lane)| node.stage = lane);
        view
    }
}

/// A journey in lanes: a lane for each who acts; where only one does, a lane for each surface.
pub fn lanes(plan: &Plan, journey: JourneyId) -> Lanes {
    let view = flow(plan, journey, Flow { with_cross: true });
    let acting: Vec<usize> = (0..view.actors.len()).filter(|actor| view.nodes.iter().any(|node| node.actor == Some(*actor))).collect();
    let mut lanes: Vec<String> = Vec::new();
    let mut lane_of: Vec<usize> = Vec::new();
    for node in &view.nodes {
        let surface = node.step.map(|step| surface(plan, step)).unwrap_or_default();
        let actor = node.actor.and_then(|actor| view.actors.get(actor)).map(|actor| actor.title.clone());
        let title = if acting.len() < 2 && !surface.is_empty() { surface } else { actor.unwrap_or_default() };
        // A place in another journey stands where one comes from; its lane is found later.
        let lane = if title.is_empty() { usize::MAX } else { position(&mut lanes, title) };
        lane_of.push(lane);
    }
    for node in 0..lane_of.len() {
        if lane_of[node] == usize::MAX {
            let from = view.edges.iter().find(|edge| edge.to == node && lane_of[edge.from] != usize::MAX);
            lane_of[node] = from.map_or(0, |edge| lane_of[edge.from]);
        }
    }
    // An end belongs to those who come there, whatever the journey says of all its steps.
    for node in (0..lane_of.len()).filter(|node| matches!(view.nodes[*node].kind, NodeKind::End(_))) {
        let mut from = view.edges.iter().filter(|edge| edge.to == node).map(|edge| lane_of[edge.from]);
        if let Some(first) = from.next()
            && from.all(|lane| lane == first)
        {
            lane_of[node] = first;
        }
    }
    if lanes.is_empty() {
        lanes.push(String::new());
    }
    if acting.len() >= 2 {
        let titles = lanes.iter().enumerate().map(|(lane, title)| with_surfaces(plan, &view, &lane_of, lane, title));
        lanes = titles.collect();
    }
    Lanes { view, lanes, lane_of }
}

fn position(list: &mut Vec<String>, title: String) -> usize {
    list.iter().position(|known| *known == title).unwrap_or_else(|| {
        list.push(title);
        list.len() - 1
    })
}

fn surface(plan: &Plan, step: StepId) -> String {
    let step = &plan.steps[step];
    if matches!(step.nature, Nature::Job(_)) {
        return String::new();
    }
    let titles = step.surfaces.iter().map(|surface| {
        let surface = &plan.surfaces[*surface];
        surface.form.title.as_ref().map_or_else(|| heading(&plain(&surface.name.text)), |title| title.text.clone())
    });
    titles.collect::<Vec<_>>().join(", ")
}

/// Who acts, and where, if that is one place only.
fn with_surfaces(plan: &Plan, view: &View, lane_of: &[usize], lane: usize, title: &str) -> String {
    let steps = view.nodes.iter().zip(lane_of).filter(|(_, of)| **of == lane).filter_map(|(node, _)| node.step);
    let mut surfaces: Vec<String> = steps.map(|step| surface(plan, step)).filter(|surface| !surface.is_empty()).collect();
    surfaces.sort();
    surfaces.dedup();
    match surfaces.as_slice() {
        [one] => format!("{title}, {one}"),
        _ => title.to_owned(),
    }
}

/// What the names of places elsewhere begin with, from which a way comes.
pub const COMES: &str = "from-";
/// The same, to which a way leads.
pub const GOES: &str = "to-";
/// Stands where a place elsewhere is told, until it is known where that is.
pub const ELSEWHERE: &str = "page 00";

/// Some of the steps, with the places before and after that their ways come from and lead to.
pub fn part(whole: &Lanes, steps: &[usize]) -> Lanes {
    let view = &whole.view;
    let is_own = |step: usize| steps.contains(&step);
    let mut part = View { nodes: Vec::new(), edges: Vec::new(), stages: Vec::new(), marks: Vec::new(), ..view.clone() };
    let mut lane_of: Vec<usize> = Vec::new();
    let mut place: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    // Ways back from later parts are told where they leave, and in a word where they arrive.
    let (returns, comes): (Vec<&Edge>, Vec<&Edge>) =
        view.edges.iter().filter(|edge| is_own(edge.to) && !is_own(edge.from)).partition(|edge| edge.kind == EdgeKind::Back);
    let goes: Vec<&Edge> = view.edges.iter().filter(|edge| is_own(edge.from) && !is_own(edge.to)).collect();
    if !comes.is_empty() {
        part.stages.push(Stage { name: "comes-from".to_owned(), title: "Comes from".to_owned() });
    }
    for edge in comes {
        place.entry((edge.from, true)).or_insert_with(|| {
            part.nodes.push(elsewhere(view, edge.from, part.stages.len() - 1, true));
            lane_of.push(whole.lane_of[edge.to]);
            part.nodes.len() - 1
        });
    }
    let mut stage_of: BTreeMap<usize, usize> = BTreeMap::new();
    for &step in steps {
        let stage = *stage_of.entry(view.nodes[step].stage).or_insert_with(|| {
            part.stages.push(view.stages[view.nodes[step].stage].clone());
            part.stages.len() - 1
        });
        place.insert((step, true), part.nodes.len());
        place.insert((step, false), part.nodes.len());
        let mut node = Node { stage, ..view.nodes[step].clone() };
        let from: Vec<&str> = returns.iter().filter(|edge| edge.to == step).map(|edge| view.nodes[edge.from].title.as_str()).collect();
        if !from.is_empty() {
            node.starts.push(format!("from {}", from.join(", ")));
        }
        part.nodes.push(node);
        lane_of.push(whole.lane_of[step]);
    }
    if !goes.is_empty() {
        part.stages.push(Stage { name: "goes-on".to_owned(), title: "Goes on to".to_owned() });
    }
    for edge in goes {
        place.entry((edge.to, false)).or_insert_with(|| {
            part.nodes.push(elsewhere(view, edge.to, part.stages.len() - 1, false));
            lane_of.push(whole.lane_of[edge.from]);
            part.nodes.len() - 1
        });
    }
    for edge in view.edges.iter().filter(|edge| is_own(edge.from) || is_own(edge.to)) {
        if let (Some(from), Some(to)) = (place.get(&(edge.from, true)), place.get(&(edge.to, false))) {
            // What a way is called is said where it leaves. Into the next part it no longer leads back.
            let causes = if is_own(edge.from) { edge.causes.clone() } else { Vec::new() };
            let kind = if edge.kind == EdgeKind::Back && !(is_own(edge.from) && is_own(edge.to)) { EdgeKind::Plain } else { edge.kind };
            part.edges.push(Edge { from: *from, to: *to, causes, kind, ways: edge.ways.clone() });
        }
    }
    // Only the lanes that are needed, in their order.
    let mut used: Vec<usize> = lane_of.clone();
    used.sort_unstable();
    used.dedup();
    let lane_of = lane_of.iter().filter_map(|lane| used.iter().position(|known| known == lane)).collect();
    Lanes { view: part, lanes: used.iter().map(|lane| whole.lanes[*lane].clone()).collect(), lane_of }
}

fn elsewhere(view: &View, step: usize, stage: usize, comes: bool) -> Node {
    let node = &view.nodes[step];
    Node {
        name: format!("{}{}", if comes { COMES } else { GOES }, node.name),
        title: node.title.clone(),
        kind: NodeKind::Elsewhere,
        actor: None,
        stage,
        way: 0,
        is_main: node.is_main,
        is_failure: false,
        starts: Vec::new(),
        stays: Vec::new(),
        about: vec![ELSEWHERE.to_owned()],
        marks: Vec::new(),
        step: None,
    }
}

//! A long journey as pages: a part of its steps with what leads in and out, and an overview of all stages.

use super::{Edge, EdgeKind, Node, NodeKind, Stage, View};

/// The steps of a page, with the places on other pages that its ways come from and lead to. `page_of` says on which page each step is.
pub fn page(view: &View, steps: &[usize], page_of: &dyn Fn(usize) -> String) -> View {
    let mut page = View { nodes: Vec::new(), edges: Vec::new(), marks: Vec::new(), ..view.clone() };
    let stage = steps.first().map_or(0, |step| view.nodes[*step].stage);
    let title = view.stages.get(stage).map(|stage| stage.title.clone()).unwrap_or_default();
    page.title = format!("{}: {title}", view.title);
    let is_own = |step: usize| steps.contains(&step);
    // In the order of the steps that they lead to, or come from.
    let comes = others(view.edges.iter().filter(|edge| is_own(edge.to)).map(|edge| (edge.to, edge.from)), &is_own);
    let goes = others(view.edges.iter().filter(|edge| is_own(edge.from)).map(|edge| (edge.from, edge.to)), &is_own);
    page.stages.clear();
    let mut place_of = std::collections::BTreeMap::new();
    let column = |page: &mut View, title: &str| {
        page.stages.push(Stage { name: title.to_lowercase().replace(' ', "-"), title: title.to_owned() });
        page.stages.len() - 1
    };
    if !comes.is_empty() {
        let at = column(&mut page, "Comes from");
        for step in comes {
            place_of.insert((step, true), page.nodes.len());
            page.nodes.push(connector(view, step, at, true, page_of));
        }
    }
    let at = column(&mut page, &title);
    for &step in steps {
        place_of.insert((step, true), page.nodes.len());
        place_of.insert((step, false), page.nodes.len());
        page.nodes.push(Node { stage: at, ..view.nodes[step].clone() });
    }
    if !goes.is_empty() {
        let at = column(&mut page, "Goes on to");
        for step in goes {
            place_of.insert((step, false), page.nodes.len());
            page.nodes.push(connector(view, step, at, false, page_of));
        }
    }
    for edge in view.edges.iter().filter(|edge| is_own(edge.from) || is_own(edge.to)) {
        if let (Some(from), Some(to)) = (place_of.get(&(edge.from, true)), place_of.get(&(edge.to, false))) {
            // What a way is called is said on the page that it leaves from.
            let causes = if is_own(edge.from) { edge.causes.clone() } else { Vec::new() };
            page.edges.push(Edge { from: *from, to: *to, causes, ..edge.clone() });
        }
    }
    page
}

fn others(pairs: impl Iterator<Item = (usize, usize)>, is_own: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let mut pairs: Vec<(usize, usize)> = pairs.filter(|(_, other)| !is_own(*other)).collect();
    pairs.sort_unstable();
    let mut found = Vec::new();
    for (_, other) in pairs {
        if !found.contains(&other) {
            found.push(other);
        }
    }
    found
}

fn connector(view: &View, step: usize, stage: usize, comes: bool, page_of: &dyn Fn(usize) -> String) -> Node {
    let node = &view.nodes[step];
    Node {
        name: format!("{}{}", if comes { "from-" } else { "to-" }, node.name),
        title: node.title.clone(),
        kind: NodeKind::Elsewhere,
        actor: None,
        stage,
        way: 0,
        is_main: node.is_main,
        is_failure: false,
        starts: Vec::new(),
        stays: Vec::new(),
        about: vec![page_of(step)],
        marks: Vec::new(),
        step: None,
    }
}

/// The stages of a journey as a map, with the pages on which their steps are.
pub fn overview(view: &View, pages_of: &dyn Fn(usize) -> String) -> View {
    let mut map = View { nodes: Vec::new(), edges: Vec::new(), ..view.clone() };
    for (index, stage) in view.stages.iter().enumerate() {
        let steps = view.nodes.iter().filter(|node| node.stage == index);
        let (count, is_main) = (steps.clone().count(), steps.clone().any(|node| node.is_main));
        let marks = steps.flat_map(|node| node.marks.iter().cloned()).collect();
        map.nodes.push(Node {
            name: stage.name.clone(),
            title: format!("{count} {}", if count == 1 { "step" } else { "steps" }),
            kind: NodeKind::Journey,
            actor: None,
            stage: index,
            way: 0,
            is_main,
            is_failure: false,
            starts: Vec::new(),
            stays: Vec::new(),
            about: vec![pages_of(index)],
            marks,
            step: None,
        });
    }
    for edge in &view.edges {
        let (from, to) = (view.nodes[edge.from].stage, view.nodes[edge.to].stage);
        if from == to {
            continue;
        }
        match map.edges.iter_mut().find(|known| known.from == from && known.to == to) {
            Some(known) => {
                known.ways.extend(edge.ways.iter().copied());
                known.kind = known.kind.min(edge.kind);
            }
            None => map.edges.push(Edge { from, to, causes: Vec::new(), kind: edge.kind, ways: edge.ways.clone() }),
        }
    }
    for edge in &mut map.edges {
        if edge.kind != EdgeKind::Main && edge.ways.len() > 1 {
            edge.causes = vec![format!("{} ways", edge.ways.len())];
        }
    }
    map
}

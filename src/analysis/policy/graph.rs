//! What can happen, as a graph whose edges carry what a policy watches for. Made of a journey's steps, or of everything together.

/// Somebody who acts, as a number.
pub(super) type Actor = u8;

/// From one configuration to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    /// What is watched for, as bits.
    pub(super) seen: u8,
    /// Who does it.
    pub(super) actor: Actor,
    /// Whether it happens only if somebody likes to: a way need not wait for it to be over.
    pub(super) is_free: bool,
    /// Whether it may come again and again: not what may be tried so often, nor an answer that is not the last word.
    pub(super) is_lasting: bool,
    /// What it is, to whoever made the graph.
    pub(super) name: u32,
}

/// What can happen.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) starts: Vec<u32>,
    /// Sorted by where they begin.
    pub(super) edges: Vec<Edge>,
    /// For each configuration its first edge, and one past the last of all.
    first: Vec<u32>,
    /// Actors who surely do in the end what they can do again and again.
    pub(super) surely: Vec<bool>,
    /// Where nothing may follow although something can: where that depends on what is left out.
    pub(super) may_stop: Vec<bool>,
    /// Whether nothing was left out.
    pub(super) is_complete: bool,
}

impl Graph {
    /// A graph of so many configurations.
    pub(super) fn new(nodes: usize, starts: Vec<u32>, mut edges: Vec<Edge>, surely: Vec<bool>, is_complete: bool) -> Self {
        edges.sort_by_key(|edge| edge.from);
        let mut first = vec![0_u32; nodes + 1];
        for edge in &edges {
            first[edge.from as usize + 1] += 1;
        }
        for index in 0..nodes {
            first[index + 1] += first[index];
        }
        Self { starts, edges, first, surely, may_stop: Vec::new(), is_complete }
    }

    /// How many configurations there are.
    pub(super) fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The positions of the edges from a configuration.
    pub(super) fn from(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// Whether nothing must happen any more.
    pub(super) fn is_over(&self, node: u32) -> bool {
        let may_stop = self.may_stop.get(node as usize).is_some_and(|may| *may);
        may_stop || self.edges[self.from(node)].iter().all(|edge| edge.is_free || (edge.to == edge.from && edge.seen == 0))
    }

    /// What the moments of it carry.
    pub(super) fn moments(&self) -> Vec<u8> {
        let mut met = [false; 256];
        for edge in &self.edges {
            met[usize::from(edge.seen)] = true;
        }
        (0..=u8::MAX).filter(|moment| met[usize::from(*moment)]).collect()
    }
}

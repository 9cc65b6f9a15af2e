//! From order to places: everything takes the nearest place at which it touches nothing that comes before it.
//!
//! First from top to bottom, where whatever shares a column or lane counts as near; then from left to right, with the heights that are
//! now known. Each pass only ever moves things away from each other, so nothing can come to lie on anything else.

use super::boxes::{Box, Label, WIDTH};
use super::labels::Spot;
use super::lines::Lines;
use super::place::Grid;
use crate::diagram::scene::{Point, Rect};
use crate::diagram::view::View;

/// Where everything lies.
#[derive(Clone, Debug, Default)]
pub(in crate::diagram) struct Places {
    pub(in crate::diagram) nodes: Vec<Rect>,
    /// The corners of each line; empty where it could not be drawn.
    pub(in crate::diagram) lines: Vec<Vec<Point>>,
    pub(in crate::diagram) labels: Vec<Option<Rect>>,
    /// Left and right edge of each stage.
    pub(in crate::diagram) stages: Vec<(f64, f64)>,
    pub(in crate::diagram) width: f64,
    pub(in crate::diagram) height: f64,
}

/// Between lines beside each other.
const TRACK: f64 = 12.0;
/// Between a line and a step that it does not belong to.
const NEAR: f64 = 14.0;
/// Between a line and its label.
const BESIDE: f64 = 5.0;
/// Between a label and anything else.
const AROUND: f64 = 6.0;
/// The least length of a line between steps.
const STUB: f64 = 30.0;
/// Around the steps of a stage.
const MARGIN: f64 = 16.0;
/// Between a stage and a line outside it.
const OUTSIDE: f64 = 9.0;

pub(super) struct Geometry<'a> {
    pub(super) view: &'a View,
    pub(super) grid: &'a Grid,
    pub(super) boxes: &'a [Box],
    pub(super) lines: &'a Lines,
    pub(super) labels: &'a [Option<Label>],
    pub(super) spots: &'a [Option<Spot>],
}

impl Geometry<'_> {
    /// `top` is where the first lane begins.
    pub(super) fn places(&self, top: f64) -> Places {
        let down = self.down(top);
        let across = self.across(&down);
        let mut places = Places { stages: across.stages.clone(), width: across.width, height: down.bottom, ..Places::default() };
        for (node, (row, column)) in self.grid.at.iter().enumerate() {
            let height = self.boxes[node].height;
            places.nodes.push(Rect::new(across.columns[*column] - WIDTH / 2.0, down.rows[*row] - height / 2.0, WIDTH, height));
        }
        for edge in 0..self.view.edges.len() {
            places.lines.push(self.corners(edge, &down, &across, &places.nodes));
            places.labels.push(self.label_rect(edge, &down, &across));
        }
        places
    }

    fn label(&self, edge: usize) -> (f64, f64) {
        self.labels[edge].as_ref().map_or((0.0, 0.0), |label| (label.width, label.height))
    }

    /// Spots with their labels' sizes.
    fn placed(&self) -> impl Iterator<Item = (Spot, f64, f64)> {
        self.spots.iter().enumerate().filter_map(|(edge, spot)| {
            let (width, height) = self.label(edge);
            spot.map(|spot| (spot, width, height))
        })
    }

    /// From top to bottom.
    fn down(&self, top: f64) -> Down {
        let wide = 2 * self.grid.columns + 1;
        let mut floor = vec![top; wide];
        // The lower side of the last step in each column.
        let mut steps = vec![top - STUB; wide];
        let mut pieces = vec![0.0; self.lines.pieces.len()];
        let mut rows = vec![0.0; self.grid.rows];
        for y in 0..=2 * self.grid.rows {
            if y % 2 == 0 {
                self.lane_down(y, &mut floor, &mut pieces);
            } else {
                rows[y / 2] = self.row_down(y, &mut floor, &mut steps);
                for &piece in &self.lines.level[y] {
                    pieces[piece] = rows[y / 2] + self.lines.pieces[piece].place;
                }
            }
        }
        let bottom = floor.iter().fold(top, |bottom, at| bottom.max(*at));
        Down { pieces, rows, bottom }
    }

    /// The lanes that a label at the end of an upright piece lies in.
    fn lanes_of_end(&self, piece: usize, is_right: bool, width: f64) -> std::ops::RangeInclusive<usize> {
        let own = &self.lines.pieces[piece];
        let reach = if is_right { own.place } else { -own.place } + BESIDE + width + AROUND;
        match (reach > WIDTH / 2.0, is_right) {
            (false, _) => own.lane..=own.lane,
            (true, true) => own.lane..=own.lane + 1,
            (true, false) => own.lane - 1..=own.lane,
        }
    }

    fn lane_down(&self, y: usize, floor: &mut [f64], pieces: &mut [f64]) {
        for (spot, width, height) in self.placed() {
            if let Spot::AtEnd { piece, lane, is_below: true, is_right } = spot
                && lane == y
            {
                let lanes = self.lanes_of_end(piece, is_right, width);
                let from = lanes.clone().map(|lane| floor[lane]).fold(0.0, f64::max);
                lanes.for_each(|lane| floor[lane] = from + AROUND + height);
            }
        }
        for &piece in &self.lines.level[y] {
            let own = &self.lines.pieces[piece];
            let mut at = (own.low..=own.high).map(|lane| floor[lane]).fold(0.0, f64::max) + TRACK;
            let label = self.spots[own.edge].zip(Some(self.label(own.edge)));
            if let Some((Spot::AlongLevel { piece: labelled, column }, (_, height))) = label
                && labelled == piece
            {
                at = at.max(floor[column] + AROUND + height + BESIDE);
            }
            pieces[piece] = at;
            floor[own.low..=own.high].fill(at);
        }
        for (spot, width, height) in self.placed() {
            if let Spot::AtEnd { piece, lane, is_below: false, is_right } = spot
                && lane == y
            {
                let lanes = self.lanes_of_end(piece, is_right, width);
                let from = lanes.clone().map(|lane| floor[lane]).fold(0.0, f64::max);
                lanes.for_each(|lane| floor[lane] = from + AROUND + height + 2.0);
            }
        }
    }

    /// The middle of a row, below all that is above it.
    fn row_down(&self, y: usize, floor: &mut [f64], steps: &mut [f64]) -> f64 {
        let row = y / 2;
        let mut above = vec![0.0_f64; floor.len()];
        let mut below = vec![0.0_f64; floor.len()];
        let mut is_step = vec![false; floor.len()];
        for column in 0..self.grid.columns {
            if let Some(node) = self.grid.node(row, column) {
                let half = self.boxes[node].height / 2.0;
                (above[2 * column + 1], below[2 * column + 1], is_step[2 * column + 1]) = (half, half, true);
            }
        }
        for &piece in &self.lines.level[y] {
            let own = &self.lines.pieces[piece];
            for lane in own.low..=own.high {
                above[lane] = above[lane].max(-own.place);
                below[lane] = below[lane].max(own.place);
            }
        }
        for (spot, _, height) in self.placed() {
            match spot {
                Spot::AtSide { piece, row, lane, is_above, .. } if row == y => {
                    let place = self.lines.pieces[piece].place;
                    if is_above {
                        above[lane] = above[lane].max(BESIDE + height - place);
                    } else {
                        below[lane] = below[lane].max(BESIDE + height + place);
                    }
                }
                Spot::AlongUpright { piece, row } if row == y => {
                    let lane = self.lines.pieces[piece].lane;
                    above[lane] = above[lane].max(height / 2.0 + 2.0);
                    below[lane] = below[lane].max(height / 2.0 + 2.0);
                }
                _ => {}
            }
        }
        // A line that comes down to a step needs room for its arrow.
        let gap = |lane: usize| if is_step[lane] { NEAR } else { AROUND };
        let all = 0..floor.len();
        let free = all.clone().filter(|lane| above[*lane] > 0.0 || below[*lane] > 0.0).map(|lane| floor[lane] + gap(lane) + above[lane]);
        let straight = all.filter(|lane| is_step[*lane]).map(|lane| steps[lane] + STUB + above[lane]);
        let middle = free.chain(straight).fold(0.0, f64::max);
        for lane in 0..floor.len() {
            floor[lane] = floor[lane].max(middle + below[lane]);
            if is_step[lane] {
                steps[lane] = middle + below[lane];
            }
        }
        middle
    }

    /// From left to right, with exact heights.
    fn across(&self, down: &Down) -> Across {
        let mut sky = Sky::new(down.bottom + 100.0);
        let mut pieces = vec![0.0; self.lines.pieces.len()];
        let mut columns = vec![0.0; self.grid.columns];
        let mut stages = vec![(0.0, 0.0); self.grid.stages.len()];
        let mut right = 0.0_f64;
        for x in 0..=2 * self.grid.columns {
            if x % 2 == 1 {
                let column = x / 2;
                let stage = self.grid.stages.iter().position(|(first, last)| (*first..*last).contains(&column)).unwrap_or(0);
                let is_first = self.grid.stages[stage].0 == column;
                let least = if is_first { right + if column == 0 { 0.0 } else { OUTSIDE } + MARGIN } else { 0.0 };
                columns[column] = self.column_across(x, least, down, &mut sky, &mut pieces);
                let edge = columns[column] + WIDTH / 2.0;
                if is_first {
                    stages[stage].0 = columns[column] - WIDTH / 2.0 - MARGIN;
                }
                stages[stage].1 = edge + MARGIN;
                right = right.max(edge + MARGIN);
                if self.grid.stages[stage].1 == column + 1 {
                    // Labels may stand over the edge of a stage, lines beyond it.
                    right = right.max(sky.highest() - AROUND);
                    stages[stage].1 = stages[stage].1.max(edge + MARGIN);
                }
            } else {
                let is_outside = x == 0 || self.grid.stages.iter().any(|(first, last)| 2 * first == x || 2 * last == x);
                let least = if is_outside && x > 0 { stages.iter().map(|stage| stage.1).fold(0.0, f64::max) + OUTSIDE } else { 0.0 };
                for &piece in &self.lines.upright[x] {
                    let (from, to) = self.extent(piece, down);
                    let at = (sky.over(from - TRACK / 2.0, to + TRACK / 2.0) + TRACK / 2.0).max(least).max(if x == 0 { 4.0 } else { 0.0 });
                    pieces[piece] = at;
                    sky.raise(from - TRACK / 2.0, to + TRACK / 2.0, at + TRACK / 2.0);
                    right = right.max(at);
                    let own = &self.lines.pieces[piece];
                    let (width, height) = self.label(own.edge);
                    if let Some(Spot::AlongUpright { piece: labelled, row }) = self.spots[own.edge]
                        && labelled == piece
                    {
                        let middle = down.rows[row / 2];
                        sky.raise(middle - height / 2.0 - 2.0, middle + height / 2.0 + 2.0, at + BESIDE + width + AROUND);
                    }
                }
            }
        }
        Across { pieces, columns, stages, width: sky.highest().max(right) }
    }

    /// From where to where an upright piece runs.
    fn extent(&self, piece: usize, down: &Down) -> (f64, f64) {
        let own = &self.lines.of[self.lines.pieces[piece].edge];
        let at = own.iter().position(|other| *other == piece).unwrap_or(0);
        let edge = &self.view.edges[self.lines.pieces[piece].edge];
        let before =
            at.checked_sub(1).map_or_else(|| self.side_of(edge.from, self.lines.pieces[piece].is_forward, down), |at| down.pieces[own[at]]);
        let after =
            own.get(at + 1).map_or_else(|| self.side_of(edge.to, !self.lines.pieces[piece].is_forward, down), |after| down.pieces[*after]);
        (before.min(after), before.max(after))
    }

    fn side_of(&self, node: usize, is_lower: bool, down: &Down) -> f64 {
        let half = self.boxes[node].height / 2.0;
        down.rows[self.grid.at[node].0] + if is_lower { half } else { -half }
    }

    fn column_across(&self, x: usize, least: f64, down: &Down, sky: &mut Sky, pieces: &mut [f64]) -> f64 {
        let column = x / 2;
        // Everything in the column, as how far it reaches to the left and to the right of the middle, and from where to where.
        let mut members: Vec<(f64, f64, f64, f64)> = Vec::new();
        for row in 0..self.grid.rows {
            if let Some(node) = self.grid.node(row, column) {
                let half = self.boxes[node].height / 2.0 + 4.0;
                members.push((
                    WIDTH / 2.0 + NEAR - TRACK / 2.0,
                    WIDTH / 2.0 + NEAR - TRACK / 2.0,
                    down.rows[row] - half,
                    down.rows[row] + half,
                ));
            }
        }
        for &piece in &self.lines.upright[x] {
            let (from, to) = self.extent(piece, down);
            let place = self.lines.pieces[piece].place;
            members.push((TRACK / 2.0 - place, TRACK / 2.0 + place, from, to));
        }
        for (edge, spot) in self.spots.iter().enumerate() {
            let (width, height) = self.label(edge);
            match spot {
                Some(Spot::AtEnd { piece, is_right, .. }) if self.lines.pieces[*piece].lane == x => {
                    let Some((y, _)) = self.end_label(edge, down) else { continue };
                    let place = self.lines.pieces[*piece].place;
                    let reach = BESIDE + width + AROUND;
                    let sides = if *is_right { (-place, place + reach) } else { (reach - place, place) };
                    members.push((sides.0, sides.1, y - 2.0, y + height + 2.0));
                }
                Some(Spot::AtSide { piece, row, lane, is_right, is_above }) if (if *is_right { lane - 1 } else { lane + 1 }) == x => {
                    let middle = down.rows[row / 2] + self.lines.pieces[*piece].place;
                    let (from, to) =
                        if *is_above { (middle - BESIDE - height, middle + 2.0) } else { (middle - 2.0, middle + BESIDE + height) };
                    let arrow = if self.arrives(edge, *piece) { 12.0 } else { 0.0 };
                    let reach = WIDTH / 2.0 + AROUND + arrow + width + AROUND;
                    members.push(if *is_right { (0.0, reach, from, to) } else { (reach, 0.0, from, to) });
                }
                _ => {}
            }
        }
        let middle = members.iter().map(|(left, _, from, to)| sky.over(*from, *to) + left).fold(least + WIDTH / 2.0, f64::max);
        for (_, right, from, to) in members {
            sky.raise(from, to, middle + right);
        }
        for &piece in &self.lines.upright[x] {
            pieces[piece] = middle + self.lines.pieces[piece].place;
        }
        middle
    }

    /// Whether a label at a piece stands where the line arrives.
    fn arrives(&self, edge: usize, piece: usize) -> bool {
        self.lines.of[edge].last() == Some(&piece)
    }

    /// Top of a label at the end of an upright piece, and the lane.
    fn end_label(&self, edge: usize, down: &Down) -> Option<(f64, usize)> {
        let (_, height) = self.label(edge);
        let Some(Spot::AtEnd { piece, lane, is_below, .. }) = self.spots[edge] else { return None };
        let own = &self.lines.pieces[piece];
        let ends = &self.view.edges[edge];
        // The step that the label stands at: above it, or below.
        let at_source = own.is_forward == is_below;
        let node = if at_source { ends.from } else { ends.to };
        let side = self.side_of(node, is_below, down);
        let y = if is_below { side + AROUND } else { side - AROUND - 2.0 - height };
        Some((y, lane))
    }

    fn label_rect(&self, edge: usize, down: &Down, across: &Across) -> Option<Rect> {
        let (width, height) = self.label(edge);
        Some(match self.spots[edge]? {
            Spot::AtEnd { piece, is_right, .. } => {
                let (y, _) = self.end_label(edge, down)?;
                let x = across.pieces[piece];
                Rect::new(if is_right { x + BESIDE } else { x - BESIDE - width }, y, width, height)
            }
            Spot::AtSide { piece, row, lane, is_right, is_above } => {
                let middle = down.rows[row / 2] + self.lines.pieces[piece].place;
                let y = if is_above { middle - BESIDE - height + 2.0 } else { middle + BESIDE - 2.0 };
                let arrow = if self.arrives(edge, piece) { 12.0 } else { 0.0 };
                let x = if is_right {
                    across.columns[lane / 2 - 1] + WIDTH / 2.0 + AROUND + arrow
                } else {
                    across.columns[lane / 2] - WIDTH / 2.0 - AROUND - arrow - width
                };
                Rect::new(x, y, width, height)
            }
            Spot::AlongUpright { piece, row } => Rect::new(across.pieces[piece] + BESIDE, down.rows[row / 2] - height / 2.0, width, height),
            Spot::AlongLevel { piece, column } => {
                let middle = across.columns[column / 2];
                Rect::new(middle - width / 2.0, down.pieces[piece] - BESIDE - height + 2.0, width, height)
            }
        })
    }

    fn corners(&self, edge: usize, down: &Down, across: &Across, nodes: &[Rect]) -> Vec<Point> {
        let own = &self.lines.of[edge];
        let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
        let meet = |piece: usize, node: Rect, leaves: bool| {
            let it = &self.lines.pieces[piece];
            let at_end = it.is_forward == leaves;
            if it.is_upright {
                Point::new(across.pieces[piece], if at_end { node.bottom() } else { node.y })
            } else {
                Point::new(if at_end { node.right() } else { node.x }, down.pieces[piece])
            }
        };
        let mut points = vec![meet(*first, nodes[self.view.edges[edge].from], true)];
        for two in own.windows(2) {
            let (upright, level) = if self.lines.pieces[two[0]].is_upright { (two[0], two[1]) } else { (two[1], two[0]) };
            points.push(Point::new(across.pieces[upright], down.pieces[level]));
        }
        points.push(meet(*last, nodes[self.view.edges[edge].to], false));
        points
    }
}

/// What the pass from top to bottom finds: the height of level pieces, the middle of rows.
struct Down {
    pieces: Vec<f64>,
    rows: Vec<f64>,
    bottom: f64,
}

/// What the pass from left to right finds.
struct Across {
    pieces: Vec<f64>,
    columns: Vec<f64>,
    stages: Vec<(f64, f64)>,
    width: f64,
}

/// How far to the right things reach, at every height.
struct Sky {
    at: Vec<f64>,
}

/// Heights are told apart by so much.
const FINE: f64 = 2.0;

impl Sky {
    fn new(height: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height in bounds, rounded on purpose")]
        let count = (height / FINE).ceil().clamp(1.0, 1e7) as usize;
        Self { at: vec![0.0; count] }
    }

    fn range(&self, from: f64, to: f64) -> std::ops::Range<usize> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, rounded on purpose")]
        let (from, to) = ((from / FINE).floor().max(0.0) as usize, (to / FINE).ceil().max(0.0) as usize);
        from.min(self.at.len())..to.min(self.at.len()).max(from.min(self.at.len()))
    }

    fn over(&self, from: f64, to: f64) -> f64 {
        self.at[self.range(from, to)].iter().fold(0.0, |most, at| most.max(*at))
    }

    fn raise(&mut self, from: f64, to: f64, to_x: f64) {
        let range = self.range(from, to);
        for at in &mut self.at[range] {
            *at = at.max(to_x);
        }
    }

    fn highest(&self) -> f64 {
        self.at.iter().fold(0.0, |most, at| most.max(*at))
    }
}

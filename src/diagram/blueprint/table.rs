//! Where the cards of a blueprint lie: which columns a stage has, what stands on which page, how high each row is.

use std::collections::BTreeMap;

use crate::diagram::scene::Rect;
use crate::diagram::sheet::{Block, MARGIN, SMALL, SMALL_LINE, page, times};
use crate::diagram::text::{Weight, wrap};
use crate::diagram::view::{At, Blueprint, Card, Row};

/// Room for the names of the rows.
pub(super) const GUTTER: f64 = 142.0;
/// From column to column: wide ones make a table less high.
pub(super) const COLUMNS: [f64; 3] = [192.0, 230.0, 276.0];
/// Between cards, and around them.
pub(super) const GAP: f64 = 8.0;
/// Between the edge of a card and its text.
pub(super) const PAD: f64 = 9.0;
/// Room for the names of the stages.
pub(super) const STAGE: f64 = 34.0;
/// Room for a line that divides the table.
pub(super) const DIVIDER: f64 = 26.0;

/// The rows that hold cards in columns.
const STACKS: [Row; 6] = [Row::Screen, Row::Aside, Row::Staff, Row::Backend, Row::Message, Row::Time];

/// A card with its text in lines.
#[derive(Debug)]
pub(super) struct Sized<'b> {
    pub(super) card: &'b Card,
    pub(super) block: Block,
    pub(super) height: f64,
}

/// All cards, measured once.
pub(super) struct Table<'b> {
    pub(super) blueprint: &'b Blueprint,
    column: f64,
    cards: BTreeMap<(Row, usize), Vec<Sized<'b>>>,
}

impl<'b> Table<'b> {
    pub(super) fn new(blueprint: &'b Blueprint, column: f64) -> Self {
        let mut cards: BTreeMap<(Row, usize), Vec<Sized<'b>>> = BTreeMap::new();
        for card in &blueprint.cards {
            let bar = if card.actor.is_some() { 9.0 } else { 0.0 };
            let block = Block::new(&card.heading, &card.details, column - GAP - 2.0 * PAD - bar);
            let height = block.height() + 2.0 * PAD;
            cards.entry((card.row, card.at.stage)).or_default().push(Sized { card, block, height });
        }
        Self { blueprint, column, cards }
    }

    fn of(&self, row: Row, stage: usize) -> &[Sized<'b>] {
        self.cards.get(&(row, stage)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// How many columns each stage has, and in which of them the steps beside the main way begin.
pub(super) struct Columns {
    counts: Vec<usize>,
    beside: Vec<usize>,
}

impl Columns {
    /// Steps beside the main way stand below it, or `apart` from it.
    pub(super) fn new(table: &Table<'_>, apart: bool) -> Self {
        let stages = &table.blueprint.stages;
        let counts = stages.iter().map(|stage| if apart { stage.main + stage.beside } else { stage.main.max(stage.beside) }.max(1));
        let beside = stages.iter().map(|stage| if apart { stage.main } else { 0 });
        Self { counts: counts.collect(), beside: beside.collect() }
    }

    fn of(&self, at: At) -> usize {
        if at.is_beside { self.beside[at.stage] + at.index } else { at.index }
    }

    pub(super) fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A stage, or a piece of one, on a page.
#[derive(Clone, Copy, Debug)]
struct Piece {
    stage: usize,
    first: usize,
    count: usize,
}

/// A card at its place: the column on the page, and how far below the top of its row.
pub(super) struct Placed<'t> {
    pub(super) sized: &'t Sized<'t>,
    pub(super) column: usize,
    pub(super) below: f64,
}

/// A stage on a page: its title, its first column there, how many it has, and whether it began on an earlier page.
pub(super) struct Part<'t> {
    pub(super) title: &'t str,
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) continues: bool,
}

/// Something that spans columns in a row of its own: lane, first column, last column.
pub(super) struct Bar {
    pub(super) lane: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) lines: Vec<String>,
    pub(super) said: String,
    pub(super) is_outside: bool,
}

/// One page of the table.
pub(super) struct Page<'t> {
    pub(super) parts: Vec<Part<'t>>,
    pub(super) rows: BTreeMap<Row, Vec<Placed<'t>>>,
    pub(super) places: Vec<Bar>,
    pub(super) systems: Vec<Bar>,
    pub(super) columns: usize,
    /// From column to column.
    pub(super) column: f64,
}

/// The pages, where none has more columns than `most`. Stages are kept together where that is possible.
pub(super) fn pages<'t>(table: &'t Table<'t>, columns: &Columns, most: usize) -> Vec<Page<'t>> {
    let mut pages: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut room = most;
    for (stage, count) in columns.counts.iter().enumerate() {
        if *count > room && room < most {
            pages.push(Vec::new());
            room = most;
        }
        let mut first = 0;
        while first < *count {
            if room == 0 {
                pages.push(Vec::new());
                room = most;
            }
            let taken = (*count - first).min(room);
            if let Some(page) = pages.last_mut() {
                page.push(Piece { stage, first, count: taken });
            }
            first += taken;
            room -= taken;
        }
    }
    pages.iter().filter(|pieces| !pieces.is_empty()).map(|pieces| one(table, columns, pieces)).collect()
}

fn one<'t>(table: &'t Table<'t>, columns: &Columns, pieces: &[Piece]) -> Page<'t> {
    let mut page =
        Page { parts: Vec::new(), rows: BTreeMap::new(), places: Vec::new(), systems: Vec::new(), columns: 0, column: table.column };
    for piece in pieces {
        page.parts.push(Part {
            title: &table.blueprint.stages[piece.stage].title,
            first: page.columns,
            count: piece.count,
            continues: piece.first > 0,
        });
        for row in STACKS {
            let stacked = stack(table.of(row, piece.stage), columns);
            let here = stacked.into_iter().filter(|placed| (piece.first..piece.first + piece.count).contains(&placed.column));
            let at = page.columns;
            let moved = here.map(|placed| Placed { column: placed.column - piece.first + at, ..placed });
            page.rows.entry(row).or_default().extend(moved);
        }
        for sized in table.of(Row::Place, piece.stage) {
            let column = columns.of(sized.card.at);
            if (piece.first..piece.first + piece.count).contains(&column) {
                add_place(&mut page.places, column - piece.first + page.columns, &sized.card.heading);
            }
        }
        page.columns += piece.count;
    }
    page.rows.retain(|_, cards| !cards.is_empty());
    page.systems = systems(page.rows.get(&Row::Backend).map(Vec::as_slice).unwrap_or_default());
    for bar in page.places.iter_mut().chain(&mut page.systems) {
        bar.lines = wrap(&bar.said, SMALL, Weight::SemiBold, times(bar.last + 1 - bar.first, table.column) - GAP - 2.0 * PAD, 3);
    }
    page
}

/// Cards one below the other, each in the column of its step.
fn stack<'t>(cards: &'t [Sized<'t>], columns: &Columns) -> Vec<Placed<'t>> {
    let mut filled: BTreeMap<usize, f64> = BTreeMap::new();
    let mut placed = Vec::new();
    for sized in cards {
        let column = columns.of(sized.card.at);
        let below = filled.entry(column).or_default();
        placed.push(Placed { sized, column, below: *below });
        *below += sized.height + GAP;
    }
    placed
}

fn add_place(places: &mut Vec<Bar>, column: usize, said: &str) {
    if let Some(last) = places.last_mut().filter(|last| last.said == said && last.last + 1 == column) {
        last.last = column;
    } else if !said.is_empty() {
        places.push(Bar { lane: 0, first: column, last: column, lines: Vec::new(), said: said.to_owned(), is_outside: false });
    }
}

/// A lane for each system, a bar wherever it does something.
fn systems(cards: &[Placed<'_>]) -> Vec<Bar> {
    let mut used: Vec<(&(String, bool), Vec<usize>)> = Vec::new();
    let mut cards: Vec<&Placed<'_>> = cards.iter().collect();
    cards.sort_by_key(|placed| placed.column);
    for placed in cards {
        let Some(system) = &placed.sized.card.system else { continue };
        match used.iter_mut().find(|(known, _)| known.0 == system.0) {
            Some((_, columns)) => columns.push(placed.column),
            None => used.push((system, vec![placed.column])),
        }
    }
    let mut bars: Vec<Bar> = Vec::new();
    for (lane, ((title, is_outside), columns)) in used.into_iter().enumerate() {
        let said = if *is_outside { format!("{title} (outside)") } else { title.clone() };
        for column in columns {
            match bars.last_mut().filter(|bar| bar.lane == lane && column <= bar.last + 1) {
                Some(bar) => bar.last = column,
                None => {
                    bars.push(Bar { lane, first: column, last: column, lines: Vec::new(), said: said.clone(), is_outside: *is_outside });
                }
            }
        }
    }
    bars
}

/// How high the bars of a lane are.
pub(super) fn lane_height(bars: &[Bar], lane: usize) -> f64 {
    let lines = bars.iter().filter(|bar| bar.lane == lane).map(|bar| bar.lines.len()).max().unwrap_or_default();
    times(lines, SMALL_LINE) + 10.0
}

/// How high all lanes are together.
pub(super) fn lanes_height(bars: &[Bar]) -> f64 {
    let lanes = bars.iter().map(|bar| bar.lane + 1).max().unwrap_or_default();
    (0..lanes).map(|lane| lane_height(bars, lane) + 4.0).sum::<f64>() - 4.0
}

impl Page<'_> {
    /// How high a row is, with the room around it.
    pub(super) fn row_height(&self, row: Row) -> f64 {
        let cards = self.rows.get(&row).map(Vec::as_slice).unwrap_or_default();
        cards.iter().map(|placed| placed.below + placed.sized.height).fold(38.0, f64::max) + 2.0 * GAP
    }

    /// How wide the table is.
    pub(super) fn width(&self) -> f64 {
        // A title needs some room, however few columns there are.
        (GUTTER + times(self.columns, self.column)).max(640.0)
    }

    /// How large the page is, as nearly as is needed to choose.
    pub(super) fn size(&self, blueprint: &Blueprint) -> (f64, f64) {
        let (_, top) = page(&blueprint.title, &blueprint.goal, None, self.width(), String::new());
        let rows: f64 = self.rows.keys().map(|row| self.row_height(*row)).sum();
        let bars = [&self.places, &self.systems].into_iter().filter(|bars| !bars.is_empty());
        let bars: f64 = bars.map(|bars| lanes_height(bars) + 2.0 * GAP).sum();
        (self.width() + 2.0 * MARGIN, top + STAGE + rows + bars + 2.0 * DIVIDER + MARGIN)
    }

    /// The place of a card in its column.
    pub(super) fn card_at(&self, column: usize, top: f64, height: f64) -> Rect {
        Rect::new(MARGIN + GUTTER + times(column, self.column) + GAP / 2.0, top, self.column - GAP, height)
    }
}

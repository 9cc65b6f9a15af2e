//! A world as a Promela model for SPIN: one process, one loop, one flat guarded command for each thing that may happen.
//!
//! SPIN leaves out of a state what nothing reads, so one command reads everything; it is also a check. Each command is a `d_step`, one
//! step from one state to the next, so that SPIN's states are the configurations of the world, one for one.

mod commands;
mod fields;

use std::fmt::Write as _;

use crate::analysis::world::World;
use crate::export::words;
use crate::model::Plan;
use commands::Writer;
use fields::{Field, Fields};

/// The most journeys that the heading names.
const JOURNEYS: usize = 4;

/// The model of a world.
pub fn promela(plan: &Plan, world: &World) -> String {
    let fields = Fields::new(plan, world);
    let starts = Starts::new(world);
    let mut out = heading(plan, world, &fields);
    for (index, field) in fields.variables.iter().enumerate() {
        out += &declared(field, starts.first(index));
        for statement in &fields.statements[index] {
            let _ = writeln!(out, "#define {} ({})", statement.name, statement.text);
        }
    }
    for (walker, field) in world.walkers.iter().zip(&fields.walkers) {
        out += &declared(field, walker.classes[0]);
    }
    out += &everything_in_range(&fields);
    out += "\nactive proctype plan()\n{\n";
    out += &starts.text(&fields);
    out += "end_nothing_more_happens:\n  do\n";
    let writer = Writer { plan, world, fields: &fields };
    for (index, field) in fields.walkers.iter().enumerate() {
        let _ = writeln!(out, "\n  /* {} */\n{}", comment(&field.what), writer.moves(index).trim_end());
    }
    let free = writer.free();
    if !free.is_empty() {
        let _ = writeln!(out, "\n  /* what happens by itself: answers, timers, what systems send */\n{}", free.trim_end());
    }
    out += "\n  :: d_step { !everything_in_range -> assert(false) }\n  od\n}\n";
    out
}

fn heading(plan: &Plan, world: &World, fields: &Fields) -> String {
    let journeys: Vec<String> = plan.journeys.iter().map(|(_, journey)| journey.name.text.clone()).collect();
    let commands = world.free.len() + world.walkers.iter().map(|walker| walker.moves.len()).sum::<usize>();
    let mut unfinished = fields.statements.iter().filter_map(|statements| statements.last());
    let claim = unfinished.next().map_or("false", |statement| statement.name.as_str());
    format!(
        "/*
 * {}: everything together, as a model for SPIN.
 * {} variables, {commands} things that may happen, one step at a time and in any order.
 *
 *   spin -a plan.pml && gcc -O2 -DSAFETY -o pan pan.c && ./pan
 *
 * A failing assertion is a late answer for which a thing has no place; `spin -t plan.pml` tells how it comes to that,
 * and `./pan -c0` counts all of them. Claims of your own stand best in a file that includes this one:
 *
 *   ltl mine {{ [] !({claim} && ..) }}
 */
",
        comment(&words::some(&journeys, JOURNEYS)),
        world.variables.len() + world.walkers.len(),
    )
}

/// A variable with its constants.
fn declared(field: &Field, first: usize) -> String {
    let width = field.values.iter().map(|value| value.name.len()).max().unwrap_or(0);
    let mut out = format!("\n/* {} */\n", comment(&field.what));
    for (number, value) in field.values.iter().enumerate() {
        let note = if value.note.is_empty() { String::new() } else { format!(" /* {} */", comment(&value.note)) };
        let _ = writeln!(out, "#define {:width$} {number}{note}", value.name);
    }
    let kind = if field.values.len() <= 256 { "byte" } else { "int" };
    let _ = writeln!(out, "{kind} {} = {};", field.name, field.values[first].name);
    out
}

fn everything_in_range(fields: &Fields) -> String {
    let each: Vec<String> = fields.all().map(|field| format!("{} < {}", field.name, field.values.len())).collect();
    let all = if each.is_empty() { "true".to_owned() } else { each.join(" && \\\n   ") };
    format!(
        "\n/* Nothing is ever anything else. SPIN leaves out of its states what nothing reads, and this reads everything. */\n#define everything_in_range \\\n  ({all})\n"
    )
}

/// What each variable may be in the beginning.
struct Starts<'w> {
    world: &'w World,
    /// For each variable, in order, where every combination is possible.
    each: Vec<Vec<u8>>,
    is_product: bool,
}

impl<'w> Starts<'w> {
    fn new(world: &'w World) -> Self {
        let values = |index: usize| {
            let mut values: Vec<u8> = world.starts.iter().filter_map(|start| start.get(index).copied()).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        let each: Vec<Vec<u8>> = (0..world.variables.len()).map(values).collect();
        let is_product = each.iter().map(Vec::len).product::<usize>() == world.starts.len();
        Self { world, each, is_product }
    }

    fn first(&self, variable: usize) -> usize {
        self.each[variable].first().copied().map_or(0, usize::from)
    }

    /// Nothing where there is one beginning, which stands in the declarations.
    fn text(&self, fields: &Fields) -> String {
        if self.world.starts.len() <= 1 {
            return String::new();
        }
        let is = |index: usize, value: u8| {
            let field = &fields.variables[index];
            format!("{} = {}", field.name, field.values[usize::from(value)].name)
        };
        let mut out = String::from("  /* what may be there already in the beginning */\n  atomic {\n");
        if self.is_product {
            for (index, values) in self.each.iter().enumerate().filter(|(_, values)| values.len() > 1) {
                let options: Vec<String> = values.iter().map(|value| format!(":: {}", is(index, *value))).collect();
                let _ = writeln!(out, "    if {} fi;", options.join(" "));
            }
        } else {
            out += "    if\n";
            for start in &self.world.starts {
                let sets: Vec<String> = start.iter().enumerate().map(|(index, value)| is(index, *value)).collect();
                let _ = writeln!(out, "    :: {};", sets.join("; "));
            }
            out += "    fi;\n";
        }
        out + "  }\n"
    }
}

/// A text inside of a comment.
fn comment(text: &str) -> String {
    text.replace("*/", "* /").replace(char::is_control, " ")
}

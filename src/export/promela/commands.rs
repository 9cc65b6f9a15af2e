//! What may happen, as guarded commands: conditions, what it is in the plan's words, and what becomes of what.

use std::fmt::Write as _;

use super::fields::{Field, Fields};
use crate::analysis::world::{Command, Variable, Walker, World};
use crate::export::words;
use crate::model::Plan;

/// The most events that a command names.
const NAMED: usize = 2;

/// Writes commands of one world.
pub(super) struct Writer<'a> {
    pub(super) plan: &'a Plan,
    pub(super) world: &'a World,
    pub(super) fields: &'a Fields,
}

impl Writer<'_> {
    /// The moves of one walker.
    pub(super) fn moves(&self, index: usize) -> String {
        let (walker, field) = (&self.world.walkers[index], &self.fields.walkers[index]);
        let mut out = String::new();
        for (from, to, command) in &walker.moves {
            let here = format!("{} == {}", field.name, field.values[*from].name);
            let moved = (from != to).then(|| (field.name.as_str(), field.values[*to].name.as_str()));
            out += &self.command(&walker.commands[*command], Some(here), moved, &self.told(walker, (*from, *to, *command)));
        }
        out
    }

    /// What happens without anybody's way.
    pub(super) fn free(&self) -> String {
        let told = |event| words::event(self.plan, event);
        self.world.free.iter().map(|(command, event)| self.command(command, None, None, &told(*event))).collect()
    }

    /// What is behind a move, in the plan's words.
    fn told(&self, walker: &Walker, (from, to, command): (usize, usize, usize)) -> String {
        let behind = walker
            .edges
            .iter()
            .filter(|edge| edge.command == command && walker.classes[edge.from] == from && walker.classes[edge.to] == to);
        let mut events: Vec<String> = Vec::new();
        for event in behind.map(|edge| words::event(self.plan, edge.event)) {
            if !events.contains(&event) {
                events.push(event);
            }
        }
        format!("{}: {}", words::walker(self.plan, walker.who), words::some(&events, NAMED))
    }

    fn command(&self, command: &Command, here: Option<String>, moved: Option<(&str, &str)>, told: &str) -> String {
        let asked = command.guard.iter().filter_map(|(variable, mask)| condition(&self.fields.variables[*variable], *mask));
        let conditions: Vec<String> = here.into_iter().chain(asked).collect();
        let conditions = if conditions.is_empty() { "true".to_owned() } else { conditions.join(" && ") };
        let mut becomes: Vec<(&str, &str)> = moved.into_iter().collect();
        let mut set = |name, value| match becomes.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = value,
            None => becomes.push((name, value)),
        };
        for begun in &command.begins {
            let (walker, field) = (&self.world.walkers[*begun], &self.fields.walkers[*begun]);
            set(&field.name, &field.values[walker.classes[walker.beginning]].name);
        }
        for (variable, value) in &command.sets {
            let field = &self.fields.variables[*variable];
            set(&field.name, &field.values[usize::from(*value)].name);
        }
        let mut out = format!("  :: d_step {{ {conditions} ->\n       printf(\"{}\\n\");\n", quoted(told));
        for (name, value) in becomes {
            let _ = writeln!(out, "       {name} = {value};");
        }
        out += &self.unanswered(command);
        out += "     }\n";
        out
    }

    /// An assertion that does not hold once the command has happened: a late answer came, and the thing has no place for it.
    fn unanswered(&self, command: &Command) -> String {
        let Some((outcome, state)) = command.unanswered else { return String::new() };
        let is_answer =
            |(variable, _): &&(usize, u8)| matches!(self.world.variables[*variable], Variable::Answer(action) if action == outcome.action);
        let answer = command.sets.iter().find(is_answer).map(|(variable, value)| {
            let field = &self.fields.variables[*variable];
            format!("{} == {}", field.name, field.values[usize::from(*value)].name)
        });
        let thing = self.world.variable(state.entity).map(|variable| {
            let field = &self.fields.variables[variable];
            format!("{} == {}", field.name, field.values[state.index + 1].name)
        });
        let met: Vec<String> = answer.into_iter().chain(thing).collect();
        let (outcome, state) = (words::outcome_name(self.plan, outcome), words::state_name(self.plan, state));
        format!("       /* {} has no answer for {} */\n       assert(!({}));\n", state, outcome, met.join(" && "))
    }
}

/// That a variable has one of some values; nothing where it may have any.
fn condition(field: &Field, mask: u64) -> Option<String> {
    let is_in = |value: &usize| *value < 64 && mask >> *value & 1 == 1;
    let (yes, no): (Vec<usize>, Vec<usize>) = (0..field.values.len()).partition(is_in);
    let each = |values: &[usize], relation: &str, word: &str| {
        let all = values.iter().map(|value| format!("{} {relation} {}", field.name, field.values[*value].name));
        all.collect::<Vec<_>>().join(word)
    };
    match (&yes[..], &no[..]) {
        (_, []) => None,
        ([], _) => Some("false".to_owned()),
        ([_], _) => Some(each(&yes, "==", "")),
        (_, no) if no.len() < yes.len() => Some(each(no, "!=", " && ")),
        _ => Some(format!("({})", each(&yes, "==", " || "))),
    }
}

/// A text inside of quotes: on one line, without what the language or C reads as more than a letter.
fn quoted(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' => '\'',
        '\\' => '/',
        '%' | '*' => '-',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fields::{Field, Value};
    use super::{condition, quoted};

    #[test]
    fn the_shortest_condition_is_written() {
        let value = |name: &str| Value { name: name.to_owned(), note: String::new() };
        let field = Field { name: "x".to_owned(), what: String::new(), values: ["A", "B", "C", "D"].map(value).into() };
        assert_eq!(condition(&field, 0b1111), None);
        assert_eq!(condition(&field, u64::MAX), None);
        assert_eq!(condition(&field, 0b0100).as_deref(), Some("x == C"));
        assert_eq!(condition(&field, !0b0001).as_deref(), Some("x != A"));
        assert_eq!(condition(&field, 0b0101).as_deref(), Some("(x == A || x == C)"));
        assert_eq!(condition(&field, 0b1_0000).as_deref(), Some("false"));
    }

    #[test]
    fn labels_cannot_break_out_of_their_quotes() {
        assert_eq!(quoted("100 % \"sure\" \\n */ \n注文"), "100 - 'sure' /n -/  注文");
    }
}

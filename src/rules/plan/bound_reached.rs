//! See `bound_reached.md`.

use crate::analysis::Extent;
use crate::finding::{Finding, Level};
use crate::model::{EntityId, Subject};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "bound-reached",
    group: Group::Plan,
    level: Level::Warning,
    page: include_str!("bound_reached.md"),
    follows_from: &[FollowsFrom::in_plan("unknown-name")],
    phase: Phase::Plan,
    check,
};

const ABSENCE: &str = "whether it stays unfinished when somebody never comes back";
const ANSWERS: &str = "which late answers it has no place for";

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let absences = cx.absences().iter().map(|(entity, _, extent)| (*entity, *extent, ABSENCE));
    let answers = cx.unanswered().iter().map(|(entity, _, extent)| (*entity, *extent, ANSWERS));
    let mut open: Vec<(EntityId, usize, Vec<&str>)> = Vec::new();
    for (entity, extent, question) in absences.chain(answers) {
        let Extent::UpTo(number) = extent else { continue };
        match open.iter_mut().find(|(known, ..)| *known == entity) {
            Some((_, least, questions)) => {
                *least = number.min(*least);
                questions.push(question);
            }
            None => open.push((entity, number, vec![question])),
        }
    }
    open.into_iter().map(|(entity, number, questions)| finding(cx, entity, number, &questions)).collect()
}

fn finding(cx: &Context<'_>, entity: EntityId, number: usize, questions: &[&str]) -> Finding {
    let name = &cx.plan.entities[entity].name;
    let open = if questions.len() == 1 { "a question about" } else { "two questions about" };
    let stays = if questions.len() == 1 { "stays" } else { "stay" };
    let questions = questions.join(", and ");
    let (why, first) = match number {
        0 => ("too many ways hang together here to look at them at once".to_owned(), ""),
        number => (format!("{number} situations were looked at, and there are more"), "Look further with a larger `--max-states`. "),
    };
    let help = format!(
        "{first}`flowcheck export --to promela --entity {name}` writes a model for SPIN, which goes on where this program stops; \
         docs/checking-large-plans.md says how."
    );
    Finding::new(Subject::Entity(entity), name.span, format!("{open} `{name}` {stays} open, {questions}: {why}")).help(help)
}

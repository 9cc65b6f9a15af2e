//! See `later_without_anchor.md`.

use crate::finding::{Finding, Level};
use crate::model::Subject;
use crate::rules::snippet::{OPEN, under};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};
use crate::spec::LaterStatus;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "later-without-anchor",
    group: Group::Later,
    level: Level::Info,
    page: include_str!("later_without_anchor.md"),
    follows_from: &[FollowsFrom::on_subject("missing-key")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // Before there is a step, there is nothing that it could attach to.
    if cx.plan.steps.is_empty() {
        return Vec::new();
    }
    let open = cx.plan.later.iter().filter_map(|(id, later)| {
        let status = match later.form.status? {
            LaterStatus::Planned => "planned",
            LaterStatus::Later => "later",
            LaterStatus::Never => return None,
        };
        later.form.attaches_to.is_none().then_some((id, later, status))
    });
    let finding = |(id, later, status): (_, &crate::model::Later, &str)| {
        let name = &later.name;
        let message = match status {
            "planned" => format!("`{name}` is planned, and nothing says what it will attach to"),
            _ => format!("`{name}` comes later, and nothing says what it will attach to"),
        };
        let entry = under(&["later"], [format!("{name}: {{status: {status}, attaches-to: {OPEN}}}")]);
        let help = format!(
            "Name the step, the entity or the backend action where it will begin:\n{entry}\nOr decide against it: `{name}: never`."
        );
        Finding::new(Subject::Later(id), name.span, message).help(help)
    };
    open.map(finding).collect()
}

//! See `surface_without_job.md`.

use crate::finding::{Finding, Level};
use crate::model::{Plan, Subject, SurfaceId};
use crate::rules::words::{quoted, some_of};
use crate::rules::{Context, FollowsFrom, Group, Phase, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    name: "surface-without-job",
    group: Group::Surfaces,
    level: Level::Warning,
    page: include_str!("surface_without_job.md"),
    follows_from: &[FollowsFrom::on_subject("unused-declaration")],
    phase: Phase::Plan,
    check,
};

fn check(cx: &Context<'_>) -> Vec<Finding> {
    // Where there is one surface, its job is the product.
    if cx.plan.surfaces.len() < 2 {
        return Vec::new();
    }
    let jobless = cx.plan.surfaces.iter().filter(|(_, surface)| surface.used && surface.form.job.is_none()).map(|(id, _)| id);
    let groups = cx.together(RULE.name, jobless, |surface| Subject::Surface(*surface));
    groups.iter().map(|surfaces| finding(cx.plan, surfaces)).collect()
}

fn finding(plan: &Plan, surfaces: &[SurfaceId]) -> Finding {
    let names: Vec<&str> = surfaces.iter().map(|surface| plan.surfaces[*surface].name.text.as_str()).collect();
    let is = if names.len() == 1 { "is" } else { "are" };
    let message = format!("nothing says what {} {is} for", some_of(&names));
    let finding = Finding::new(Subject::Surface(surfaces[0]), plan.surfaces[surfaces[0]].name.span, message).help(help(plan, surfaces));
    let others = surfaces[1..].iter();
    others.fold(finding, |finding, surface| {
        finding.about(Subject::Surface(*surface)).label(plan.surfaces[*surface].name.span, "nor this one")
    })
}

fn help(plan: &Plan, surfaces: &[SurfaceId]) -> String {
    let told = plan.surfaces.iter().filter(|(id, _)| !surfaces.contains(id));
    let others = quoted(told.filter(|(_, surface)| surface.form.job.is_some()).map(|(_, surface)| &surface.name.text));
    let unlike = if others.is_empty() { String::new() } else { format!(", and not on {others}") };
    let lines: Vec<String> = surfaces.iter().map(|surface| format!("  {}: {{job: ..}}", plan.surfaces[*surface].name)).collect();
    format!("Say in a few words what people come there to do{unlike}:\nsurfaces:\n{}", lines.join("\n"))
}

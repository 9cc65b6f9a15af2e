//! See `unknown_operation.md`.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::model::{ActionId, Plan, Subject};
use crate::rules::words::{count, quoted};
use crate::rules::{Context, Group, Phase, Rule};
use crate::source::Span;
use crate::spec::nearest;

pub(in crate::rules) static RULE: Rule = Rule {
    name: "unknown-operation",
    group: Group::Backend,
    level: Level::Error,
    page: include_str!("unknown_operation.md"),
    follows_from: &[],
    phase: Phase::Plan,
    check,
};

/// `operation` of an action, taken apart.
struct Named<'p> {
    action: ActionId,
    /// What stands before `#`.
    document: &'p str,
    /// What stands after it; empty where nothing does.
    id: &'p str,
    span: Span,
}

fn check(cx: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut unread: BTreeMap<&str, Vec<Named<'_>>> = BTreeMap::new();
    for named in named(cx.plan) {
        match cx.plan.operations.get(named.document) {
            _ if named.document.is_empty() || named.id.is_empty() => found.push(half_named(cx.plan, &named)),
            Some(Ok(known)) if known.iter().any(|id| id == named.id) => {}
            Some(Ok(known)) => found.push(unknown(cx.plan, &named, known)),
            Some(Err(_)) | None => unread.entry(named.document).or_default().push(named),
        }
    }
    // A document that is not there is one point, however many actions name it.
    for (document, actions) in unread {
        let groups = cx.together(RULE.name, actions, |named| Subject::Action(named.action));
        found.extend(groups.iter().map(|group| unread_document(cx.plan, document, group)));
    }
    found
}

fn named(plan: &Plan) -> impl Iterator<Item = Named<'_>> {
    plan.actions.iter().filter_map(|(action, declared)| {
        let operation = declared.form.operation.as_ref()?;
        let (document, id) = operation.text.split_once('#').unwrap_or((&operation.text, ""));
        Some(Named { action, document: document.trim(), id: id.trim(), span: operation.span })
    })
}

fn half_named(plan: &Plan, named: &Named<'_>) -> Finding {
    let action = &plan.actions[named.action].name;
    let message = if named.document.is_empty() {
        format!("`{action}` does not say in which document its operation is")
    } else {
        format!("`{action}` names the document `{}` and no operation in it", named.document)
    };
    let document = if named.document.is_empty() { "api/openapi.yaml" } else { named.document };
    let id = if named.id.is_empty() { ".." } else { named.id };
    let known = plan.operations.get(named.document).and_then(|known| known.as_ref().ok());
    let known = known.map(|known| listed(known)).unwrap_or_default();
    Finding::new(Subject::Action(named.action), named.span, message)
        .why("Nobody can tell which operation was meant, so nothing is checked, and the team that builds the screen finds out last.")
        .help(format!("Write the file, `#` and the `operationId`.{known}\noperation: {document}#{id}"))
}

fn unknown(plan: &Plan, named: &Named<'_>, known: &[String]) -> Finding {
    let message = format!("`{}` has no operation `{}`, which `{}` names", named.document, named.id, plan.actions[named.action].name);
    let near = nearest(named.id, known.iter().map(String::as_str));
    let elsewhere = plan.operations.iter().filter(|(_, ids)| ids.as_ref().is_ok_and(|ids| ids.iter().any(|id| id == named.id)));
    let help = match (near.first(), elsewhere.map(|(document, _)| document).min()) {
        (_, Some(document)) => format!("It is in another document:\noperation: {document}#{}", named.id),
        (Some(near), None) => format!("Did you mean this?\noperation: {}#{near}", named.document),
        (None, None) => {
            format!("Write it there, or leave `operation` out until it is there and ask with `question` who writes it.{}", listed(known))
        }
    };
    Finding::new(Subject::Action(named.action), named.span, message).help(help)
}

fn unread_document(plan: &Plan, document: &str, actions: &[Named<'_>]) -> Finding {
    let first = &actions[0];
    let by = &plan.actions[first.action].name;
    let others = if actions.len() > 1 { format!(" and {}", count(actions.len() - 1, "other action")) } else { String::new() };
    let (message, help) = match plan.operations.get(document) {
        Some(Err(reason)) => (
            format!("`{document}`, which `{by}`{others} name{}, could not be read: {reason}", if others.is_empty() { "s" } else { "" }),
            "Mend the document, or name another one.".to_owned(),
        ),
        _ => (
            format!(
                "`{by}`{others} name{} an operation of `{document}`, and there is no such file",
                if others.is_empty() { "s" } else { "" }
            ),
            "The path is read from the folder of the plan. If the document is not written yet, leave `operation` out and ask for it:\n\
             question: {ask: \"Which operation does this?\", owner: ..}"
                .to_owned(),
        ),
    };
    let finding = Finding::new(Subject::Action(first.action), first.span, message).help(help);
    actions[1..].iter().fold(finding, |finding, named| finding.about(Subject::Action(named.action)).label(named.span, "named here too"))
}

/// The operations of a document, as far as they can be taken in at a glance.
fn listed(known: &[String]) -> String {
    match known.len() {
        0 => " It has no operation with an `operationId` yet.".to_owned(),
        1..=8 => format!(" It has {}.", quoted(known)),
        more => format!(" It has {} and {} more.", quoted(&known[..6]), more - 6),
    }
}

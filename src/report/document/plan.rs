//! The plan itself: blueprint, things, waits, work, messages, places, what comes later.

use super::{Block, Section, Table, count, one};
use crate::report::content::Report;

/// The steps, stage by stage.
pub(super) fn blueprint(report: &Report) -> Section {
    let mut blocks = Vec::new();
    for lane in report.blueprint.iter().filter(|lane| !lane.rows.is_empty()) {
        let heading = if report.journeys.len() > 1 { format!("{}, {}", lane.stage, lane.journey) } else { lane.stage.clone() };
        blocks.push(Block::Heading(heading));
        let rows = lane.rows.iter().map(|row| {
            let mut step = vec![row.title.clone()];
            step.extend((row.name != row.title).then(|| format!("`{}`", row.name)));
            let mut who = vec![row.role.clone()];
            who.extend(row.is_staff.then(|| "behind the screens".to_owned()));
            who.push(row.surfaces.join(", "));
            let mut seen = row.starts.clone();
            seen.extend(row.seen.iter().cloned());
            vec![step, who, seen, row.behind.clone(), row.follows.clone(), row.waits.iter().chain(&row.messages).cloned().collect()]
        });
        let columns = ["step", "who and where", "what is seen and done", "behind it", "what follows", "waits and messages"];
        blocks.push(Table::block(&columns, rows.collect()));
    }
    Section { id: "blueprint", title: "Blueprint", lead: "Every step, stage by stage.".to_owned(), blocks }
}

/// What is tracked, state by state.
pub(super) fn things(report: &Report) -> Section {
    let mut blocks = Vec::new();
    for thing in &report.things {
        let owner = if thing.owner.is_empty() { "no system yet".to_owned() } else { thing.owner.clone() };
        blocks.push(Block::Heading(thing.title.clone()));
        blocks.push(Block::Text(format!("`{}`, kept by {owner}.", thing.name)));
        let rows = thing.states.iter().map(|state| {
            let seen = if state.seen_at.is_empty() { one("no page shows it") } else { state.seen_at.clone() };
            let moved = if state.moved_by.is_empty() { one("nothing in this plan") } else { state.moved_by.clone() };
            vec![vec![format!("`{}`", state.name), state.title.clone()], moved, seen, state.goes_on.clone()]
        });
        blocks.push(Table::block(&["state", "who brings it about", "where it is seen", "how it goes on"], rows.collect()));
    }
    Section { id: "states", title: "Things and their states", lead: String::new(), blocks }
}

/// What waits on whom.
pub(super) fn waits(report: &Report) -> Section {
    let rows = report.waits.iter().map(|wait| {
        let long = if wait.long.is_empty() { "no limit said".to_owned() } else { wait.long.clone() };
        let on = if wait.on.is_empty() { "time" } else { &wait.on };
        vec![one(&wait.what), one(on), one(long), one(&wait.then)]
    });
    let rows: Vec<_> = rows.collect();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Table::block(&["what waits", "on whom", "how long", "and then"], rows)] };
    Section { id: "waits", title: "What waits on whom", lead: String::new(), blocks }
}

/// Backend actions as a list of work.
pub(super) fn work(report: &Report) -> Section {
    let rows = report.work.iter().map(|action| {
        let system = if action.system.is_empty() { "no system yet" } else { &action.system };
        let later = if action.answers_later { "answers later" } else { "" };
        vec![
            vec![action.title.clone(), format!("`{}`", action.name), action.kind.clone()],
            vec![system.to_owned(), later.to_owned()],
            action.outcomes.clone(),
            action.duties.clone(),
            if action.used_by.is_empty() { one("nobody yet") } else { action.used_by.clone() },
        ]
    });
    let rows: Vec<_> = rows.collect();
    let columns = ["action", "who does it", "every result", "what it owes", "who uses it"];
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Table::block(&columns, rows)] };
    Section { id: "work", title: "Work behind the screens", lead: String::new(), blocks }
}

/// What people are told.
pub(super) fn messages(report: &Report) -> Section {
    let rows = report.messages.iter().map(|message| {
        let cancelled = if message.cancelled.is_empty() { String::new() } else { format!("not any more after {}", message.cancelled) };
        vec![
            vec![message.title.clone(), format!("`{}`", message.name)],
            vec![message.to.join(", "), format!("by {}", message.channel)],
            vec![message.when.clone(), cancelled],
            message.consent.clone(),
            one(&message.opens),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let columns = ["message", "to whom", "when", "consent", "opens"];
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Table::block(&columns, rows)] };
    Section { id: "messages", title: "Messages", lead: String::new(), blocks }
}

/// Surfaces, systems and roles, and who owns what.
pub(super) fn places(report: &Report) -> Section {
    let mut blocks = Vec::new();
    if !report.surfaces.is_empty() {
        let rows = report.surfaces.iter().map(|surface| {
            let job = if surface.job.is_empty() { "not said yet" } else { &surface.job };
            vec![vec![surface.title.clone(), surface.platform.clone()], one(job), surface.roles.clone(), one(count(surface.steps, "step"))]
        });
        blocks.push(Table::block(&["surface", "what it is for", "who is there", "size"], rows.collect()));
    }
    if !report.roles.is_empty() {
        let rows = report.roles.iter().map(|role| {
            vec![one(&role.title), one(role.what), one(role.surfaces.join(", ")), one(count(role.steps, "step")), role.queues.clone()]
        });
        blocks.push(Table::block(&["role", "who that is", "where", "size", "begins by itself"], rows.collect()));
    }
    if !report.systems.is_empty() {
        let rows = report.systems.iter().map(|system| {
            vec![one(&system.title), one(system.whose.join(", ")), one(system.keeps.join(", ")), one(system.does.join(", "))]
        });
        blocks.push(Table::block(&["system", "whose", "keeps", "does"], rows.collect()));
    }
    Section { id: "places", title: "Surfaces, roles and systems", lead: String::new(), blocks }
}

/// What comes later, and what is counted.
pub(super) fn later(report: &Report) -> Section {
    let mut blocks = Vec::new();
    if !report.later.is_empty() {
        let rows = report.later.iter().map(|later| {
            let attaches = match (later.attaches_to.is_empty(), later.status) {
                (true, "never") => "",
                (true, _) => "nowhere yet",
                (false, _) => &later.attaches_to,
            };
            vec![one(format!("`{}`", later.name)), one(later.status), one(attaches), one(&later.note)]
        });
        blocks.push(Table::block(&["what", "does it come", "attaches to", "remark"], rows.collect()));
    }
    if !report.counted.is_empty() {
        blocks.push(Block::Heading("What is counted".to_owned()));
        let rows = report
            .counted
            .iter()
            .map(|counted| vec![one(format!("`{}`", counted.name)), one(&counted.on), one(&counted.properties), one(&counted.owner)]);
        blocks.push(Table::block(&["event", "counted when", "with", "who looks at it"], rows.collect()));
    }
    Section { id: "later", title: "What comes later", lead: String::new(), blocks }
}

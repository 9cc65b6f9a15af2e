//! What is missing, what is asked, what was decided.

use super::{Block, Section, Table, one};
use crate::report::content::{Gap, Report};

/// What is missing, stage by stage.
pub(super) fn section(report: &Report) -> Section {
    let mut groups: Vec<(Option<usize>, String, Vec<&Gap>)> = Vec::new();
    for gap in &report.gaps {
        let key = gap.stage.as_ref().map(|(position, _)| *position);
        match groups.iter_mut().find(|(known, ..)| *known == key) {
            Some((.., gaps)) => gaps.push(gap),
            None => groups.push((key, heading(gap), vec![gap])),
        }
    }
    // In the order of the plan; what belongs to no stage comes last.
    groups.sort_by_key(|(position, ..)| position.unwrap_or(usize::MAX));
    let mut blocks = Vec::new();
    for (_, heading, gaps) in groups {
        blocks.push(Block::Heading(heading));
        let rows = gaps.into_iter().map(|gap| {
            let level = vec![gap.level.word().to_owned(), gap.area.word().to_owned()];
            vec![
                level,
                vec![gap.message.clone(), gap.why.clone(), gap.way()],
                vec![gap.task().to_owned(), format!("{} at {}", gap.rule, gap.place)],
            ]
        });
        blocks.push(Table::block(&["level", "what is missing", "what to answer"], rows.collect()));
    }
    Section { id: "missing", title: "What is missing", lead: String::new(), blocks }
}

fn heading(gap: &Gap) -> String {
    let stage = gap.stage.as_ref().map_or_else(|| "The whole plan".to_owned(), |(_, stage)| format!("Stage {stage}"));
    if gap.journey.is_empty() { stage } else { format!("{stage}, {}", gap.journey) }
}

/// Open questions with their owners.
pub(super) fn questions(report: &Report) -> Section {
    let rows = report.questions.iter().map(|question| {
        let owner = if question.owner.is_empty() { "nobody yet" } else { &question.owner };
        let by = if question.is_late { format!("{} (over)", question.by) } else { question.by.clone() };
        vec![one(&question.ask), one(owner), one(by), one(&question.about)]
    });
    let rows: Vec<_> = rows.collect();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Table::block(&["question", "who answers", "by", "about"], rows)] };
    Section { id: "questions", title: "Open questions", lead: String::new(), blocks }
}

/// Decisions with their reasons.
pub(super) fn decisions(report: &Report) -> Section {
    let rows = report.decisions.iter().map(|decision| {
        let until = match (decision.until.is_empty(), decision.has_passed) {
            (true, _) => String::new(),
            (false, true) => format!("until {} (over)", decision.until),
            (false, false) => format!("until {}", decision.until),
        };
        let answers = match decision.answers {
            0 => String::new(),
            1 => "answers 1 finding".to_owned(),
            many => format!("answers {many} findings"),
        };
        vec![one(&decision.about), vec![decision.what.clone(), answers], one(&decision.why), vec![decision.by.clone(), until]]
    });
    let rows: Vec<_> = rows.collect();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Table::block(&["about", "decided", "because", "by whom"], rows)] };
    Section { id: "decisions", title: "Decisions taken", lead: String::new(), blocks }
}

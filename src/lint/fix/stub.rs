//! Puts a decision to what a finding is about.

use super::Edit;
use super::entry::put_in;
use crate::finding::Finding;
use crate::model::{Plan, Subject};
use crate::source::{FileId, Span};
use crate::spec::{Node, Tree, Value};

/// What a new decision says.
#[derive(Clone, Debug, Default)]
pub struct Stub {
    /// The reason.
    pub why: String,
    /// The last day on which it holds, where it is to be asked again.
    pub until: Option<jiff::civil::Date>,
}

impl Stub {
    fn written(&self) -> String {
        let why = format!("\"{}\"", self.why.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "));
        self.until.map_or_else(|| why.clone(), |until| format!("{{why: {why}, until: {until}}}"))
    }
}

/// The edit that puts a decision on the thing, in the file of the finding.
pub(super) fn decide(plan: &Plan, text: &str, finding: &Finding, stub: &Stub) -> Option<Edit> {
    let tree = Tree::read(FileId::default(), text);
    let root = tree.root()?;
    let thing = match place(plan, finding.subject()) {
        Place::File => root,
        Place::Named(name) if name.file == finding.span().file => value_of(root, Span { file: FileId::default(), ..name })?,
        _ => return None,
    };
    let written = stub.written();
    if let Some(decisions) = thing.get("decided") {
        return matches!(decisions.value(), Value::Map).then(|| put_in(text, decisions, finding.rule, &written))?;
    }
    let decided = format!("{{{}: {written}}}", finding.rule);
    match thing.value() {
        Value::Map => put_in(text, thing, "decided", &decided),
        // The states that may follow are the short form of a state.
        Value::List if matches!(finding.subject(), Subject::State(_)) => {
            let range = thing.span().range();
            let list = text[range.clone()].starts_with('[').then(|| &text[range.clone()])?;
            Some(Edit { text: format!("{{then: {list}, decided: {decided}}}"), range })
        }
        _ => None,
    }
}

enum Place {
    /// The whole file.
    File,
    /// The value of the key at this place.
    Named(Span),
    /// Nowhere that is known.
    Nowhere,
}

fn place(plan: &Plan, subject: Subject) -> Place {
    match subject {
        Subject::Plan | Subject::Journey(_) => Place::File,
        Subject::Step(step) => Place::Named(plan.steps[step].name.span),
        Subject::Action(action) => Place::Named(plan.actions[action].name.span),
        Subject::Outcome(outcome) => Place::Named(plan.actions[outcome.action].name.span),
        Subject::Entity(entity) => Place::Named(plan.entities[entity].name.span),
        Subject::State(state) => Place::Named(plan.state(state).name.span),
        Subject::Notification(notification) => Place::Named(plan.notifications[notification].name.span),
        _ => Place::Nowhere,
    }
}

fn value_of(root: Node<'_>, key: Span) -> Option<Node<'_>> {
    let (map, index) = super::entry::way_to(root, key)?.pop()?;
    map.entries().nth(index).map(|(_, value)| value)
}

//! What went wrong in real products, as the smallest plans that show it. `<name>.faulty.flow.yaml` is the plan as its team would have
//! written it, and one finding is told of it, by the rule that its first lines name; `<name>.answered.flow.yaml` is the same plan with
//! the gap answered, and has none.
//!
//! The first lines of a faulty plan tell the story, name where it is told (`story:`) and by which rule it is found (`found by:`); where a
//! path belongs to the story, `with the way there` says so. What else must be found, as it comes with the gap, stands after `also found:`.
//!
//! Not decidable from one plan:
//!
//! | incident | why |
//! |---|---|
//! | a state is taken out of a workflow, and what is still in it becomes invisible: <https://github.com/frappe/erpnext/issues/10758> | it shows only where the plan before the change is there as well |

use std::collections::{BTreeMap, BTreeSet};

use flowcheck::finding::Finding;
use flowcheck::lint::Verdict;
use flowcheck::rules;
use flowcheck::source::Sources;

use crate::common::{check, root};

/// Incidents whose rule is planned and not there yet. Once it is there, the incident must be taken off this list, and is checked.
const AWAITS_RULE: &[&str] = &[];

/// An incident: the plan as it was, and the plan with the gap answered.
struct Incident {
    name: String,
    faulty: String,
    answered: String,
}

impl Incident {
    /// What a line of the first lines says.
    fn said(&self, word: &str) -> &str {
        let said = self.faulty.lines().take_while(|line| line.starts_with("# ")).find_map(|line| line.strip_prefix(word));
        said.unwrap_or_else(|| panic!("{} does not say `{word}`", self.name))
    }

    /// The rule that must find it.
    fn rule(&self) -> &str {
        self.said("# found by: ").split(',').next().unwrap_or_default().trim()
    }

    /// A rule that finds something else that comes with the gap.
    fn also_found(&self) -> Option<&str> {
        self.faulty.lines().find_map(|line| line.strip_prefix("# also found: "))?.split(',').next()
    }

    fn has_way_there(&self) -> bool {
        self.said("# found by: ").contains("with the way there")
    }

    fn awaits_rule(&self) -> bool {
        AWAITS_RULE.contains(&self.name.as_str())
    }
}

/// Every incident, by name.
fn incidents() -> Vec<Incident> {
    let folder = root().join("tests/incidents");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the incidents are there") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        texts.insert(name, std::fs::read_to_string(&path).expect("an incident"));
    }
    let names: BTreeSet<String> = texts.keys().filter_map(|file| Some(file.split_once('.')?.0.to_owned())).collect();
    assert_eq!(texts.len(), names.len() * 2, "each incident is two plans, and nothing else is in the folder");
    let mut text = |file: String| texts.remove(&file).unwrap_or_else(|| panic!("there is no {file}"));
    let incident = |name: String| {
        let (faulty, answered) = (text(format!("{name}.faulty.flow.yaml")), text(format!("{name}.answered.flow.yaml")));
        Incident { name, faulty, answered }
    };
    names.into_iter().map(incident).collect()
}

/// What is told and what waits for it, so that one gap does not hide another.
fn findings(verdict: &Verdict) -> impl Iterator<Item = &Finding> {
    verdict.findings.iter().chain(&verdict.held_back)
}

/// The findings of a plan in a line each, for whoever reads why a test failed.
fn tell(name: &str, sources: &Sources, verdict: &Verdict) -> Vec<String> {
    let line = |finding: &Finding| format!("{name}, line {}: {}: {}", sources.place(finding.span()).line, finding.rule, finding.message);
    findings(verdict).map(line).collect()
}

#[test]
fn every_incident_is_found_by_its_rule_and_by_nothing_else() {
    let mut wrong = Vec::new();
    for incident in incidents().iter().filter(|incident| !incident.awaits_rule()) {
        let (sources, verdict) = check(&incident.faulty);
        let found: BTreeSet<&str> = verdict.findings.iter().map(|finding| finding.rule).collect();
        let expected: BTreeSet<&str> = [incident.rule()].into_iter().chain(incident.also_found()).collect();
        if found != expected || verdict.findings.len() != expected.len() {
            wrong.push(format!("{} must be found once by each of {expected:?}, and what is found is:", incident.name));
            wrong.extend(tell(&incident.name, &sources, &verdict));
            continue;
        }
        let way_there = verdict.findings.iter().find(|finding| finding.rule == incident.rule()).map_or(0, |finding| finding.path.len());
        if incident.has_way_there() != (way_there > 0) {
            wrong.push(format!("{}: the way there has {way_there} steps", incident.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_answer_is_silent() {
    let mut open = Vec::new();
    for incident in incidents().iter().filter(|incident| !incident.awaits_rule()) {
        let (sources, verdict) = check(&incident.answered);
        open.extend(tell(&incident.name, &sources, &verdict));
    }
    assert!(open.is_empty(), "{}", open.join("\n"));
}

/// Nothing is wrong with these plans but the gap, so both are silent until the rule is there.
#[test]
fn incidents_that_await_their_rule_are_silent_until_it_is_there() {
    let incidents = incidents();
    let mut wrong = Vec::new();
    for name in AWAITS_RULE {
        let incident = incidents.iter().find(|incident| incident.name == *name).unwrap_or_else(|| panic!("there is no incident {name}"));
        if rules::find(incident.rule()).is_some() {
            wrong.push(format!("`{}` is there: take {name} off the list", incident.rule()));
            continue;
        }
        for text in [&incident.faulty, &incident.answered] {
            let (sources, verdict) = check(text);
            wrong.extend(tell(name, &sources, &verdict));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_incident_says_where_it_is_told_and_what_answers_it() {
    for incident in incidents() {
        assert!(incident.said("# story: ").contains("https://"), "{}: {}", incident.name, incident.said("# story: "));
        assert!(incident.answered.starts_with("# Answered: "), "{} does not say what answers it", incident.name);
        let plan = |text: &str| -> Vec<String> { text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect() };
        let (faulty, answered) = (plan(&incident.faulty), plan(&incident.answered));
        let mended = answered.iter().filter(|line| !faulty.contains(line)).count();
        assert!((1..=10).contains(&mended), "{}: the answer takes {mended} lines", incident.name);
    }
}

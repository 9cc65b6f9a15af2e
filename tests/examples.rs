//! The examples are what they say they are: the products have nothing open, the journeys of real systems have the gaps that their table
//! names, and together they show every key of the language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use flowcheck::cli::load::load;
use flowcheck::finding::{Finding, Level};
use flowcheck::lint::{self, Orders, Verdict};
use flowcheck::model::Plan;
use flowcheck::rules;
use flowcheck::source::Sources;
use flowcheck::spec::{Field, File, Meta, Shape, records};
use serde_json::Value;

use crate::common::{example_plans, root, today};

/// A gap of a real system: the plan, the rule that finds it, and what the main place of the finding shows: the whole text there, or some
/// words of it.
type Gap = (&'static str, &'static str, &'static str);

/// What is found. The tables stand in `examples/real/README.md` as well, for people.
const FOUND: &[Gap] = &[
    ("vendure-order", "failure-is-final", "failed"),
    ("vendure-order", "provider-status-unhandled", "pay-with-stripe"),
    ("vendure-order", "unknown-result-unhandled", "pay-with-stripe"),
    ("vendure-order", "unknown-result-unhandled", "refund-order"),
    ("sylius-checkout", "unrun-timer", "5d"),
    ("sylius-checkout", "required-outcome-missing", "refund-payment"),
    ("sylius-checkout", "unknown-result-unhandled", "refund-payment"),
    ("calcom-booking", "staff-task-missing", "paid-but-cancelled"),
    ("calcom-booking", "open-question", "no host joins"),
    ("govuk-service", "required-outcome-missing", "send-application"),
    ("govuk-service", "open-question", "Who works on the application"),
    ("govuk-service", "open-question", "also get a message"),
    ("govuk-service", "open-question", "get back to a draft"),
    ("vendure-order", "late-answer-undecided", "cancelled"),
    ("vendure-order", "rejection-keeps-money", "cancelled"),
    ("vendure-order", "outside-wait-without-reconcile", "pay-with-stripe"),
    ("vendure-order", "message-not-once", "payment-settled"),
    ("vendure-order", "unperformed-move", "failed"),
    ("sylius-checkout", "hold-without-release", "cancelled"),
    ("sylius-checkout", "hold-without-timeout", "partially-authorized"),
    ("sylius-checkout", "timeout-without-recheck", "cancelled"),
    ("sylius-checkout", "rejection-keeps-money", "cancelled"),
    ("sylius-checkout", "paired-entities-disagree", "partially-shipped"),
    ("sylius-checkout", "refund-assumed-instant", "refund-payment"),
    ("sylius-checkout", "wait-without-timeout", "partially-paid"),
    ("calcom-booking", "hold-without-timeout", "pending"),
    ("calcom-booking", "message-not-cancelled", "reminder"),
    ("calcom-booking", "wait-without-timeout", "unpaid"),
    ("calcom-booking", "outside-wait-without-reconcile", "pay-booking"),
    ("calcom-booking", "stuck-state", "paid-but-cancelled"),
    ("calcom-booking", "unfinished-at-end", "success"),
    ("govuk-service", "stuck-if-absent", "draft"),
    ("calcom-booking", "no-exit-for-role", "pending"),
    ("vendure-order", "no-exit-for-role", "payment-settled"),
];

/// What is true as well, seen from another side: it may be found.
const ALSO_TRUE: &[Gap] = &[
    ("vendure-order", "wait-without-timeout", "pending"),
    ("vendure-order", "silent-move", "order"),
    ("vendure-order", "event-unhandled", "shipped"),
    ("sylius-checkout", "late-answer-undecided", "cancelled"),
    ("sylius-checkout", "outside-wait-without-reconcile", "pay-at-gateway"),
    ("sylius-checkout", "silent-move", "order"),
    ("calcom-booking", "stuck-if-absent", "pending"),
    ("calcom-booking", "stuck-if-absent", "unpaid"),
    ("calcom-booking", "stuck-if-absent", "paid-but-cancelled"),
    ("calcom-booking", "unperformed-move", "refunded"),
    ("calcom-booking", "state-never-shown", "unpaid"),
    ("calcom-booking", "wait-without-timeout", "paid-but-cancelled"),
    ("calcom-booking", "wait-without-timeout", "pending"),
    ("sylius-checkout", "wait-without-timeout", "partially-authorized"),
];

/// Rules that products decide on and that are not there yet. Once such a rule is there, a decision that answers nothing is itself a finding.
const DECIDED_AHEAD: [&str; 3] = ["rejection-keeps-money", "grace-undecided", "dispute-undecided"];

/// Keys that no example uses: their place, the key, and why.
const LEFT_OUT: [(&str, &str, &str); 1] =
    [("a question", "by", "products have no open question, and the sources of the real journeys name no day for theirs")];

/// A plan of the examples with what is found in it.
struct Checked {
    name: String,
    sources: Sources,
    plan: Plan,
    verdict: Verdict,
}

impl Checked {
    fn new(path: &Path) -> Self {
        let mut loaded = load(&[path.to_path_buf()]);
        assert!(loaded.unread.is_empty(), "{:?}", loaded.unread);
        assert_eq!(loaded.plans.len(), 1, "{}", path.display());
        let plan = loaded.plans.remove(0);
        let verdict = lint::run(&plan, &Orders::on(today()));
        let name = path.file_name().expect("a name").to_string_lossy().replace(".flow.yaml", "");
        Self { name, sources: loaded.sources, plan, verdict }
    }

    /// What the main place of a finding shows.
    fn shown(&self, finding: &Finding) -> &str {
        &self.sources.get(finding.span().file).text()[finding.span().range()]
    }

    fn is(&self, finding: &Finding, (plan, rule, place): Gap) -> bool {
        let shown = self.shown(finding);
        plan == self.name && rule == finding.rule && (shown == place || (place.contains(' ') && shown.contains(place)))
    }

    /// A finding in one line, for whoever reads why a test failed.
    fn tell(&self, finding: &Finding) -> String {
        let line = self.sources.place(finding.span()).line;
        format!("{}, line {line}: {:?} {} at {:?}: {}", self.name, finding.level, finding.rule, self.shown(finding), finding.message)
    }

    /// What is told and what waits for it, so that one gap does not hide another.
    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.verdict.findings.iter().chain(&self.verdict.held_back)
    }
}

/// The plans in a folder, not in those below it.
fn plans_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the examples are there").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.is_file() && path.to_string_lossy().ends_with(".flow.yaml")).collect();
    paths.sort();
    paths
}

fn products() -> Vec<Checked> {
    let folder = root().join("examples");
    let mut paths = plans_in(&folder);
    paths.push(folder.join("web-shop"));
    assert_eq!(paths.len(), 6, "{paths:?}");
    paths.iter().map(|path| Checked::new(path)).collect()
}

fn real_journeys() -> Vec<Checked> {
    plans_in(&root().join("examples/real")).iter().map(|path| Checked::new(path)).collect()
}

#[test]
fn products_have_nothing_open() {
    let open: Vec<String> =
        products().iter().flat_map(|product| product.findings().map(|finding| product.tell(finding)).collect::<Vec<_>>()).collect();
    assert!(open.is_empty(), "{}", open.join("\n"));
}

#[test]
fn products_decide_little_and_say_why() {
    for product in products() {
        let decisions = &product.plan.decisions;
        assert!(decisions.len() <= 3, "{} decides on {} findings", product.name, decisions.len());
        for at in decisions {
            let why = at.decision.why.as_ref().map(|why| why.text.as_str()).unwrap_or_default();
            assert!(why.split_whitespace().count() >= 6, "{} does not say why `{}` is decided so", product.name, at.rule);
            let is_known = rules::find(&at.rule.text).is_some() || DECIDED_AHEAD.contains(&at.rule.text.as_str());
            assert!(is_known, "{} decides on `{}`, which is no rule", product.name, at.rule);
        }
    }
}

#[test]
fn real_journeys_decide_only_on_rules_that_are_there() {
    for journey in real_journeys() {
        for at in &journey.plan.decisions {
            assert!(rules::find(&at.rule.text).is_some(), "{} decides on `{}`, which is no rule", journey.name, at.rule);
        }
    }
}

#[test]
fn the_gaps_of_real_journeys_are_found() {
    let journeys = real_journeys();
    let mut wrong = Vec::new();
    for gap @ (plan, rule, place) in FOUND.iter().copied() {
        if rules::find(rule).is_none() {
            wrong.push(format!("{plan}: `{rule}` is no rule (any more)"));
        }
        let journey = journeys.iter().find(|journey| journey.name == plan).unwrap_or_else(|| panic!("there is no plan {plan}"));
        if !journey.findings().any(|finding| journey.is(finding, gap)) {
            let same = journey.findings().filter(|finding| finding.rule == rule).map(|finding| journey.tell(finding));
            wrong.push(format!("{plan}: `{rule}` does not stand at {place:?}. It speaks here: {:?}", same.collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn real_journeys_have_no_error_that_is_not_listed() {
    let listed: Vec<Gap> = [FOUND, ALSO_TRUE].concat();
    let mut beyond = Vec::new();
    for journey in real_journeys() {
        let errors = journey.findings().filter(|finding| finding.level == Level::Error);
        let others = errors.filter(|finding| !listed.iter().any(|gap| journey.is(finding, *gap)));
        beyond.extend(others.map(|finding| journey.tell(finding)));
    }
    assert!(beyond.is_empty(), "{}", beyond.join("\n"));
}

#[test]
fn the_tables_for_people_say_the_same() {
    let readme = std::fs::read_to_string(root().join("examples/real/README.md")).expect("it is there");
    let section = |heading: &str| {
        let (_, after) = readme.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
        after.split("\n## ").next().unwrap_or(after).to_owned()
    };
    for (heading, gaps) in [("What is found", FOUND), ("What is also true", ALSO_TRUE)] {
        let section = section(heading);
        let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
        let row = |line: &str| -> Vec<String> { line.split('|').skip(1).take(3).map(|cell| cell.trim().replace('`', "")).collect() };
        let shown: Vec<Vec<String>> = rows.map(row).collect();
        let expected: Vec<Vec<String>> =
            gaps.iter().map(|(plan, rule, place)| [plan, rule, place].map(|cell| (*cell).to_owned()).to_vec()).collect();
        assert_eq!(shown, expected, "{heading}");
    }
}

/// A key of the language, by its place. What every place takes (`note`, `question`, `decided`) counts as one place.
type Key = (&'static str, &'static str);

fn key(place: &'static str, field: &Field) -> Key {
    let is_common = Meta::fields().iter().any(|common| common.key == field.key && common.doc == field.doc);
    (if is_common { "anything" } else { place }, field.key)
}

/// Collects the keys that data of a shape uses. A map is read as the reader reads it: in its long form where it has one of the keys.
fn collect(shape: &Shape, data: &Value, used: &mut BTreeSet<Key>) {
    let mut shapes = Vec::new();
    flatten(shape, &mut shapes);
    match data {
        Value::Object(map) => {
            let made = shapes.iter().filter_map(|shape| if let Shape::Record(make) = shape { Some(make()) } else { None });
            let record = made.into_iter().find(|record| record.fields.iter().any(|field| map.contains_key(field.key)));
            if let Some(record) = record {
                for field in record.fields.iter().filter(|field| map.contains_key(field.key)) {
                    used.insert(key(record.place, field));
                    collect(&field.shape, &map[field.key], used);
                }
            } else if let Some(value) = shapes.iter().find_map(|shape| if let Shape::Map(_, value) = shape { Some(value) } else { None }) {
                for data in map.values() {
                    collect(value, data, used);
                }
            }
        }
        Value::Array(items) => {
            if let Some(item) = shapes.iter().find_map(|shape| if let Shape::List(item) = shape { Some(item) } else { None }) {
                for data in items {
                    collect(item, data, used);
                }
            }
        }
        _ => {}
    }
}

/// The shapes among which a place chooses.
fn flatten<'s>(shape: &'s Shape, into: &mut Vec<&'s Shape>) {
    match shape {
        Shape::Either(shapes) => shapes.iter().for_each(|shape| flatten(shape, into)),
        other => into.push(other),
    }
}

#[test]
fn together_the_examples_use_every_key_of_the_language() {
    let mut used = BTreeSet::new();
    for (_, text) in example_plans() {
        collect(&Shape::Record(File::record), &crate::data::data(&text), &mut used);
    }
    let all: BTreeSet<Key> = records().iter().flat_map(|record| record.fields.iter().map(|field| key(record.place, field))).collect();
    let left_out: BTreeSet<Key> = LEFT_OUT.iter().map(|(place, key, _)| (*place, *key)).collect();
    let missing: Vec<&Key> = all.difference(&used).filter(|key| !left_out.contains(*key)).collect();
    assert!(missing.is_empty(), "no example uses {missing:?}");
    let stale: Vec<&Key> = left_out.iter().filter(|key| used.contains(*key) || !all.contains(*key)).collect();
    assert!(stale.is_empty(), "these are no longer left out: {stale:?}");
    assert!(all.len() > 200, "{} keys", all.len());
}

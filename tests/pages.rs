//! Every plan on every rule's page is run: the example is found where it says so, the mended one and the tempting one are silent.

use flowcheck::rules::{Fence, RULES, Rule};

use crate::common::check;

const HEADINGS: [&str; 5] = ["What it does", "Why it hurts", "Example", "Use instead", "Stays silent"];

/// The lines on which a rule speaks in a plan.
fn lines(rule: &Rule, fence: &Fence<'_>) -> Vec<usize> {
    let (sources, verdict) = check(fence.text);
    let mut lines: Vec<usize> =
        verdict.findings.iter().filter(|finding| finding.rule == rule.name).map(|finding| sources.place(finding.span()).line).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn every_page_has_its_sections_in_order() {
    for rule in RULES {
        let page = rule.read_page();
        let headings: Vec<&str> = page.sections.iter().map(|section| section.heading).filter(|heading| *heading != "Sources").collect();
        assert_eq!(headings, HEADINGS, "{}", rule.name);
        assert!(rule.page.starts_with(&format!("# {}\n", rule.name)), "the page of {} begins with another name", rule.name);
        assert!(page.summary.ends_with('.') && page.summary.chars().count() <= 100, "{}: {}", rule.name, page.summary);
        assert!(!rule.why().is_empty(), "{} does not say why", rule.name);
        for heading in ["Example", "Use instead", "Stays silent"] {
            assert!(!page.section(heading).expect("checked above").fences.is_empty(), "{}: {heading} shows nothing", rule.name);
        }
    }
}

#[test]
fn every_plan_on_every_page_is_found_or_silent_as_the_page_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for section in rule.read_page().sections {
            for fence in &section.fences {
                assert_eq!(
                    section.heading == "Example",
                    !fence.findings.is_empty(),
                    "{}: {} marks lines wrongly",
                    rule.name,
                    section.heading
                );
                let found = lines(rule, fence);
                if found != fence.findings {
                    wrong.push(format!("{}, {}: marked {:?}, found {found:?}", rule.name, section.heading, fence.findings));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_unique_and_follow_from_rules_that_exist() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    for rule in RULES {
        assert_eq!(names.iter().filter(|name| **name == rule.name).count(), 1, "{}", rule.name);
        for cause in rule.follows_from {
            assert!(names.contains(&cause.rule), "{} follows from {}, which is no rule", rule.name, cause.rule);
        }
    }
}

/// Two findings that hold each other back would both never be told.
#[test]
fn no_rule_follows_from_itself() {
    let causes = |name: &str| RULES.iter().find(|rule| rule.name == name).map_or(&[][..], |rule| rule.follows_from);
    for rule in RULES {
        let mut open: Vec<&str> = rule.follows_from.iter().map(|cause| cause.rule).collect();
        let mut seen = Vec::new();
        while let Some(name) = open.pop() {
            assert_ne!(name, rule.name, "{} follows from itself over {seen:?}", rule.name);
            if !seen.contains(&name) {
                seen.push(name);
                open.extend(causes(name).iter().map(|cause| cause.rule));
            }
        }
    }
}

//! The reference is the one that the declarations give, and every page of it says something.

use crate::common::{root, run};

fn text(arguments: &[&str]) -> String {
    let output = run(root(), arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_pages_in_the_repository_are_the_generated_ones() {
    for page in ["language", "rules", "catalogue"] {
        let kept = std::fs::read_to_string(root().join(format!("docs/{page}.md"))).unwrap_or_default();
        assert!(
            kept == text(&[page, "--to", "markdown"]),
            "docs/{page}.md is stale: write it with `flowcheck {page} --to markdown > docs/{page}.md`"
        );
    }
}

#[test]
fn every_place_and_every_key_is_explained() {
    for name in flowcheck::reference::language::names() {
        let page = flowcheck::reference::language::about(name).expect("a page");
        assert!(page.sections.iter().all(|section| !section.lead.is_empty() && !section.blocks.is_empty()), "{name}");
    }
    assert!(flowcheck::reference::language::about("no-such-key").is_none());
}

#[test]
fn a_key_names_the_rules_that_it_answers() {
    let page = text(&["language", "within"]);
    assert!(page.contains("`wait-without-timeout`") && page.contains("a step"), "{page}");
    let refused = run(root(), &["language", "witin"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("did you mean within?"));
}

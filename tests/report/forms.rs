//! The forms as people read them.

use flowcheck::report::{Document, markdown, terminal};

use super::{examples, reported};

/// The smallest plan that a planner would bring along, and the largest of the examples.
const SHOWN: [(&str, &str); 2] = [("small", "tests/first-plan/12.flow.yaml"), ("large", "examples/web-shop")];

#[test]
fn the_terminal_at_two_widths() {
    for (name, path) in SHOWN {
        let document = Document::new(&reported(path).report);
        for width in [80, 120] {
            insta::assert_snapshot!(format!("{name}_{width}"), terminal(&document, width, false));
        }
    }
}

#[test]
fn markdown_for_a_code_host() {
    for (name, path) in SHOWN {
        insta::assert_snapshot!(format!("{name}_markdown"), markdown(&Document::new(&reported(path).report)));
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for path in examples() {
        let document = Document::new(&reported(&path).report);
        for width in [60, 80, 120] {
            let text = terminal(&document, width, false);
            let wide = text.lines().find(|line| line.chars().count() > width);
            assert!(wide.is_none(), "{path} at {width}: {wide:?}");
        }
    }
}

#[test]
fn every_table_of_the_markdown_is_one() {
    for path in examples() {
        let text = markdown(&Document::new(&reported(&path).report));
        let mut columns = None;
        for line in text.lines() {
            let bars = line.replace("\\|", "").matches('|').count();
            if line.starts_with('|') {
                assert_eq!(*columns.get_or_insert(bars), bars, "{path}: {line}");
            } else {
                assert_eq!(bars, 0, "{path}: {line}");
                columns = None;
            }
        }
    }
}

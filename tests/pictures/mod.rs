//! Pictures are held to numbers: nothing lies on anything else, labels stand by their own lines, few lines cross, text can be read.

mod measure;
mod read;
mod stories;

use flowcheck::diagram::{self, Showing, paint, palette::Theme};
use flowcheck::model::{JourneyId, Plan};

use crate::common::root;
use measure::{Quality, measure};

/// Every journey of a plan as SVG, without the font: it takes room and says nothing here.
fn svgs(plan: &Plan) -> Vec<String> {

    let journeys: Vec<JourneyId> = plan.journeys.ids().collect();
    let scenes = diagram::flow(plan, &journeys, Showing::default()).expect("a picture");
    scenes.iter().map(|scene| paint::svg(scene, Theme::Light, paint::Carry::Nothing)).collect()
}

fn qualities(plan: &Plan) -> Vec<Quality> {
    svgs(plan).iter().map(|svg| measure(&read::picture(svg))).collect()
}

fn graph(name: &str) -> Quality {
    let text = std::fs::read_to_string(root().join(format!("tests/graphs/{name}.flow.yaml"))).expect("the graph is there");
    let (_, plan) = crate::common::plan(&text);
    assert!(plan.faults.is_empty(), "{:?}", plan.faults);
    qualities(&plan).remove(0)
}

fn told(name: &str, quality: &Quality) -> String {
    format!(
        "{name}: {} lines, {} crossings, {:.2} turns a line, title {:.1} px, smallest {:.1} px, {:.2} wide for its height\n{}",
        quality.edges,
        quality.crossings,
        f64::from(u32::try_from(quality.turns).expect("few")) / f64::from(u32::try_from(quality.edges.max(1)).expect("few")),
        quality.title,
        quality.smallest,
        quality.aspect,
        quality.faults.join("\n")
    )
}

fn turns(quality: &Quality) -> f64 {
    f64::from(u32::try_from(quality.turns).expect("few")) / f64::from(u32::try_from(quality.edges.max(1)).expect("few"))
}

/// Graphviz's `dot` draws this graph with 1 crossing, and no tool with text of more than 10.5 px.
#[test]
fn twenty_five_steps_are_drawn_better_than_by_any_other_tool() {
    let quality = graph("g25");
    let told = told("g25", &quality);
    assert!(quality.faults.is_empty() && quality.crossings <= 1 && quality.smallest >= 12.0 && turns(&quality) <= 1.0, "{told}");
}

/// `dot` draws this graph with 15 crossings, and no tool with text of more than 5.4 px.
#[test]
fn a_hundred_and_twenty_steps_are_drawn_better_than_by_any_other_tool() {
    let quality = graph("g120");
    let told = told("g120", &quality);
    assert!(quality.faults.is_empty() && quality.crossings <= 15 && quality.title >= 1.2 * 5.4 && turns(&quality) <= 1.0, "{told}");
}

#[test]
fn every_example_is_drawn_without_a_fault() {
    let loaded = flowcheck::cli::load::load(&[root().join("examples")]);
    let mut faults = Vec::new();
    for plan in &loaded.plans {
        for (quality, (_, journey)) in qualities(plan).iter().zip(plan.journeys.iter()) {
            if !quality.faults.is_empty() || turns(quality) > 1.6 {
                faults.push(told(&journey.name.text, quality));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn journeys_of_any_size_and_order_are_drawn_without_a_fault() {
    let mut faults = Vec::new();
    for (seed, steps) in [10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300].into_iter().enumerate() {
        for scrambled in [false, true] {
            let text = stories::story(u64::try_from(seed).expect("small") + 7, steps, scrambled);
            let (_, plan) = crate::common::plan(&text);
            for quality in qualities(&plan) {
                if !quality.faults.is_empty() {
                    faults.push(told(&format!("{steps} steps, scrambled: {scrambled}"), &quality));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_same_plan_makes_the_same_bytes() {
    let text = stories::story(3, 60, true);
    let draw = || svgs(&crate::common::plan(&text).1);
    assert_eq!(draw(), draw());
}

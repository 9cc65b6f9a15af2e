//! What is written for other tools says what the plan says, whatever stands in its titles: by our own reading of each notation always,
//! and by the tools themselves where they are installed.

mod read;
pub(crate) mod tools;

use flowcheck::diagram::notation::{self, Notation, lines, one_line, ways};
use flowcheck::diagram::view::{self, View};
use flowcheck::model::{JourneyId, Plan};
use proptest::prelude::*;

use crate::common::root;

const ALL: [Notation; 4] = [Notation::Mermaid, Notation::Dot, Notation::D2, Notation::PlantUml];

fn views(plan: &Plan) -> Vec<View> {
    let journeys: Vec<JourneyId> = plan.journeys.ids().collect();
    let mut views: Vec<View> = journeys.iter().map(|journey| view::flow(plan, *journey, view::Flow::default())).collect();
    views.extend(journeys.iter().map(|journey| view::lanes(plan, *journey).as_stages()));
    views.extend(view::things(plan, &journeys).into_iter().map(|thing| view::states(plan, thing, journeys[0])));
    views.extend(view::journeys(plan, &journeys, &[]));
    views
}

/// Every text of a view, in the order in which it is written.
fn said(view: &View) -> Vec<String> {
    let mut said = vec![one_line(&view.title)];
    for (index, stage) in view.stages.iter().enumerate() {
        said.push(one_line(&stage.title));
        said.extend(view.nodes.iter().filter(|node| node.stage == index).map(|node| lines(view, node).join("\n")));
    }
    said.extend(ways(view).into_iter().map(|way| way.label).filter(|label| !label.is_empty()));
    said
}

fn hostile() -> Plan {
    let text = std::fs::read_to_string(root().join("tests/notations/hostile.flow.yaml")).expect("the plan is there");
    let (_, plan) = crate::common::plan(&text);
    assert!(plan.faults.is_empty(), "{:?}", plan.faults);
    plan
}

fn drawn() -> Vec<View> {
    let loaded = flowcheck::cli::load::load(&[root().join("examples")]);
    let mut drawn = views(&hostile());
    drawn.extend(loaded.plans.iter().flat_map(views));
    drawn
}

#[test]
fn every_text_is_read_back_as_it_was() {
    for view in drawn() {
        for notation in ALL {
            assert_eq!(read::texts(&notation::write(&view, notation), notation), said(&view), "{notation:?}");
        }
    }
}

/// Pieces that mean something in one notation or another.
const PIECES: [&str; 28] = [
    "\"", "\\", "\"]", "end", "<script>", "\n", "#", "#35;", "&amp;", "$", "${x}", "|", "]", "}", ")", "%%", "`", "'", "<br/>", "<U+0041>",
    "\\n", "@enduml", "-->", ":", ";", "漢", "🎉", " ",
];

fn title() -> impl Strategy<Value = String> {
    let piece = prop_oneof![proptest::sample::select(&PIECES[..]).prop_map(str::to_owned), "\\PC{1,4}"];
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| format!("x{}", pieces.concat()))
}

proptest! {
    #[test]
    fn no_title_breaks_out_of_its_text(titles in proptest::collection::vec(title(), 6)) {
        // JSON is YAML.
        let titles: Vec<String> = titles.iter().map(|title| serde_json::to_string(title).expect("a string")).collect();
        let [journey, role, outcome, screen, choice, question] = titles.as_slice() else { unreachable!("six titles") };
        let (_, plan) = crate::common::plan(&format!(
            "flowcheck: 1\njourney: j\ntitle: {journey}\nrole: one\nroles: {{one: {{}}, two: {{title: {role}}}}}\n\
             backend:\n  act: {{kind: other, outcomes: {{done: {{title: {outcome}}}}}}}\nstages:\n  entry:\n    \
             a: {{screen: {screen}, backend: act, choices: {{{choice}: b}}, on: {{done: c}}}}\n    \
             b: {{role: two, decide: {{question: {question}, values: [y]}}, on: {{y: c}}}}\n    c: {{ends: success}}\n"
        ));
        let view = views(&plan).remove(0);
        prop_assert_eq!(view.nodes.len(), 3);
        for notation in ALL {
            prop_assert_eq!(read::texts(&notation::write(&view, notation), notation), said(&view), "{:?}", notation);
        }
    }
}

fn sorted(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort();
    texts
}

/// What the views say, line by line: pictures have lines, and forget what belongs together.
fn said_in_lines(views: &[View]) -> Vec<String> {
    sorted(views.iter().flat_map(said).flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()))
}

fn written(views: &[View], notation: Notation) -> Vec<String> {
    views.iter().map(|view| notation::write(view, notation)).collect()
}

#[test]
fn graphviz_draws_what_was_meant() {
    let views = drawn();
    // One at a time: that of Debian falls over several in a row.
    let drawn: Option<Vec<String>> = written(&views, Notation::Dot).iter().map(|text| tools::run("dot", &["-Tsvg"], text)).collect();
    let Some(drawn) = drawn else { return };
    assert_eq!(sorted(drawn.iter().flat_map(|svg| tools::texts_of_svg(svg))), said_in_lines(&views));
}

#[test]
fn plantuml_draws_what_was_meant() {
    let views = drawn();
    let Some(svg) = tools::run("plantuml", &["-tsvg", "-pipe", "-charset", "UTF-8"], &written(&views, Notation::PlantUml).concat()) else {
        return;
    };
    let is_kind = |text: &String| text.starts_with('«') && text.ends_with('»');
    assert_eq!(sorted(tools::texts_of_svg(&svg).into_iter().filter(|text| !is_kind(text))), said_in_lines(&views));
}

#[test]
fn mermaid_reads_what_was_meant() {
    let views = drawn();
    let Some(read) = tools::ask("mermaid.mjs", &written(&views, Notation::Mermaid)) else { return };
    for (read, view) in read.into_iter().zip(&views) {
        // The title stands in the heading, which Mermaid reads elsewhere.
        assert_eq!(sorted(read), sorted(said(view).into_iter().skip(1)));
    }
}

#[test]
fn d2_reads_what_was_meant() {
    // D2 lays out what it reads, and takes its time; what stands in the examples is tame.
    let views = views(&hostile());
    let Some(read) = tools::ask("d2.mjs", &written(&views, Notation::D2)) else { return };
    for (read, view) in read.into_iter().zip(&views) {
        assert_eq!(sorted(read), sorted(said(view)));
    }
}

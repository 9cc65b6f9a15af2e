//! The views besides the flow are held to the same: nothing lies on anything else, every text stays in its box, all can be read, and
//! whoever hears the picture hears what it says.

mod read;

use flowcheck::diagram::notation::Notation;
use flowcheck::diagram::scene::Scene;
use flowcheck::diagram::{self, Showing, Told, paint, palette::Theme};
use flowcheck::model::{JourneyId, Plan};

use crate::common::root;
use crate::pictures::{Picture, measure, picture};
use read::{Page, page};

fn svg(scene: &Scene) -> String {
    paint::svg(scene, Theme::Light, paint::Carry::Nothing)
}

/// Everything in a page that must not be, in words.
fn faults(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let whole = read::Rect { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
    for (index, text) in page.texts.iter().enumerate() {
        let boxed = text.within.iter().rev().find_map(|group| page.groups[*group].rect).unwrap_or(whole);
        if !boxed.holds(&text.rect) || !whole.holds(&text.rect) {
            faults.push(format!("“{}” leaves its box: {:?} in {boxed:?}", text.said, text.rect));
        }
        for other in &page.texts[index + 1..] {
            if text.rect.overlaps(&other.rect) {
                faults.push(format!("“{}” lies on “{}”", text.said, other.said));
            }
        }
        for (place, group) in page.groups.iter().enumerate().filter(|(_, group)| is_box(&group.class)) {
            if !text.within.contains(&place) && group.rect.is_some_and(|rect| rect.overlaps(&text.rect)) {
                faults.push(format!("“{}” lies on {:?}", text.said, group.name));
            }
        }
    }
    let boxes: Vec<_> = page.groups.iter().filter(|group| is_box(&group.class)).collect();
    for (index, one) in boxes.iter().enumerate() {
        let Some(rect) = one.rect else {
            faults.push(format!("{:?} has no place", one.name));
            continue;
        };
        if one.name.as_deref().unwrap_or_default().trim().is_empty() {
            faults.push(format!("something at {rect:?} has no name"));
        }
        if !whole.holds(&rect) {
            faults.push(format!("{:?} leaves the picture", one.name));
        }
        for other in &boxes[index + 1..] {
            let nested = one.within.iter().any(|group| other.within.last() == Some(group))
                || other.within.iter().any(|group| one.within.last() == Some(group));
            if !nested && other.rect.is_some_and(|other| other.overlaps(&rect)) {
                faults.push(format!("{:?} lies on {:?}", one.name, other.name));
            }
        }
    }
    for line in page.groups.iter().filter(|group| !group.points.is_empty()) {
        for piece in line.points.windows(2).map(|two| (two[0], two[1])) {
            let crossed = page.texts.iter().filter(|text| text.rect.is_crossed(piece, 0.5)).map(|text| &text.said);
            faults.extend(crossed.map(|said| format!("{:?} runs through “{said}”", line.name)));
            let crossed = boxes.iter().filter(|one| one.rect.is_some_and(|rect| rect.is_crossed(piece, 1.0))).map(|one| &one.name);
            faults.extend(crossed.map(|name| format!("{:?} runs through {name:?}", line.name)));
        }
    }
    faults
}

fn is_box(class: &str) -> bool {
    matches!(class, "card" | "node")
}

/// The smallest text, when the page fills a screen of 1920 x 1080.
fn smallest(page: &Page) -> f64 {
    let scale = (1920.0 / page.width).min(1080.0 / page.height);
    page.texts.iter().map(|text| text.size).fold(f64::INFINITY, f64::min) * scale
}

fn plans() -> Vec<Plan> {
    let loaded = flowcheck::cli::load::load(&[root().join("examples"), root().join("tests/graphs")]);
    assert!(loaded.unread.is_empty(), "{:?}", loaded.unread);
    loaded.plans
}

fn journeys(plan: &Plan) -> Vec<JourneyId> {
    plan.journeys.ids().collect()
}

/// Draws every example and says what is wrong with it, and where text is too small for the back of a room.
fn check(draw: impl Fn(&Plan) -> Vec<Scene>, least: f64) {
    let mut wrong = Vec::new();
    for plan in plans() {
        for scene in draw(&plan) {
            let svg_text = svg(&scene);
            let page = page(&svg_text);
            let faults = faults(&page);
            let size = smallest(&page);
            if !faults.is_empty() || size < least {
                wrong.push(format!("{}: smallest text {size:.1}\n{}", page.title, faults.join("\n")));
            }
        }
        let again = |scenes: Vec<Scene>| scenes.iter().map(svg).collect::<Vec<_>>();
        assert_eq!(again(draw(&plan)), again(draw(&plan)), "the same plan makes the same bytes");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn blueprints(plan: &Plan) -> Vec<Scene> {
    diagram::blueprint(plan, &journeys(plan), Showing::default()).expect("a picture")
}

#[test]
fn blueprints_of_all_examples_are_drawn_without_a_fault() {
    check(blueprints, 12.0);
}

fn states(plan: &Plan) -> Vec<Scene> {
    // The graphs of steps alone have no things in them.
    if plan.entities.is_empty() { Vec::new() } else { diagram::states(plan, &journeys(plan), Showing::default()).expect("a picture") }
}

#[test]
fn lives_in_all_examples_are_drawn_without_a_fault() {
    check(states, 12.0);
}

fn lanes(plan: &Plan) -> Vec<Scene> {
    diagram::lanes(plan, &journeys(plan), Showing::default()).expect("a picture")
}

#[test]
fn journeys_in_lanes_are_drawn_without_a_fault() {
    check(lanes, 12.0);
}

/// A row of this many steps is not cut any further, however many ways come from other pages.
const FEWEST: usize = 3;

#[test]
fn pages_of_a_score_can_be_read_from_the_last_row() {
    let mut small = Vec::new();
    for plan in plans() {
        let pages = diagram::lanes(&plan, &journeys(&plan), Showing { pages: true, ..Showing::default() }).expect("pages");
        for text in pages.iter().map(svg) {
            let page = page(&text);
            assert!(faults(&page).is_empty(), "{}: {:?}", page.title, faults(&page));
            let steps = text.matches("class=\"node\"").count() - text.matches("data-kind=\"elsewhere\"").count();
            if smallest(&page) < 16.0 && steps > FEWEST {
                small.push(format!("{}: {:.1} with {steps} steps", page.title, smallest(&page)));
            }
        }
    }
    assert!(small.is_empty(), "{small:#?}");
}

/// The rows of a score, each as a picture of its own.
fn rows(svg: &str) -> Vec<Picture> {
    let (head, rows) = svg.split_once("<g class=\"row\"").expect("a row");
    let first = head.lines().next().expect("a picture has a size");
    rows.split("<g class=\"row\"").map(|row| picture(&format!("{first}\n{row}"))).collect()
}

#[test]
fn every_row_of_a_score_is_held_to_what_holds_for_a_flow() {
    let mut wrong = Vec::new();
    for plan in plans() {
        for scene in lanes(&plan) {
            for row in rows(&svg(&scene)) {
                let quality = measure(&row);
                if !quality.faults.is_empty() {
                    wrong.push(format!("{}\n{}", scene.title, quality.faults.join("\n")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_step_of_a_score_stands_in_one_lane() {
    for scene in plans().iter().flat_map(lanes) {
        let page = page(&svg(&scene));
        let of = |class: &'static str| page.groups.iter().filter(move |group| group.class == class);
        for node in of("node") {
            let rect = node.rect.expect("a place");
            let within = of("lane").filter_map(|lane| lane.rect).filter(|lane| lane.top <= rect.top && rect.bottom <= lane.bottom).count();
            assert_eq!(within, 1, "{}: {:?}", page.title, node.name);
        }
    }
}

/// Every view of a plan, in every way: a picture, or a word on why there is none.
pub(crate) fn draw_all(plan: &Plan, showing: Showing<'_>) -> Vec<Scene> {
    let journeys = journeys(plan);
    for told in [Told::Flow, Told::Lanes, Told::States, Told::Journeys] {
        for notation in [Notation::Mermaid, Notation::Dot, Notation::D2, Notation::PlantUml] {
            let _ = diagram::written(plan, &journeys, showing, told, notation);
        }
    }
    let all = [diagram::flow, diagram::lanes, diagram::blueprint, diagram::states, diagram::journeys];
    all.into_iter().flat_map(|draw| draw(plan, &journeys, showing).unwrap_or_default()).collect()
}

#[test]
fn no_plan_however_broken_keeps_a_picture_from_ending() {
    let mut texts: Vec<(String, String)> = Vec::new();
    for folder in ["tests/incidents", "tests/first-plan", "tests/notations", "tests/plans"] {
        for file in flowcheck::source::discover(&root().join(folder)).unwrap_or_default() {
            texts.push((file.display().to_string(), std::fs::read_to_string(&file).expect("a plan")));
        }
    }
    assert!(texts.len() > 100, "{} plans", texts.len());
    for (name, text) in texts {
        let (_, plan) = crate::common::plan(&text);
        let findings = flowcheck::lint::run(&plan, &flowcheck::lint::Orders::on(crate::common::today())).findings;
        for scene in draw_all(&plan, Showing { findings: &findings, ..Showing::default() }) {
            assert!(scene.width.is_finite() && scene.height.is_finite() && svg(&scene).ends_with("</svg>\n"), "{name}");
        }
    }
}

fn hang_together(plan: &Plan) -> Vec<Scene> {
    diagram::journeys(plan, &journeys(plan), Showing::default()).expect("a picture")
}

#[test]
fn journeys_of_all_examples_hang_together_without_a_fault() {
    check(hang_together, 12.0);
    for scene in plans().iter().flat_map(hang_together) {
        let quality = measure(&picture(&svg(&scene)));
        assert!(quality.faults.is_empty(), "{}", quality.faults.join("\n"));
    }
}

#[test]
fn the_journeys_of_the_shop_say_what_leads_to_what() {
    let loaded = flowcheck::cli::load::load(&[root().join("examples/web-shop")]);
    let pages: Vec<Page> = hang_together(&loaded.plans[0]).iter().map(|scene| page(&svg(scene))).collect();
    let names: Vec<&str> = pages.iter().flat_map(|page| &page.groups).filter_map(|group| group.name.as_deref()).collect();
    insta::assert_snapshot!("journeys_of_the_shop", names.join("\n"));
}

#[test]
fn a_life_says_who_moves_it_what_time_does_and_what_a_late_answer_does() {
    let text = std::fs::read_to_string(root().join("examples/coffee-preorder.flow.yaml")).expect("an example");
    let (_, plan) = crate::common::plan(&text);
    let pages: Vec<Page> = states(&plan).iter().map(|scene| page(&svg(scene))).collect();
    let names: Vec<&str> = pages.iter().flat_map(|page| &page.groups).filter_map(|group| group.name.as_deref()).collect();
    for said in [
        "Order, kept by Shop backend",
        "Order Placed; begins: Member: placed",
        "Way from Placed to Paid: WeChat Pay: succeeded",
        "Way from Placed to Expired: after 15m",
        "Way from Expired to Money on its way back: late answer: pay order succeeded",
        "Way from Being made to Ready at the counter: Barista, Shift lead: made",
        "Order Refunded, end; ignores a late refund order refunded",
    ] {
        assert!(names.contains(&said), "{said}\n{}", names.join("\n"));
    }
}

#[test]
fn a_blueprint_tells_every_layer_of_the_coffee_bar() {
    let text = std::fs::read_to_string(root().join("examples/coffee-preorder.flow.yaml")).expect("an example");
    let (_, plan) = crate::common::plan(&text);
    let pages: Vec<Page> = blueprints(&plan).iter().map(|scene| page(&svg(scene))).collect();
    let names: Vec<&str> = pages.iter().flat_map(|page| &page.groups).filter_map(|group| group.name.as_deref()).collect();
    for said in [
        "Stage: Entry",
        "Who and where: Member · Mini-program",
        "What they see and do: Menu; loading: Three grey cards; empty: Opening hours; error: Try again; → Add a drink",
        "line of interaction",
        "Staff and others: Take the next order; Barista; when Order paid",
        "line of visibility",
        "What happens behind: Start drinks; started, gone; by Shop backend",
        "Systems: WeChat Pay (outside)",
        "Messages: Your coffee is ready; to Member: WeChat subscription message; when Order ready",
        "Waits and timers: Order placed; after 15m → expired, having asked pay order",
        "Waits and timers: Take the next order; nobody acts for 5m: Shift lead is called",
    ] {
        assert!(names.contains(&said), "{said}\n{}", names.join("\n"));
    }
}

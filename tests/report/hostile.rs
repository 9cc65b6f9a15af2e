//! Titles that would like to be more than text stay text in every form.

use flowcheck::lint::Orders;
use flowcheck::report::{Document, Page, Report, Walk, html, markdown, terminal, views};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::of_text;

/// Every place in which a plan may say something in its own words, filled with the same text.
fn plan_that_says(text: &str) -> String {
    let said = serde_json::to_string(text).expect("a text in quotes");
    PLAN.replace("SAID", &said)
}

const PLAN: &str = "flowcheck: 1\njourney: buy\ntitle: SAID\ngoal: SAID\nguarantee: SAID\nrole: member\nsurface: app\nwithout: {pay: SAID}\n\
surfaces: {app: {title: SAID, job: SAID, platform: SAID}}\nroles: {member: {title: SAID}}\nsystems: {shop: {title: SAID}}\n\
entities:\n  order:\n    title: SAID\n    owner: shop\n    states: {placed: {title: SAID, then: gone, timeout: {after: 1h, becomes: gone}}, gone: {title: SAID, end: true, on: {place-order.placed: {ignore: SAID}}}}\n\
backend:\n  place-order: {title: SAID, kind: submit, system: shop, answers: later, duties: {idempotent: SAID, queried: SAID}, outcomes: {placed: {title: SAID, sets: {order: placed}}, sold-out: {title: SAID}}}\n\
notifications:\n  gone: {title: SAID, to: member, channel: sms, when: {order: gone}, consent: open, if-refused: SAID, opens: open}\n\
stages:\n  entry:\n    open:\n      screen: {title: SAID, states: {loading: SAID, error: SAID}}\n      from: search\n      action: SAID\n      backend: place-order\n\
\x20     question: {ask: SAID, owner: SAID}\n      decided: {dead-end: {why: SAID, by: SAID}}\n      on: {placed: done-well}\n      choices: {SAID: done-well}\n\
\x20   done-well: {title: SAID, ends: success}\n  shop: {kind: browse, title: SAID, steps: {work: {task: SAID, role: member, when: {order: placed}, next: done-well}}}\n\
events: {bought: {on: place-order.placed, owner: SAID}}\nlater: {coupons: {status: later, note: SAID}}\n";

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "| a | b |",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "# heading",
    "- item `code` *strong* _em_ ~~gone~~",
    "`</code><b>`",
    "https://example.org and www.example.org and <https://example.org>",
    "<!-- comment --> &lt;b&gt; &amp; \\| \\",
    "1. first",
    "]]> {{ x }} ${x} $x$",
];

#[test]
fn markdown_takes_no_markup_from_a_plan() {
    for text in HOSTILE {
        let (_, document) = of_text(&plan_that_says(text));
        let written = markdown(&document);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH | Options::ENABLE_TASKLISTS;
        let mut spoken = String::new();
        let mut is_linked = false;
        for event in Parser::new_ext(&written, options) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with('#'), "{text}: a link to {dest_url}");
                    is_linked = true;
                }
                Event::Start(Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    panic!("{text}: {event:?} in\n{written}")
                }
                Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{text}"),
                Event::Html(html) => panic!("{text}: {html}"),
                Event::Text(part) | Event::Code(part) => spoken.push_str(&part),
                _ => {}
            }
        }
        assert!(is_linked, "the table of contents");
        let wanted: String = text.replace('`', "");
        assert!(spoken.replace('`', "").contains(&wanted), "{text} is not told as written in\n{spoken}");
        assert!(!written.contains("https://") && !written.contains("www."), "{text}: a host would make a link of it");
    }
}

#[test]
fn a_terminal_is_told_nothing_but_text() {
    for text in ["\u{1b}[31mred\u{1b}[0m", "\u{7}\u{8}\u{9b}31m", "one\ntwo\r\nthree\ttab", "\u{202e}txt.exe", "\u{200b}\u{2066}x\u{2069}"]
    {
        let (_, document) = of_text(&plan_that_says(text));
        for written in [terminal(&document, 80, false), markdown(&document)] {
            let bad =
                written.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
            assert_eq!(bad, None, "{text:?}");
            assert!(!written.contains("one\ntwo"), "a text stays on its line");
        }
    }
}

fn page(text: &str, is_drawn: bool) -> String {
    let (sources, plan) = crate::common::plan(text);
    let verdict = flowcheck::lint::run(&plan, &Orders::on(crate::common::today()));
    let report = Report::new(&sources, &plan, &verdict, crate::common::today());
    let (document, walk) = (Document::new(&report), Walk::new(&plan, &report));
    let views = if is_drawn { views(&plan, &verdict.findings) } else { Vec::new() };
    html(&Page { report: &report, document: &document, walk: &walk, views: &views, edition: None })
}

#[test]
fn a_page_takes_no_markup_from_a_plan() {
    // The same page of a harmless plan tells how many elements there are.
    let marks = |page: &str| page.matches('<').count();
    let harmless = marks(&page(&plan_that_says("harmless"), false));
    for text in HOSTILE {
        let drawn = page(&plan_that_says(text), true);
        assert!(
            drawn.contains("<svg") && drawn.matches("<script").count() == 2 && !drawn.contains("<img") && !drawn.contains("<b>"),
            "{text}"
        );
        let page = page(&plan_that_says(text), false);
        assert_eq!(page.matches("<script").count(), 2, "{text}");
        assert_eq!(page.matches("</script").count(), 2, "{text}");
        assert!(!page.contains("<img") && !page.contains("<b>") && !page.contains("<!--"), "{text}");
        // A name in backticks is shown as code, and that is an element of ours.
        if !text.contains('`') {
            assert_eq!(marks(&page), harmless, "{text}");
        }
        let data = page.split("id=\"plan\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the data");
        let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["steps"][0]["title"], text.trim(), "the walk tells it as written");
    }
}

#[test]
fn the_page_allows_its_own_script_and_style_and_nothing_else() {
    use base64::Engine as _;
    use sha2::Digest as _;
    for is_drawn in [false, true] {
        let page = page(&plan_that_says("harmless"), is_drawn);
        let policy = page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for tag in ["script", "style"] {
            for element in page.split(&format!("<{tag}")).skip(1).filter(|element| !element.starts_with(" type=\"application/json\"")) {
                let (_, element) = element.split_once('>').expect("a tag");
                let inside = element.split(&format!("</{tag}>")).next().expect("closed");
                let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(inside.as_bytes()));
                assert!(policy.contains(&format!("'sha256-{hash}'")), "{tag}");
            }
        }
        assert!(!page.contains(" style=") && !page.contains(" onclick=") && !page.contains(" src="), "a policy without exceptions");
        assert_eq!(page.contains("<svg"), is_drawn);
        assert_eq!(policy.contains("font-src data:"), is_drawn);
    }
}

#[test]
fn long_words_and_wide_letters_stay_within_the_terminal() {
    for text in ["x".repeat(500), "支付".repeat(60), "one two ".repeat(200)] {
        let (_, document) = of_text(&plan_that_says(text.trim()));
        let written = terminal(&document, 80, false);
        let wide = written.lines().find(|line| textwrap_width(line) > 80);
        assert!(wide.is_none(), "{wide:?}");
    }
}

fn textwrap_width(line: &str) -> usize {
    textwrap::core::display_width(line)
}

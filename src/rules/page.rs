//! A rule's page, taken apart: its summary, its sections, its plans. Knows Markdown and no rule.

/// A page.
#[derive(Clone, Debug)]
pub struct Page<'p> {
    /// What the rule detects, in one sentence.
    pub summary: &'p str,
    /// Its sections in order.
    pub sections: Vec<Section<'p>>,
}

/// A section of a page.
#[derive(Clone, Debug)]
pub struct Section<'p> {
    /// Its heading.
    pub heading: &'p str,
    /// Everything under it, plans included.
    pub text: &'p str,
    /// The plans in it.
    pub fences: Vec<Fence<'p>>,
}

/// A plan in a page.
#[derive(Clone, Debug)]
pub struct Fence<'p> {
    /// The YAML.
    pub text: &'p str,
    /// 1-based lines that must be found, by their `# finding`.
    pub findings: Vec<usize>,
}

impl<'p> Page<'p> {
    /// Takes a page apart at its headings of the second level.
    pub fn read(page: &'p str) -> Self {
        let sections = page.split("\n## ").skip(1).map(|section| {
            let (heading, text) = section.split_once('\n').unwrap_or((section, ""));
            Section { heading: heading.trim(), text: text.trim(), fences: fences(text) }
        });
        Self { summary: Self::summary_of(page), sections: sections.collect() }
    }

    /// The sentence below the title.
    pub fn summary_of(page: &'p str) -> &'p str {
        page.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or("").trim()
    }

    /// The first sentence of a section.
    pub fn first_sentence_of(page: &str, heading: &str) -> String {
        let text = page.split("\n## ").find_map(|section| section.strip_prefix(heading)).unwrap_or("");
        let text: Vec<&str> = text.lines().map(str::trim).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()).collect();
        let text = text.join(" ");
        let end =
            text.match_indices(['.', '?', '!']).map(|(at, _)| at + 1).find(|at| text[*at..].is_empty() || text[*at..].starts_with(' '));
        text[..end.unwrap_or(text.len())].to_owned()
    }

    /// A section by its heading.
    pub fn section(&self, heading: &str) -> Option<&Section<'p>> {
        self.sections.iter().find(|section| section.heading == heading)
    }
}

fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("```yaml\n") {
        let (body, after) = after.split_once("```").unwrap_or((after, ""));
        let findings = body.lines().enumerate().filter(|(_, line)| line.trim_end().ends_with("# finding")).map(|(index, _)| index + 1);
        found.push(Fence { text: body, findings: findings.collect() });
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "# dead-end\n\nA step.\n\n## Why it hurts\nSomebody waits. For\never.\n\n## Example\n```yaml\na: 1\nb: 2 # finding\n```\n";

    #[test]
    fn a_page_is_taken_apart() {
        let page = Page::read(PAGE);
        assert_eq!(page.summary, "A step.");
        let example = page.section("Example").expect("a section");
        assert_eq!(example.fences[0].findings, [2]);
        assert_eq!(Page::first_sentence_of(PAGE, "Why it hurts"), "Somebody waits.");
    }
}

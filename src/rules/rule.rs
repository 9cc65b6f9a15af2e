//! What a rule is. Knows nothing of any single one.

use super::{Context, Page};
use crate::finding::{Finding, Level};

/// A rule: its declaration and its check.
#[derive(Debug)]
pub struct Rule {
    /// Its only id, which says the bad pattern.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// How much its findings weigh unless somebody says otherwise.
    pub level: Level,
    /// Its page, as Markdown.
    pub page: &'static str,
    /// Rules whose findings, nearby, say the cause of this one's: then this one is held back until they are answered.
    pub follows_from: &'static [FollowsFrom],
    /// When it runs.
    pub phase: Phase,
    /// Finds what is wrong.
    pub check: fn(&Context<'_>) -> Vec<Finding>,
}

/// A rule whose findings are the cause, and how near they must be.
#[derive(Debug)]
pub struct FollowsFrom {
    /// The rule.
    pub rule: &'static str,
    /// How near.
    pub scope: Scope,
}

impl FollowsFrom {
    /// A rule whose finding about the same thing is the cause.
    pub const fn on_subject(rule: &'static str) -> Self {
        Self { rule, scope: Scope::Subject }
    }

    /// A rule any of whose findings in the same journey is the cause.
    pub const fn in_journey(rule: &'static str) -> Self {
        Self { rule, scope: Scope::Journey }
    }

    /// A rule any of whose findings is the cause.
    pub const fn in_plan(rule: &'static str) -> Self {
        Self { rule, scope: Scope::Plan }
    }
}

/// How near two findings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// About one and the same thing.
    Subject,
    /// In one journey.
    Journey,
    /// In one plan.
    Plan,
}

/// When a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// With all others.
    Plan,
    /// After the decisions were taken into account, to judge them.
    Decisions,
}

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The file says what the language knows.
    Language,
    /// Every path leads somewhere.
    Structure,
    /// Every result has an answer.
    Outcomes,
    /// Every promise has work behind it.
    Backend,
    /// Every state can be left, and is left in order.
    States,
    /// Every wait has an end.
    Waiting,
    /// Money is taken once, and given back when it must be.
    Money,
    /// What is taken is given back.
    Holds,
    /// People hear what they must know.
    Messages,
    /// People get in.
    Entry,
    /// Everybody may do their part, and nobody more.
    Roles,
    /// Each surface has its job.
    Surfaces,
    /// Data is there when it is needed.
    Data,
    /// What comes later has its place.
    Later,
    /// Decisions and questions are kept up to date.
    Plan,
    /// The platform's own rules.
    Platform,
}

impl Group {
    /// Its name, as flags and configuration write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Structure => "structure",
            Self::Outcomes => "outcomes",
            Self::Backend => "backend",
            Self::States => "states",
            Self::Waiting => "waiting",
            Self::Money => "money",
            Self::Holds => "holds",
            Self::Messages => "messages",
            Self::Entry => "entry",
            Self::Roles => "roles",
            Self::Surfaces => "surfaces",
            Self::Data => "data",
            Self::Later => "later",
            Self::Plan => "plan",
            Self::Platform => "platform",
        }
    }
}

impl Rule {
    /// Its page, taken apart.
    pub fn read_page(&self) -> Page<'static> {
        Page::read(self.page)
    }

    /// What it detects, in one sentence.
    pub fn summary(&self) -> &'static str {
        Page::summary_of(self.page)
    }

    /// Why it hurts, in the first sentence of its page's section.
    pub fn why(&self) -> String {
        Page::first_sentence_of(self.page, "Why it hurts")
    }
}

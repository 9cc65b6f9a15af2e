//! Colours by what they mean, for light and dark screens and for paper.
//!
//! Nothing is told by colour alone: kinds of steps differ in shape, kinds of lines in stroke, actors are named. The colours of actors are
//! those of Okabe and Ito, which people with any of the common colour blindnesses tell apart, darkened or lightened to stand on the ground.

/// On what the picture is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// A light screen or a projector.
    #[default]
    Light,
    /// A dark screen.
    Dark,
    /// Paper: no ground, black text, lines that a copier keeps.
    Print,
    /// A page that says itself what each colour is there; [`Theme::variables`] tells it for the grounds above.
    Page,
}

/// A colour by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// The ground.
    Canvas,
    /// The ground of a stage or a lane.
    Panel,
    /// The ground of every second lane.
    PanelAlternate,
    /// The edge of a stage or a lane.
    PanelEdge,
    /// The ground of a step.
    Box,
    /// The edge of a step.
    BoxEdge,
    /// What is read first.
    Text,
    /// What is read after that.
    TextMuted,
    /// The main way.
    Main,
    /// Another way on.
    Plain,
    /// A way taken when something goes wrong.
    Failure,
    /// The ground of a step where something went wrong.
    FailureBox,
    /// A way back.
    Back,
    /// The edge of a decision.
    Decision,
    /// The ground of a decision.
    DecisionBox,
    /// The edge of a good end.
    Success,
    /// The ground of a good end.
    SuccessBox,
    /// An error that was found.
    Error,
    /// A warning that was found.
    Warning,
    /// Something good to know that was found.
    Info,
    /// What stands on one of these three.
    OnMark,
    /// An actor, by its position.
    Actor(usize),
}

const ACTORS_LIGHT: [&str; 7] = ["#0066a6", "#00795a", "#a34400", "#8f3d73", "#7a6a00", "#1f7fb0", "#4d4d4d"];
const ACTORS_DARK: [&str; 7] = ["#56b4e9", "#2fc79a", "#f08c42", "#e39ac3", "#e8dc4a", "#8fd0f2", "#c8c8c8"];
const ACTORS_PRINT: [&str; 7] = ["#004c80", "#005c44", "#8a3900", "#6e2c58", "#5c5000", "#005f8a", "#333333"];

const ACTORS_PAGE: [&str; 7] = [
    "var(--ink-actor-1)",
    "var(--ink-actor-2)",
    "var(--ink-actor-3)",
    "var(--ink-actor-4)",
    "var(--ink-actor-5)",
    "var(--ink-actor-6)",
    "var(--ink-actor-7)",
];

impl Ink {
    /// All but those of actors.
    const FIXED: [Self; 21] = [
        Self::Canvas,
        Self::Panel,
        Self::PanelAlternate,
        Self::PanelEdge,
        Self::Box,
        Self::BoxEdge,
        Self::Text,
        Self::TextMuted,
        Self::Main,
        Self::Plain,
        Self::Failure,
        Self::FailureBox,
        Self::Back,
        Self::Decision,
        Self::DecisionBox,
        Self::Success,
        Self::SuccessBox,
        Self::Error,
        Self::Warning,
        Self::Info,
        Self::OnMark,
    ];

    /// The colour as a page refers to it.
    fn variable(self) -> &'static str {
        match self {
            Self::Canvas => "var(--ink-canvas)",
            Self::Panel => "var(--ink-panel)",
            Self::PanelAlternate => "var(--ink-panel-alternate)",
            Self::PanelEdge => "var(--ink-panel-edge)",
            Self::Box => "var(--ink-box)",
            Self::BoxEdge => "var(--ink-box-edge)",
            Self::Text => "var(--ink-text)",
            Self::TextMuted => "var(--ink-text-muted)",
            Self::Main => "var(--ink-main)",
            Self::Plain => "var(--ink-plain)",
            Self::Failure => "var(--ink-failure)",
            Self::FailureBox => "var(--ink-failure-box)",
            Self::Back => "var(--ink-back)",
            Self::Decision => "var(--ink-decision)",
            Self::DecisionBox => "var(--ink-decision-box)",
            Self::Success => "var(--ink-success)",
            Self::SuccessBox => "var(--ink-success-box)",
            Self::Error => "var(--ink-error)",
            Self::Warning => "var(--ink-warning)",
            Self::Info => "var(--ink-info)",
            Self::OnMark => "var(--ink-on-mark)",
            Self::Actor(index) => ACTORS_PAGE[index % ACTORS_PAGE.len()],
        }
    }
}

impl Theme {
    /// A colour, as SVG writes it.
    #[expect(clippy::match_same_arms, reason = "a table: that two colours are the same today says nothing")]
    pub fn color(self, ink: Ink) -> &'static str {
        let [light, dark, print] = match ink {
            Ink::Canvas => ["#ffffff", "#12161d", "#ffffff"],
            Ink::Panel => ["#f1f4f9", "#1b212b", "#ffffff"],
            Ink::PanelAlternate => ["#e8edf5", "#232a36", "#f4f4f4"],
            Ink::PanelEdge => ["#cdd6e4", "#39434f", "#9a9a9a"],
            Ink::Box => ["#ffffff", "#2a323f", "#ffffff"],
            Ink::BoxEdge => ["#66758c", "#8b98ab", "#333333"],
            Ink::Text => ["#101828", "#f2f5f9", "#000000"],
            Ink::TextMuted => ["#475467", "#b3bfce", "#333333"],
            Ink::Main => ["#101828", "#f2f5f9", "#000000"],
            Ink::Plain => ["#3d4c63", "#b9c4d3", "#333333"],
            Ink::Failure => ["#b3381a", "#ff9e80", "#7a1f08"],
            Ink::FailureBox => ["#fdf0ec", "#43251d", "#ffffff"],
            Ink::Back => ["#66758c", "#8b98ab", "#666666"],
            Ink::Decision => ["#8a6100", "#f0c24a", "#4d3600"],
            Ink::DecisionBox => ["#fff8e3", "#3a3117", "#ffffff"],
            Ink::Success => ["#00714f", "#37c795", "#004d36"],
            Ink::SuccessBox => ["#e8f7f1", "#14392d", "#ffffff"],
            Ink::Error => ["#b42318", "#ff8a7a", "#8a1108"],
            Ink::Warning => ["#8a6100", "#f0c24a", "#4d3600"],
            Ink::Info => ["#1d5fa8", "#7cc0f5", "#0d3f75"],
            Ink::OnMark => ["#ffffff", "#12161d", "#ffffff"],
            Ink::Actor(index) => [&ACTORS_LIGHT, &ACTORS_DARK, &ACTORS_PRINT].map(|actors| actors[index % actors.len()]),
        };
        match self {
            Self::Light => light,
            Self::Dark => dark,
            Self::Print => print,
            Self::Page => ink.variable(),
        }
    }

    /// Every colour on this ground, as a page declares what [`Theme::Page`] refers to.
    pub fn variables(self) -> String {
        let fixed = Ink::FIXED.into_iter().chain((0..ACTORS_LIGHT.len()).map(Ink::Actor));
        let declared = fixed.map(|ink| format!("{}:{}", ink.variable().trim_start_matches("var(").trim_end_matches(')'), self.color(ink)));
        declared.collect::<Vec<_>>().join(";")
    }
}

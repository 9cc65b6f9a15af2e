//! `flowcheck render`

use std::path::{Path, PathBuf};

use super::load::{Loaded, load};
use super::settings::orders_near;
use super::{Ending, complain, print_bytes};
use crate::diagram::notation::Notation;
use crate::diagram::paint::{Carry, Fonts, PaintError, pdf, png, svg};
use crate::diagram::palette::Theme;
use crate::diagram::scene::Scene;
use crate::diagram::{self, Showing, Told};
use crate::finding::Finding;
use crate::lint;
use crate::model::{JourneyId, Plan};
use crate::spec::FaultKind;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shown {
    /// Steps in their stages, the main way straight
    Flow,
    /// A lane for everybody who acts
    Lanes,
    /// What people see, what staff do, what systems do, one above the other
    Blueprint,
    /// The states of the things that are tracked
    States,
    /// How the journeys of a plan lead to each other
    Journeys,
}

/// The format of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Vector picture for browsers and slides
    Svg,
    /// Picture of dots
    Png,
    /// Pages to print or hand round
    Pdf,
    /// Text for Mermaid
    Mermaid,
    /// Text for Graphviz
    Dot,
    /// Text for D2
    D2,
    /// Text for `PlantUML`
    Plantuml,
}

/// On what it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Ground {
    /// A light screen or a projector
    Light,
    /// A dark screen
    Dark,
    /// Paper
    Print,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A plan, a folder with one plan, or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,

    /// What is shown
    #[arg(long, value_enum, default_value_t = Shown::Flow, value_name = "VIEW")]
    view: Shown,

    /// The format; otherwise as the name of the file says, and SVG without one
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<Format>,

    /// The file to write; otherwise standard output. Several pages get numbers: flow-1.svg, flow-2.svg
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The one journey to draw, of several
    #[arg(long, value_name = "JOURNEY")]
    journey: Option<String>,

    /// Draw what was found on the steps where it was found
    #[arg(long)]
    findings: bool,

    /// The day against which `until` is judged, instead of today
    #[arg(long, value_name = "DAY", requires = "findings")]
    today: Option<jiff::civil::Date>,

    /// Fold what is long into pages that can be read from the last row of a room
    #[arg(long)]
    pages: bool,

    /// On what it is shown
    #[arg(long, value_enum, default_value_t = Ground::Light, value_name = "GROUND")]
    theme: Ground,

    /// How many dots wide a PNG is; otherwise as many as fill a screen of 3840 x 2160
    #[arg(long, value_name = "DOTS", value_parser = clap::value_parser!(u32).range(16..=30_000))]
    width: Option<u32>,

    /// A font file for letters that Inter lacks, instead of the fonts of the machine
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    match try_run(arguments) {
        Ok(()) => Ending::Clean,
        Err(reason) => {
            complain(&reason);
            Ending::NotChecked
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<(), String> {
    let format = format(arguments)?;
    let loaded = load(std::slice::from_ref(&arguments.path));
    if let Some(reason) = loaded.unread.first() {
        return Err(reason.clone());
    }
    let [plan] = loaded.plans.as_slice() else {
        let count = loaded.plans.len();
        return Err(format!("{} holds {count} plans; name the one to draw", arguments.path.display()));
    };
    let journeys = journeys(plan, arguments)?;
    let findings = findings(&loaded, plan, arguments)?;
    if let Some(notation) = notation(format) {
        return put(arguments, &written(plan, &journeys, &findings, arguments, notation)?);
    }
    let scenes = scenes(plan, &journeys, &findings, arguments)?;
    for scene in &scenes {
        scene.notes.iter().for_each(|note| complain(note));
    }
    write(arguments, format, &scenes)
}

fn format(arguments: &Arguments) -> Result<Format, String> {
    if let Some(format) = arguments.to {
        return Ok(format);
    }
    let Some(extension) = arguments.output.as_deref().and_then(Path::extension) else { return Ok(Format::Svg) };
    match extension.to_string_lossy().to_lowercase().as_str() {
        "svg" => Ok(Format::Svg),
        "png" => Ok(Format::Png),
        "pdf" => Ok(Format::Pdf),
        "mmd" | "mermaid" => Ok(Format::Mermaid),
        "dot" | "gv" => Ok(Format::Dot),
        "d2" => Ok(Format::D2),
        "puml" | "plantuml" => Ok(Format::Plantuml),
        other => Err(format!("no format is known by the ending .{other}; say which with --to")),
    }
}

fn journeys(plan: &Plan, arguments: &Arguments) -> Result<Vec<JourneyId>, String> {
    let all: Vec<JourneyId> = plan.journeys.ids().collect();
    if all.is_empty() {
        let problem = plan.faults.iter().find_map(|fault| match &fault.kind {
            FaultKind::Unreadable { problem, .. } => Some(problem),
            _ => None,
        });
        if let Some(problem) = problem {
            return Err(format!("the plan cannot be read: {problem}; `flowcheck validate` shows where"));
        }
        return Err("there is no journey in this plan, so there is nothing to draw".to_owned());
    }
    let Some(wanted) = &arguments.journey else { return Ok(all) };
    let found: Vec<JourneyId> = all.into_iter().filter(|id| plan.journeys[*id].name.text == *wanted).collect();
    if found.is_empty() {
        let names: Vec<&str> = plan.journeys.iter().map(|(_, journey)| journey.name.text.as_str()).collect();
        return Err(format!("the plan has no journey {wanted}; it has {}", names.join(", ")));
    }
    Ok(found)
}

fn notation(format: Format) -> Option<Notation> {
    match format {
        Format::Svg | Format::Png | Format::Pdf => None,
        Format::Mermaid => Some(Notation::Mermaid),
        Format::Dot => Some(Notation::Dot),
        Format::D2 => Some(Notation::D2),
        Format::Plantuml => Some(Notation::PlantUml),
    }
}

fn written(
    plan: &Plan,
    journeys: &[JourneyId],
    findings: &[Finding],
    arguments: &Arguments,
    notation: Notation,
) -> Result<Vec<Vec<u8>>, String> {
    let told = match arguments.view {
        Shown::Flow => Told::Flow,
        Shown::Lanes => Told::Lanes,
        Shown::States => Told::States,
        Shown::Journeys => Told::Journeys,
        Shown::Blueprint => {
            let reason = "a blueprint is a table, which mermaid, dot, d2 and plantuml cannot write: draw it as svg, png or pdf, or write \
                          --view flow, lanes, states or journeys";
            return Err(reason.to_owned());
        }
    };
    let showing = Showing { findings, ..Showing::default() };
    let texts = diagram::written(plan, journeys, showing, told, notation).map_err(|error| error.to_string())?;
    Ok(texts.into_iter().map(String::into_bytes).collect())
}

/// What is open, as `validate` tells it; nothing where it is not to be drawn.
fn findings(loaded: &Loaded, plan: &Plan, arguments: &Arguments) -> Result<Vec<Finding>, String> {
    if !arguments.findings {
        return Ok(Vec::new());
    }
    let today = arguments.today.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date());
    let orders = orders_near(&arguments.path, today, &loaded.sources).map_err(|problems| problems.join("\n"))?;
    Ok(lint::run(plan, &orders).findings)
}

fn scenes(plan: &Plan, journeys: &[JourneyId], findings: &[Finding], arguments: &Arguments) -> Result<Vec<Scene>, String> {
    let showing = Showing { findings, pages: arguments.pages, ..Showing::default() };
    let scenes = match arguments.view {
        Shown::Flow => diagram::flow(plan, journeys, showing),
        Shown::Lanes => diagram::lanes(plan, journeys, showing),
        Shown::Blueprint => diagram::blueprint(plan, journeys, showing),
        Shown::States => diagram::states(plan, journeys, showing),
        Shown::Journeys => diagram::journeys(plan, journeys, showing),
    };
    scenes.map_err(|error| error.to_string())
}

fn write(arguments: &Arguments, format: Format, scenes: &[Scene]) -> Result<(), String> {
    let theme = match arguments.theme {
        Ground::Light => Theme::Light,
        Ground::Dark => Theme::Dark,
        Ground::Print => Theme::Print,
    };
    let files: Vec<Vec<u8>> = match format {
        Format::Svg => scenes.iter().map(|scene| svg(scene, theme, Carry::Font).into_bytes()).collect(),
        Format::Png => {
            let fonts = fonts(arguments, scenes)?;
            let draw = |scene: &Scene| png(scene, theme, &fonts, arguments.width.unwrap_or_else(|| fill_screen(scene)));
            scenes.iter().map(draw).collect::<Result<_, PaintError>>().map_err(|error| error.to_string())?
        }
        Format::Pdf => vec![pdf(scenes, theme, &fonts(arguments, scenes)?).map_err(|error| error.to_string())?],
        Format::Mermaid | Format::Dot | Format::D2 | Format::Plantuml => unreachable!("written, not drawn"),
    };
    put(arguments, &files)
}

fn put(arguments: &Arguments, files: &[Vec<u8>]) -> Result<(), String> {
    let Some(output) = &arguments.output else {
        let [file] = files else {
            return Err(format!("there are {} pages; name a file for them with -o", files.len()));
        };
        print_bytes(file);
        return Ok(());
    };
    for (index, file) in files.iter().enumerate() {
        let path = if files.len() == 1 { output.clone() } else { numbered(output, index + 1) };
        std::fs::write(&path, file).map_err(|error| format!("{} could not be written: {error}", path.display()))?;
    }
    Ok(())
}

/// As many dots as fill a large screen, so that a projector shows sharp text.
fn fill_screen(scene: &Scene) -> u32 {
    let scale = (3840.0 / scene.width).min(2160.0 / scene.height);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is between 16 and 3840")]
    let dots = (scene.width * scale).round().clamp(16.0, 3840.0) as u32;
    dots
}

fn fonts(arguments: &Arguments, scenes: &[Scene]) -> Result<Fonts, String> {
    let read = |path: &PathBuf| std::fs::read(path).map_err(|error| format!("{} could not be read: {error}", path.display()));
    let given = arguments.font.iter().map(read).collect::<Result<_, _>>()?;
    let fonts = Fonts::for_scenes(scenes, given);
    if !fonts.missing().is_empty() {
        let shown: String = fonts.missing().iter().take(20).collect();
        complain(&format!(
            "no font on this machine draws {shown}; those characters are left empty in the picture. Install a font that has them, \
             such as Noto Sans CJK, or name one with --font"
        ));
    }
    Ok(fonts)
}

fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number}{ending}"))
}

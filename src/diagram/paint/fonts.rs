//! Which font draws which character: Inter, and for what it lacks a sans-serif of the machine, chosen here and never by chance.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Style, Weight as DbWeight};
use resvg::usvg::{FontResolver, Options, Tree};

use super::PaintError;
use crate::diagram::scene::{Item, Scene};
use crate::diagram::text::{Weight, is_covered};

/// Families of the machine in the order in which they are asked, each a sans-serif that stands well beside Inter.
const HAN: &[&str] = &[
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
];
const JAPANESE: &[&str] =
    &["Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Source Han Sans", "Hiragino Sans", "Yu Gothic", "Meiryo", "IPAexGothic"];
const KOREAN: &[&str] = &["Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic"];
const OTHER: &[&str] = &["Noto Sans", "Segoe UI", "Helvetica Neue", "Arial Unicode MS", "Arial", "DejaVu Sans", "Liberation Sans"];

/// The fonts of a drawing.
#[derive(Debug)]
pub struct Fonts {
    database: Arc<Database>,
    preferred: Vec<ID>,
    missing: BTreeSet<char>,
}

impl Fonts {
    /// What these scenes need: Inter alone, or with it the fonts of the machine, which take a while to find. Files given by name come
    /// before those.
    pub fn for_scenes(scenes: &[Scene], given: Vec<Vec<u8>>) -> Self {
        let mut foreign = BTreeSet::new();
        for scene in scenes {
            scene.items.iter().for_each(|item| collect(item, &mut foreign));
        }
        let mut database = Database::new();
        for weight in [Weight::Medium, Weight::SemiBold] {
            database.load_font_source(Source::Binary(Arc::new(weight.font())));
        }
        database.set_sans_serif_family("Inter");
        if foreign.is_empty() {
            return Self { database: Arc::new(database), preferred: Vec::new(), missing: BTreeSet::new() };
        }
        let given: Vec<ID> = given.into_iter().flat_map(|bytes| database.load_font_source(Source::Binary(Arc::new(bytes)))).collect();
        let covers = |database: &Database, id: ID, character: char| {
            database.with_face_data(id, |data, index| {
                rustybuzz::Face::from_slice(data, index).is_some_and(|face| face.glyph_index(character).is_some())
            }) == Some(true)
        };
        let all_given = foreign.iter().all(|character| given.iter().any(|id| covers(&database, *id, *character)));
        if !all_given {
            database.load_system_fonts();
        }
        let mut preferred = given;
        for family in families(&foreign) {
            let query = Query { families: &[Family::Name(family)], weight: DbWeight::MEDIUM, style: Style::Normal, ..Query::default() };
            preferred.extend(database.query(&query));
        }
        // Whatever else is there, upright and proportional first, in a fixed order.
        let mut rest: Vec<_> = database
            .faces()
            .filter(|face| face.style == Style::Normal && !preferred.contains(&face.id))
            .map(|face| {
                let name = face.families.first().map_or("", |(name, _)| name.as_str()).to_owned();
                let is_odd = face.monospaced || ["Serif", "Ming", "Song", "Mono", "Math"].iter().any(|word| name.contains(word));
                ((is_odd, face.weight.0.abs_diff(500), name, face.post_script_name.clone()), face.id)
            })
            .collect();
        rest.sort();
        preferred.extend(rest.into_iter().map(|(_, id)| id));
        let missing = foreign.into_iter().filter(|character| !preferred.iter().any(|id| covers(&database, *id, *character))).collect();
        Self { database: Arc::new(database), preferred, missing }
    }

    /// Characters that no font on this machine draws.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// Reads our own SVG with these fonts.
    pub(super) fn tree(&self, svg: &str) -> Result<Tree, PaintError> {
        let preferred = self.preferred.clone();
        let resolver = FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(move |character, tried, database| {
                preferred.iter().copied().filter(|id| !tried.contains(id)).find(|id| {
                    database.with_face_data(*id, |data, index| {
                        rustybuzz::Face::from_slice(data, index).is_some_and(|face| face.glyph_index(character).is_some())
                    }) == Some(true)
                })
            }),
        };
        let options =
            Options { fontdb: Arc::clone(&self.database), font_resolver: resolver, font_family: "Inter".to_owned(), ..Options::default() };
        Tree::from_str(svg, &options).map_err(|error| PaintError::Svg(error.to_string()))
    }
}

/// The families to ask: Han characters are drawn as the writing beside them has them.
fn families(foreign: &BTreeSet<char>) -> Vec<&'static str> {
    let any = |from: char, to: char| foreign.range(from..=to).next().is_some();
    let is_japanese = any('\u{3041}', '\u{30FF}');
    let is_korean = any('\u{AC00}', '\u{D7AF}');
    let order: [&[&str]; 4] = match (is_japanese, is_korean) {
        (true, _) => [JAPANESE, HAN, KOREAN, OTHER],
        (_, true) => [KOREAN, HAN, JAPANESE, OTHER],
        _ => [HAN, JAPANESE, KOREAN, OTHER],
    };
    order.concat()
}

/// The characters that Inter does not hold.
fn collect(item: &Item, foreign: &mut BTreeSet<char>) {
    match item {
        Item::Group(group) => group.items.iter().for_each(|item| collect(item, foreign)),
        Item::Text(text) => foreign.extend(text.text.chars().filter(|character| !is_covered(*character) && !character.is_control())),
        Item::Area(_) | Item::Line(_) => {}
    }
}

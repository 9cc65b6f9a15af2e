//! `flowcheck export`

use std::path::PathBuf;

use super::load::{Loaded, load};
use super::{Ending, complain, print};
use crate::analysis::world::{Variable, View, World};
use crate::export;
use crate::model::{EntityId, Plan};
use crate::spec::nearest;

/// The language of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum To {
    /// For SPIN
    Promela,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// One plan: its file, its folder, or - for standard input
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,

    /// The language of the model
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    to: To,

    /// Only this entity, and what decides over its moves; without it, everything
    #[arg(long, value_name = "NAME")]
    entity: Option<String>,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Ending {
    let loaded = load(std::slice::from_ref(&arguments.path));
    let model = the_plan(&loaded, arguments).and_then(|plan| {
        let view = view(plan, arguments.entity.as_deref())?;
        let world = World::new(plan, &view);
        Ok(match arguments.to {
            To::Promela => export::promela(plan, &world),
        })
    });
    let written = model.and_then(|model| match &arguments.output {
        None => {
            print(&model);
            Ok(())
        }
        Some(file) => std::fs::write(file, model).map_err(|error| format!("cannot write {}: {error}", file.display())),
    });
    match written {
        Ok(()) => Ending::Clean,
        Err(reason) => {
            complain(&reason);
            Ending::NotChecked
        }
    }
}

/// The one plan at the path, free of faults.
fn the_plan<'l>(loaded: &'l Loaded, arguments: &Arguments) -> Result<&'l Plan, String> {
    if let Some(reason) = loaded.unread.first() {
        return Err(reason.clone());
    }
    let path = arguments.path.display();
    let [plan] = &loaded.plans[..] else {
        let names = loaded.plans.iter().filter_map(|plan| plan.files.first()).map(|file| loaded.sources.get(*file).name().to_owned());
        let names = names.collect::<Vec<_>>().join(", ");
        return Err(format!("{path} holds {} plans, and a model is of one; name one of {names}", loaded.plans.len()));
    };
    let (faults, each) = match plan.faults.len() {
        0 => return Ok(plan),
        1 => ("a fault", "it"),
        _ => ("faults", "each"),
    };
    Err(format!("the plan has {faults} of form, so a model of it would not be the plan's; `flowcheck validate {path}` names {each}"))
}

/// What the model is to show.
fn view(plan: &Plan, entity: Option<&str>) -> Result<View, String> {
    let Some(wanted) = entity else {
        if plan.entities.is_empty() {
            return Err("the plan tracks no entity, so there is nothing to write a model of".to_owned());
        }
        return match plan.entities.iter().find(|(id, _)| is_too_large(plan, *id)) {
            Some((_, entity)) => Err(too_large(&entity.name.text)),
            None => Ok(View::of_plan(plan)),
        };
    };
    let found = plan.entities.iter().find(|(_, entity)| entity.name.text == wanted);
    match found {
        Some((id, _)) if is_too_large(plan, id) => Err(too_large(wanted)),
        Some((id, _)) => Ok(View::of_entity(plan, id)),
        None => {
            let known: Vec<&str> = plan.entities.iter().map(|(_, entity)| entity.name.text.as_str()).collect();
            let near = nearest(wanted, known.iter().copied());
            let meant = match (near.first(), known.is_empty()) {
                (Some(near), _) => format!("did you mean {near}?"),
                (None, true) => "it tracks none".to_owned(),
                (None, false) => format!("it tracks {}", known.join(", ")),
            };
            Err(format!("the plan tracks no entity {wanted}; {meant}"))
        }
    }
}

fn is_too_large(plan: &Plan, entity: EntityId) -> bool {
    !View::of(plan, &[entity]).variables.contains(&Variable::Entity(entity))
}

fn too_large(entity: &str) -> String {
    format!("{entity} has more states than a model can tell apart, which is 62")
}

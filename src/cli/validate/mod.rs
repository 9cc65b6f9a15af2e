//! `flowcheck validate`

mod arguments;
mod ending;
mod formats;
mod in_force;
mod known;
mod levels;
mod repository;

pub(super) use arguments::Arguments;

use ending::Limits;
use formats::Reports;
use known::Known;

use super::load::load_without;
use super::settings::InForce;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::lint;
use crate::output::{Checked, Run};

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    match in_force::in_force(arguments) {
        Ok((configuration, in_force)) if arguments.show_config => {
            print(&in_force.show(configuration.path()));
            Ending::Clean
        }
        Ok((_, in_force)) => check(arguments, &in_force, terminal),
        Err(problems) => {
            for problem in problems {
                complain(&problem);
            }
            Ending::NotChecked
        }
    }
}

fn check(arguments: &Arguments, in_force: &InForce, terminal: &Terminal) -> Ending {
    let (reports, known) = match (Reports::new(&arguments.format, arguments.max_findings), Known::load(arguments, in_force)) {
        (Ok(reports), Ok(known)) => (reports, known),
        (Err(problem), _) | (_, Err(problem)) => {
            complain(&problem);
            return Ending::NotChecked;
        }
    };
    let loaded = load_without(&in_force.paths.0, |path| in_force.exclude.0.fits(path));
    let orders = in_force.orders(&loaded.sources);
    let plans = loaded.plans.into_iter().map(|plan| Checked { verdict: lint::run(&plan, &orders), plan }).collect();
    let mut run = Run { sources: loaded.sources, plans, unread: loaded.unread, prefix: repository::prefix(), baseline: None };
    let unknown = known.and_then(|known| known.apply(&mut run, &orders).err());
    let limits = Limits::of(arguments, in_force);
    let unwritten = reports.write(&run, limits.level, terminal);
    let problems: Vec<String> = unwritten.into_iter().chain(unknown).collect();
    for problem in run.unread.iter().chain(&problems) {
        complain(problem);
    }
    if problems.is_empty() { limits.ending(&run) } else { Ending::NotChecked }
}

//! `flowcheck validate`

mod arguments;
mod ending;
mod formats;
mod in_force;
mod known;
mod levels;
mod mending;
mod repository;
mod watch;

pub(super) use arguments::Arguments;

use ending::Limits;
use formats::Reports;
use known::Known;

use super::load::{Loaded, load_without};
use super::many::each;
use super::progress::Progress;
use super::settings::InForce;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::lint::{self, Orders, count_safe};
use crate::output::{Checked, Run};

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    match in_force::in_force(arguments) {
        Ok((configuration, in_force)) if arguments.show_config => {
            print(&in_force.show(configuration.path()));
            Ending::Clean
        }
        Ok((configuration, in_force)) if arguments.watch => watch::watch(arguments, configuration.path(), in_force, terminal),
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
    match checked(arguments, in_force, terminal) {
        Ok((ending, _)) => ending,
        Err(problem) => {
            complain(&problem);
            Ending::NotChecked
        }
    }
}

fn checked(arguments: &Arguments, in_force: &InForce, terminal: &Terminal) -> Result<(Ending, Run), String> {
    let reports = Reports::new(&arguments.format, arguments.max_findings)?;
    let known = Known::load(arguments, in_force)?;
    let mend = mending::what(arguments, in_force)?;
    let load = || load_without(&in_force.paths.0, arguments.max_megabytes, |path| in_force.exclude.0.fits(path));
    let mut loaded = load();
    let mut orders = in_force.orders(&loaded.sources);
    if let Some(mend) = mend {
        if arguments.diff {
            return Ok((mending::show(&loaded, &orders, &mend), Run::default()));
        }
        match mending::write(&loaded, &orders, &mend) {
            Ok(false) => {}
            Ok(true) => {
                loaded = load();
                orders = in_force.orders(&loaded.sources);
            }
            Err(ending) => return Ok((ending, Run::default())),
        }
    }
    let mut run = examine(loaded, &orders);
    let unknown = known.and_then(|known| known.apply(&mut run, &orders).err());
    run.mendable = run.plans.iter().map(|checked| count_safe(&checked.plan, &run.sources, &checked.verdict)).sum();
    let limits = Limits::of(arguments, in_force);
    let unwritten = reports.write(&run, limits.level, terminal);
    let problems: Vec<String> = unwritten.into_iter().chain(unknown).collect();
    for problem in run.unread.iter().chain(&problems) {
        complain(problem);
    }
    let ending = if problems.is_empty() { limits.ending(&run) } else { Ending::NotChecked };
    Ok((ending, run))
}

/// Asks the rules.
fn examine(loaded: Loaded, orders: &Orders) -> Run {
    let progress = Progress::new("Checked", loaded.plans.len());
    let plans = each(loaded.plans, |plan| {
        let verdict = lint::run(&plan, orders);
        progress.step();
        Checked { plan, verdict }
    });
    drop(progress);
    Run { sources: loaded.sources, plans, unread: loaded.unread, prefix: repository::prefix(), ..Run::default() }
}

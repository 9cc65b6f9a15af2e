//! `flowcheck validate`

mod arguments;
mod ending;
mod in_force;
mod levels;

pub(super) use arguments::Arguments;

use arguments::Format;

use super::load::load_without;
use super::settings::InForce;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::lint;
use crate::output::{Checked, Run, Style, concise, json, text};

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
    let loaded = load_without(&in_force.paths.0, |path| in_force.exclude.0.fits(path));
    let orders = in_force.orders(&loaded.sources);
    let plans = loaded.plans.into_iter().map(|plan| Checked { verdict: lint::run(&plan, &orders), plan }).collect();
    let run = Run { sources: loaded.sources, plans, unread: loaded.unread };
    match arguments.format {
        Format::Text => {
            let style = Style { color: terminal.color, unicode: true, width: terminal.width, max_findings: arguments.max_findings };
            if !run.plans.is_empty() {
                print(&text(&run, style));
            }
        }
        Format::Concise => print(&concise(&run)),
        Format::Json => print(&json(&run)),
    }
    run.unread.iter().for_each(|reason| complain(reason));
    ending::Limits::of(arguments, in_force).ending(&run)
}

//! `flowcheck validate`

mod arguments;
mod ending;
mod levels;
mod orders;

pub(super) use arguments::Arguments;

use arguments::Format;

use super::load::load;
use super::terminal::Terminal;
use super::{Ending, complain, print};
use crate::lint;
use crate::output::{Checked, Run, Style, concise, json, text};

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Ending {
    let orders = match orders::orders(arguments) {
        Ok(orders) => orders,
        Err(problem) => {
            complain(&problem);
            return Ending::NotChecked;
        }
    };
    let loaded = load(&arguments.paths);
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
    ending::Limits::of(arguments).ending(&run)
}

//! `flowcheck preview`

mod news;
mod request;
mod server;

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use self::news::News;
use super::reported::reported;
use super::settings::{Configuration, Which};
use super::watching::Watching;
use super::{Ending, complain, day, note, print};

/// Where it is served unless that is taken.
const PORT: u16 = 4173;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A plan, or a folder with one plan
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,

    /// The port on this machine [default: 4173, or another one where that is taken]
    #[arg(long, value_name = "NUMBER")]
    port: Option<u16>,

    /// The day against which `until` and `by` are judged, instead of today
    #[arg(long, value_name = "DAY")]
    today: Option<jiff::civil::Date>,
}

/// Never ends by itself, unless there is nothing to begin with.
pub(super) fn run(arguments: &Arguments) -> Ending {
    if let Err(problems) = serve(arguments) {
        for problem in &problems {
            complain(problem);
        }
    }
    Ending::NotChecked
}

fn serve(arguments: &Arguments) -> Result<(), Vec<String>> {
    let path = arguments.path.as_path();
    if path.as_os_str() == "-" {
        return Err(vec!["standard input is read once, so there is nothing to watch; name a file or a folder".to_owned()]);
    }
    let mut watching = Watching::new().map_err(|problem| vec![problem])?;
    // Before the first look, so that no save is missed.
    watching.add_path(path);
    if let Some(folder) = folder_of_configuration(path) {
        watching.add_folder(&folder);
    }
    let first = reported(path, day(arguments.today)).map_err(|(_, reasons)| reasons)?;
    let listener = listen(arguments.port).map_err(|problem| vec![problem])?;
    let port = listener.local_addr().map_err(|error| vec![error.to_string()])?.port();
    let mut files = watching.add_sources(&first.loaded.sources);
    let faults = first.faults();
    let mut is_whole = tell(&faults);
    let news = Arc::new(News::new(first.page(Some(1)), faults));
    drop(first);
    let served = Arc::clone(&news);
    std::thread::spawn(move || server::serve(&listener, port, &served));
    print(&format!("http://127.0.0.1:{port}/\n"));
    note("open this address in a browser on this machine; Ctrl-C ends the preview");
    while watching.wait(&files) {
        let begun = Instant::now();
        match reported(path, day(arguments.today)) {
            Ok(shown) => {
                files.extend(watching.add_sources(&shown.loaded.sources));
                let faults = shown.faults();
                // A plan that is only half there does not take the place of one that is whole.
                if tell(&faults) || !is_whole {
                    is_whole = faults.is_empty();
                    news.show(shown.page(Some(news.edition() + 1)), faults);
                    note(&format!("shown anew, made in {} ms", begun.elapsed().as_millis()));
                } else {
                    news.tell(faults);
                }
            }
            Err((sources, reasons)) => {
                files.extend(watching.add_sources(&sources));
                tell(&reasons);
                news.tell(reasons);
            }
        }
    }
    Err(vec!["files cannot be watched any more".to_owned()])
}

/// Says what cannot be read; whether there is nothing of that.
fn tell(faults: &[String]) -> bool {
    for fault in faults {
        complain(fault);
    }
    faults.is_empty()
}

/// Only for this machine: the address is that of no network.
fn listen(port: Option<u16>) -> Result<TcpListener, String> {
    let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let bound = match port {
        Some(port) => bind(port),
        None => bind(PORT).or_else(|_| bind(0)),
    };
    bound.map_err(|error| format!("cannot serve on port {} of this machine: {error}", port.unwrap_or(PORT)))
}

fn folder_of_configuration(path: &Path) -> Option<PathBuf> {
    let configuration = Configuration::load(&Which::Nearest(vec![path.to_path_buf()])).ok()?;
    configuration.path().map(|_| configuration.folder.clone())
}

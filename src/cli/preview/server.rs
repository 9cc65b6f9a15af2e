//! Serves the page of a preview on this machine, and tells browsers when there is a newer one.
//!
//! One page and one stream of news: the standard library does that in fewer lines than an HTTP library would take to be set up, and
//! brings no code that nobody here reads. Whoever is asked under another name than that of this machine does not answer: a page from
//! elsewhere whose name was turned to this address would read the plan.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::news::News;
use super::request::{Request, read};

/// More browsers than this are not answered at once.
const MOST: usize = 64;
/// Whoever takes longer to ask, or to take the answer, is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often a quiet browser is spoken to, to notice that it has gone.
const PULSE: Duration = Duration::from_secs(15);

const HEAD: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
                    Cross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n";

/// Answers until the program ends.
pub(super) fn serve(listener: &TcpListener, port: u16, news: &Arc<News>) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        if open.fetch_add(1, Ordering::SeqCst) >= MOST {
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (news, open) = (Arc::clone(news), Arc::clone(&open));
        std::thread::spawn(move || {
            // That a browser went away in the middle is no news.
            let _ = answer(stream, port, &news);
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn answer(mut stream: TcpStream, port: u16, news: &News) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(Request { method, path, host }) = read(&mut stream) else {
        return say(&mut stream, "400 Bad Request", "", "This is no request that is understood here.\n");
    };
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !own.contains(&host.to_ascii_lowercase()) {
        return say(&mut stream, "421 Misdirected Request", "", &format!("The preview answers at http://{}/ only.\n", own[0]));
    }
    match (method.as_str(), path.as_str()) {
        ("GET", "/") => {
            let page = news.page();
            let length = page.len();
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n{HEAD}\r\n{page}")
        }
        ("GET", "/news") => tell(&mut stream, news),
        ("GET", _) => say(&mut stream, "404 Not Found", "", "There is nothing here but the page at /.\n"),
        _ => say(&mut stream, "405 Method Not Allowed", "Allow: GET\r\n", "The preview is only looked at.\n"),
    }
}

fn say(stream: &mut TcpStream, status: &str, more: &str, text: &str) -> std::io::Result<()> {
    let length = text.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n{more}{HEAD}\r\n{text}")
}

/// Tells what is new, now and whenever something is, until the browser goes away.
fn tell(stream: &mut TcpStream, news: &News) -> std::io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{HEAD}\r\nretry: 500\n\n")?;
    let mut known = 0;
    loop {
        match news.since(known, PULSE) {
            Some((changes, told)) => {
                known = changes;
                write!(stream, "data: {told}\n\n")?;
            }
            None => stream.write_all(b": still here\n\n")?,
        }
        stream.flush()?;
    }
}

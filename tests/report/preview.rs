//! `flowcheck preview` serves the page to this machine alone, and tells of every save without losing the last good page.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::common::{command, folder_with};

const PLAN: &str =
    "flowcheck: 1\njourney: order\ntitle: First\nstages:\n  entry:\n    open: {screen: Home, from: [search], ends: success}\n";

/// A running preview; ended when it is dropped.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn begin(folder: &Path) -> Self {
        let mut command = command(folder, &["preview", "order.flow.yaml", "--port", "0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("an address");
        let port = line.trim().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/')).expect("on this machine");
        Self { child, port: port.parse().expect("a port") }
    }

    /// What is sent, and nothing else.
    fn ask(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a limit");
        stream.write_all(request.as_bytes()).expect("sent");
        stream
    }

    fn get(&self, path: &str, host: &str) -> String {
        let mut answer = String::new();
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")).read_to_string(&mut answer).expect("an answer");
        answer
    }

    fn page(&self) -> String {
        self.get("/", &format!("127.0.0.1:{}", self.port))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_is_for_this_machine_under_its_own_name() {
    let folder = folder_with(&[("order.flow.yaml", PLAN)]);
    let preview = Preview::begin(folder.path());
    let page = preview.page();
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("<h1>First</h1>") && page.contains("connect-src 'self'"), "{page}");
    assert!(preview.get("/?x", &format!("LOCALHOST:{}", preview.port)).starts_with("HTTP/1.1 200 "));
    for host in ["example.org", "127.0.0.1", "localhost:1", "127.0.0.1.example.org", ""] {
        let answer = preview.get("/", host);
        assert!(answer.starts_with("HTTP/1.1 421 ") && !answer.contains("First"), "{host}: {answer}");
        assert!(preview.get("/news", host).starts_with("HTTP/1.1 421 "), "{host}");
    }
    for path in ["/order.flow.yaml", "/../order.flow.yaml", "//", "/index.html"] {
        assert!(preview.get(path, &format!("localhost:{}", preview.port)).starts_with("HTTP/1.1 404 "), "{path}");
    }
    for (request, code) in [
        (format!("POST / HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port), "405"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (format!("GET / HTTP/1.1\r\nHost: localhost:{0}\r\nHost: localhost:{0}\r\n\r\n", preview.port), "400"),
    ] {
        let mut answer = String::new();
        preview.ask(&request).read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with(&format!("HTTP/1.1 {code} ")), "{request}: {answer}");
    }
}

#[test]
fn every_save_is_told_and_a_broken_one_does_not_take_the_page_away() {
    let folder = folder_with(&[("order.flow.yaml", PLAN)]);
    let save = |text: &str| std::fs::write(folder.path().join("order.flow.yaml"), text).expect("written");
    let preview = Preview::begin(folder.path());
    let news = preview.ask(&format!("GET /news HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port));
    let mut news = BufReader::new(news).lines().map(|line| line.expect("a line"));
    let mut next = || {
        let line = news.find(|line| line.starts_with("data: ")).expect("news");
        let told: serde_json::Value = serde_json::from_str(&line["data: ".len()..]).expect("JSON");
        (told["edition"].as_u64().expect("a number"), told["faults"].as_array().expect("a list").len())
    };
    assert_eq!(next(), (1, 0));
    save(&PLAN.replace("First", "Second"));
    assert_eq!(next(), (2, 0));
    assert!(preview.page().contains("<h1>Second</h1>"));
    save(&PLAN.replace("First", "Broken").replace("success}", "success"));
    assert_eq!(next(), (2, 1));
    assert!(preview.page().contains("<h1>Second</h1>"), "the last good page stays");
    save(&PLAN.replace("First", "Third"));
    assert_eq!(next(), (3, 0));
    assert!(preview.page().contains("<h1>Third</h1>") && preview.page().contains("data-edition=\"3\""));
}

#[test]
fn what_cannot_be_previewed_is_said_at_once() {
    let folder = folder_with(&[("a.flow.yaml", PLAN), ("b.flow.yaml", PLAN)]);
    for (path, told) in [(".", "there are 2 plans"), ("-", "standard input is read once"), ("missing.flow.yaml", "missing.flow.yaml")] {
        let output = command(folder.path(), &["preview", path]).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(told), "{path}");
    }
}

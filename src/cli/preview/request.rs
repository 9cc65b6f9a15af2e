//! A request of a browser, read as far as a preview needs it: the method, the path, and for which host it is meant.

use std::io::Read;

/// The longest head that is read, in bytes; what browsers send is a tenth of that.
const LONGEST: usize = 16 * 1024;

/// What was asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// Without what follows a question mark.
    pub(super) path: String,
    /// As the browser knows it: a page of another name that leads here is not meant to be answered.
    pub(super) host: String,
}

/// Reads the head of a request; nothing where it is none.
pub(super) fn read(from: &mut impl Read) -> Option<Request> {
    let mut head: Vec<u8> = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = from.read(&mut piece).ok().filter(|length| *length > 0)?;
        head.extend_from_slice(&piece[..length]);
        if head.len() > LONGEST {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target, version) = (first.next()?, first.next()?, first.next()?);
    if !version.starts_with("HTTP/1.") || first.next().is_some() {
        return None;
    }
    let hosts = lines.filter_map(|line| line.split_once(':')).filter(|(name, _)| name.eq_ignore_ascii_case("host"));
    let hosts: Vec<&str> = hosts.map(|(_, value)| value.trim()).collect();
    let [host] = hosts[..] else { return None };
    let path = target.split('?').next().unwrap_or(target);
    Some(Request { method: method.to_owned(), path: path.to_owned(), host: host.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{Request, read};

    fn of(text: &str) -> Option<Request> {
        read(&mut text.as_bytes())
    }

    #[test]
    fn a_request_is_read_as_far_as_it_is_needed() {
        let request = of("GET /news?x=1 HTTP/1.1\r\nAccept: */*\r\nhOST: localhost:80 \r\n\r\n").expect("a request");
        assert_eq!((request.method.as_str(), request.path.as_str(), request.host.as_str()), ("GET", "/news", "localhost:80"));
    }

    #[test]
    fn what_is_no_request_is_none() {
        let endless = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(20_000));
        for text in [
            "",
            "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/2\r\nHost: a\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
            &endless,
        ] {
            assert_eq!(of(text), None, "{text:?}");
        }
        assert_eq!(read(&mut &b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n"[..]), None);
    }
}

//! Writing XML: everything escaped, and nothing in it that XML cannot hold.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An element with its attributes, its text and what stands in it.
#[derive(Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    pub(super) fn with(mut self, attribute: &'static str, value: impl std::fmt::Display) -> Self {
        self.attributes.push((attribute, clean(&value.to_string())));
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.text = clean(text);
        self
    }

    pub(super) fn containing(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// The element as a document.
    pub(super) fn document(&self) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        // Only a writer that fails makes this fail, and a list of bytes never does.
        let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).and_then(|()| self.write(&mut writer));
        let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let element = writer.create_element(self.name).with_attributes(attributes);
        match (self.text.is_empty(), self.children.is_empty()) {
            (true, true) => element.write_empty(),
            (false, true) => element.write_text_content(BytesText::new(&self.text)),
            _ => element.write_inner_content(|writer| self.children.iter().try_for_each(|child| child.write(writer))),
        }
        .map(|_| ())
    }
}

/// Without the characters that XML cannot hold in any form.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')).collect()
}

//! Takes the YAML of the catalogue apart when the program is built, so that no run has to read what never changes.
//!
//! What comes of each file is its tree of nodes, as Rust, and the names of what stands in it. Only the syntax is looked at here, and a
//! fault of it stops the build with its place; whether the forms are right, the tests of the catalogue say.

#![allow(clippy::print_stdout)] // this is how a build script speaks to cargo

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use granit_parser::{Event, Parser, ScalarStyle};

/// The names of the files, in the order in which they are shown.
const FILES: &str = include_str!("src/catalogue/files.txt");
const FOLDER: &str = "src/catalogue";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={FOLDER}");
    let names: Vec<&str> = FILES.lines().filter(|line| !line.starts_with('#')).collect();
    let mut code = format!("static FILES: [File; {}] = [\n", names.len());
    for name in names {
        let path = format!("{FOLDER}/{name}");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let tree = Tree::read(&text).map_err(|problem| format!("{path}:{problem}"))?;
        writeln!(code, "    File::new({name:?}, {}, {}),", tree.sections(), tree.code())?;
    }
    code += "];\n";
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("catalogue.rs"), code)?;
    Ok(())
}

enum Node {
    Scalar { text: String, plain: bool },
    List(Vec<usize>),
    Map(Vec<usize>),
}

/// The nodes of a file; whatever holds others stands after them, so the last one is the whole.
#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    fn read(text: &str) -> Result<Self, String> {
        let mut tree = Self::default();
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        let mut parser = Parser::new_from_str_with_options(text, granit_parser::options! { strict_indentation: true });
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|error| format!("{}:{}: {error}", error.marker().line(), error.marker().col() + 1))?;
            let node = match event {
                Event::Scalar(text, style, ..) => {
                    let plain = style == ScalarStyle::Plain;
                    // The parser reports a missing value as a plain `~` of no length.
                    let is_nothing = plain && span.is_empty();
                    Node::Scalar { text: if is_nothing { String::new() } else { text.into_owned() }, plain }
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    open.push(Vec::new());
                    continue;
                }
                Event::SequenceEnd => Node::List(open.pop().unwrap_or_default()),
                Event::MappingEnd => Node::Map(open.pop().unwrap_or_default()),
                Event::Alias(..) => {
                    return Err(format!("{}:{}: write it out: the catalogue has no aliases", span.start.line(), span.start.col() + 1));
                }
                _ => continue,
            };
            tree.nodes.push(node);
            open.last_mut().ok_or("an end without a beginning")?.push(tree.nodes.len() - 1);
        }
        if tree.nodes.is_empty() { Err("1:1: the file is empty".to_owned()) } else { Ok(tree) }
    }

    /// The keys of a map with their values.
    fn entries(&self, map: usize) -> impl Iterator<Item = (&str, usize)> {
        let pairs = if let Some(Node::Map(pairs)) = self.nodes.get(map) { &pairs[..] } else { &[] };
        pairs.chunks_exact(2).filter_map(|pair| match &self.nodes[pair[0]] {
            Node::Scalar { text, .. } => Some((text.as_str(), pair[1])),
            _ => None,
        })
    }

    /// What stands in the file: each section with its names, and the duties of all its kinds as a section of their own.
    fn sections(&self) -> String {
        let root = self.nodes.len() - 1;
        let mut sections: Vec<(&str, Vec<&str>)> =
            self.entries(root).map(|(section, map)| (section, self.entries(map).map(|(name, _)| name).collect())).collect();
        let kinds = self.entries(root).filter(|(section, _)| *section == "kinds").flat_map(|(_, map)| self.entries(map));
        let duties = kinds.flat_map(|(_, kind)| self.entries(kind)).filter(|(key, _)| *key == "duties");
        sections.push(("duties", duties.flat_map(|(_, map)| self.entries(map)).map(|(name, _)| name).collect()));
        let sections: Vec<String> = sections.iter().map(|(section, names)| format!("({section:?}, &{names:?})")).collect();
        format!("&[{}]", sections.join(", "))
    }

    fn code(&self) -> String {
        let (mut nodes, mut children) = (String::new(), Vec::<usize>::new());
        for node in &self.nodes {
            let _ = match node {
                Node::Scalar { text, plain } => write!(nodes, "ReadNode::Scalar({text:?}, {plain}), "),
                Node::List(items) => write!(nodes, "ReadNode::List({}, {}), ", children.len(), items.len()),
                Node::Map(items) => write!(nodes, "ReadNode::Map({}, {}), ", children.len(), items.len()),
            };
            if let Node::List(items) | Node::Map(items) = node {
                children.extend(items);
            }
        }
        format!("ReadTree {{ nodes: &[{nodes}], children: &{children:?} }}")
    }
}

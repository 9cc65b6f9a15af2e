//! Files, text, spans, lines and columns.
//!
//! Owns: finding the files of a run, reading their bytes once, writing them whole, and turning byte offsets into lines and columns.
//! Must not know: YAML, plans, rules.

mod discover;
mod lines;
mod span;
mod write;

pub use discover::{DiscoverError, PLAN_SUFFIXES, discover, is_plan_file, matching_files};
pub use lines::{LineColumn, Lines};
pub use span::{FileId, Span};
pub use write::{WriteError, create, replace};

use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The largest file that is read unless somebody says otherwise, in megabytes. A plan of 10,000 steps has about 3.
pub const MAX_MEGABYTES: u64 = 64;

/// One file of the run: its name as the user gave it, its text, and where its lines begin.
#[derive(Debug)]
pub struct Source {
    name: String,
    path: Option<PathBuf>,
    text: String,
    lines: Lines,
}

/// Why a file could not be taken as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file system refused.
    #[error("cannot read {name}: {error}")]
    Io {
        /// The file as the user named it.
        name: String,
        /// What the file system said.
        error: std::io::Error,
    },
    /// Larger than what is read.
    #[error("{name} is larger than {megabytes} MB; a plan is text that people read, so split it into parts")]
    TooLarge {
        /// The file as the user named it.
        name: String,
        /// The most that is read.
        megabytes: u64,
    },
    /// Not UTF-8.
    #[error("{name} is not UTF-8 text: line {line}, byte {column} of that line is 0x{byte:02x}; save the file as UTF-8")]
    NotUtf8 {
        /// The file as the user named it.
        name: String,
        /// 1-based line of the first byte that is not UTF-8.
        line: usize,
        /// 1-based byte within that line.
        column: usize,
        /// That byte.
        byte: u8,
    },
}

impl Source {
    /// A source from text in memory, with the name that messages will use.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { name: name.into(), path: None, lines: Lines::new(&text), text }
    }

    /// Takes bytes as text, or says where they stop being UTF-8.
    ///
    /// # Errors
    /// [`ReadError::NotUtf8`] with the place.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, ReadError> {
        let name = name.into();
        String::from_utf8(bytes).map(|text| Self::from_text(name.clone(), text)).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
            let lines = Lines::new(&before);
            let line_start = lines.range(&before, lines.count() - 1).start;
            ReadError::NotUtf8 { name, line: lines.count(), column: valid - line_start + 1, byte: error.as_bytes()[valid] }
        })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When the file cannot be read, is too large, or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::read_up_to(path, MAX_MEGABYTES)
    }

    /// Reads a file of so many megabytes at most.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn read_up_to(path: &Path, megabytes: u64) -> Result<Self, ReadError> {
        let name = display_name(path);
        let io = |error| ReadError::Io { name: name.clone(), error };
        let file = std::fs::File::open(path).map_err(io)?;
        let mut source = Self::from_reader(name.clone(), file, megabytes)?;
        source.path = Some(path.to_path_buf());
        Ok(source)
    }

    /// Reads everything from a stream, such as standard input, up to so many megabytes.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn from_reader(name: impl Into<String>, reader: impl std::io::Read, megabytes: u64) -> Result<Self, ReadError> {
        let name = name.into();
        let mut bytes = Vec::new();
        // Offsets are kept in four bytes, so nobody gets past that.
        let most = megabytes.saturating_mul(1024 * 1024).min(u64::from(u32::MAX) / 2);
        reader.take(most + 1).read_to_end(&mut bytes).map_err(|error| ReadError::Io { name: name.clone(), error })?;
        if bytes.len() as u64 > most {
            return Err(ReadError::TooLarge { name, megabytes: most / 1024 / 1024 });
        }
        Self::from_bytes(name, bytes)
    }

    /// The name that messages use: the path as given, with `/` between folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the file lies, when it came from one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The table of lines.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// Line and column of a byte offset.
    pub fn place(&self, offset: u32) -> LineColumn {
        self.lines.place(&self.text, offset as usize)
    }
}

/// All sources of a run; a [`FileId`] is an index into it.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a source and gives it its id.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId::new(self.files.len() - 1)
    }

    /// The source of an id.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.index()]
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file).text().get(span.range()).unwrap_or("")
    }

    /// Line and column where a span begins.
    pub fn place(&self, span: Span) -> LineColumn {
        self.get(span.file).place(span.start)
    }

    /// Every source with its id, in the order of adding.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId::new(index), source))
    }
}

/// A path as messages show it: `/` between folders on every system, without a leading `./`.
pub fn display_name(path: &Path) -> String {
    let shown = path.to_string_lossy().replace('\\', "/");
    shown.strip_prefix("./").map_or(shown.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_are_told_with_their_place() {
        let error = Source::from_bytes("x", b"ab\nc\xffd".to_vec()).expect_err("0xff is never UTF-8");
        assert_eq!(error.to_string(), "x is not UTF-8 text: line 2, byte 2 of that line is 0xff; save the file as UTF-8");
    }
}

//! A place in a file, as bytes. Knows nothing of the text there.

/// Which file of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(u32);

impl FileId {
    /// The id of the file with this index in [`Sources`](super::Sources).
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a run has fewer than four billion files"))
    }

    /// The index in [`Sources`](super::Sources).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of text: a file and two byte offsets, the second one exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span between two byte offsets of a file that [`Source::read`](super::Source::read) accepts (below 4 GB).
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Self { file, start: offset(start), end: offset(end.max(start)) }
    }

    /// From the beginning of this span to the end of the other one, which lies later in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }

    /// The byte range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether no byte lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

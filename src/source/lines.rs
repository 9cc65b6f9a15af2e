//! Where the lines of a text begin; byte offsets become lines and columns here and nowhere else.

/// A place as people count it: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, counted in characters (Unicode scalar values).
    pub column: usize,
}

/// The byte offset at which each line begins.
#[derive(Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// The table for a text. A line ends with `\n`; a `\r` before it belongs to the line's end.
    pub fn new(text: &str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(after_breaks.map(|(index, _)| u32::try_from(index + 1).unwrap_or(u32::MAX))).collect();
        Self { starts }
    }

    /// How many lines there are; a text without a break has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// 0-based index of the line that holds this byte offset.
    pub fn index_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of a line (0-based), its break included.
    pub fn range(&self, text: &str, index: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(index).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(index + 1).map_or(text.len(), |start| *start as usize);
        start..end
    }

    /// Line and column of a byte offset. An offset past the end is the end; a byte-order mark is no column.
    pub fn place(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let index = self.index_of(offset);
        let before = text.get(self.starts[index] as usize..offset).unwrap_or("");
        let before = if index == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        LineColumn { line: index + 1, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a: é\r\n注文: x";
        let lines = Lines::new(text);
        let at = text.find('x').expect("x is there");
        assert_eq!(lines.place(text, at), LineColumn { line: 2, column: 5 });
        assert_eq!(lines.count(), 2);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let text = "\u{feff}flowcheck: 1";
        assert_eq!(Lines::new(text).place(text, 3), LineColumn { line: 1, column: 1 });
    }

    #[test]
    fn past_the_end_is_the_end() {
        assert_eq!(Lines::new("ab\n").place("ab\n", 99), LineColumn { line: 2, column: 1 });
    }
}

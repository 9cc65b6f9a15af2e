//! What the YAML parser objects to, in a planner's words. Knows the parser's errors and nothing of plans.

use granit_parser::{ErrorKind, ScanError};

use super::fault::Fault;
use super::tree::MAX_DEPTH;
use crate::source::{FileId, Span};

/// The fault for an error of the parser, at the character where it stopped.
pub(super) fn explain(file: FileId, text: &str, error: &ScanError) -> Fault {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let at = (0..=at).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0);
    let width = text[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let (problem, help) = words(error);
    Fault::unreadable(Span::new(file, at, at + width), problem, help)
}

fn words(error: &ScanError) -> (String, String) {
    use ErrorKind as K;
    let (problem, help) = match error.kind() {
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey => {
            ("this line is not `key: value`", "Write a colon and a space after the key. A longer text goes on one line, or in quotes.")
        }
        K::MappingValueNotAllowed | K::InvalidMappingValueWhitespace | K::InvalidColonPlacement => {
            ("a colon stands where no value can begin", "Put a text that contains `: ` in quotes: \"Pay: now or later\".")
        }
        K::TabNotAllowed | K::TabInBlockIndentation | K::TabInIndentation | K::TabAtBlockScalarStart => {
            ("a tab stands where YAML wants spaces", "Indent with spaces: two for each level.")
        }
        K::InvalidIndentation | K::InvalidFlowScalarIndent => {
            ("the indentation fits no line above", "Give things of the same level the same number of spaces.")
        }
        K::InvalidQuotedScalarIndent => (
            "the quoted text of a line above runs on into this one",
            "Close its quote at the end of the text, or indent this line if the text goes on here.",
        ),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => {
            ("a quote is opened and never closed", "Close it at the end of the text.")
        }
        K::UnexpectedEofFlowSequence | K::ExpectedFlowSequenceSeparator => {
            ("a list in `[ ]` is not closed, or a comma is missing", "Write `[first, second]`.")
        }
        K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping | K::ExpectedFlowMappingSeparator => {
            ("a map in `{ }` is not closed, or a comma is missing", "Write `{first: a, second: b}`.")
        }
        K::UnclosedFlowCollection { .. } => ("a bracket is opened and never closed", "Close every `[` with `]` and every `{` with `}`."),
        K::MismatchedFlowCollectionEnd { .. } | K::MisplacedFlowCollectionEnd => {
            ("a bracket is closed that is not open", "Close every `[` with `]` and every `{` with `}`.")
        }
        K::RecursionLimitExceeded => {
            return (
                format!("the nesting is deeper than {MAX_DEPTH} levels"),
                "A plan needs about ten. Look for brackets that are never closed.".to_owned(),
            );
        }
        K::UnexpectedCharacter { .. } => ("this character cannot begin a text", "Put the text in quotes."),
        K::BlockSequenceEntryNotAllowed | K::ExpectedBlockSequenceEntry | K::InvalidBlockEntryWhitespace => (
            "a list item stands where no list can be",
            "Put `- ` on a line of its own below the key, each item with the same number of spaces.",
        ),
        K::UnexpectedEndOfPlainScalar | K::PlainScalarStartsWithDashFlowIndicator => {
            ("the text ends where none can end", "Put the text in quotes.")
        }
        _ => {
            return (
                format!("this is not YAML: {}", error.info()),
                "Put texts with special characters in quotes, and check the indentation.".to_owned(),
            );
        }
    };
    (problem.to_owned(), help.to_owned())
}

//! Which operations an `OpenAPI` document has. Knows where their ids stand in it, and nothing else of it.

use super::fault::FaultKind;
use super::tree::{Node, Tree, Value};
use crate::source::{FileId, Lines};

/// Every `operationId` of a document, in its order; the text is YAML or JSON.
///
/// # Errors
/// With a plain reason, as the rest of a sentence without a period, when the text cannot be read or has no `paths`.
pub fn operation_ids(text: &str) -> Result<Vec<String>, String> {
    let tree = Tree::read(FileId::default(), text);
    let root = match tree.root() {
        Some(root) if !root.is_cut() => root,
        None if tree.faults.is_empty() => return Err("the document is empty".to_owned()),
        _ => return Err(unreadable(&tree, text)),
    };
    let paths = root.get("paths").filter(|paths| matches!(paths.value(), Value::Map));
    let paths = paths.ok_or("the document has no `paths`, so it is no OpenAPI document with operations")?;
    let operations = paths.entries().flat_map(|(_, path)| path.entries()).map(|(_, operation)| operation);
    Ok(operations.filter_map(|operation| operation.get("operationId")).filter_map(text_of).collect())
}

fn text_of(node: Node<'_>) -> Option<String> {
    match node.value() {
        Value::Scalar { text, .. } => Some(text.to_owned()),
        _ => None,
    }
}

/// What ended the reading, with its line. Other faults, such as tags, do not keep ids from being found.
fn unreadable(tree: &Tree<'_>, text: &str) -> String {
    let last = tree.faults.iter().rev().find_map(|fault| match &fault.kind {
        FaultKind::Unreadable { problem, .. } => Some((problem, fault.span)),
        _ => None,
    });
    match last {
        Some((problem, span)) => format!("line {}: {problem}", Lines::new(text).place(text, span.start as usize).line),
        None => "the document breaks off".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::operation_ids;

    #[test]
    fn every_operation_of_every_path_is_found_in_order() {
        let text = "openapi: 3.1.0\npaths:\n  /orders:\n    parameters:\n      - {name: shop, in: header}\n    post: {operationId: placeOrder}\n    \
                    get: {summary: no id}\n  /orders/{number}:\n    get:\n      operationId: readOrder\n      responses:\n        \"200\": \
                    {description: The order}\n";
        assert_eq!(operation_ids(text), Ok(vec!["placeOrder".to_owned(), "readOrder".to_owned()]));
    }

    #[test]
    fn json_is_read_as_well_whatever_it_is_indented_with() {
        let text = r#"{"openapi": "3.0.3", "paths": {"/a": {"get": {"operationId": "readA", "responses": {}}}}}"#;
        assert_eq!(operation_ids(text), Ok(vec!["readA".to_owned()]));
        let text = "{\n\t\"paths\": {\n\t\t\"/a\": {\n\t\t\t\"get\": {\n\t\t\t\t\"operationId\": \"readA\"\n\t\t\t}\n\t\t}\n\t}\n}\n";
        assert_eq!(operation_ids(text), Ok(vec!["readA".to_owned()]));
    }

    #[test]
    fn what_a_plan_may_not_hold_is_no_harm_in_a_document() {
        let text =
            "x-all: &all {tags: [orders]}\npaths:\n  /a:\n    get:\n      <<: *all\n      operationId: readA\n      example: !!str 1\n";
        assert_eq!(operation_ids(text), Ok(vec!["readA".to_owned()]));
    }

    #[test]
    fn a_document_without_operations_has_none() {
        assert_eq!(operation_ids("paths: {}\n"), Ok(Vec::new()));
        assert_eq!(operation_ids("paths:\n  /a: {$ref: a.yaml}\n  /b:\n"), Ok(Vec::new()));
    }

    #[test]
    fn a_document_that_says_nothing_of_paths_has_the_reason() {
        for text in ["openapi: 3.1.0\n", "paths:\n", "- paths\n", "just words\n"] {
            let reason = operation_ids(text).expect_err("no paths");
            assert!(reason.starts_with("the document has no `paths`"), "{text}: {reason}");
        }
        assert_eq!(operation_ids("# only a remark\n"), Err("the document is empty".to_owned()));
    }

    #[test]
    fn a_text_that_breaks_off_has_the_line() {
        let reason = operation_ids("openapi: 3.1.0\npaths: {/a: {get: {operationId: readA}\n").expect_err("not closed");
        assert!(reason.starts_with("line 2: ") && reason.contains("never closed"), "{reason}");
        assert!(operation_ids("paths:\n  /a: [\n").is_err());
    }
}

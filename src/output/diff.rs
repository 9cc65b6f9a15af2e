//! What a fix changes, as a diff that `git apply` and `patch` take.

/// The change of a file; nothing where there is none.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    let lines = similar::TextDiff::from_lines(before, after);
    lines.unified_diff().context_radius(3).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

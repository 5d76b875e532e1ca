/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &[
    "admission/expression",
    "admission/persona",
    "admission/policy",
    "admission/role",
];

/// An expression that is not CEL, or uses what is not there.
pub(crate) const EXPRESSION: &str = "admission/expression";
/// A persona that cannot be read.
pub(crate) const PERSONA: &str = "admission/persona";
/// A policy or binding that cannot be used.
pub(crate) const POLICY: &str = "admission/policy";
/// A role or role binding that cannot be used.
pub(crate) const ROLE: &str = "admission/role";

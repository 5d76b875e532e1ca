/// Codes of the diagnostics of this crate.
pub const CODES: &[&str] = &[
    "governance/syntax",
    "governance/unsafe-variable",
    "governance/unknown-function",
    "governance/recursive",
    "governance/too-deep",
    "governance/too-large",
    "governance/conflict",
    "governance/deadline",
    "governance/builtin-error",
    "governance/evaluation",
    "governance/if-without-contains",
    "governance/no-message",
    "governance/data",
    "governance/input",
    "governance/unknown-format",
];

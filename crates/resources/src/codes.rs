//! Names of the diagnostics. Each has a page in `docs/diagnostics/`.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $code;)*

        /// Codes of the diagnostics of this crate.
        pub const CODES: &[&str] = &[$($code),*];
    };
}

codes! {
    NOT_A_RESOURCE = "document/not-a-resource";
    UNKNOWN_KIND = "document/unknown-kind";
    UNKNOWN_FIELD = "document/unknown-field";
    FIELD_CASE = "document/field-case";
    WRONG_TYPE = "document/wrong-type";
    NOT_TEXT = "document/not-text";
    REPLACED = "cluster/replaced";
    UNKNOWN_TIER = "cluster/unknown-tier";
    NAMESPACE_ASSUMED = "cluster/namespace-assumed";
    SERVICE_ACCOUNT_ASSUMED = "cluster/service-account-assumed";
    SURPRISING_NUMBER = "document/surprising-number";
}

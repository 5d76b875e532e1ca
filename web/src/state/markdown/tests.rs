use super::*;
use tierwalk_protocol::Verdict;

use crate::fixture::{denied_walk, flow};

#[test]
fn a_walk_can_be_pasted_into_a_review() {
    let text = walk(&flow("x", Some(Verdict::Deny)), &denied_walk());
    assert!(
        text.starts_with("**Deny** `storefront/frontend → backend tcp/8080`\n"),
        "{text}"
    );
    assert!(
        text.contains("1. security: `security-pass` `ingress[0]`, **Pass**"),
        "{text}"
    );
    assert!(
        text.contains("2. platform: skipped, no Ingress policy selects it"),
        "{text}"
    );
    assert!(text.contains("5. default: end of tier, **Deny** (backend.yaml:12) `1|default|np:storefront/backend|deny|-1`"), "{text}");
}

#[test]
fn styles_become_marks() {
    let reason = denied_walk().reason;
    assert!(pieces(&reason.what).starts_with("**frontend** may send this"));
}

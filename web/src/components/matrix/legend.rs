//! What the marks in the matrix mean.

use tierwalk_protocol::Verdict;
use yew::prelude::*;

use crate::components::marks::{Mark, mark, verdict};

pub(super) fn legend() -> Html {
    html! {
        <div class="legend">
            { verdict(Verdict::Allow) }{ verdict(Verdict::Deny) }
            <span>{ mark(Mark::None, "") }{ "no policy endpoint on either side" }</span>
            <span><i class="corner-mark" aria-hidden="true" />{ "verdict changes if staged policies are enforced" }</span>
        </div>
    }
}

//! What a pane shows as long as the engine has said nothing that could be drawn.

use yew::prelude::*;

use super::{On, button};
use crate::state::{EngineState, Msg};

/// Why there is nothing to see, what is safe, and what to do.
pub fn silence(engine: &EngineState, on: &On) -> Html {
    let (what, so) = match engine {
        EngineState::Loading | EngineState::Ready => (
            "Loading the engine",
            "You can read and edit. Verdicts appear in a moment.",
        ),
        EngineState::Stopped => (
            "Evaluation was stopped after 2 s",
            "Your text is safe. Nothing can be shown of it before the engine has read it.",
        ),
        EngineState::Died(_) => (
            "The engine did not start",
            "Board, flows and walk come from it. Your text is safe, and you can go on editing.",
        ),
        EngineState::Outdated => (
            "A newer version of this page is there",
            "Its engine does not fit this page. Your text is safe.",
        ),
    };
    html! {
        <div class="empty"><b>{ what }</b><p>{ so }</p>{ remedy(engine, on) }</div>
    }
}

/// What starts the engine again; nothing while it is on its way.
pub fn remedy(engine: &EngineState, on: &On) -> Html {
    let what = match engine {
        EngineState::Loading | EngineState::Ready => return html! {},
        EngineState::Stopped | EngineState::Died(_) => "Start it again",
        EngineState::Outdated => "Reload the page",
    };
    button(on, what, "edge sm", || Msg::Restart)
}

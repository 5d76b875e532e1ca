//! The Yew page.

mod assets;
mod engine;

use yew::prelude::*;

/// The page.
#[component]
fn App() -> Html {
    let said = use_state(|| "starting".to_owned());
    let engine = {
        let said = said.clone();
        use_memo((), move |()| {
            engine::Engine::start(Callback::from(move |event| said.set(format!("{event:?}"))))
        })
    };
    let ask = Callback::from(move |_: MouseEvent| {
        let file = tierwalk_protocol::File {
            path: "a.yaml".to_owned(),
            text: "kind: Pod".to_owned(),
        };
        engine.open(vec![file], None);
    });
    html! {
        <main>
            <h1>{ "Tierwalk" }</h1>
            <button onclick={ask}>{ "Ask" }</button>
            <p>{ &*said }</p>
        </main>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}

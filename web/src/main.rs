//! The Yew page.

mod assets;
mod editor;
mod engine;

use web_sys::Element;
use yew::prelude::*;

const TEXT: &str = "kind: Pod\nmetadata:\n  name: web\n";

/// The page.
#[component]
fn App() -> Html {
    let said = use_state(|| "starting".to_owned());
    let host = use_node_ref();
    {
        let (said, host) = (said.clone(), host.clone());
        use_effect_with((), move |()| {
            let engine =
                engine::Engine::start(Callback::from(move |event| said.set(format!("{event:?}"))));
            wasm_bindgen_futures::spawn_local(show(host, engine));
        });
    }
    html! {
        <main>
            <h1>{ "Tierwalk" }</h1>
            <div ref={host} />
            <p>{ &*said }</p>
        </main>
    }
}

async fn show(host: NodeRef, engine: engine::Engine) {
    let (Ok(()), Some(host)) = (editor::load().await, host.cast::<Element>()) else {
        return;
    };
    let handlers = editor::Handlers {
        changed: Callback::from(move |editor::Changed { path, text, .. }| {
            engine.edit(
                vec![tierwalk_protocol::File { path, text }],
                Vec::new(),
                None,
            );
        }),
        ..editor::Handlers::default()
    };
    if let Ok(editor) = editor::Editor::new(&host, handlers) {
        editor.set_document("pod.yaml", TEXT);
        std::mem::forget(editor);
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}

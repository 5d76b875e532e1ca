//! The form of the open template. It and the editor change the same text.

use tierwalk_protocol::{Analysis, Form as Fields};
use yew::prelude::*;

use super::{
    On,
    form_field::view,
    form_reference, prose,
    views::{Side, Sides},
};
use crate::shared::Shared;

/// Properties of [`Form`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the engine found.
    pub analysis: Shared<Analysis>,
    /// The line of the template that is pointed at.
    pub line: Option<u32>,
    /// Messages.
    pub on: On,
}

/// A form for each template of the file.
#[component]
pub fn Form(props: &Props) -> Html {
    let template = props.analysis.template.as_ref();
    let label = template.map_or(String::new(), |it| format!("Form for {}", it.file));
    let forms = template.map_or(&[][..], |template| &template.forms);
    html! {
        <aside class="pane insp" id="walk" aria-label="Form">
            <h2 class="sr">{ "Form" }</h2>
            <Sides shown={Side::Form} on={&props.on} />
            <div class="scroll" tabindex="-1">
                <form class="form" aria-label={label} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                    { for forms.iter().map(|form| fieldset(props, form)) }
                </form>
            </div>
            <footer class="pfoot"><span class="quiet at">{ "Writes to the same file; comments stay" }</span></footer>
        </aside>
    }
}

fn fieldset(props: &Props, form: &Fields) -> Html {
    html! {
        <fieldset key={form.line}>
            <legend><span>{ format!("template: {}", form.template) }</span><span>{ format!("line {}", form.line) }</span></legend>
            <p class="help about">{ prose::message(&form.description) }</p>
            { for form.fields.iter().map(|field| view(field, props.line, &props.on)) }
            { form_reference::view(form) }
        </fieldset>
    }
}

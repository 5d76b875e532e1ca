//! Every field of a template by the key it is written under: what it means, what it can be, what it is otherwise.

use tierwalk_protocol::{Form, FormField, Input};
use yew::prelude::*;

use super::prose;

/// The fields of a template, folded away.
pub fn view(form: &Form) -> Html {
    html! {
        <details class="more">
            <summary>{ "Template reference" }</summary>
            <dl class="reference">{ for form.fields.iter().map(entry) }</dl>
        </details>
    }
}

fn entry(field: &FormField) -> Html {
    // all items of a list have the same fields
    let inside = match field.input {
        Input::Items => field.fields.first().map_or(&[][..], |item| &item.fields),
        Input::Group => &field.fields,
        _ => &[],
    };
    html! {
        <>
        <dt><code>{ key(field) }</code>if field.required { <span class="quiet">{ " required" }</span> }</dt>
        <dd>
            { for meaning(field).iter().map(|said| html! { <p>{ prose::message(said) }</p> }) }
            if !inside.is_empty() { <dl>{ for inside.iter().map(entry) }</dl> }
        </dd>
        </>
    }
}

fn key(field: &FormField) -> &str {
    field.path.rsplit('.').next().unwrap_or_default()
}

fn meaning(field: &FormField) -> Vec<String> {
    let (how, options) = match &field.input {
        Input::Choice { options } => ("One of", options.clone()),
        Input::Choices { options } => {
            let values = options.iter().map(|it| it.value.clone());
            ("Any of", values.collect())
        }
        _ => ("", Vec::new()),
    };
    let options: Vec<_> = options.iter().map(|option| format!("`{option}`")).collect();
    let help = match field.help.is_empty() {
        true => format!("{}.", field.label),
        false => field.help.clone(),
    };
    let choice = (!options.is_empty()).then(|| format!("{how} {}.", options.join(", ")));
    let default = field.default.as_ref().filter(|default| !default.is_empty());
    let default = default.map(|default| format!("Default: `{default}`."));
    [Some(help), choice, default]
        .into_iter()
        .flatten()
        .collect()
}

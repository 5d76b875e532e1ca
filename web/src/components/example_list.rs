//! The examples.

use yew::prelude::*;

use super::{On, click};
use crate::{
    examples::{EXAMPLES, Example},
    state::Msg,
};

/// Properties of [`ExampleList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Messages.
    pub on: On,
}

/// Every example, with what to notice in it.
#[component]
pub fn ExampleList(props: &Props) -> Html {
    html! { <ul class="examples">{ for EXAMPLES.iter().enumerate().map(|(index, example)| entry(&props.on, index, example)) }</ul> }
}

fn entry(on: &On, index: usize, example: &Example) -> Html {
    html! {
        <li>
            <button type="button" class="item" onclick={click(on, move || Msg::Example(index))}>
                <b>{ example.title }</b>
                <span>{ example.notice }</span>
            </button>
        </li>
    }
}

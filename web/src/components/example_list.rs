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
    let indexed: Vec<_> = EXAMPLES.iter().enumerate().collect();
    let topics = indexed.chunk_by(|(_, a), (_, b)| a.topic == b.topic);
    html! { <div class="examples">{ for topics.map(|examples| topic(&props.on, examples)) }</div> }
}

fn topic(on: &On, examples: &[(usize, &Example)]) -> Html {
    let name = examples.first().map_or("", |(_, example)| example.topic);
    html! {
        <section>
            <p class="topic">{ name }</p>
            <ul aria-label={name}>{ for examples.iter().map(|(index, example)| entry(on, *index, example)) }</ul>
        </section>
    }
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

//! Properties over random worlds.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod agreement;
mod exhaustive;
mod flows;
mod idle;
mod laws;
mod pairs;
mod rules;
mod selection;
mod worlds;

//! Properties over random worlds.

mod agreement;
mod flows;
mod laws;
mod rules;
mod selection;
mod worlds;

//! The edge cases of the reference of Calico's semantics, section 9, by number.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;
mod dataplane;
mod hosts;
mod kubernetes;
mod order;
mod rules;
mod scope;
mod subjects;
mod tiers;
mod validity;
mod world;

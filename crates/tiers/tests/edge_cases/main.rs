//! The edge cases of the reference of Calico's semantics, section 9, by number.

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

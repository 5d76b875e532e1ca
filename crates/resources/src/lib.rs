//! Typed Calico and Kubernetes resources: decode, default, validate, convert to one policy model.

pub mod model;

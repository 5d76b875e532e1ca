//! Who may write what, and what a cluster says to it.
//!
//! [`Access`] answers for rights: Kubernetes' roles and Calico's rules for policies in tiers.

pub mod access;
pub mod kind;
pub mod object;
pub mod rbac;
mod read;
mod refusal;
mod user;

pub use access::{Access, Api, Asked, Verb};
pub use read::{Found, read};
pub use refusal::{Reason, Refusal, Stage};
pub use user::User;

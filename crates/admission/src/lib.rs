//! Who may write what, and what a cluster says to it.
//!
//! - [`Access`] answers for rights: Kubernetes' roles and Calico's rules for policies in tiers.
//! - [`Policies`] are ValidatingAdmissionPolicies in CEL.
//! - [`admit`] takes a [`Request`] through an API server's stages and gives an [`Outcome`]: admitted, or refused by
//!   which stage and why.
//! - [`apply`] is `kubectl apply` on top of that, with what it prints.
//!
//! What other engines know (whether an object is as its kind wants it, Gatekeeper, an organisation's checks) comes in
//! as a [`Gate`], so that this crate links none of them.

pub mod access;
pub mod admit;
mod cel;
mod codes;
pub mod kind;
pub mod kubectl;
pub mod object;
pub mod persona;
pub mod policy;
pub mod rbac;
mod read;
mod refusal;
mod request;
mod user;

pub use access::{Access, Api, Asked, Verb};
pub use admit::{Admission, Gate, Outcome, Passed, admit};
pub use codes::CODES;
pub use kubectl::{Applied, Change, apply};
pub use persona::Persona;
pub use policy::{Policies, Said, Unmet};
pub use read::{Found, read};
pub use refusal::{Reason, Refusal, Stage};
pub use request::{Key, Objects, Request};
use tierwalk_source::Diagnostic;
pub use user::User;

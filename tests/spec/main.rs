//! What users of the command line and of a workspace can rely on.

mod cli;
mod flows;
mod hostile;
mod lint;
mod workspace;

//! The tier evaluator: a policy model compiled once, then flows in, verdict and walk out.

//! Files in, analysis out: decides what to recompute and speaks the protocol.

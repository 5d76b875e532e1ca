//! Files, spans, text edits and diagnostics.

//! Text to YAML documents with a span per node, and typed data from them.

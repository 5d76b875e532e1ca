//! Plain data that crosses a boundary: requests, answers, walks, share links.

//! Any text is read without panic, and everything that is said about it points into it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_resources::{Mode, read};
use tierwalk_yaml::{Document, split};

fuzz_target!(|text: &str| {
    for chunk in split(text) {
        let document = Document::parse(chunk.text);
        let checked = read(&document, Mode::Load);
        for diagnostic in document.diagnostics.iter().chain(&checked.diagnostics) {
            let edits = diagnostic.fixes.iter().flat_map(|fix| &fix.edits);
            let spans = edits.map(|edit| edit.span).chain([diagnostic.span]);
            for span in spans {
                assert!(chunk.text.get(span.range()).is_some(), "{diagnostic:?}");
            }
        }
        let _ = read(&document, Mode::Create);
    }
});

//! Any text is read as flows without panic; what is said about it points into it; a flow that is printed
//! reads the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_workspace::flows::{parse, read_document, read_lines};
use tierwalk_yaml::Document;

fuzz_target!(|text: &str| {
    for entry in read_lines(text).value {
        assert!(text.get(entry.span.range()).is_some(), "{entry:?}");
        if let Ok(flow) = entry.flow {
            assert_eq!(parse(&flow.to_string()).ok(), Some(flow));
        }
    }
    let document = Document::parse(text);
    let list = read_document(text, &document).unwrap_or_default();
    for diagnostic in read_lines(text).diagnostics.iter().chain(&list.diagnostics) {
        assert!(text.get(diagnostic.span.range()).is_some(), "{diagnostic:?}");
    }
});

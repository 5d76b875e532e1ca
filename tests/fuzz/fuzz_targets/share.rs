//! Any text is a workspace or is refused in words; what was read once is read again the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_protocol::share::{decode, encode};

fuzz_target!(|text: &str| {
    for link in [text.to_owned(), format!("1.{text}"), format!("2.{text}")] {
        match decode(&link) {
            Ok((files, reading)) => assert_eq!(decode(&encode(&files, &reading)), Ok((files, reading))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

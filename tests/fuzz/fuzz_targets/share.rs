//! Any text is a workspace or is refused in words; what was read once is read again the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_protocol::share::{decode, encode};

fuzz_target!(|text: &str| {
    for link in [text.to_owned(), format!("1.{text}")] {
        match decode(&link) {
            Ok(files) => assert_eq!(decode(&encode(&files)), Ok(files)),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

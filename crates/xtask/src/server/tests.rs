use super::*;

#[test]
fn an_address_never_leads_out_of_the_directory() {
    for target in ["/../Cargo.toml", "/a/../../b", "//etc/passwd", "a.js", ""] {
        assert_eq!(file_of(target), None, "{target}");
    }
}

#[test]
fn the_root_is_the_index_and_queries_do_not_matter() {
    assert_eq!(file_of("/"), Some(PathBuf::from("index.html")));
    assert_eq!(file_of("/?x=1"), Some(PathBuf::from("index.html")));
    assert_eq!(
        file_of("/static/a.svg?v=2"),
        Some(PathBuf::from("static/a.svg"))
    );
}

#[test]
fn wasm_has_the_type_that_streaming_compilation_asks_for() {
    assert_eq!(mime_of(Path::new("worker-1.wasm")), "application/wasm");
}

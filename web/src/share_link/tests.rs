use tierwalk_protocol::Direction;

use super::*;

fn link() -> Link {
    Link {
        files: vec![File {
            path: "flows/a.yaml".to_owned(),
            text: "flows:\n- a/b -> c/d tcp/80 deny\n".to_owned(),
        }],
        reading: Reading {
            open: Some("flows/a.yaml".to_owned()),
            flow: Some("a/b -> c/d tcp/80".to_owned()),
            step: Some((Direction::Ingress, 2)),
            cluster: None,
        },
    }
}

/// A link as the first version made it.
const FIRST: &str = "#1.eNrjScvJLy_WT9SrTMzNUQBzrLh0FRL1kxR07RSS9VMUSpIL9C0MFFJS8yq5AFbVDfA";

#[test]
fn a_link_brings_back_files_and_place() {
    assert_eq!(
        from_hash(&format!("#{}", to_hash(&link()))),
        Some(Ok(link()))
    );
}

#[test]
fn no_hash_is_no_link() {
    assert_eq!(from_hash(""), None);
    assert_eq!(from_hash("#"), None);
}

#[test]
fn links_of_the_first_version_still_open() {
    let hash = format!("{FIRST}&open=flows/a.yaml&flow=a/b%20-%3E%20c/d%20tcp/80%20deny");
    let opened = from_hash(&hash).expect("a link").expect("files");
    let mut link = link();
    link.reading.step = None;
    assert_eq!(opened, link);
}

#[test]
fn a_damaged_place_does_not_spoil_the_files() {
    let opened = from_hash(&format!("{FIRST}&open=%zz&flow=%e&x"));
    let opened = opened.expect("a link").expect("files");
    assert_eq!(opened.files, link().files);
    assert_eq!(opened.reading, Reading::default());
}

#[test]
fn a_bad_link_says_what_is_wrong() {
    for hash in ["#1.AAAA", "#2.AAAA"] {
        let error = from_hash(hash).expect("a link").unwrap_err();
        assert_eq!(error.to_string(), "it is cut off or was altered on its way");
    }
}

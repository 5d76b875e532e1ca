use super::*;

fn link() -> Link {
    Link {
        files: vec![File {
            path: "a.yaml".to_owned(),
            text: "kind: Tier".to_owned(),
        }],
        open: Some("a.yaml".to_owned()),
        flow: Some("ä -> b & c tcp/80 deny#2".to_owned()),
    }
}

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
fn a_damaged_place_does_not_spoil_the_files() {
    let files = share::encode(&link().files);
    let opened = from_hash(&format!("{files}&open=%zz&flow=%e&x"))
        .expect("a link")
        .expect("files");
    assert_eq!(
        opened,
        Link {
            open: None,
            flow: None,
            ..link()
        }
    );
}

#[test]
fn a_bad_link_says_what_is_wrong() {
    let error = from_hash("#1.AAAA").expect("a link").unwrap_err();
    assert_eq!(error.to_string(), "it is cut off or was altered on its way");
}

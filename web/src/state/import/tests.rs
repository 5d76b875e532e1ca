use super::*;

fn file(path: &str) -> File {
    File {
        path: path.to_owned(),
        text: String::new(),
    }
}

#[test]
fn lines_of_flows_are_told_from_documents() {
    let flows = pasted("a/b -> c/d tcp/80\n\n  - a/b -> 10.0.0.1 udp/53 deny\n");
    assert!(matches!(flows, Some(Pasted::Flows(lines)) if lines.len() == 2));
    let comment = pasted("# a -> b\nkind: Tier");
    assert!(matches!(comment, Some(Pasted::Document { .. })));
}

#[test]
fn a_pasted_document_is_named_after_what_it_holds() {
    let Some(Pasted::Document { name, .. }) = pasted("kind: Tier\nmetadata:\n  name: 'security'\n")
    else {
        panic!("a document");
    };
    assert_eq!(name, "imported/security.yaml");
}

#[test]
fn nothing_pasted_is_nothing() {
    assert_eq!(pasted(" \n"), None);
}

#[test]
fn bytes_that_are_not_text_are_left_out_in_words() {
    for bytes in [&[0x89, 0xff][..], b"a: \0", &[0xff, 0xfe, 0x61]] {
        let error = read("a/logo.png", bytes.to_vec()).unwrap_err();
        assert_eq!(error, "`a/logo.png` is not text and was left out");
    }
}

#[test]
fn marks_and_widths_of_other_systems_are_read() {
    for bytes in [
        &b"kind: \xc3\xa4"[..],
        b"\xef\xbb\xbfkind: \xc3\xa4",
        b"\xff\xfek\0i\0n\0d\0:\0 \0\xe4\0",
        b"\xfe\xff\0k\0i\0n\0d\0:\0 \0\xe4",
    ] {
        let text = read("a.yaml", bytes.to_vec()).map(|file| file.text);
        assert_eq!(text, Ok("kind: ä".to_owned()));
    }
}

#[test]
fn paths_stay_inside_the_workspace() {
    for (given, path) in [
        ("../../etc/x.yaml", "etc/x.yaml"),
        ("a\\b.yaml", "a/b.yaml"),
        ("..", "imported.yaml"),
    ] {
        assert_eq!(
            read(given, vec![]).map(|file| file.path),
            Ok(path.to_owned())
        );
    }
}

#[test]
fn hidden_folders_are_not_read() {
    assert!(wanted("repo/policies/a.yaml"));
    assert!(!wanted("repo/.git/config"));
}

#[test]
fn the_name_of_a_dropped_folder_goes_away() {
    let files = without_common_folder(vec![
        file("repo/cluster/a.yaml"),
        file("repo/policies/b.yaml"),
    ]);
    assert_eq!(files[1].path, "policies/b.yaml");
    let kept = without_common_folder(vec![file("policies/a.yaml"), file("policies/b.yaml")]);
    assert_eq!(kept[0].path, "policies/a.yaml");
}

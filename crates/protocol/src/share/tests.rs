use proptest::prelude::*;

use super::*;

fn file(path: &str, text: &str) -> File {
    File {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn forge(bytes: &[u8]) -> String {
    format!(
        "1.{}",
        URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(bytes, 6))
    )
}

#[test]
fn a_link_of_this_version_stays_readable() {
    let files = vec![file("flows/a.yaml", "flows:\n- a/b -> c/d tcp/80 deny\n")];
    let link = "1.eNrjScvJLy_WT9SrTMzNUQBzrLh0FRL1kxR07RSS9VMUSpIL9C0MFFJS8yq5AFbVDfA";
    assert_eq!(decode(link), Ok(files));
}

#[test]
fn an_empty_workspace_has_a_link() {
    assert_eq!(decode(&encode(&[])), Ok(vec![]));
}

#[test]
fn text_without_a_version_is_not_a_link() {
    for text in ["", "walk", "x.y", ".", "-1.AA"] {
        assert_eq!(decode(text), Err(ShareError::NotALink), "{text}");
    }
}

#[test]
fn a_later_format_is_named() {
    assert_eq!(decode("2.AAAA"), Err(ShareError::Newer { version: 2 }));
}

#[test]
fn every_cut_is_noticed() {
    let link = encode(&[file("a.yaml", "kind: Pod"), file("b.yaml", "kind: Tier")]);
    for end in VERSION.len()..link.len() {
        assert_eq!(
            decode(&link[..end]),
            Err(ShareError::Damaged),
            "cut at {end}"
        );
    }
}

#[test]
fn a_decompression_bomb_is_refused() {
    let bomb = forge(&vec![b'a'; MAX_BYTES + 1]);
    assert!(bomb.len() < 100_000);
    assert_eq!(decode(&bomb), Err(ShareError::TooLarge));
}

#[test]
fn a_length_beyond_the_end_is_damage() {
    assert_eq!(
        decode(&forge(&[0xff, 0xff, 0xff, 0x7f])),
        Err(ShareError::Damaged)
    );
    assert_eq!(decode(&forge(&[0xff; 10])), Err(ShareError::Damaged));
}

#[test]
fn paths_outside_the_workspace_are_refused() {
    for path in [
        "",
        "/etc/passwd",
        "../a",
        "a/../b",
        "a//b",
        "./a",
        "a\\b",
        "a\nb",
    ] {
        let error = decode(&encode(&[file(path, "")]));
        assert_eq!(error, Err(ShareError::BadPath(path.to_owned())));
    }
}

#[test]
fn the_same_path_twice_is_refused() {
    let twice = encode(&[file("a", "1"), file("a", "2")]);
    assert_eq!(decode(&twice), Err(ShareError::BadPath("a".to_owned())));
}

#[test]
fn links_need_no_escaping_in_a_hash() {
    let link = encode(&[file("a.yaml", &"ü\u{0}€\n".repeat(99))]);
    assert!(
        link.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    );
}

proptest! {
    #[test]
    fn what_was_encoded_comes_back(texts in prop::collection::vec("(?s).{0,400}", 0..8)) {
        let files: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(index, text)| file(&format!("dir/{index}.yaml"), text))
            .collect();
        prop_assert_eq!(decode(&encode_quickly(&files)), Ok(files.clone()));
        prop_assert_eq!(decode(&encode(&files)), Ok(files));
    }

    #[test]
    fn any_text_is_decoded_or_refused(text in "(?s).{0,200}") {
        let _ = decode(&text);
        let _ = decode(&format!("1.{text}"));
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(files) = decode(&forge(&bytes)) {
            prop_assert_eq!(decode(&encode(&files)), Ok(files));
        }
    }
}

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

fn forge_primed(bytes: &[u8]) -> String {
    format!("2.{}", URL_SAFE_NO_PAD.encode(primed::deflate(bytes)))
}

fn link(files: &[File]) -> String {
    encode(files, &Reading::default())
}

fn files(link: &str) -> Result<Vec<File>, ShareError> {
    decode(link).map(|(files, _)| files)
}

fn reading() -> Reading {
    Reading {
        open: Some("a.yaml".to_owned()),
        flow: Some("ä -> b tcp/80 #2".to_owned()),
        step: Some((Direction::Egress, 3)),
        cluster: None,
    }
}

#[test]
fn a_link_with_a_chosen_cluster_brings_it() {
    let files = vec![file("flows/a.yaml", "flows: []\n")];
    let reading = Reading {
        cluster: Some("prod".to_owned()),
        ..reading()
    };
    let link = encode(&files, &reading);
    assert!(link.starts_with("3."));
    assert_eq!(decode(&link), Ok((files, reading)));
}

#[test]
fn a_link_of_the_first_version_stays_readable() {
    let files = vec![file("flows/a.yaml", "flows:\n- a/b -> c/d tcp/80 deny\n")];
    let link = "1.eNrjScvJLy_WT9SrTMzNUQBzrLh0FRL1kxR07RSS9VMUSpIL9C0MFFJS8yq5AFbVDfA";
    assert_eq!(decode(link), Ok((files, Reading::default())));
}

#[test]
fn a_link_of_this_version_stays_readable() {
    let files = vec![file("flows/a.yaml", "flows:\n- a/b -> c/d tcp/80 deny\n")];
    let link =
        "2.NdS7CQAgDEVRRLCycYOAAwTcSF3NTVwsn5f0F2532nYix38mzwm6aK5SO9hEQIGnvtmRupzOQTkBGVsVNA";
    assert_eq!(encode(&files, &reading()), link);
    assert_eq!(decode(link), Ok((files, reading())));
}

#[test]
fn the_shipped_examples_have_links_under_two_kilobytes() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/examples");
    for example in std::fs::read_dir(root).expect("the examples").flatten() {
        let mut files = Vec::new();
        for folder in std::fs::read_dir(example.path())
            .expect("folders")
            .flatten()
        {
            for entry in std::fs::read_dir(folder.path()).expect("files").flatten() {
                let (folder, name) = (folder.file_name(), entry.file_name());
                let path = format!("{}/{}", folder.to_string_lossy(), name.to_string_lossy());
                files.push(file(
                    &path,
                    &std::fs::read_to_string(entry.path()).expect("text"),
                ));
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let reading = Reading {
            open: files.first().map(|file| file.path.clone()),
            flow: Some("storefront/microservice1 -> storefront/microservice2 tcp/8080".to_owned()),
            step: Some((Direction::Ingress, 12)),
            cluster: Some("production".to_owned()),
        };
        let address = format!(
            "https://tierwalk.example.org/playground/#{}",
            encode(&files, &reading)
        );
        assert!(
            address.len() < 2_000,
            "{:?}: {}",
            example.path(),
            address.len()
        );
    }
}

#[test]
fn an_empty_workspace_has_a_link() {
    assert_eq!(decode(&link(&[])), Ok((vec![], Reading::default())));
}

#[test]
fn text_without_a_version_is_not_a_link() {
    for text in ["", "walk", "x.y", ".", "-1.AA", "0.AA"] {
        assert_eq!(decode(text), Err(ShareError::NotALink), "{text}");
    }
}

#[test]
fn a_later_format_is_named() {
    assert_eq!(decode("4.AAAA"), Err(ShareError::Newer { version: 4 }));
}

#[test]
fn every_cut_is_noticed() {
    let link = link(&[file("a.yaml", "kind: Pod"), file("b.yaml", "kind: Tier")]);
    for end in STORED.len()..link.len() {
        assert_eq!(
            decode(&link[..end]),
            Err(ShareError::Damaged),
            "cut at {end}"
        );
    }
}

#[test]
fn a_decompression_bomb_is_refused() {
    for forge in [forge, forge_primed] {
        let bomb = forge(&vec![b'a'; MAX_BYTES + 1]);
        assert!(bomb.len() < 100_000);
        assert_eq!(decode(&bomb), Err(ShareError::TooLarge));
    }
}

#[test]
fn a_length_beyond_the_end_is_damage() {
    for forge in [forge, forge_primed] {
        for bytes in [&[0xff, 0xff, 0xff, 0x7f][..], &[0xff; 10], &[0, 0, 9, 0]] {
            assert_eq!(decode(&forge(bytes)), Err(ShareError::Damaged));
        }
    }
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
        let error = decode(&link(&[file(path, "")]));
        assert_eq!(error, Err(ShareError::BadPath(path.to_owned())));
    }
}

#[test]
fn the_same_path_twice_is_refused() {
    let twice = link(&[file("a", "1"), file("a", "2")]);
    assert_eq!(decode(&twice), Err(ShareError::BadPath("a".to_owned())));
}

#[test]
fn links_need_no_escaping_in_a_hash() {
    let link = link(&[file("a.yaml", &"ü\u{0}€\n".repeat(99))]);
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
        prop_assert_eq!(super::tests::files(&encode_quickly(&files)), Ok(files.clone()));
        prop_assert_eq!(decode(&encode(&files, &reading())), Ok((files, reading())));
    }

    #[test]
    fn any_text_is_decoded_or_refused(text in "(?s).{0,200}") {
        let _ = decode(&text);
        let _ = decode(&format!("1.{text}"));
        let _ = decode(&format!("2.{text}"));
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode(&format!("2.{}", URL_SAFE_NO_PAD.encode(&bytes)));
        for forge in [forge, forge_primed] {
            if let Ok((files, reading)) = decode(&forge(&bytes)) {
                prop_assert_eq!(decode(&encode(&files, &reading)), Ok((files, reading)));
            }
        }
    }
}

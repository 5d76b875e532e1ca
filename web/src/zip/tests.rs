use std::process::Command;

use super::*;

fn files() -> Files {
    let long = "kind: Tier\n".repeat(1000);
    Files::default()
        .with("policies/ä.yaml", long)
        .with("flows/a.yaml", "")
        .with("cluster/pods.yaml", "kind: Pod\n")
}

#[test]
fn an_exported_archive_can_be_imported() {
    let bytes = pack(&files()).expect("an archive");
    assert!(is_zip(&bytes));
    assert_eq!(unpack("a.zip", &bytes), (files().plain(), vec![]));
}

#[test]
fn an_exported_archive_opens_with_unzip() {
    let path = std::env::temp_dir().join(format!("tierwalk-{}.zip", std::process::id()));
    std::fs::write(&path, pack(&files()).expect("an archive")).expect("a temporary file");
    let tested = Command::new("unzip").arg("-tq").arg(&path).output();
    std::fs::remove_file(&path).expect("a temporary file");
    if let Ok(output) = tested {
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}

#[test]
fn bytes_that_are_no_archive_are_refused_in_words() {
    let (files, left_out) = unpack("a.zip", b"PK\x03\x04 not really");
    assert!(files.is_empty());
    assert_eq!(left_out, ["`a.zip` is not a zip archive that can be read"]);
}

#[test]
fn a_cut_archive_never_panics() {
    let bytes = pack(&files()).expect("an archive");
    for end in 0..bytes.len() {
        let _ = unpack("a.zip", &bytes[..end]);
    }
}

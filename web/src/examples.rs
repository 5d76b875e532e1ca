//! The workspaces that the page brings along.

use crate::state::files::{Files, TextFile};

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Name of its folder, and of the workspace it opens.
    pub name: &'static str,
    /// Title in the menu.
    pub title: &'static str,
    /// What to notice.
    pub notice: &'static str,
    /// The file in the editor.
    pub open: &'static str,
    files: &'static [(&'static str, &'static str)],
}

impl Example {
    /// Its files, in the order of the index.
    pub fn files(&self) -> Files {
        let file = |&(path, text): &(&str, &str)| TextFile {
            path: path.into(),
            text: text.into(),
        };
        self.files.iter().map(file).collect()
    }
}

macro_rules! files {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../static/examples/", $folder, "/", $path)))),*]
    };
}

/// All of them; the page opens with the first.
pub const EXAMPLES: [Example; 5] = [
    Example {
        name: "storefront",
        title: "Storefront",
        notice: "frontend may send to backend, and still does not get there: line 18 of backend decides.",
        open: "policies/backend.yaml",
        files: files!("storefront":
            "policies/tiers.yaml",
            "policies/security.yaml",
            "policies/platform.yaml",
            "policies/frontend.yaml",
            "policies/backend.yaml",
            "policies/microservice1.yaml",
            "policies/microservice2.yaml",
            "policies/frontend-legacy.yaml",
            "policies/dev.yaml",
            "cluster/namespaces.yaml",
            "cluster/pods.yaml",
            "cluster/network-sets.yaml",
            "flows/storefront.yaml",
        ),
    },
    Example {
        name: "default-deny",
        title: "Default deny",
        notice: "A default deny for egress stops name resolution too: web no longer reaches coredns.",
        open: "policies/default-deny.yaml",
        files: files!("default-deny":
            "policies/default-deny.yaml",
            "policies/web-to-api.yaml",
            "cluster/shop.yaml",
            "flows/shop.yaml",
        ),
    },
    Example {
        name: "pass-and-allow",
        title: "Tier order, Pass and Allow",
        notice: "Allow in an early tier ends the walk; Pass asks the next tier; the end of a tier denies what nobody passed.",
        open: "policies/platform.yaml",
        files: files!("pass-and-allow":
            "policies/tiers.yaml",
            "policies/security.yaml",
            "policies/platform.yaml",
            "policies/team-b.yaml",
            "cluster/teams.yaml",
            "flows/teams.yaml",
        ),
    },
    Example {
        name: "staged",
        title: "Staged policy",
        notice: "Nothing is denied yet; the Pending column says what would be once cart is enforced.",
        open: "policies/cart.yaml",
        files: files!("staged": "policies/cart.yaml", "cluster/shop.yaml", "flows/shop.yaml"),
    },
    Example {
        name: "templates",
        title: "Templates",
        notice: "Two short templates make the policies; the verdict of frontend to backend points at the template's line.",
        open: "templates/backend.yaml",
        files: files!("templates":
            "templates/backend.yaml",
            "templates/payments.yaml",
            "cluster/storefront.yaml",
            "flows/storefront.yaml",
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_opens_one_of_its_files() {
        for example in &EXAMPLES {
            assert!(example.files().contains(example.open), "{}", example.name);
        }
    }

    #[test]
    fn every_shipped_file_is_in_its_example() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/examples");
        for example in &EXAMPLES {
            for folder in ["policies", "templates", "cluster", "flows"] {
                let folder_path = format!("{root}/{}/{folder}", example.name);
                let Ok(entries) = std::fs::read_dir(folder_path) else {
                    continue;
                };
                for entry in entries {
                    let name = entry
                        .expect("an entry")
                        .file_name()
                        .into_string()
                        .expect("a name");
                    assert!(
                        example.files().contains(&format!("{folder}/{name}")),
                        "{folder}/{name}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_storefront_decides_on_line_18() {
        let files = EXAMPLES[0].files();
        let text = files.text("policies/backend.yaml").expect("the file");
        assert_eq!(
            text.lines().nth(17),
            Some(r#"      selector: app in {"microservice1", "microservice2"}"#)
        );
    }
}

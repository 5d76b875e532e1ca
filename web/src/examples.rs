//! The workspaces that the page brings along.

use gloo::utils::window;
use js_sys::Promise;
use tierwalk_protocol::File;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Response;

use crate::{
    assets::url,
    state::files::{Files, TextFile},
};

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// Heading in the gallery.
    pub topic: &'static str,
    /// Name of its folder, and of the workspace it opens.
    pub name: &'static str,
    /// Title in the gallery.
    pub title: &'static str,
    /// What to notice.
    pub notice: &'static str,
    /// The file in the editor.
    pub open: &'static str,
}

/// The files of the first example, which come with the page: it opens before anything else is loaded.
pub fn first_files() -> Files {
    let file = |&(path, text): &(&str, &str)| TextFile {
        path: path.into(),
        text: text.into(),
    };
    FIRST.iter().map(file).collect()
}

/// Begins to load the files of all examples; they are one file of the build.
pub fn load() -> Promise {
    let loaded = async {
        let url = url("tierwalk-examples").ok_or(JsValue::UNDEFINED)?;
        let response = JsFuture::from(window().fetch_with_str(&url)).await?;
        JsFuture::from(response.dyn_into::<Response>()?.json()?).await
    };
    future_to_promise(loaded)
}

/// The files of an example; `None` if they could not be loaded.
pub async fn files(loaded: Promise, name: &str) -> Option<Files> {
    let all = JsFuture::from(loaded).await.ok()?;
    let files = js_sys::Reflect::get(&all, &JsValue::from_str(name)).ok()?;
    let files: Vec<File> = serde_wasm_bindgen::from_value(files).ok()?;
    Some(Files::from(files))
}

macro_rules! files {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../static/examples/", $folder, "/", $path)))),*]
    };
}

const FIRST: &[(&str, &str)] = files!("storefront":
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
    "checks/order.rego",
    "checks/scope.rego",
    "checks/owner.rego",
    "checks/params.yaml",
    "checks/exceptions.yaml",
    "flows/storefront.yaml",
);

/// All of them, those of a topic together; the page opens with the first.
pub const EXAMPLES: &[Example] = &[
    Example {
        topic: "Start here",
        name: "storefront",
        title: "Storefront",
        notice: "frontend may send to backend, and still does not get there: line 18 of backend decides.",
        open: "policies/backend.yaml",
    },
    Example {
        topic: "Default deny",
        name: "default-deny",
        title: "Default deny",
        notice: "Selecting every pod and allowing nothing denies everything; each flow then needs a rule at both ends.",
        open: "policies/default-deny.yaml",
    },
    Example {
        topic: "Default deny",
        name: "dns-trap",
        title: "The DNS trap",
        notice: "web may call payments and still fails: the same default deny keeps it from asking coredns for the address.",
        open: "policies/default-deny.yaml",
    },
    Example {
        topic: "Tiers",
        name: "pass-and-allow",
        title: "Tier order, Pass and Allow",
        notice: "Allow in an early tier ends the walk; Pass asks the next tier; the end of a tier denies what nobody passed.",
        open: "policies/platform.yaml",
    },
    Example {
        topic: "Tiers",
        name: "end-of-tier",
        title: "The end of a tier",
        notice: "shop allows port 6379, and is never asked: tier platform selects cache, has no rule for it, and ends in Deny.",
        open: "policies/platform.yaml",
    },
    Example {
        topic: "Tiers",
        name: "quarantine",
        title: "Quarantine",
        notice: "One label takes cart-1 off the network before any team is asked; cart-2, the same workload, works on.",
        open: "policies/security.yaml",
    },
    Example {
        topic: "What a policy applies to",
        name: "global-or-namespaced",
        title: "Global or namespaced",
        notice: "A selector in a namespaced policy means pods of that namespace: the prometheus of another namespace is denied.",
        open: "policies/shop.yaml",
    },
    Example {
        topic: "What a policy applies to",
        name: "host-endpoints",
        title: "Host endpoints",
        notice: "Nodes take policies too, once they have a host endpoint; port 22 stays open, as it is a failsafe port.",
        open: "policies/hosts.yaml",
    },
    Example {
        topic: "Who is meant",
        name: "all-or-empty",
        title: "all() and no selector",
        notice: "all() is not everything: an external database without a network set has no labels, so all() does not match it.",
        open: "policies/orders.yaml",
    },
    Example {
        topic: "Who is meant",
        name: "network-sets",
        title: "Network sets",
        notice: "Labels of a network set stand for addresses; 192.0.2.66 is in two sets, and the rule that stands first decides.",
        open: "policies/offices.yaml",
    },
    Example {
        topic: "Who is meant",
        name: "service-accounts",
        title: "Service accounts",
        notice: "impostor carries the label of payments and another service account, so vault does not take it in.",
        open: "policies/vault.yaml",
    },
    Example {
        topic: "Who is meant",
        name: "domains",
        title: "Domains",
        notice: "*.pay.example.com means names below pay.example.com, and not that name itself. Domains are an extension.",
        open: "policies/outbound.yaml",
    },
    Example {
        topic: "Change without harm",
        name: "staged",
        title: "Staged policy",
        notice: "Nothing is denied yet; the Pending column says what would be once cart is enforced.",
        open: "policies/cart.yaml",
    },
    Example {
        topic: "Change without harm",
        name: "personas",
        title: "Who may apply what",
        notice: "Roles give each team its tier; labels and orders are asked at admission. In Checks, apply as each of them.",
        open: "policies/web.yaml",
    },
    Example {
        topic: "Templates",
        name: "templates",
        title: "Templates",
        notice: "Two short templates make the policies; the verdict of frontend to backend points at the template's line.",
        open: "templates/backend.yaml",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../static/examples");

    #[test]
    fn every_example_opens_one_of_its_files() {
        for example in EXAMPLES {
            let file = format!("{ROOT}/{}/{}", example.name, example.open);
            assert!(std::fs::exists(&file).is_ok_and(|there| there), "{file}");
        }
    }

    #[test]
    fn every_folder_of_examples_is_in_the_gallery() {
        let mut shipped: Vec<_> = std::fs::read_dir(ROOT)
            .expect("the examples")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a name")
            })
            .collect();
        shipped.retain(|name| std::path::Path::new(ROOT).join(name).join("flows").is_dir());
        let mut listed: Vec<_> = EXAMPLES.iter().map(|example| example.name).collect();
        shipped.sort();
        listed.sort_unstable();
        assert_eq!(shipped, listed);
    }

    #[test]
    fn every_shipped_file_of_the_first_example_comes_with_the_page() {
        for folder in ["policies", "cluster", "flows"] {
            let entries = std::fs::read_dir(format!("{ROOT}/{}/{folder}", EXAMPLES[0].name));
            for entry in entries.expect("the folder") {
                let name = entry.expect("an entry").file_name();
                let path = format!("{folder}/{}", name.display());
                assert!(first_files().contains(&path), "{path}");
            }
        }
    }

    #[test]
    fn the_storefront_decides_on_line_18() {
        let files = first_files();
        let text = files.text("policies/backend.yaml").expect("the file");
        assert_eq!(
            text.lines().nth(17),
            Some(r#"      selector: app in {"microservice1", "microservice2"}"#)
        );
    }
}

//! Each rule of the reference's section 6, with Calico's words at the exact text.

mod fixes;
mod kubernetes;
mod metadata;
mod policies;
mod rules;
mod selectors;
mod sets;

use tierwalk_source::Diagnostic;
use tierwalk_yaml::Document;

use crate::{Mode, read};

/// What is found in a document: code, message and the text it points at.
struct Found {
    text: String,
    diagnostics: Vec<Diagnostic>,
}

fn check(text: impl Into<String>) -> Found {
    let text = text.into();
    let document = Document::parse(&text);
    assert_eq!(document.diagnostics, [], "{text}");
    let diagnostics = read(&document, Mode::Load).diagnostics;
    Found { text, diagnostics }
}

fn resource(kind: &str, name: &str, spec: &str) -> Found {
    check(format!(
        "apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    ))
}

fn policy(spec: &str) -> Found {
    resource("NetworkPolicy", "p", spec)
}

fn global(spec: &str) -> Found {
    resource("GlobalNetworkPolicy", "p", spec)
}

/// A policy with one allowing ingress rule with these fields, too.
fn rule(fields: &str) -> Found {
    policy(&format!("{{ingress: [{{action: Allow, {fields}}}]}}"))
}

fn egress(fields: &str) -> Found {
    policy(&format!("{{egress: [{{action: Allow, {fields}}}]}}"))
}

impl Found {
    /// Exactly this one problem, whose message contains `message`, at exactly this text.
    #[track_caller]
    fn is(&self, code: &str, message: &str, place: &str) {
        let [diagnostic] = self.diagnostics.as_slice() else {
            panic!("{:#?}", self.diagnostics);
        };
        assert_eq!(diagnostic.code, code, "{diagnostic:#?}");
        assert!(diagnostic.message.contains(message), "{diagnostic:#?}");
        assert_eq!(diagnostic.span.of(&self.text), place, "{diagnostic:#?}");
        assert!(diagnostic.help.is_some(), "{diagnostic:#?}");
        assert!(crate::CODES.contains(&code));
    }

    #[track_caller]
    fn is_fine(&self) {
        assert_eq!(self.diagnostics, [], "{}", self.text);
    }

    /// The text after the first fix of the first problem.
    #[track_caller]
    fn fixed(&self) -> String {
        let fix = self.diagnostics.first().and_then(|it| it.fixes.first());
        let fix = fix.unwrap_or_else(|| panic!("{:#?}", self.diagnostics));
        let mut text = self.text.clone();
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        text
    }
}

/// A list of nonsense says enough before it says it all.
#[test]
fn problems_of_a_document_are_bounded() {
    let set = resource(
        "NetworkSet",
        "s",
        &format!("{{nets: [{}]}}", "bad, ".repeat(1000)),
    );
    assert_eq!(set.diagnostics.len(), 300);
    let long = policy(&format!("{{{}: 1}}", "k".repeat(100_000)));
    assert!(long.diagnostics[0].message.len() < 2_000);
}

//! Any text is compiled without panic: as a document, as the fields of a policy, as the values and the output of
//! a template. What is said about it points into it, and what comes out is YAML with a place for each line.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_template::{Library, Options, compile_document};
use tierwalk_yaml::Document;

fn check(text: &str, library: &Library) {
    for compat in [false, true] {
        let options = Options {
            compat,
            ..Options::default()
        };
        let compiled = compile_document(text, library, options);
        for problem in &compiled.diagnostics {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        for manifest in &compiled.manifests {
            assert!(Document::parse(&manifest.text).diagnostics.is_empty(), "{}", manifest.text);
            assert_eq!(manifest.map.len(), manifest.text.lines().count());
        }
    }
}

fuzz_target!(|text: &str| {
    let library = Library::shipped();
    check(text, &library);
    check(&format!("ObjectType: NetworkPolicy\nPolicyName: a\nPolicyNamespace: b\nPolicyOrder: 1\n{text}"), &library);
    check(&format!("template: web-service\nvalues:\n  name: a\n  namespace: b\n{text}"), &library);
    let output: String = text.lines().map(|line| format!("    {line}\n")).collect();
    check(
        &format!("apiVersion: tierwalk.dev/v1\nkind: PolicyTemplate\nmetadata: {{name: x}}\nspec:\n  fields: [{{name: x, type: string}}]\n  output: |\n{output}"),
        &library,
    );
});

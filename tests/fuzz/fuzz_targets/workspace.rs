//! Any text among the files of a workspace is analysed without panic, and every place fits its file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tierwalk_protocol::File;
use tierwalk_workspace::Workspace;

const CLUSTER: &str = include_str!("../../../static/examples/storefront/cluster/pods.yaml");

fuzz_target!(|text: &str| {
    let file = |path: &str, text: &str| File {
        path: path.into(),
        text: text.into(),
    };
    let flows = "flows:\n- storefront/frontend -> storefront/backend tcp/8080\n";
    let files = vec![file("a.yaml", text), file("b.yaml", CLUSTER), file("c.yaml", flows)];
    let workspace = Workspace::open(files);
    let analysis = workspace.analysis(Some("storefront/frontend -> storefront/backend tcp/8080"));
    let units = text.encode_utf16().count() as u32;
    for problem in analysis.diagnostics.iter().filter(|it| it.place.file == "a.yaml") {
        assert!(problem.place.to <= units, "{problem:?}");
    }
});

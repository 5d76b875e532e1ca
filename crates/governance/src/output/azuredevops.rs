//! Logging commands of Azure DevOps (Conftest `output/azuredevops.go`).

use super::{omitted, summary};
use crate::finding::{CheckResult, Finding, Totals};

pub(super) fn render(results: &[CheckResult]) -> String {
    let mut out = String::new();
    for result in results {
        section(result, &mut out);
    }
    out.push_str(&format!("{}\n", summary(&Totals::of(results))));
    out
}

fn section(result: &CheckResult, out: &mut String) {
    let file = &result.file;
    out.push_str(&format!(
        "##[section]Testing '{file}' against {} policies in namespace '{}'\n",
        result.totals().tests(),
        result.namespace
    ));
    out.push_str("##[group]See conftest results\n");
    let mut issues = |kind: &str, findings: &[Finding], more: usize| {
        let messages = findings.iter().map(|finding| finding.message.clone());
        for message in messages.chain(omitted(more)) {
            out.push_str(&format!(
                "##vso[task.logissue type={kind}] file={file} --> {message}\n"
            ));
        }
    };
    issues("error", &result.failures, result.omitted.failures);
    issues("warning", &result.warnings, result.omitted.warnings);
    issues("warning", &result.exceptions, 0);
    for skipped in &result.skipped {
        out.push_str(&format!("skipped file={file} {}\n", skipped.message));
    }
    if result.successes > 0 {
        out.push_str(&format!("success file={file} {}\n", result.successes));
    }
    out.push_str("##[endgroup]\n");
}

//! SARIF 2.1 (Conftest `output/sarif.go` and go-sarif).

use serde::Serialize;
use serde_json::{Map, Value};

use super::json::{escape, metadata};
use super::omitted;
use crate::finding::{CheckResult, Finding, Totals};

const SCHEMA: &str = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json";
const SATISFIED: &str = "Policy was satisfied successfully";
const LEFT_OUT: &str = "Policy check was skipped";

#[derive(Serialize)]
struct Log {
    version: &'static str,
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    results: Vec<Result>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    information_uri: &'static str,
    name: &'static str,
    rules: Vec<Rule>,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Text,
    #[serde(skip_serializing_if = "Map::is_empty")]
    properties: Map<String, Value>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    exit_code: u8,
    exit_code_description: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Result {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Value; 1],
}

/// A kind of result: the end of its rule's name, its level, what it is.
struct Kind {
    suffix: &'static str,
    level: &'static str,
    description: &'static str,
}

const DENY: Kind = Kind {
    suffix: "deny",
    level: "error",
    description: "Policy violation",
};
const WARN: Kind = Kind {
    suffix: "warn",
    level: "warning",
    description: "Policy warning",
};
const ALLOW: Kind = Kind {
    suffix: "allow",
    level: "note",
    description: "Policy exception",
};
const SUCCESS: Kind = Kind {
    suffix: "success",
    level: "none",
    description: SATISFIED,
};
const SKIP: Kind = Kind {
    suffix: "skip",
    level: "none",
    description: LEFT_OUT,
};

#[derive(Default)]
struct Builder {
    rules: Vec<Rule>,
    results: Vec<Result>,
}

pub(super) fn render(results: &[CheckResult]) -> String {
    let mut builder = Builder::default();
    results.iter().for_each(|result| builder.file(result));
    let totals = Totals::of(results);
    let log = Log {
        version: "2.1.0",
        schema: SCHEMA,
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    information_uri: "https://github.com/tierwalk/tierwalk",
                    name: "tierwalk",
                    rules: builder.rules,
                    version: env!("CARGO_PKG_VERSION"),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                exit_code: totals.exit(false),
                exit_code_description: described(&totals),
            }],
            results: builder.results,
        }],
    };
    escape(&serde_json::to_string(&log).unwrap_or_default())
}

fn described(totals: &Totals) -> &'static str {
    if totals.failures > 0 {
        "Policy violations found"
    } else if totals.warnings > 0 {
        "Policy warnings found"
    } else {
        "No policy violations found"
    }
}

impl Builder {
    fn file(&mut self, result: &CheckResult) {
        self.all(result, &DENY, &result.failures, result.omitted.failures);
        self.all(result, &WARN, &result.warnings, result.omitted.warnings);
        self.all(result, &ALLOW, &result.exceptions, 0);
        let totals = result.totals();
        if totals.failures + totals.warnings > 0 {
            return;
        }
        let kind = match totals.successes + totals.exceptions {
            0 => &SKIP,
            _ => &SUCCESS,
        };
        let description = [("description".to_owned(), kind.description.into())];
        let properties = description.into_iter().collect();
        self.add(result, kind, kind.description, properties, None);
    }

    fn all(&mut self, result: &CheckResult, kind: &Kind, findings: &[Finding], more: usize) {
        for finding in findings {
            let properties = match kind.suffix {
                "allow" => Map::new(),
                _ => metadata(finding),
            };
            self.add(result, kind, &finding.message, properties, Some(finding));
        }
        if let Some(more) = omitted(more) {
            self.add(result, kind, &more, Map::new(), None);
        }
    }

    fn add(
        &mut self,
        result: &CheckResult,
        kind: &Kind,
        message: &str,
        properties: Map<String, Value>,
        finding: Option<&Finding>,
    ) {
        let id = format!("{}/{}", result.namespace, kind.suffix);
        let known = self.rules.iter().position(|rule| rule.id == id);
        let rule_index = known.unwrap_or_else(|| {
            self.rules.push(Rule {
                id: id.clone(),
                short_description: Text {
                    text: kind.description.to_owned(),
                },
                properties,
            });
            self.rules.len() - 1
        });
        self.results.push(Result {
            rule_id: id,
            rule_index,
            level: kind.level,
            message: Text {
                text: message.to_owned(),
            },
            locations: [location(result, finding)],
        });
    }
}

/// Go's `url.URL.EscapedPath`.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"-_.~$&+,/:;=@".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn location(result: &CheckResult, finding: Option<&Finding>) -> Value {
    let own = finding.and_then(|finding| finding.location.as_ref());
    let uri = own
        .map_or(&result.file, |place| &place.file)
        .replace('\\', "/");
    let mut physical = serde_json::json!({ "artifactLocation": { "uri": escaped(&uri) } });
    if let (Some(place), Some(object)) = (own, physical.as_object_mut()) {
        let line: u32 = place.line.parse().unwrap_or(0);
        object.insert(
            "region".to_owned(),
            serde_json::json!({ "startLine": line, "endLine": line }),
        );
    }
    serde_json::json!({ "physicalLocation": physical })
}

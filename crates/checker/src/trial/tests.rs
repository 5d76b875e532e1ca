use std::time::Duration;

use tierwalk_protocol::File;
use tierwalk_protocol::checks::{CheckAnswer, CheckRequest, CheckView};

use crate::Checker;

const ORDER: &str = "package main

import rego.v1

# METADATA
# title: Orders are 500 or more
# custom:
#   id: order
deny contains msg if {
  input.spec.order < 500
  msg := \"too low\"
}
";

fn policy(order: u32) -> File {
    File {
        path: "p.yaml".to_owned(),
        text: format!(
            "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:\n  order: {order}\n"
        ),
    }
}

#[test]
fn an_edit_names_the_checks_that_it_breaks_and_the_files_stay() {
    let mut checker = Checker::new(|| Duration::ZERO);
    let rego = File {
        path: "checks/order.rego".to_owned(),
        text: ORDER.to_owned(),
    };
    let files = [rego, policy(600)].map(|file| (file.path, file.text));
    checker.edit(files, &[]);
    let tries = vec![vec![policy(90)], vec![policy(700)]];
    let answer = checker.answer(CheckRequest::Try {
        tries: tries.clone(),
        now: 0.0,
    });
    let broken = vec![vec!["order".to_owned()], Vec::new()];
    assert_eq!(answer, CheckAnswer::Tried { broken });
    assert_eq!(checker.check(&CheckView::default()).checks[0].fails, 0);

    // what is refused already is not broken by it
    checker.edit([(policy(100).path, policy(100).text)], &[]);
    let answer = checker.answer(CheckRequest::Try { tries, now: 0.0 });
    let broken = vec![Vec::new(), Vec::new()];
    assert_eq!(answer, CheckAnswer::Tried { broken });
}

//! What an edit costs the checks of the page: one policy of 100 or 1,000 changed, with the shipped pack; and all
//! of them, as after a change of a check.
//!
//! `cargo bench --profile native -p tierwalk-checker`.

use std::time::Duration;

use tierwalk_checker::Checker;
use tierwalk_protocol::checks::CheckView;

const SIZES: [usize; 2] = [100, 1000];
const PACK: &str = "apiVersion: tierwalk.dev/v1\nkind: Checks\n";

fn main() {
    divan::main();
}

fn policy(number: usize, order: usize) -> String {
    let mut text = format!(
        "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata:\n  name: web-{number}\n  namespace: ns-{}\n\
         spec:\n  order: {order}\n  selector: app == 'web-{number}'\n  types: [Ingress, Egress]\n",
        number % 40,
    );
    for (direction, peer) in [("ingress", "source"), ("egress", "destination")] {
        text.push_str(&format!("  {direction}:\n"));
        for zone in ["dmz", "office", "core"] {
            text.push_str(&format!(
                "    - {{action: Allow, protocol: TCP, {peer}: {{selector: zone == '{zone}'}}}}\n"
            ));
        }
    }
    text
}

fn file(number: usize, order: usize) -> (String, String) {
    (format!("policies/{number}.yaml"), policy(number, order))
}

fn checker(count: usize) -> Checker {
    let mut checker = Checker::new(|| Duration::ZERO);
    let settings = ("checks.yaml".to_owned(), PACK.to_owned());
    let files = (0..count).map(|number| file(number, 500 + number));
    checker.edit(files.chain([settings]), &[]);
    checker.check(&CheckView::default());
    checker
}

#[divan::bench(args = SIZES)]
fn one_policy(bencher: divan::Bencher, count: usize) {
    let mut checker = checker(count);
    let mut order = 0;
    bencher.bench_local(|| {
        order += 1;
        checker.edit([file(7, order)], &[]);
        checker.check(&CheckView::default()).findings.len()
    });
}

#[divan::bench(args = SIZES)]
fn a_setting(bencher: divan::Bencher, count: usize) {
    let mut checker = checker(count);
    let mut least = 0;
    bencher.bench_local(|| {
        least += 1;
        let text = format!("{PACK}checks:\n  order: {{min: {least}}}\n");
        checker.edit([("checks.yaml".to_owned(), text)], &[]);
        checker.check(&CheckView::default()).findings.len()
    });
}

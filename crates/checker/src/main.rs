//! The checker as a web worker.

use std::time::Duration;

use tierwalk_checker::Checker;
use tierwalk_protocol::checks::{CHECKS_VERSION, CheckAnswer};
use tierwalk_web_worker::{scope, serve};

fn main() {
    tierwalk_governance::set_clock(now);
    let mut checker = Checker::new(now);
    serve(
        &CheckAnswer::Ready {
            protocol: CHECKS_VERSION,
        },
        |message| CheckAnswer::Failed { message },
        move |request| checker.answer(request),
    );
}

fn now() -> Duration {
    let milliseconds = scope().performance().map_or(0.0, |clock| clock.now());
    Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
}

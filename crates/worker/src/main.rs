//! The engine as a web worker.

use tierwalk_protocol::{Answer, PROTOCOL_VERSION};
use tierwalk_workspace::Workspace;

fn main() {
    let mut workspace = Workspace::default();
    tierwalk_web_worker::serve(
        &Answer::Ready {
            protocol: PROTOCOL_VERSION,
        },
        |message| Answer::Failed { message },
        move |request| workspace.answer(request),
    );
}

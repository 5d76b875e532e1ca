//! The one door for developers: `cargo xtask`.

mod bench;
mod browser;
mod finish;
mod fuzz;
mod metadata;
mod page;
mod pictures;
mod process;
mod progress;
mod repo;
mod serve;
mod server;
mod size;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

/// What every step of the door gives: nothing, or one message for the terminal.
type Outcome<T = ()> = Result<T, String>;

struct Subcommand {
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Outcome,
}

const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand {
        usage: "serve [--dev]",
        about: "build the page and serve it on http://127.0.0.1:8080 (--dev: quick build, slow engine)",
        run: serve::run,
    },
    Subcommand {
        usage: "page [--dev]",
        about: "build the page into dist/ (--dev: into target/dist-dev/), ready to be put on any web server",
        run: page::run,
    },
    Subcommand {
        usage: "test [unit|wasm|conformance|e2e] [--dev] [-- ARGS]",
        about: "run every test, or some parts (ARGS go to the test runner of the part)",
        run: test::run,
    },
    Subcommand {
        usage: "bench [NAME] [ARGS]",
        about: "measure, natively and in the browser (NAME: one benchmark, or `browser`)",
        run: bench::run,
    },
    Subcommand {
        usage: "size",
        about: "what the release page weighs, raw and compressed",
        run: size::run,
    },
    Subcommand {
        usage: "pictures [--dev]",
        about: "make docs/images/ and the first frame of the page (web/first-frame.html) from the page itself",
        run: pictures::run,
    },
    Subcommand {
        usage: "fuzz [TARGET] [SECONDS]",
        about: "feed generated input to one fuzz target, or a short while to each",
        run: fuzz::run,
    },
    Subcommand {
        usage: "tidy",
        about: "check what the compiler does not: crate graph, diagnostics pages, links, file sizes",
        run: tidy::run,
    },
    Subcommand {
        usage: "setup",
        about: "install the pinned tools into .tools/ and the npm packages; the others do so as needed",
        run: tools::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        list();
        return Ok(());
    };
    let found = SUBCOMMANDS
        .iter()
        .find(|subcommand| subcommand.usage.split(' ').next() == Some(name));
    match found {
        Some(subcommand) => (subcommand.run)(rest),
        None => Err(format!(
            "no subcommand `{name}`; `cargo xtask` lists what there is"
        )),
    }
}

fn list() {
    println!("cargo xtask …\n");
    for subcommand in SUBCOMMANDS {
        println!("  {}\n      {}", subcommand.usage, subcommand.about);
    }
}

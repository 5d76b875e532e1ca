//! `tierwalk trace`.

mod suggest;
mod text;

pub use text::verdict_word;

use tierwalk_workspace::{Detail, flows};

use crate::args::{Output, Trace};
use crate::failure::{Failure, Outcome};
use crate::paint::Paint;
use crate::validate::json;
use crate::{Io, inputs};

/// Protocols that rules name ports of.
const HAS_PORTS: [&str; 3] = ["tcp", "udp", "sctp"];

/// Shows what decides one flow.
pub fn run(args: &Trace, paint: Paint, io: &mut Io<'_>) -> Result<Outcome, Failure> {
    let line = line(args)?;
    let spec = flows::parse(&line).map_err(|error| {
        let help = error.help.unwrap_or_default();
        Failure::usage(format!("{}: {help}", error.message))
    })?;
    let workspace = inputs::open(&args.paths.paths, io.input)?;
    warn_about_errors(&workspace, io)?;
    let walk = workspace.trace(&spec.flow, Detail::Full).map_err(|error| {
        let help = error
            .help()
            .map(|help| format!("; {help}"))
            .unwrap_or_default();
        Failure::usage(format!("{error}{help}"))
    })?;
    let suggestions = match args.suggest {
        true => workspace.suggest(&spec.flow, &line).ok(),
        false => None,
    };
    match args.output {
        Output::Json => json(&suggest::Told { walk, suggestions }, io)?,
        Output::Text => {
            text::print(&line, &walk, paint, io)?;
            if let Some(suggestions) = suggestions {
                suggest::print(&suggestions, paint, io)?;
            }
        }
    }
    Ok(Outcome::Clean)
}

/// Documents with errors take no part, so the answer may not be the whole truth.
fn warn_about_errors(
    workspace: &tierwalk_workspace::Workspace,
    io: &mut Io<'_>,
) -> Result<(), Failure> {
    let files = workspace.files_with_errors();
    if !files.is_empty() {
        let names = files.join("`, `");
        writeln!(
            io.err,
            "warning: `{names}` has errors and what is wrong there takes no part; see `tierwalk validate`"
        )?;
    }
    Ok(())
}

/// The flow as a line of a flow file.
fn line(args: &Trace) -> Result<String, Failure> {
    let protocol = args.protocol.to_ascii_lowercase();
    let protocol = match protocol.parse::<u8>() {
        Ok(number) => format!("ip/{number}"),
        Err(_) => protocol,
    };
    let service = match (args.port, args.icmp_type) {
        (Some(_), Some(_)) => {
            return Err(Failure::usage(
                "a flow has a port or an ICMP type, not both",
            ));
        }
        (Some(port), None) => format!("{}/{port}", named(&protocol)),
        (None, Some(kind)) => format!("{protocol}/{kind}/{}", args.icmp_code.unwrap_or_default()),
        (None, None) if HAS_PORTS.contains(&named(&protocol)) => {
            let name = named(&protocol).to_uppercase();
            return Err(Failure::usage(format!(
                "{name} needs a port; add `--port 8080`"
            )));
        }
        (None, None) => protocol,
    };
    let version = if args.ipv6 { " ipv6" } else { "" };
    Ok(format!("{} -> {} {service}{version}", args.from, args.to))
}

/// Protocols with ports go by their names in flow lines.
fn named(protocol: &str) -> &str {
    match protocol {
        "ip/6" => "tcp",
        "ip/17" => "udp",
        "ip/132" => "sctp",
        name => name,
    }
}

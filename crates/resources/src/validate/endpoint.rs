use crate::codes;
use crate::kinds::{HostEndpointPort, HostEndpointSpec};
use crate::problem::{At, Problems};
use crate::scalars::parse_ip;

use super::{names, ports};

const CODE: &str = codes::HOST_ENDPOINT;

pub(super) fn check(spec: &HostEndpointSpec, at: &At<'_>, problems: &mut Problems<'_>) {
    check_place(spec, at, problems);
    check_interface(&spec.interface_name, &at.key("interfaceName"), problems);
    let addresses = at.key("expectedIPs");
    for (index, address) in spec.expected_ips.iter().enumerate() {
        if parse_ip(address).is_none() {
            let message = format!("`{address}` is not an IP address");
            let help = "write a plain address, without a prefix length";
            problems.unseen(&addresses.index(index), CODE, message, help);
        }
    }
    let profiles = at.key("profiles");
    for (index, profile) in spec.profiles.iter().enumerate() {
        if !names::is_subdomain(profile) {
            let message = format!("`{profile}` is no name of a profile: {}", names::SUBDOMAIN);
            let help = "profiles have names such as `projectcalico-default-allow`";
            problems.unseen(&profiles.index(index), CODE, message, help);
        }
    }
    let ports = at.key("ports");
    for (index, port) in spec.ports.iter().enumerate() {
        check_port(port, &ports.index(index), problems);
    }
}

fn check_place(spec: &HostEndpointSpec, at: &At<'_>, problems: &mut Problems<'_>) {
    if spec.interface_name.is_empty() && spec.expected_ips.is_empty() {
        let message = "at least one of interfaceName or expectedIPs must be specified";
        problems.error(
            at,
            CODE,
            message,
            "`interfaceName: \"*\"` is the whole node",
        );
    }
    if spec.node.is_empty() {
        let help = "write the name of the node that it is on";
        problems.error(&at.key("node"), CODE, "node must be specified", help);
    } else if !names::is_subdomain(&spec.node) {
        let message = format!("`{}` is no name of a node: {}", spec.node, names::SUBDOMAIN);
        problems.unseen(
            &at.key("node"),
            CODE,
            message,
            "node names are in lower case",
        );
    }
}

fn check_interface(name: &str, at: &At<'_>, problems: &mut Problems<'_>) {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    if name == "*" || (name.len() <= 15 && name.bytes().all(allowed)) {
        return;
    }
    let message = format!("`{name}` is no name of an interface");
    let help = "up to 15 letters, digits, `_`, `.` and `-`, or `*` for all; patterns do not work";
    problems.unseen(at, CODE, message, help);
}

fn check_port(port: &HostEndpointPort, at: &At<'_>, problems: &mut Problems<'_>) {
    let protocol = at.key("protocol");
    ports::check_protocol(&port.protocol, &protocol, problems);
    if !port.protocol.has_ports() {
        let message = "EndpointPort protocol does not support ports.";
        problems.unseen(&protocol, CODE, message, "use TCP, UDP or SCTP");
    }
    if let Some(problem) = names::port_name_problem(&port.name) {
        let message = format!("`{}` is no name of a port: {problem}", port.name);
        problems.unseen(
            &at.key("name"),
            codes::PORT_NAME,
            message,
            "port names look like `http`",
        );
    }
    if port.port == 0 {
        let message = "port must be greater than or equal to 1";
        problems.error(
            &at.key("port"),
            CODE,
            message,
            "ports are between 1 and 65535",
        );
    }
}

//! Finding the ends of a flow in the model.

mod ends;
mod nearest;
mod service;

use std::net::IpAddr;

use tierwalk_resources::model::{IpVersion, Protocol};

use crate::Engine;
use crate::flow::{DEFAULT_SOURCE_PORT, End, Flow, FlowError, Resolved, ResolvedEnd, version_of};

use ends::Candidate;

impl Engine {
    /// Finds the ends of a flow in the model.
    ///
    /// # Errors
    /// If an end is not there, has no address that fits, or the flow lacks a port.
    pub fn resolve(&self, flow: &Flow) -> Result<Resolved, FlowError> {
        let source = self.candidate(&flow.source)?;
        let destination = self.destination(flow)?;
        let version = common_version(flow, &source, &destination)?;
        let packet = self.packet(flow)?;
        Ok(Resolved {
            source: self.resolved_end(source, version)?,
            destination: self.resolved_end(destination, version)?,
            ..packet
        })
    }

    /// A pod comes before a service of the same name.
    fn destination<'a>(&'a self, flow: &'a Flow) -> Result<Candidate<'a>, FlowError> {
        let found = self.candidate(&flow.destination);
        let is_name = matches!(found, Err(FlowError::NoSuchPod { .. }));
        let is_address = matches!(flow.destination, End::Address(_));
        let service = (is_name || is_address).then(|| self.leads_to_service(flow));
        match service.flatten() {
            Some(error) => Err(error),
            None => found,
        }
    }

    /// A flow without its ends.
    pub(crate) fn packet(&self, flow: &Flow) -> Result<Resolved, FlowError> {
        let has_ports = flow.protocol.has_ports() || flow.protocol == Protocol::UDPLITE;
        if flow.protocol.has_ports() && flow.port.is_none() {
            let protocol = flow.protocol.name().into_owned();
            return Err(FlowError::NoPort { protocol });
        }
        Ok(Resolved {
            source: ResolvedEnd::nobody(),
            destination: ResolvedEnd::nobody(),
            protocol: flow.protocol,
            port: flow.port.filter(|_| has_ports),
            source_port: has_ports.then_some(flow.source_port.unwrap_or(DEFAULT_SOURCE_PORT)),
            icmp: icmp(flow),
        })
    }

    /// An end in one IP version; `None` if it is not there or has no such address.
    pub(crate) fn end_of(&self, end: &End, version: IpVersion) -> Option<ResolvedEnd> {
        let candidate = self.candidate(end).ok()?;
        self.resolved_end(candidate, version).ok()
    }

    fn resolved_end(
        &self,
        candidate: Candidate<'_>,
        version: IpVersion,
    ) -> Result<ResolvedEnd, FlowError> {
        let Some(address) = candidate.address_of(version) else {
            let end = candidate.name;
            return Err(FlowError::NoAddressOfVersion { end, version });
        };
        Ok(ResolvedEnd {
            address,
            owner: candidate.owner(self, address),
            domain: candidate.domain.map(str::to_owned),
            non_endpoint: candidate.non_endpoint,
        })
    }
}

/// The version that the flow asks for or implies, else IPv4 if both ends can.
fn common_version(
    flow: &Flow,
    source: &Candidate<'_>,
    destination: &Candidate<'_>,
) -> Result<IpVersion, FlowError> {
    let implied = (flow.protocol == Protocol::ICMPV6).then_some(IpVersion::V6);
    if let Some(version) = flow.ip_version.or(implied) {
        return Ok(version);
    }
    let both =
        |version| source.address_of(version).is_some() && destination.address_of(version).is_some();
    [IpVersion::V4, IpVersion::V6]
        .into_iter()
        .find(|version| both(*version))
        .ok_or_else(|| FlowError::NoCommonVersion {
            source: source.name.clone(),
            destination: destination.name.clone(),
        })
}

/// Type and code of an ICMP flow; an echo request if it names none.
fn icmp(flow: &Flow) -> Option<(u8, u8)> {
    match flow.protocol {
        Protocol::ICMP => Some(flow.icmp.unwrap_or((8, 0))),
        Protocol::ICMPV6 => Some(flow.icmp.unwrap_or((128, 0))),
        _ => None,
    }
}

fn first_of(addresses: &[IpAddr], version: IpVersion) -> Option<IpAddr> {
    let fits = |address: &&IpAddr| version_of(**address) == version;
    addresses.iter().find(fits).copied()
}

//! Flows that lead to a service instead of to one of its pods.

use tierwalk_resources::model::{ServiceBackends, ServiceRef};

use crate::Engine;
use crate::flow::{End, Flow, FlowError};

impl Engine {
    /// Where a flow should lead to, if its destination is a service.
    pub(super) fn leads_to_service(&self, flow: &Flow) -> Option<FlowError> {
        let (written, service) = match &flow.destination {
            End::Address(address) => {
                let mut services = self.model().services.iter();
                let found = services.find(|it| it.cluster_ips.contains(address))?;
                (address.to_string(), found)
            }
            End::Pod { namespace, name } => {
                let wanted = ServiceRef {
                    namespace: namespace.clone(),
                    name: name.clone(),
                };
                (format!("{namespace}/{name}"), self.service(&wanted)?)
            }
            _ => return None,
        };
        Some(FlowError::Service {
            written,
            service: format!("{}/{}", service.namespace, service.name),
            backend: self.backend(flow, service),
        })
    }

    fn backend(&self, flow: &Flow, service: &ServiceBackends) -> Option<String> {
        let mut forwards = service.forwards.iter();
        let forward =
            forwards.find(|it| it.protocol == flow.protocol && Some(it.port) == flow.port)?;
        let mut pods = self.model().workloads.iter();
        let pod = pods.find(|pod| pod.addresses.contains(&forward.address))?;
        let protocol = forward.protocol.name().to_lowercase();
        Some(format!(
            "{}/{} {protocol}/{}",
            pod.namespace, pod.name, forward.target
        ))
    }
}

//! What else there is to say.

use crate::flow::{Owner, ResolvedEnd};

use crate::walk::{Step, Verdict};

use super::piece::Text;
use super::{Cause, Teller};

impl Teller<'_> {
    /// The nearest rule of a flow denied at the end of a tier, and what staged policies would change; if there
    /// is neither, what holds of the other half. And always that an address is assumed.
    pub fn more(&self) -> (Text, Option<Cause>) {
        let found = self.nearest().into_iter().chain(self.pending());
        let (text, cause) = found.fold((Text::default(), None), |(text, cause), (more, by)| {
            (text.sentence(more), cause.or(Some(by)))
        });
        let text = if text.is_empty() {
            self.other_half()
        } else {
            text
        };
        (text.sentence(self.assumed()), cause)
    }

    fn other_half(&self) -> Text {
        let unreached = self.walk.ingress.iter().find(|side| !side.reached);
        let text = match unreached {
            Some(side) => side.not_reached_text(),
            None if self.walk.verdict == Verdict::Deny || self.is_bypassed() => String::new(),
            None => self.silent_ends().join(" "),
        };
        Text::default().plain(&text)
    }

    fn is_bypassed(&self) -> bool {
        let mut steps = self.sides().flat_map(|side| &side.steps);
        steps.any(|step| matches!(step, Step::Bypass(_)))
    }

    /// What is to be said of ends at which no policy applies.
    fn silent_ends(&self) -> Vec<String> {
        let flow = &self.walk.flow;
        let ends = [
            (&flow.source, &self.walk.egress),
            (&flow.destination, &self.walk.ingress),
        ];
        let silent = ends.into_iter().filter(|(_, side)| side.is_none());
        silent.map(|(end, _)| self.no_endpoint(end)).collect()
    }

    /// Why no policy applies at an end.
    fn no_endpoint(&self, end: &ResolvedEnd) -> String {
        let name = self.engine.end_name(end);
        let pod = end.non_endpoint.and_then(|index| {
            let pods = &self.engine.model().non_endpoints;
            pods.get(index as usize)
        });
        match (pod, end.owner) {
            (Some(_), Owner::Outside) => {
                format!(
                    "{name} has finished: its address is nobody's, and no policy applies at that end."
                )
            }
            (Some(pod), _) => format!(
                "{name} uses the network of node {}: no policy for pods applies at that end.",
                pod.node
            ),
            (None, Owner::Host { .. }) => {
                format!("{name} is a node without a host endpoint: no policy applies at that end.")
            }
            _ => format!("{name} is outside the cluster: no policy applies at that end."),
        }
    }

    fn assumed(&self) -> Text {
        let flow = &self.walk.flow;
        let mut named = [&flow.source, &flow.destination]
            .into_iter()
            .filter_map(|end| Some((end.domain.as_ref()?, end.address)));
        named.next().map_or(Text::default(), |(domain, address)| {
            let text = format!("The address of {domain} is not known; {address} is assumed.");
            Text::default().plain(&text)
        })
    }
}

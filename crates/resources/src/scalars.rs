//! Values inside resources as Calico's Go code reads them.

mod cidr;
mod int_or_string;
mod port;
mod protocol;

pub use cidr::{Net, NetError, parse_cidr, parse_ip, parse_net_or_ip};
pub use int_or_string::IntOrString;
pub use port::Port;
pub(crate) use protocol::PROTOCOLS;
pub use protocol::Protocol;

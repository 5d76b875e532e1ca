# METADATA
# title: Nobody may go everywhere
# description: >-
#   A rule that allows egress to the whole internet lets data out, and lets whatever broke in call home.
#   Name the networks or domains that are needed.
# custom:
#   id: open_egress
#   level: deny
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       types: [Egress]
#       egress: [{action: Allow, destination: {nets: [10.0.0.0/8, 0.0.0.0/0]}}]
#   at: spec.egress[0].destination.nets[1]
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       types: [Egress]
#       egress: [{action: Allow, destination: {nets: [203.0.113.0/24]}}]
package main

import rego.v1

import data.tierwalk.lib

# Looking up names is no way out.
deny_open_egress contains {"msg": msg, "path": open.path} if {
	lib.enabled("open_egress")
	some open in lib.open_peers("egress")
	not lib.only_dns(open.ports)
	msg := sprintf("%s may go everywhere at %s", [input.metadata.name, open.path])
}

# METADATA
# title: Network sets instead of global network sets
# description: >-
#   A global network set can be selected by every policy of the cluster. Networks that one team needs belong
#   into a NetworkSet in its namespace, where others cannot come to rely on them.
# custom:
#   id: network_set
#   level: warn
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: GlobalNetworkSet
#     metadata: {name: partners}
#     spec: {nets: [203.0.113.0/24]}
#   at: kind
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkSet
#     metadata: {name: partners, namespace: shop}
#     spec: {nets: [203.0.113.0/24]}
package main

import rego.v1

import data.tierwalk.lib

warn_network_set contains {"msg": msg, "path": "kind", "want": "NetworkSet"} if {
	lib.enabled("network_set")
	input.kind == "GlobalNetworkSet"
	msg := sprintf("%s is seen by every policy of the cluster; a NetworkSet is seen in its namespace", [input.metadata.name])
}

# METADATA
# title: Cluster-wide policies belong to the platform
# description: >-
#   A global policy that selects everything decides for every team. Only the tiers of those who answer for
#   the whole cluster may hold such policies.
# custom:
#   id: cluster_wide
#   level: deny
#   parameters:
#     tiers: tiers that may hold cluster-wide policies
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: GlobalNetworkPolicy
#     metadata: {name: application.deny-all}
#     spec:
#       tier: application
#       order: 2000
#       namespaceSelector: all()
#       types: [Ingress]
#   at: spec.namespaceSelector
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: GlobalNetworkPolicy
#     metadata: {name: platform.deny-all}
#     spec:
#       tier: platform
#       order: 2000
#       namespaceSelector: all()
#       types: [Ingress]
package main

import rego.v1

import data.tierwalk.lib

deny_cluster_wide contains {"msg": msg, "path": path} if {
	lib.enabled("cluster_wide")
	lib.cluster_wide_kind
	not lib.tier in lib.settings("cluster_wide").tiers
	every field in ["selector", "namespaceSelector"] {
		trim_space(object.get(input.spec, field, "")) in {"", "all()"}
	}
	path := cluster_wide_place
	msg := sprintf("%s is cluster-wide; in tier `%s` use a NetworkPolicy", [input.metadata.name, lib.tier])
}

default cluster_wide_place := "kind"

cluster_wide_place := "spec.namespaceSelector" if {
	input.spec.namespaceSelector
} else := "spec.selector" if {
	input.spec.selector
}

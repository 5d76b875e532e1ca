# METADATA
# title: Policies say something
# description: >-
#   A policy without rules and without types denies ingress by its mere existence, which is rarely meant. Whoever
#   means to deny by default says so in `types`.
# custom:
#   id: empty_policy
#   level: deny
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#   at: spec
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       types: [Ingress]
package main

import rego.v1

import data.tierwalk.lib

deny_empty_policy contains {"msg": msg, "path": "spec"} if {
	lib.enabled("empty_policy")
	lib.policy
	spec := object.get(input, "spec", {})
	every field in ["ingress", "egress", "types", "policyTypes"] {
		count(object.get(spec, field, [])) == 0
	}
	msg := sprintf("%s has no rules and says no types", [input.metadata.name])
}

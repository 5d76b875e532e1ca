# METADATA
# title: Policies name their namespace
# description: >-
#   A policy without a namespace lands wherever the one who applies it happens to be.
# custom:
#   id: namespace
#   level: deny
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata:
#       name: web
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
#   at: metadata.namespace
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata:
#       name: web
#       namespace: shop
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

deny_namespace contains {"msg": msg, "path": "metadata.namespace"} if {
	lib.enabled("namespace")
	namespaced
	object.get(input, ["metadata", "namespace"], "") == ""
	msg := sprintf("%s %s has no namespace", [input.kind, input.metadata.name])
}

namespaced if {
	lib.policy
	not lib.cluster_wide_kind
}

namespaced if input.kind == "NetworkSet"

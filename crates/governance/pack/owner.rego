# METADATA
# title: Policies name their owner
# description: >-
#   Whoever is woken up by a broken connection wants to know whom to ask.
# custom:
#   id: owner
#   level: deny
#   parameters:
#     annotations: annotations that must be there, with a value
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata:
#       name: web
#       namespace: shop
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
#   at: metadata.annotations.owner
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata:
#       name: web
#       namespace: shop
#       annotations: {owner: web-team@example.org}
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

deny_owner contains {"msg": msg, "path": ["metadata", "annotations", key]} if {
	lib.enabled("owner")
	lib.policy
	some key in lib.settings("owner").annotations
	trim_space(object.get(input, ["metadata", "annotations", key], "")) == ""
	msg := sprintf("%s has no annotation `%s`", [input.metadata.name, key])
}

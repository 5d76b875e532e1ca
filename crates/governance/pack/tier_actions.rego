# METADATA
# title: Tiers keep to their actions
# description: >-
#   A guard-rail tier denies or passes on. An Allow in it takes the decision away from all tiers after it.
# custom:
#   id: tier_actions
#   level: deny
#   parameters:
#     tiers: the actions that each tier may use; tiers that are not listed may use all
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: GlobalNetworkPolicy
#     metadata: {name: security.guard}
#     spec:
#       tier: security
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Deny, source: {nets: [192.0.2.0/24]}}, {action: Allow, source: {selector: app == 'front'}}]
#   at: spec.ingress[1].action
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: GlobalNetworkPolicy
#     metadata: {name: security.guard}
#     spec:
#       tier: security
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Deny, source: {nets: [192.0.2.0/24]}}, {action: Pass}]
package main

import rego.v1

import data.tierwalk.lib

deny_tier_actions contains {"msg": msg, "path": sprintf("%s.action", [found.path])} if {
	lib.enabled("tier_actions")
	lib.calico
	actions := lib.settings("tier_actions").tiers[lib.tier]
	some found in lib.rules
	not found.action in actions
	msg := sprintf("tier `%s` may not %s; it may %s", [lib.tier, found.action, concat(", ", actions)])
}

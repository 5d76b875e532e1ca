# METADATA
# title: Teams write in their own tiers
# description: >-
#   A policy in another team's tier is asked before or after that team's policies, and they will not know.
# custom:
#   id: team_tier
#   level: deny
#   parameters:
#     label: label that names the team
#     teams: tiers of each team
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: security.web, namespace: shop, labels: {team: shop}}
#     spec:
#       tier: security
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
#   at: spec.tier
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: application.web, namespace: shop, labels: {team: shop}}
#     spec:
#       tier: application
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

team_label := lib.settings("team_tier").label

deny_team_tier contains {"msg": msg, "path": "spec.tier"} if {
	lib.enabled("team_tier")
	lib.calico
	team := input.metadata.labels[team_label]
	tiers := object.get(lib.settings("team_tier").teams, team, [])
	not lib.tier in tiers
	msg := sprintf("team `%s` does not own tier `%s`; it owns %s", [team, lib.tier, listed(tiers)])
}

deny_team_tier contains {"msg": msg, "path": "metadata.labels"} if {
	lib.enabled("team_tier")
	lib.calico
	not input.metadata.labels[team_label]
	msg := sprintf("%s names no team in its label `%s`", [input.metadata.name, team_label])
}

listed(names) := concat(", ", names) if count(names) > 0

else := "none"

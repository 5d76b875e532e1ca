# METADATA
# title: Nobody lets everybody in
# description: >-
#   A rule that allows ingress from everywhere takes the decision away from all policies after it, and opens
#   the workload to whatever can reach it.
# custom:
#   id: open_ingress
#   level: deny
#   parameters:
#     ports: ports that may be open to everybody, as text
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Deny, source: {selector: app == 'back'}}, {action: Allow}]
#   at: spec.ingress[1]
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {namespaceSelector: zone == 'dmz'}}]
package main

import rego.v1

import data.tierwalk.lib

deny_open_ingress contains {"msg": msg, "path": open.path} if {
	lib.enabled("open_ingress")
	some open in lib.open_peers("ingress")
	not may_be_open(open.ports)
	msg := sprintf("%s lets everybody in at %s", [input.metadata.name, open.path])
}

may_be_open(ports) if {
	count(ports) > 0
	every port in ports {
		port in lib.settings("open_ingress").ports
	}
}

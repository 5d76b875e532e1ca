# METADATA
# title: Orders leave room for others
# description: >-
#   Policies of a tier are asked in their order. Low numbers are kept for the platform; a policy without an
#   order is asked last, after everything with a number.
# custom:
#   id: order
#   level: deny
#   parameters:
#     min: least order, where the tier has no bounds of its own
#     tiers: bounds per tier, `min` and `max`
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       tier: application
#       order: 100
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
#   at: spec.order
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       tier: application
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

order_bounds := object.get(lib.settings("order"), ["tiers", lib.tier], lib.settings("order"))

deny_order contains {"msg": msg, "path": "spec.order", "want": order_bounds.min} if {
	lib.enabled("order")
	lib.calico
	not input.spec.order
	order_bounds.min > 0
	msg := sprintf("%s has no order; tier `%s` wants at least %v", [input.metadata.name, lib.tier, order_bounds.min])
}

deny_order contains {"msg": msg, "path": "spec.order", "want": order_bounds.min} if {
	lib.enabled("order")
	lib.calico
	input.spec.order < order_bounds.min
	msg := sprintf("order %v of %s is below %v, the least in tier `%s`", [input.spec.order, input.metadata.name, order_bounds.min, lib.tier])
}

deny_order contains {"msg": msg, "path": "spec.order", "want": order_bounds.max} if {
	lib.enabled("order")
	lib.calico
	input.spec.order > order_bounds.max
	msg := sprintf("order %v of %s is above %v, the most in tier `%s`", [input.spec.order, input.metadata.name, order_bounds.max, lib.tier])
}

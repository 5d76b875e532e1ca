package main

import rego.v1

# METADATA
# title: Application policies have order 500 or more
# description: Lower numbers are kept for the platform, so that its policies are asked first.
# custom:
#   id: order
min_order := data.params.order.min

deny_order contains finding if {
  input.kind == "NetworkPolicy"
  input.spec.tier == "default"
  input.spec.order < min_order
  finding := {
    "msg": sprintf("%s: order %v is below %v", [name, input.spec.order, min_order]),
    "path": "/spec/order",
    "want": min_order,
  }
}

warn_order contains msg if {
  input.kind == "GlobalNetworkPolicy"
  not input.spec.order
  msg := sprintf("%s has no order", [name])
}

name := input.metadata.name

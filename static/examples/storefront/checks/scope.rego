package main

import rego.v1

# METADATA
# title: No cluster-wide policy outside its tiers
# description: A global policy decides for every team. Only the tiers of those who answer for the whole cluster may hold one.
# custom:
#   id: scope
deny_scope contains finding if {
  input.kind == "GlobalNetworkPolicy"
  not input.spec.tier in data.params.scope.tiers
  finding := {
    "msg": sprintf("%s is cluster-wide and in tier `%s`", [input.metadata.name, input.spec.tier]),
    "path": "/spec/tier",
  }
}

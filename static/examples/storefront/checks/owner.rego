package main

import rego.v1

# METADATA
# title: Every policy of a team names its owner
# description: Whoever is woken up by a broken connection wants to know whom to ask.
# custom:
#   id: owner
warn_owner contains finding if {
  endswith(input.kind, "NetworkPolicy")
  input.metadata.namespace
  not input.metadata.annotations.owner
  finding := {
    "msg": sprintf("%s: annotation `owner` is missing", [input.metadata.name]),
    "path": "/metadata/annotations/owner",
    "want": sprintf("team-%s", [input.metadata.namespace]),
  }
}

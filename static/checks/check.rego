package main

import rego.v1

# Every rule whose name begins with `deny` refuses, every one with `warn` warns. What follows the `_` is the
# name by which exceptions speak of it. The rule is asked about each document; `input` is the document.

# METADATA
# title: Policies name their owner
# description: Whoever is woken up by a broken connection wants to know whom to ask.
# custom:
#   id: owner
deny_owner contains finding if {
  # each line has to hold for the next one to be asked
  endswith(input.kind, "NetworkPolicy")
  not input.metadata.annotations.owner
  finding := {
    "msg": sprintf("%s has no annotation `owner`", [input.metadata.name]),
    # the field that is meant: there the squiggle stands
    "path": "metadata.annotations.owner",
  }
}

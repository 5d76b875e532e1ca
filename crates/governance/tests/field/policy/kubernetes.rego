package kubernetes

is_networkpolicy {
  input.kind = "NetworkPolicy"
}

is_globalnetworkpolicy {
  input.kind = "GlobalNetworkPolicy"
}

is_globalnetworkset {
  input.kind = "GlobalNetworkSet"
}

selects_every_namespace {
  contains(input.spec.namespaceSelector, "all()")
}

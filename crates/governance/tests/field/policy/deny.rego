package main

import data.kubernetes

name = input.metadata.name

deny[msg] {
  kubernetes.is_networkpolicy
  not input.spec.order > 500
  msg = sprintf("The order of %s must be above 500", [name])
}

deny[msg] {
  kubernetes.is_globalnetworkpolicy
  kubernetes.selects_every_namespace
  msg = sprintf("You are trying to apply a policy cluster-wide and not allowed to do so. Please use networkpolicy for %s", [name])
}

deny[msg] {
  kubernetes.is_networkpolicy
  not input.metadata.namespace
  msg = sprintf("%s has no namespace", [name])
}

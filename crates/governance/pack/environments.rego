# METADATA
# title: One policy, one environment
# description: >-
#   A policy that speaks of two environments connects them. Whoever changes it for one changes it for the
#   other.
# custom:
#   id: environments
#   level: deny
#   parameters:
#     names: the environments, by the words that labels use for them
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: env == 'prod' && app == 'web'
#       ingress: [{action: Allow, source: {selector: "env in {'dev', 'prod'}"}}]
#   at: spec.ingress[0].source.selector
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: env == 'prod' && app == 'web'
#       ingress: [{action: Allow, source: {selector: env == 'prod' && app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

deny_environments contains {"msg": msg, "path": path} if {
	lib.enabled("environments")
	some path, environments in environments_at
	mixes(environments)
	msg := sprintf("%s mixes the environments %s", [input.metadata.name, concat(", ", sort(all_environments))])
}

# A place that speaks of several, or of another one than the policy is for.
mixes(environments) if count(environments) > 1

mixes(environments) if {
	count(own_environments) > 0
	count(environments - own_environments) > 0
}

mixes(_) if {
	count(own_environments) == 0
	count(all_environments) > 1
}

all_environments := {environment |
	some environments in environments_at
	some environment in environments
}

# What the policy itself is for: the environments that its own selectors speak of.
own_environments := {environment |
	some path, environments in environments_at
	path in {"spec.selector", "spec.namespaceSelector", "spec.serviceAccountSelector"}
	some environment in environments
}

environments_at[path] := environments if {
	some selector in lib.selectors
	path := selector.path
	environments := lib.selector_values(selector.text) & {listed_environment | some listed_environment in lib.settings("environments").names}
	count(environments) > 0
}

environments_at[path] := {value} if {
	some found in lib.kubernetes_labels
	path := found.path
	value := found.value
	value in lib.settings("environments").names
}

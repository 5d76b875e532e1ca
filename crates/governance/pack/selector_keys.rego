# METADATA
# title: Selectors use the agreed labels
# description: >-
#   Labels that nobody looks after are set wrong, or not at all, and a selector on them selects nothing
#   without a word. Selectors may use the labels that the organisation agreed on.
# custom:
#   id: selector_keys
#   level: deny
#   parameters:
#     keys: labels that may be used
#     prefixes: labels that begin like this may be used as well
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: appname == 'web'
#       ingress: [{action: Allow, source: {selector: colour == 'red'}}]
#   at: spec.ingress[0].source.selector
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: appname == 'web'
#       ingress: [{action: Allow, source: {selector: zone == 'dmz' && has(appname)}}]
package main

import rego.v1

import data.tierwalk.lib

deny_selector_keys contains {"msg": msg, "path": found.path} if {
	lib.enabled("selector_keys")
	some found in lib.selectors
	some key in lib.selector_keys(found.text)
	not selector_key_agreed(key)
	msg := sprintf("label `%s` is not agreed on; use one of %s", [key, concat(", ", lib.settings("selector_keys").keys)])
}

deny_selector_keys contains {"msg": msg, "path": found.path} if {
	lib.enabled("selector_keys")
	some found in lib.kubernetes_labels
	not selector_key_agreed(found.key)
	msg := sprintf("label `%s` is not agreed on; use one of %s", [found.key, concat(", ", lib.settings("selector_keys").keys)])
}

selector_key_agreed(key) if key in lib.settings("selector_keys").keys

selector_key_agreed(key) if {
	some prefix in lib.settings("selector_keys").prefixes
	startswith(key, prefix)
}

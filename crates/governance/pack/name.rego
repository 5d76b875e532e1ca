# METADATA
# title: Names tell whose policy it is
# description: >-
#   Names of an agreed form say which organisation, site and application a policy belongs to, in every list
#   and in every flow log.
# custom:
#   id: name
#   level: deny
#   parameters:
#     pattern: regular expression that the name must match, without the tier in front
#     form: the form in words, for the message
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: application.web, namespace: shop}
#     spec:
#       tier: application
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
#   at: metadata.name
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: application.appid_Acme_fra_web, namespace: shop}
#     spec:
#       tier: application
#       order: 600
#       selector: app == 'web'
#       ingress: [{action: Allow, source: {selector: app == 'front'}}]
package main

import rego.v1

import data.tierwalk.lib

deny_name contains {"msg": msg, "path": "metadata.name"} if {
	lib.enabled("name")
	lib.policy
	not regex.match(lib.settings("name").pattern, lib.name)
	msg := sprintf("name `%s` is not of the form %s", [lib.name, lib.settings("name").form])
}

# METADATA
# title: DNS is not forgotten
# description: >-
#   Where egress is allowed rule by rule, looking up names needs a rule of its own. Without it everything looks
#   right and nothing works.
# custom:
#   id: dns_egress
#   level: warn
#   bad: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       types: [Egress]
#       egress:
#         - action: Allow
#           protocol: TCP
#           destination: {selector: app == 'db', ports: [5432]}
#   at: spec.egress
#   good: |
#     apiVersion: projectcalico.org/v3
#     kind: NetworkPolicy
#     metadata: {name: web, namespace: shop}
#     spec:
#       order: 600
#       selector: app == 'web'
#       types: [Egress]
#       egress:
#         - action: Allow
#           protocol: UDP
#           destination: {selector: k8s-app == 'kube-dns', ports: [53]}
#         - action: Allow
#           protocol: TCP
#           destination: {selector: app == 'db', ports: [5432]}
package main

import rego.v1

import data.tierwalk.lib

warn_dns_egress contains {"msg": msg, "path": "spec.egress", "first": dns_rule, "fix": "Allow DNS first"} if {
	lib.enabled("dns_egress")
	some found in lib.rules
	found.direction == "egress"
	found.action == "Allow"
	not allows_dns
	msg := sprintf("%s allows egress, but not to DNS (port 53)", [input.metadata.name])
}

# What allows it, at the cluster's DNS alone.
dns_rule := {
	"action": "Allow",
	"protocol": "UDP",
	"destination": {
		"namespaceSelector": "projectcalico.org/name == 'kube-system'",
		"selector": "k8s-app == 'kube-dns'",
		"ports": [53],
	},
} if {
	lib.calico
} else := {
	"to": [{
		"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
		"podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
	}],
	"ports": [{"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}],
}

# A tier that passes leaves DNS to the next one.
allows_dns if {
	some found in lib.rules
	found.direction == "egress"
	found.action in {"Allow", "Pass"}
	about_dns(lib.ports(found.rule))
}

about_dns(ports) if count(ports) == 0

about_dns(ports) if {
	some port in ports
	port in lib.dns_ports
}

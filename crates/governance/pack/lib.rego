# What checks want to know of a policy, whichever kind it is of.
package tierwalk.lib

import rego.v1

calico_kinds := {
	"NetworkPolicy",
	"GlobalNetworkPolicy",
	"StagedNetworkPolicy",
	"StagedGlobalNetworkPolicy",
}

global_kinds := {"GlobalNetworkPolicy", "StagedGlobalNetworkPolicy"}

calico if {
	input.kind in calico_kinds
	contains(input.apiVersion, "projectcalico.org/")
}

kubernetes if {
	input.kind == "NetworkPolicy"
	startswith(input.apiVersion, "networking.k8s.io/")
}

kubernetes if input.kind == "StagedKubernetesNetworkPolicy"

policy if calico

policy if kubernetes

cluster_wide_kind if {
	calico
	input.kind in global_kinds
}

# Kubernetes' own policies are in the tier `default`, as are those of Calico that name none.
tier := object.get(input, ["spec", "tier"], "default")

# The name without the tier that Calico wants in front of it.
name := trim_prefix(object.get(input, ["metadata", "name"], ""), sprintf("%s.", [tier]))

settings(check) := object.get(data.tierwalk.checks, check, {})

enabled(check) if settings(check).enabled == true

# Each rule with its place. Rules of Kubernetes have no action: they allow.
rules contains found if {
	policy
	some direction in ["ingress", "egress"]
	some index, rule in object.get(input, ["spec", direction], [])
	found := {
		"direction": direction,
		"path": sprintf("spec.%s[%d]", [direction, index]),
		"action": object.get(rule, "action", "Allow"),
		"rule": rule,
	}
}

peer_field := {"ingress": "source", "egress": "destination"}

kubernetes_peers := {"ingress": "from", "egress": "to"}

everywhere := {"0.0.0.0/0", "::/0"}

# What makes a peer of Calico something else than everybody.
narrowing := {"selector", "namespaceSelector", "nets", "serviceAccounts", "services", "domains"}

# Where a direction is allowed to or from everybody, and for which ports.
open_peers(direction) := {open |
	some found in rules
	found.direction == direction
	found.action == "Allow"
	some place in open_places(found)
	open := {"path": place, "ports": ports(found.rule)}
}

open_places(found) := calico_places(found) if calico

open_places(found) := kubernetes_places(found) if kubernetes

calico_places(found) := {found.path} if {
	peer := object.get(found.rule, peer_field[found.direction], {})
	every field in narrowing {
		object.get(peer, field, null) in [null, "", [], {}]
	}
} else := {place |
	side := peer_field[found.direction]
	some index, net in object.get(found.rule, [side, "nets"], [])
	net in everywhere
	place := sprintf("%s.%s.nets[%d]", [found.path, side, index])
}

kubernetes_places(found) := {found.path} if {
	count(object.get(found.rule, kubernetes_peers[found.direction], [])) == 0
} else := {place |
	field := kubernetes_peers[found.direction]
	some index, peer in found.rule[field]
	peer.ipBlock.cidr in everywhere
	place := sprintf("%s.%s[%d].ipBlock.cidr", [found.path, field, index])
}

# Ports that a rule is about, as text; nothing if it is about all.
ports(rule) := {sprintf("%v", [port]) |
	some port in object.get(rule, ["destination", "ports"], [])
} if {
	calico
}

ports(rule) := {sprintf("%v", [port.port]) |
	some port in object.get(rule, "ports", [])
} if {
	kubernetes
}

# Whether it is all about looking up names.
only_dns(ports) if {
	count(ports) > 0
	every port in ports {
		port in dns_ports
	}
}

dns_ports := {"53", "dns", "dns-tcp"}

# Every selector of Calico with its place.
selectors contains found if {
	calico
	some field in ["selector", "namespaceSelector", "serviceAccountSelector"]
	text := input.spec[field]
	found := {"path": sprintf("spec.%s", [field]), "text": text}
}

selectors contains found if {
	calico
	some rule in rules
	some side in ["source", "destination"]
	some field in ["selector", "notSelector", "namespaceSelector"]
	text := rule.rule[side][field]
	found := {"path": sprintf("%s.%s.%s", [rule.path, side, field]), "text": text}
}

selectors contains found if {
	calico
	some rule in rules
	some side in ["source", "destination"]
	text := rule.rule[side].serviceAccounts.selector
	found := {"path": sprintf("%s.%s.serviceAccounts.selector", [rule.path, side]), "text": text}
}

# Labels that a selector of Calico asks for: what is left without text in quotes and without the words of the
# language.
selector_keys(text) := {word |
	bare := regex.replace(text, `"[^"]*"|'[^']*'`, " ")
	some word in regex.find_n(`[A-Za-z0-9_./-]+`, bare, -1)
	not word in {"has", "in", "not", "contains", "starts", "ends", "with", "all", "global"}
}

# Text in quotes: the values that a selector of Calico asks for.
selector_values(text) := {substring(quoted, 1, count(quoted) - 2) |
	some quoted in regex.find_n(`"[^"]*"|'[^']*'`, text, -1)
}

# Every label that a policy of Kubernetes asks for, with its place.
kubernetes_labels contains found if {
	kubernetes
	walk(input.spec, [steps, labels])
	count(steps) > 0
	steps[count(steps) - 1] == "matchLabels"
	some key, value in labels
	found := {"path": array.concat(["spec"], array.concat(steps, [key])), "key": key, "value": value}
}

kubernetes_labels contains found if {
	kubernetes
	walk(input.spec, [steps, expressions])
	count(steps) > 0
	steps[count(steps) - 1] == "matchExpressions"
	some index, expression in expressions
	some value in object.get(expression, "values", [""])
	found := {
		"path": array.concat(["spec"], array.concat(steps, [index, "key"])),
		"key": expression.key,
		"value": value,
	}
}

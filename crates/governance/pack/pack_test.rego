# Unit tests of the pack. `tierwalk verify --pack` runs them, and so does `conftest verify` on an export.
package main

import rego.v1

base(kind, spec) := {
	"apiVersion": "projectcalico.org/v3",
	"kind": kind,
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}

only(rule) := {path | some finding in rule; path := finding.path}

ingress_from(source) := {"ingress": [{"action": "Allow", "source": source}]}

egress_to(destination) := {"egress": [{"action": "Allow", "destination": destination}]}

test_order_bounds_of_the_tier if {
	bounds := {"enabled": true, "min": 500, "tiers": {"platform": {"min": 0, "max": 99}}}
	count(deny_order) == 0 with input as base("NetworkPolicy", {"tier": "platform", "order": 50})
		with data.tierwalk.checks.order as bounds
	count(deny_order) == 1 with input as base("NetworkPolicy", {"tier": "platform", "order": 100})
		with data.tierwalk.checks.order as bounds
	count(deny_order) == 1 with input as base("NetworkPolicy", {"tier": "application", "order": 100})
		with data.tierwalk.checks.order as bounds
	count(deny_order) == 1 with input as base("NetworkPolicy", {"tier": "application"})
		with data.tierwalk.checks.order as bounds
}

test_order_is_no_matter_of_kubernetes_policies if {
	policy := {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "web"}, "spec": {}}
	count(deny_order) == 0 with input as policy with data.tierwalk.checks.order as {"enabled": true, "min": 500}
}

test_a_check_that_is_off_says_nothing if {
	count(deny_order) == 0 with input as base("NetworkPolicy", {"order": 1})
		with data.tierwalk.checks.order as {"enabled": false, "min": 500}
}

test_keys_of_selectors if {
	agreed := {"enabled": true, "keys": ["zone"], "prefixes": ["projectcalico.org/"]}
	spec := {
		"selector": "zone == 'a' && has(projectcalico.org/name)",
		"ingress": [{"action": "Allow", "source": {"selector": "!has(zone) || colour in {'zone', 'red'}"}}],
	}
	only(deny_selector_keys) == {"spec.ingress[0].source.selector"} with input as base("NetworkPolicy", spec)
		with data.tierwalk.checks.selector_keys as agreed
}

test_keys_of_kubernetes_selectors if {
	spec := {"podSelector": {"matchLabels": {"zone": "a", "colour": "red"}}}
	policy := {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "web"}, "spec": spec}
	only(deny_selector_keys) == {["spec", "podSelector", "matchLabels", "colour"]} with input as policy
		with data.tierwalk.checks.selector_keys as {"enabled": true, "keys": ["zone"], "prefixes": []}
}

test_open_ingress if {
	settings := {"enabled": true, "ports": ["443"]}
	only(deny_open_ingress) == {"spec.ingress[0]"} with input as base("NetworkPolicy", ingress_from({}))
		with data.tierwalk.checks.open_ingress as settings
	only(deny_open_ingress) == {"spec.ingress[0].source.nets[1]"} with data.tierwalk.checks.open_ingress as settings
		with input as base("NetworkPolicy", ingress_from({"nets": ["10.0.0.0/8", "::/0"]}))
	count(deny_open_ingress) == 0 with data.tierwalk.checks.open_ingress as settings
		with input as base("NetworkPolicy", ingress_from({"serviceAccounts": {"names": ["a"]}}))
	count(deny_open_ingress) == 0 with data.tierwalk.checks.open_ingress as settings
		with input as base("NetworkPolicy", {"ingress": [{"action": "Allow", "destination": {"ports": [443]}}]})
	count(deny_open_ingress) == 0 with data.tierwalk.checks.open_ingress as settings
		with input as base("NetworkPolicy", {"ingress": [{"action": "Pass"}]})
}

test_open_ingress_of_kubernetes if {
	spec := {"ingress": [{"from": [{"podSelector": {}}, {"ipBlock": {"cidr": "0.0.0.0/0"}}]}, {}]}
	policy := {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "web"}, "spec": spec}
	only(deny_open_ingress) == {"spec.ingress[0].from[1].ipBlock.cidr", "spec.ingress[1]"} with input as policy
		with data.tierwalk.checks.open_ingress as {"enabled": true, "ports": []}
}

test_dns_is_no_open_egress if {
	count(deny_open_egress) == 0 with input as base("NetworkPolicy", egress_to({"ports": [53]}))
	count(deny_open_egress) == 1 with input as base("NetworkPolicy", egress_to({"ports": [53, 443]}))
}

test_dns_may_be_left_to_the_next_tier if {
	rules := [{"action": "Allow", "destination": {"ports": [443]}}, {"action": "Pass"}]
	count(warn_dns_egress) == 0 with input as base("NetworkPolicy", {"egress": rules})
}

test_environments if {
	settings := {"enabled": true, "names": ["dev", "prod"]}
	count(deny_environments) == 0 with data.tierwalk.checks.environments as settings
		with input as base("NetworkPolicy", object.union({"selector": "env == 'dev'"}, ingress_from({"selector": "env != \"dev\""})))
	only(deny_environments) == {"spec.ingress[0].source.namespaceSelector"} with data.tierwalk.checks.environments as settings
		with input as base("NetworkPolicy", object.union({"selector": "env == 'dev'"}, ingress_from({"namespaceSelector": "env == 'prod'"})))
}

test_cluster_wide if {
	settings := {"enabled": true, "tiers": ["platform"]}
	only(deny_cluster_wide) == {"kind"} with input as base("GlobalNetworkPolicy", {})
		with data.tierwalk.checks.cluster_wide as settings
	count(deny_cluster_wide) == 0 with input as base("GlobalNetworkPolicy", {"selector": "app == 'web'"})
		with data.tierwalk.checks.cluster_wide as settings
	count(deny_cluster_wide) == 0 with input as base("GlobalNetworkPolicy", {"tier": "platform"})
		with data.tierwalk.checks.cluster_wide as settings
	count(deny_cluster_wide) == 0 with input as base("NetworkPolicy", {})
		with data.tierwalk.checks.cluster_wide as settings
}

test_a_team_without_tiers if {
	settings := {"enabled": true, "label": "team", "teams": {}}
	policy := object.union(base("NetworkPolicy", {}), {"metadata": {"labels": {"team": "shop"}}})
	some finding in deny_team_tier with input as policy with data.tierwalk.checks.team_tier as settings
	contains(finding.msg, "it owns none")
}

test_exceptions_by_name_and_place if {
	entry := {"checks": ["order"], "policy": "we*", "namespace": "shop", "reason": "r", "expires": "2999-12-31"}
	exception[["order"]] with input as base("NetworkPolicy", {}) with data.tierwalk.exceptions as [entry]
	count(exception) == 0 with input as base("NetworkPolicy", {})
		with data.tierwalk.exceptions as [object.union(entry, {"tier": "platform"})]
	count(exception) == 0 with input as base("NetworkPolicy", {})
		with data.tierwalk.exceptions as [object.union(entry, {"policy": "db"})]
}

test_exceptions_end if {
	entry := {"checks": ["order"], "reason": "r", "expires": "2026-11-21"}
	exception[["order"]] with input as base("NetworkPolicy", {}) with data.tierwalk.exceptions as [entry]
		with data.tierwalk.now as time.parse_rfc3339_ns("2026-11-21T20:00:00Z")
	count(exception) == 0 with input as base("NetworkPolicy", {}) with data.tierwalk.exceptions as [entry]
		with data.tierwalk.now as time.parse_rfc3339_ns("2026-11-22T00:00:00Z")
}

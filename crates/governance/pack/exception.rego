# Exceptions from checks, as the settings of the workspace list them.
package main

import rego.v1

import data.tierwalk.lib

exception contains checks if {
	some entry in data.tierwalk.exceptions
	excepted(entry)
	not expired(entry)
	checks := entry.checks
}

excepted(entry) if {
	matches(object.get(entry, "policy", "*"), object.get(input, ["metadata", "name"], ""))
	matches(object.get(entry, "namespace", "*"), object.get(input, ["metadata", "namespace"], ""))
	matches(object.get(entry, "tier", "*"), lib.tier)
}

matches(pattern, _) if pattern == "*"

matches(pattern, text) if {
	pattern != "*"
	glob.match(pattern, [], text)
}

# An exception holds through the day that it names.
expired(entry) if {
	last := time.parse_rfc3339_ns(sprintf("%sT23:59:59Z", [entry.expires]))
	now > last
}

now := data.tierwalk.now if data.tierwalk.now

else := time.now_ns()

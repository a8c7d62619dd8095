#!/bin/sh
# Looks for known vulnerabilities. Where their database can't be reached (a
# machine behind a wall) it says so in one line and goes on.
set -u
out=$(mktemp)
bin/govulncheck ./... >"$out" 2>&1
code=$?
if [ "$code" != 0 ] && grep -qE 'vuln\.go\.dev|GOVULNDB|fetching vulnerabilit' "$out" &&
	grep -qiE 'dial tcp|no such host|connection refused|timeout|Forbidden|HTTP (GET|status)|TLS' "$out"; then
	echo "vulnerabilities: not looked for, their database (vuln.go.dev) can't be reached from here"
	code=0
elif [ "$code" != 0 ]; then
	cat "$out"
fi
rm -f "$out"
exit "$code"

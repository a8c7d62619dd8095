#!/bin/sh
# Makes the generated files again and fails when that changed one.
set -eu
sums() { find internal/web docs/reference -name '*_templ.go' -o -path 'docs/reference/*.md' 2>/dev/null | sort | xargs cksum 2>/dev/null || true; }
before=$(sums)
make --no-print-directory generate
after=$(sums)
if [ "$before" != "$after" ]; then
	echo "Generated files were older than their sources. They are fresh now: please commit them." >&2
	exit 1
fi

#!/bin/sh
# Usage: tools/fuzz.sh TIME. Runs every fuzz target for that long.
set -eu
go list ./... | while read -r package; do
	go test -list '^Fuzz' "$package" | grep '^Fuzz' | while read -r target; do
		echo "== $package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$package"
	done
done

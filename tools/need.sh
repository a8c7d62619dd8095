#!/bin/sh
# Makes sure that what the tests need is here: installs it on Debian and its
# children where we may, otherwise says in one line what to install.
set -eu
here=$(dirname "$0")
missing=
[ -n "${BIENVU_TEST_POSTGRES:-}" ] || "$here/postgres-bin.sh" >/dev/null 2>&1 || missing="$missing postgresql"
"$here/chromium.sh" >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$missing" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $sudo true 2>/dev/null; then
	echo "installing$missing"
	log=$(mktemp)
	# shellcheck disable=SC2086 # a list of words
	if { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1; then
		rm -f "$log"
		exit 0
	fi
	tail -n 5 "$log" >&2
	rm -f "$log"
fi
echo "Please install$missing (on Debian and Ubuntu: apt-get install$missing), then try again." >&2
exit 1

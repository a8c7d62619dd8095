#!/bin/sh
# Usage: tools/with-postgres.sh COMMAND… Runs the command beside a PostgreSQL
# cluster of its own (BIENVU_TEST_POSTGRES says where) and removes it afterwards.
# It listens on a socket in a fresh folder, so any number run side by side; it
# trades durability for speed, which only tests may, unless BIENVU_TEST_DURABLE
# is set. A BIENVU_TEST_POSTGRES that is set already is used as it is.
set -eu
[ -z "${BIENVU_TEST_POSTGRES:-}" ] || exec "$@"

bin=$("$(dirname "$0")/postgres-bin.sh") || { echo "PostgreSQL is missing: run tools/need.sh" >&2; exit 1; }
dir=$(mktemp -d /tmp/bienvu-pg.XXXXXX) # short on purpose: a socket's path holds 107 bytes

# PostgreSQL refuses to run as root: then an unprivileged user runs it.
as=
if [ "$(id -u)" = 0 ]; then
	user=postgres
	id "$user" >/dev/null 2>&1 || user=nobody
	chown "$user" "$dir"
	as="runuser -u $user --"
	command -v runuser >/dev/null 2>&1 || as="setpriv --reuid=$user --clear-groups --"
fi
pg() { (cd "$dir" && $as "$@"); }

child=
# shellcheck disable=SC2329 # called by the traps
finish() {
	trap - EXIT INT TERM HUP
	[ -z "$child" ] || kill "$child" 2>/dev/null || true
	[ ! -f "$dir/data/postmaster.pid" ] || pg "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	rm -rf "$dir"
}
trap finish EXIT
trap 'finish; exit 130' INT TERM HUP

if ! pg "$bin/initdb" -D "$dir/data" -A trust -U bienvu -E UTF8 --no-locale -N >"$dir/log" 2>&1; then
	cat "$dir/log" >&2
	exit 1
fi
safe=off
[ -z "${BIENVU_TEST_DURABLE:-}" ] || safe=on
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
max_connections = 300
shared_buffers = 64MB
fsync = $safe
synchronous_commit = $safe
full_page_writes = $safe
autovacuum = on
timezone = 'Pacific/Chatham' # an odd one, so that a forgotten time zone shows
CONF
if ! pg "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/server.log" -w -t 60 start >"$dir/log" 2>&1; then
	cat "$dir/log" "$dir/data/server.log" >&2
	exit 1
fi
BIENVU_TEST_POSTGRES="postgres://bienvu@/postgres?host=$dir&sslmode=disable"
export BIENVU_TEST_POSTGRES

"$@" &
child=$!
code=0
wait "$child" || code=$?
child=
exit "$code"

#!/bin/sh
# Prints the folder of PostgreSQL's own programs (initdb, pg_ctl), the newest one.
for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn) \
	"$(pg_config --bindir 2>/dev/null)" \
	/opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /usr/pgsql-*/bin; do
	if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
		echo "$dir"
		exit 0
	fi
done
initdb=$(command -v initdb) && command -v pg_ctl >/dev/null && dirname "$initdb"

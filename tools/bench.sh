#!/bin/sh
# Usage: tools/bench.sh SECONDS. Measures the product on this machine and prints
# a table: what one durable write costs, messages judged, and how long a
# reporter waits at twenty reports a second, through the real doors, queue,
# analysis and submission, on SQLite and, where tools/with-postgres.sh runs us,
# on PostgreSQL.
set -eu
out=$(mktemp)
trap 'rm -f "$out"' EXIT
echo "measuring, about $(($1 * 2 + 30)) s; other work on this machine shows in the figures"
go test -run '^$' -bench '^Benchmark(Disk|Judge)$' -benchtime 10s ./internal/app >"$out" || { cat "$out"; exit 1; }
go test -v -run '^$' -bench '^BenchmarkAnswer$' -benchtime "$1s" ./internal/app >>"$out" || { cat "$out"; exit 1; }
awk '
/^cpu:/ { cpu = substr($0, 6) }
/^Benchmark.*[0-9] / {
	cores = $1; sub(/.*-/, "", cores); name = $1; sub(/^Benchmark/, "", name); sub(/-[0-9]+$/, "", name)
	for (i = 3; i < NF; i += 2) v[name, $(i + 1)] = $i
	seen[name] = 1
}
/SKIP/ { skipped = 1 }
function row(what, p50, p99, most) { printf "  %-52s %9s %9s %9s\n", what, p50, p99, most }
function ms(name, what, p) { return v[name, "ms-" what "-" p] " ms" }
function times(label, name, what) { row(label, ms(name, what, "p50"), ms(name, what, "p99"), ms(name, what, "max")) }
function reports(engine, label) {
	if (!(("Answer/" engine) in seen)) { printf "\n  %s: not measured (no PostgreSQL that waits for the disk)\n", label; return }
	n = "Answer/" engine
	printf "\n  %s, %d reports, %.0f ms of processor time each\n", label, v[n, "reports"], v[n, "cpu-ms/report"]
	times("  from DATA to 250, stored for good", n, "safe")
	times("  from DATA to the answer at the submission server", n, "answered")
}
END {
	printf "\n%s, %s cores\n\n", cpu, cores
	printf "  messages of 20 kB read and judged: %.0f a second a core, %.0f a second of processor time\n\n", v["Judge", "messages/s/core"], v["Judge", "messages/cpu-s"]
	row("", "half in", "99 % in", "all in")
	times("one durable write of 4 kB", "Disk", "write")
	reports("sqlite", "20 reports a second on SQLite")
	reports("postgres", "20 reports a second on PostgreSQL")
	print ""
}' "$out"

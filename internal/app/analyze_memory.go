package app

import (
	"math"
	"runtime"
	"runtime/debug"
)

// A folder of messages is judged in a third less time when the collector of
// garbage may let several times as much pile up as is in use. The limit holds
// it back where messages are large.
const (
	garbage     = 400       // percent of what is in use
	memoryLimit = 256 << 20 // bytes, soft
)

// spendMemory lets the collector run less often, unless whoever started the
// program set its limits (GOGC, GOMEMLIMIT), and keeps no account of who asked
// for memory, which nobody reads here.
func spendMemory() {
	runtime.MemProfileRate = 0
	const byDefault = 100
	if had := debug.SetGCPercent(garbage); had != byDefault {
		debug.SetGCPercent(had)
	}
	if had := debug.SetMemoryLimit(-1); had == math.MaxInt64 {
		debug.SetMemoryLimit(memoryLimit)
	}
}

package config

import (
	"math"
	"reflect"
	"strconv"
	"strings"
)

// set gives a setting the value written as text. Lists are separated by commas.
func (f field) set(text string) error {
	switch f.value.Kind() {
	case reflect.String:
		f.value.SetString(strings.TrimSpace(text))
	case reflect.Bool:
		b, err := strconv.ParseBool(strings.ToLower(strings.TrimSpace(text)))
		if err != nil {
			return want{rule: "bool"}
		}
		f.value.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := number(text)
		if err != nil {
			return err
		}
		f.value.SetInt(n)
	case reflect.Slice:
		if f.isList() {
			return want{rule: "entries"}
		}
		f.value.Set(reflect.ValueOf(split(text)))
	default:
		return want{rule: "entries"}
	}
	return nil
}

// split cuts a comma-separated list; empty entries are left out.
func split(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// number reads 1024, 64KB, 50MB or 1GB; the units are powers of 1024.
func number(text string) (int64, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	factor := int64(1)
	for i, unit := range []string{"KB", "MB", "GB"} {
		if digits, ok := strings.CutSuffix(text, unit); ok {
			text, factor = strings.TrimSpace(digits), 1<<(10*(i+1))
			break
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n > math.MaxInt64/factor || n < math.MinInt64/factor {
		return 0, want{rule: "number"}
	}
	return n * factor, nil
}

package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bienvu/bienvu/internal/fault"
	"github.com/bienvu/bienvu/internal/i18n"
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "bienvu.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestDefaultsPassTheirOwnChecks(t *testing.T) {
	t.Parallel()
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if c.SMTP.MaxBytes != 50<<20 || c.Desk.PromiseMinutes != 60 || !c.Desk.AnswerAlone || c.Submission.Port != 587 {
		t.Errorf("the defaults are %+v", c)
	}
	if got := c.DatabaseURL(); got != "sqlite:"+filepath.Join("bienvu-data", "bienvu.db") {
		t.Errorf("DatabaseURL = %q", got)
	}
}

func TestLaterSourcesWin(t *testing.T) {
	t.Parallel()
	file := write(t, `
smtp: {address: ":1", hostname: mx.acme.example, max_bytes: 1MB}
org:
  domains: [acme.example, acme-group.example]
  exercises:
    - {dkim_domain: training.example}
    - {ip: 192.0.2.0/24, secret: abcdefghijklmnop}
`)
	got, err := Load(Sources{
		File: file,
		Env:  []string{"BIENVU_SMTP_ADDRESS=:2", "BIENVU_ORG_LEADERS=Ada Roy, Léo Blanc", "PATH=/bin", "BIENVU_TEST_POSTGRES=x", "BIENVU_SMTP_HOSTNAME=env.acme.example"},
		Set:  []string{"smtp.address=:3"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"smtp.address": ":3 --set", "smtp.hostname": "env.acme.example BIENVU_SMTP_HOSTNAME",
		"smtp.max_bytes": "1048576 " + file + ":2", "http.address": "127.0.0.1:8080 default",
		"org.domains": "[acme.example acme-group.example] " + file + ":4",
		"org.leaders": "[Ada Roy Léo Blanc] BIENVU_ORG_LEADERS",
	}
	seen := map[string]string{
		"smtp.address": got.SMTP.Address, "smtp.hostname": got.SMTP.Hostname, "smtp.max_bytes": fmt.Sprint(got.SMTP.MaxBytes),
		"http.address": got.HTTP.Address, "org.domains": fmt.Sprint(got.Org.Domains), "org.leaders": fmt.Sprint(got.Org.Leaders),
	}
	for key := range seen {
		seen[key] += " " + got.Origin[key]
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	exercises := []Exercise{{DKIMDomain: "training.example"}, {IP: "192.0.2.0/24", Secret: "abcdefghijklmnop"}}
	if len(got.Org.Exercises) != 2 || got.Org.Exercises[0] != exercises[0] || got.Org.Exercises[1] != exercises[1] {
		t.Error("the exercises were not read")
	}
}

func TestMistakesNameTheKeyAndTheNearest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file string
		env, set   []string
		want       []string // sentences, in order
	}{
		{name: "unknown key", file: "smtp:\n  adress: x", want: []string{"FILE:2: there is no setting called smtp.adress. Did you mean smtp.address?"}},
		{name: "unknown section", file: "smpt:\n  address: x", want: []string{"FILE:1: there is no setting called smpt. Did you mean smtp?"}},
		{name: "unknown variable", env: []string{"BIENVU_SMTP_ADRESS=x"}, want: []string{"BIENVU_SMTP_ADRESS: there is no setting called BIENVU_SMTP_ADRESS. Did you mean BIENVU_SMTP_ADDRESS?"}},
		{name: "unknown flag", set: []string{"htp.address=x"}, want: []string{"--set: there is no setting called htp.address. Did you mean http.address?"}},
		{name: "flag without value", set: []string{"http.address"}, want: []string{"--set http.address: please write --set key=value, such as --set http.address=:8080."}},
		{name: "two at once", file: "desk: {promise_minutes: soon, answer_alone: maybe}", want: []string{
			"FILE:1: desk.promise_minutes can’t be \"soon\": please give a whole number, such as 60 or 50MB.",
			"FILE:1: desk.answer_alone can’t be \"maybe\": please give true or false."}},
		{name: "choice", set: []string{"submission.tls=startls"}, want: []string{"--set: submission.tls can’t be \"startls\". Did you mean starttls? Possible values: starttls, implicit, none."}},
		{name: "range", set: []string{"submission.port=70000"}, want: []string{"--set: submission.port can’t be 70000: the most is 65535."}},
		{name: "network", set: []string{"smtp.trusted_relays=10.0.0.1,10.0.0.0/40"}, want: []string{"--set: smtp.trusted_relays can’t be \"10.0.0.0/40\": please give an address or a network, such as 192.0.2.10 or 192.0.2.0/24."}},
		{name: "time zone", set: []string{"org.timezone=Europe/Pariss"}, want: []string{"--set: org.timezone can’t be \"Europe/Pariss\": please give a time zone, such as Europe/Paris."}},
		{name: "twice", file: "log: {level: info, level: debug}", want: []string{"FILE:1: log.level is set twice. Keep one of the two."}},
		{name: "section as value", file: "log: loud", want: []string{"FILE:1: log holds settings of its own; write them below it, indented."}},
		{name: "empty where required", set: []string{"data.dir="}, want: []string{"--set: data.dir can’t be empty."}},
		{name: "half a pair", set: []string{"smtp.tls_cert=a.pem"}, want: []string{"smtp.tls_cert also needs: smtp.tls_key."}},
		{name: "empty exercise", file: "org: {exercises: [{}]}", want: []string{"org.exercises[0] also needs: dkim_domain, ip, secret."}},
		{name: "short secret is not shown", file: "org: {exercises: [{secret: tooshort}]}", want: []string{"FILE:1: org.exercises[0].secret is too short: please give at least 16 characters."}},
		{name: "bad database is not shown", set: []string{"database.url=mysql://u:hunter2@h"}, want: []string{"--set: database.url is not understood: please give postgres://user:password@host/name or sqlite:PATH."}},
		{name: "a list from nowhere", file: "lists: {feeds: [{name: a, kind: plain}]}", want: []string{"lists.feeds[0] also needs: url | file."}},
		{name: "two lists of one name", file: "lists: {feeds: [{name: a, kind: plain, file: x}, {name: a, kind: plain, file: y}]}", want: []string{"lists.feeds[1] also needs: name."}},
		{name: "a list whose address is not https is not shown", file: "lists: {feeds: [{name: a, kind: urlhaus, url: \"http://h.example/key\"}]}", want: []string{
			"FILE:1: lists.feeds[0].url can’t be used: please give an address that begins with https://, such as https://lists.example.org/urls.txt."}},
		{name: "a kind of list", file: "lists: {feeds: [{name: a, kind: mips, file: x}]}", want: []string{
			"FILE:1: lists.feeds[0].kind can’t be \"mips\". Did you mean misp? Possible values: plain, hosts, openphish, urlhaus, phishtank, misp."}},
		{name: "key inside an entry", file: "org: {exercises: [{sceret: abcdefghijklmnop}]}", want: []string{
			"FILE:1: there is no setting called org.exercises[0].sceret. Did you mean org.exercises[0].secret?"}},
	}
	c, err := i18n.Load(Locale())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			file := write(t, test.file)
			_, err := Load(Sources{File: file, Env: test.env, Set: test.set})
			var got []string
			for _, f := range Faults(err) {
				got = append(got, strings.ReplaceAll(c.T("en", f.Key, i18n.Args(f.Args)), file, "FILE"))
				if !c.Has("fr", f.Key) {
					t.Errorf("%s is not said in French", f.Key)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMissingFile(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "none.yaml")
	for name, from := range map[string]Sources{"flag": {File: missing}, "environment": {Env: []string{"BIENVU_CONFIG=" + missing}}} {
		if _, err := Load(from); len(Faults(err)) != 1 || Faults(err)[0].Key != "config.unreadable" {
			t.Errorf("named by %s: %v", name, err)
		}
	}
}

func TestSecretsNeverPrint(t *testing.T) {
	t.Parallel()
	const secret = "hunter2-hunter2-hunter2"
	got, err := Load(Sources{File: os.DevNull, Env: []string{
		"BIENVU_SUBMISSION_USERNAME=u", "BIENVU_SUBMISSION_PASSWORD=" + secret,
		"BIENVU_DATABASE_URL=postgres://u:" + secret + "@h/n", "BIENVU_ORG_EXERCISES=[{secret: " + secret + "}]",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got.Submission.Password.Reveal() != secret {
		t.Fatal("the password was not read")
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if strings.Contains(fmt.Sprintf(verb, got), "unter2") || strings.Contains(fmt.Sprintf(verb, got), fmt.Sprintf("%x", secret)) {
			t.Errorf("%s prints a secret", verb)
		}
	}
	if strings.Contains(fmt.Sprint(got.Effective()), "unter2") {
		t.Error("Effective prints a secret")
	}
}

// What Effective prints can be put back into a file and means the same.
func TestEffectiveReadsBack(t *testing.T) {
	t.Parallel()
	first, err := Load(Sources{File: os.DevNull, Set: []string{`org.name=L'Été "sûr": #1`, "org.domains=a.example,b.example", "org.exercises=[{ip: 192.0.2.1}]"}})
	if err != nil {
		t.Fatal(err)
	}
	var set []string
	for _, v := range first.Effective() {
		set = append(set, nest(v))
	}
	second, err := Load(Sources{File: write(t, strings.Join(set, "\n"))})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.Config, second.Config); diff != "" {
		t.Error(diff)
	}
}

// nest writes one setting as YAML; a whole name with its dots is a key too.
func nest(v Value) string { return v.Name + ": " + v.Value }

func TestEveryKeyIsDocumented(t *testing.T) {
	t.Parallel()
	var walk func(keys []Key)
	walk = func(keys []Key) {
		for _, k := range keys {
			if !strings.HasSuffix(k.Doc, ".") || strings.Contains(k.Name, "..") || strings.HasSuffix(k.Name, ".") {
				t.Errorf("%q: %q", k.Name, k.Doc)
			}
			walk(k.Fields)
		}
	}
	walk(Describe())
}

func TestEveryRuleExistsAndHasItsSentence(t *testing.T) {
	t.Parallel()
	c, err := i18n.Load(Locale())
	if err != nil {
		t.Fatal(err)
	}
	for name := range rules {
		for _, lang := range []string{"en", "fr"} {
			if !c.Has(lang, "config.bad-value-"+name) {
				t.Errorf("the rule %s has no sentence in %s", name, lang)
			}
		}
	}
	if diff := cmp.Diff(c.Keys("en"), c.Keys("fr")); diff != "" {
		t.Error(diff)
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"smtp.address", "http.address", "log.level"}
	for word, want := range map[string]string{
		"smtp.adress": "smtp.address", "stmp.address": "smtp.address", "level": "log.level", "banana": "", "": "", "HTTP.Address": "http.address",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSigningKey(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "new", "secret.key")
	first, err := SigningKey(file, strings.NewReader(strings.Repeat("a", 32)))
	if err != nil || len(first) != 32 {
		t.Fatal(first, err)
	}
	again, err := SigningKey(file, strings.NewReader(strings.Repeat("b", 32)))
	if err != nil || string(again) != string(first) {
		t.Errorf("the second start has another key: %v", err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := SigningKey(file, nil); !isKey(err, "config.key-open") {
		t.Errorf("an open file: %v", err)
	}
	broken := filepath.Join(t.TempDir(), "k")
	if err := os.WriteFile(broken, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := SigningKey(broken, nil); !isKey(err, "config.key-broken") {
		t.Errorf("a broken file: %v", err)
	}
}

func isKey(err error, key string) bool {
	f, ok := errors.AsType[*fault.Fault](err)
	return ok && f.Key == key
}

func FuzzLoad(f *testing.F) {
	f.Add("smtp: {address: ':1'}")
	f.Add("org: {exercises: [{ip: 1}, 2, [3]]}")
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Load(Sources{File: write(t, text)})
		for _, problem := range Faults(err) {
			if problem.Kind != fault.Invalid {
				t.Errorf("%v is our fault", problem)
			}
		}
	})
}

// Package config is the one configuration of Bienvu.
//
// Every setting is a field of Config. Its tags say everything else about it:
//
//	yaml:"…"     its name in the file; nested names are joined by dots (smtp.address),
//	             and the file may write them either way
//	default:"…"  its value when nobody sets it
//	doc:"…"      one sentence for docs/reference/configuration.md and for --help
//	check:"…"    rules that a value must pass, separated by spaces (see check.go)
//
// Values come, later ones winning, from the defaults, the file, the environment
// (BIENVU_SMTP_ADDRESS for smtp.address; lists are separated by commas) and the
// flags (--set smtp.address=:25). A name or a value that is not understood is an
// error that names the key and suggests the nearest; nothing is ignored.
//
// Only the house (package app) imports this package: rooms get values.
package config

// Config is every setting of Bienvu. Zero values are usable; Default gives the
// values that are used when nothing is set.
type Config struct {
	Data       Data       `yaml:"data"`
	Database   Database   `yaml:"database"`
	HTTP       HTTP       `yaml:"http"`
	SMTP       SMTP       `yaml:"smtp"`
	Mail       Mail       `yaml:"mail"`
	Submission Submission `yaml:"submission"`
	Org        Org        `yaml:"org"`
	Desk       Desk       `yaml:"desk"`
	DNS        DNS        `yaml:"dns"`
	Lists      Lists      `yaml:"lists"`
	Log        Log        `yaml:"log"`
	Admin      Admin      `yaml:"admin"`
}

// Data is where things are kept.
type Data struct {
	Dir           string `yaml:"dir" default:"bienvu-data" check:"required" doc:"The folder that holds the database (when it is SQLite), the reported messages and the secret key."`
	SecretKeyFile string `yaml:"secret_key_file" doc:"The file of the key that signs the links in our mails. Empty: secret.key in data.dir. It is made at the first start, readable by its owner only."`
}

// Database is which database holds the desk.
type Database struct {
	URL Secret `yaml:"url" check:"database" doc:"A PostgreSQL address (postgres://user:password@host/name) or an SQLite file (sqlite:PATH). Empty: the SQLite file bienvu.db in data.dir."`
}

// HTTP is the web desk and the API.
type HTTP struct {
	Address   string `yaml:"address" default:"127.0.0.1:8080" check:"required listen" doc:"The address and port where the web desk listens."`
	PublicURL string `yaml:"public_url" check:"url" doc:"The address that people type to reach the desk; the links in our mails begin with it. Empty: http:// and http.address."`
}

// SMTP is the door for forwarded mails.
type SMTP struct {
	Address       string   `yaml:"address" default:"127.0.0.1:2525" check:"listen" doc:"The address and port where reports arrive by SMTP. Empty: no SMTP door."`
	Hostname      string   `yaml:"hostname" default:"localhost" check:"hostname" doc:"The name that the SMTP door greets with."`
	MaxBytes      int64    `yaml:"max_bytes" default:"50MB" check:"min=65536 max=1073741824" doc:"The largest mail that is accepted, in bytes; KB, MB and GB are understood (50MB is 52428800)."`
	TLSCert       string   `yaml:"tls_cert" doc:"The certificate file (PEM) for STARTTLS. Empty: no STARTTLS."`
	TLSKey        string   `yaml:"tls_key" doc:"The private key file (PEM) of smtp.tls_cert."`
	TrustedRelays []string `yaml:"trusted_relays" check:"network" doc:"Addresses or networks (CIDR) of our own mail servers: mail from them is believed to come from whom it says. Name only servers that take mail from signed-in people, or that refuse what fails DMARC: one that passes on any mail from outside vouches for nobody."`
}

// Mail is how we are written to and how we sign.
type Mail struct {
	ReportAddresses []string `yaml:"report_addresses" check:"email" doc:"The addresses to which people forward suspicious mails."`
	FromAddress     string   `yaml:"from_address" check:"email" doc:"The address our answers come from. Empty: the first of mail.report_addresses."`
	FromName        string   `yaml:"from_name" doc:"The name our answers come from. Empty: org.team_name, or else org.name."`
}

// Submission is the server that takes our answers.
type Submission struct {
	Host        string `yaml:"host" check:"hostname" doc:"The mail server that takes our answers. Empty: answers are kept in the outbox folder of data.dir and nothing leaves."`
	Port        int    `yaml:"port" default:"587" check:"min=1 max=65535" doc:"The port of submission.host: usually 587 for starttls, 465 for implicit."`
	TLS         string `yaml:"tls" default:"starttls" check:"oneof=starttls|implicit|none" doc:"How the connection to submission.host is protected: starttls, implicit or none."`
	Username    string `yaml:"username" doc:"The user name at submission.host. Empty: no sign-in."`
	Password    Secret `yaml:"password" doc:"The password at submission.host."`
	ConfirmCopy bool   `yaml:"confirm_copy" default:"false" doc:"Send ourselves a copy of each answer, so that after a crash we can see whether it had left."`
}

// Org is the organisation that Bienvu works for.
type Org struct {
	Name               string     `yaml:"name" doc:"The name of the organisation, as its people say it."`
	Domains            []string   `yaml:"domains" check:"domain" doc:"The mail domains of its people. Only they are ever answered automatically."`
	Language           string     `yaml:"language" default:"en" check:"oneof=en|fr" doc:"The language used when a person's own is not known: en or fr."`
	AddressForm        string     `yaml:"address_form" default:"vous" check:"oneof=vous|tu" doc:"How French answers address people: vous or tu."`
	Timezone           string     `yaml:"timezone" default:"UTC" check:"timezone" doc:"The time zone of the times we promise, such as Europe/Paris."`
	TeamName           string     `yaml:"team_name" doc:"The name of the team, as answers sign it. Empty: \"The security team\", in the language of each answer."`
	Signer             string     `yaml:"signer" doc:"The first name of the person who stands behind the answers."`
	Phone              string     `yaml:"phone" doc:"A telephone number where people reach the team."`
	KnownDomains       []string   `yaml:"known_domains" check:"domain" doc:"Domains the organisation does business with."`
	Leaders            []string   `yaml:"leaders" doc:"Names that an attacker would imitate: leaders, finance, the help desk."`
	TrustedAuthServers []string   `yaml:"trusted_auth_servers" doc:"Names of our own servers whose Authentication-Results fields are believed (RFC 8601 authserv-id)."`
	Exercises          []Exercise `yaml:"exercises" doc:"Proofs of the phishing exercises the organisation runs; a mark in a header alone never proves one."`
}

// Exercise is one proof that a message is an exercise. At least one field is set.
type Exercise struct {
	DKIMDomain string `yaml:"dkim_domain" check:"domain" doc:"A passing DKIM signature of this domain."`
	IP         string `yaml:"ip" check:"network" doc:"An address or network (CIDR) that our server saw."`
	Secret     Secret `yaml:"secret" check:"minlen=16" doc:"A text of 16 characters or more that only the exercise holds."`
}

// Desk is what the team promises.
type Desk struct {
	PromiseMinutes     int    `yaml:"promise_minutes" default:"60" check:"min=1 max=10080" doc:"How many minutes we promise when a person has to look."`
	AnswerAlone        bool   `yaml:"answer_alone" default:"true" doc:"Answer without a person where the verdict is sure. false: every answer waits on the desk."`
	SafeNeedsProof     bool   `yaml:"safe_needs_proof" default:"true" doc:"Say that a message is safe, without a person, only when its sender proved itself (DKIM, SPF, or a server of org.trusted_auth_servers). false: what the content shows is enough, as for bienvu analyze."`
	Risk               string `yaml:"risk" default:"0.5" check:"required oneof=0.05|0.1|0.2|0.5|1|2" doc:"How many of a hundred answers given without a person may be wrong, at most: 0.05, 0.1, 0.2, 0.5, 1 or 2. Less means that a person looks more often; the page Numbers shows what each choice would have meant."`
	Picture            bool   `yaml:"picture" default:"true" doc:"Put a picture into answers about a trap: the message drawn anew, harmless, with the places that gave it away numbered. false: the same answer without it."`
	PerPersonHourlyCap int    `yaml:"per_person_hourly_cap" default:"20" check:"min=1 max=1000" doc:"How many answers one person gets in an hour at most; the rest waits on the desk."`
	PerThreadHourlyCap int    `yaml:"per_thread_hourly_cap" default:"5" check:"min=1 max=1000" doc:"How many answers one conversation gets in an hour at most; the rest waits on the desk."`
}

// DNS is whether we may ask the network about senders.
type DNS struct {
	Enabled bool `yaml:"enabled" default:"true" doc:"Ask the domain name system to verify senders (SPF, DKIM, DMARC)."`
}

// Lists is what we take from others: lists of what is dangerous, and since when
// a domain exists. Nothing of it is asked for unless it stands here.
type Lists struct {
	Dir           string `yaml:"dir" doc:"A folder with lists of our own: shorteners.txt, freehosts.txt, forms.txt, freemail.txt, tlds.txt and brands.txt are added to the shipped ones (a line that begins with ! takes an entry away), and topsites.txt names well-known sites. They are read at the start. Empty: the shipped lists."`
	Feeds         []Feed `yaml:"feeds" doc:"Lists of what others know to be dangerous, read from fixed addresses or files. The last good copy of each is kept, so that the desk works without a network."`
	Private       bool   `yaml:"private" default:"false" doc:"Lists may be read from servers inside the house, such as a MISP of our own."`
	RDAP          bool   `yaml:"rdap" default:"false" doc:"Ask registries (RDAP) since when the domains of a message exist. The registry learns the domain, nothing else."`
	RDAPBootstrap string `yaml:"rdap_bootstrap" default:"https://data.iana.org/rdap/dns.json" check:"https" doc:"The address of the file that says which registry answers for which ending (RFC 9224)."`
}

// Feed is one list of what others know to be dangerous. It comes from an
// address or from a file.
type Feed struct {
	Name       string `yaml:"name" doc:"What the list is called on our pages. Each has its own name."`
	Kind       string `yaml:"kind" check:"oneof=plain|hosts|openphish|urlhaus|phishtank|misp" doc:"How it is written: plain (one entry a line), hosts, openphish, urlhaus (CSV or JSON), phishtank (CSV or JSON) or misp (a MISP feed)."`
	URL        Secret `yaml:"url" check:"https" doc:"The https address it is read from; of a MISP feed, its folder with a slash at the end. It may hold a key, and is not shown."`
	File       string `yaml:"file" doc:"The file it is read from."`
	EveryHours int    `yaml:"every_hours" check:"min=0 max=8760" doc:"How many hours pass before it is read again. 0: 6 hours."`
}

// Log is what the program writes about itself; never the content of a message.
type Log struct {
	Level  string `yaml:"level" default:"info" check:"oneof=debug|info|warn|error" doc:"The least important line that is written: debug, info, warn or error."`
	Format string `yaml:"format" default:"text" check:"oneof=text|json" doc:"How lines are written: text or json."`
}

// Admin is who sets the desk up.
type Admin struct {
	Email string `yaml:"email" check:"email" doc:"The address of the first administrator, who is given a sign-in link at the first start."`
}

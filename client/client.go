// Package client talks to a Bienvu desk: it hands in suspicious messages and
// reads what became of them.
//
//	desk := client.New("https://desk.atelier.example", token)
//	receipt, err := desk.Report(ctx, message, client.Options{})
//
// A report is safe once Report returned without an error. The same report sent
// again is not taken twice, so after a failure of the network the call can
// simply be repeated.
//
// What the desk says no to is an *Error, which has a sentence for the person
// and a Kind for the program:
//
//	if errors.Is(err, client.TooMuch) { … }
package client

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Client calls one desk with one token. It is safe for concurrent use.
type Client struct {
	base  string
	token string

	// HTTP makes the calls; nil means http.DefaultClient. Give one with a
	// timeout, or contexts that end.
	HTTP *http.Client
	// Language is that of the sentences in errors, such as "fr"; "" leaves it
	// to the desk.
	Language string
}

// New makes a client. The base is the address of the desk, such as
// "https://desk.atelier.example", without a path of the API.
func New(base, token string) *Client {
	return &Client{base: strings.TrimRight(base, "/"), token: token}
}

// Verdict is what a reporter was told of a message.
type Verdict string

// The verdicts.
const (
	Phishing   Verdict = "phishing"   // meant to harm
	Spam       Verdict = "spam"       // unwanted advertising
	Legitimate Verdict = "legitimate" // what it says it is
	Simulation Verdict = "simulation" // an exercise of the organisation
	Unsure     Verdict = "unsure"     // a person looks
)

// Receipt says that a report is taken.
type Receipt struct {
	ID     string `json:"id"`
	Number int    `json:"number"` // the short number that people see
	Again  bool   `json:"again"`  // this very report had already been taken
	Page   string `json:"page"`   // where the reporter reads it in a browser
}

// Summary is a report in short.
type Summary struct {
	ID       string    `json:"id"`
	Number   int       `json:"number"`
	Kind     string    `json:"kind"`  // "report", "question", "rescue"
	State    string    `json:"state"` // "new", "waiting", "answered", "closed"
	Urgent   bool      `json:"urgent"`
	Subject  string    `json:"subject"` // a stranger's words
	Language string    `json:"language"`
	Verdict  Verdict   `json:"verdict"` // "" until the reporter was told one
	Reported time.Time `json:"reported_at"`
	Promised time.Time `json:"promised_at"` // zero: no time was named, or it is answered
	Answered time.Time `json:"answered_at"` // zero: not yet
	Updated  time.Time `json:"updated_at"`
	Page     string    `json:"page"`
}

// Report is a report and what became of it.
type Report struct {
	Summary

	Messages []Message `json:"messages"`
	Answers  []Answer  `json:"answers"` // what was sent to the reporter, the oldest first
	Effect   *Effect   `json:"effect"`  // nil until a harmful message was answered
}

// Message is one reported message. Both texts are a stranger's words.
type Message struct {
	Subject  string `json:"subject"`
	Sender   string `json:"sender"`
	Complete bool   `json:"complete"` // its own header came with it
	Choice   string `json:"choice"`   // what the reporter takes it for
}

// Answer is one letter to the reporter, as it was sent.
type Answer struct {
	Subject  string    `json:"subject"`
	Text     string    `json:"text"` // its links are made for the reporter alone
	Language string    `json:"language"`
	Verdict  Verdict   `json:"verdict"`
	SentAt   time.Time `json:"sent_at"`
}

// Effect is what a report changed for others.
type Effect struct {
	First      bool `json:"first"`      // nobody had reported it before
	Colleagues int  `json:"colleagues"` // who reported the same; 0 below five, which the desk does not tell
}

// Page is a part of a list.
type Page struct {
	Reports []Summary `json:"reports"`
	Next    string    `json:"next"` // "" on the last page
}

// Get reads one report.
func (c *Client) Get(ctx context.Context, id string) (Report, error) {
	var r Report
	err := c.read(ctx, "/api/v1/reports/"+url.PathEscape(id), &r)
	return r, err
}

// Reports reads up to limit (at most 100) of one's own reports, the newest
// first, leaving out so many. It needs a personal token.
func (c *Client) Reports(ctx context.Context, limit, offset int) (Page, error) {
	query := url.Values{"limit": {strconv.Itoa(limit)}, "offset": {strconv.Itoa(offset)}}
	var p Page
	err := c.read(ctx, "/api/v1/reports?"+query.Encode(), &p)
	return p, err
}

// Health is nil when the desk can take a report now.
func (c *Client) Health(ctx context.Context) error {
	var health struct{}
	return c.read(ctx, "/api/v1/health", &health)
}

func (c *Client) read(ctx context.Context, path string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	return c.do(request, into)
}

// maxAnswer keeps a broken server from filling our memory.
const maxAnswer = 16 << 20

func (c *Client) do(request *http.Request, into any) error {
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Accept", "application/json, application/problem+json")
	if c.Language != "" {
		request.Header.Set("Accept-Language", c.Language)
	}
	caller := c.HTTP
	if caller == nil {
		caller = http.DefaultClient
	}
	response, err := caller.Do(request)
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("client: %w", err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		return problem(response, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("client: the answer is not what a desk says: %w", err)
	}
	return nil
}

package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/bienvu/bienvu/client"
)

// Report a message as its reader's mail button would, and say what became of it.
func Example() {
	server := standIn() // in life: the address of your desk
	defer server.Close()

	desk := client.New(server.URL, "bienvu_secret")
	message := strings.NewReader("From: alert@bank-help.example\r\nSubject: Your account\r\n\r\nConfirm your password.")
	receipt, err := desk.Report(context.Background(), message, client.Options{Comment: "I was not expecting this."})
	switch {
	case errors.Is(err, client.TooMuch):
		fmt.Println("too large; report it without its attachments")
		return
	case err != nil:
		fmt.Println(err)
		return
	}
	report, err := desk.Get(context.Background(), receipt.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("report %d is %s: %s\n", report.Number, report.State, report.Verdict)
	// Output: report 1042 is answered: phishing
}

// standIn answers as a desk would.
func standIn() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.Method == http.MethodPost {
			_, _ = io.WriteString(w, `{"id": "019cb2a4", "number": 1042}`)
			return
		}
		_, _ = io.WriteString(w, `{"id": "019cb2a4", "number": 1042, "state": "answered", "verdict": "phishing"}`)
	}))
}

package unwrap_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"strings"
	"time"

	"github.com/bienvu/bienvu/internal/mail/msg/msgtest"
	"github.com/bienvu/bienvu/internal/mail/tnef/tneftest"
)

// lure is the original inside the built attachments.
const lure = "Received: from mx.parcel-update.example (mx.parcel-update.example [203.0.113.9])\r\n\tby mx.corp.example; Tue, 12 Mar 2024 08:15:00 +0000\r\n" +
	"From: \"Parcel Desk\" <desk@parcel-update.example>\r\nTo: emma@corp.example\r\nSubject: Your parcel waits\r\n" +
	"Date: Tue, 12 Mar 2024 08:14:00 +0000\r\nMessage-ID: <p1@parcel-update.example>\r\n"

const lureBody = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" +
	`<p>Pay the fee: <a href="https://parcel-update.example/fee">parcel.example</a></p>` + "\r\n"

// attachments are the binary ones, by the name a golden file calls them.
//

var attachments = map[string]func() []byte{
	"msg-headers": func() []byte { return msgtest.Write(outlook(lure)) },
	"msg-bare":    func() []byte { return msgtest.Write(outlook("")) },
	"msg-sosafe":  func() []byte { return msgtest.Write(outlook(lure + "x-sosafe-report-reference: 4711\r\n")) },
	"msg-forward": func() []byte {
		m := outlook(lure)
		return msgtest.Write(msgtest.Message{Subject: "holder", FromName: "Emma", FromAddr: "emma@corp.example", Body: "x", Attachments: []msgtest.Attachment{{Message: &m}}})
	},
	"tnef-message": func() []byte {
		return tneftest.Write(tneftest.File{Subject: "FW: Your parcel waits", Body: "Is this real?", Attachments: []tneftest.Attachment{
			{Name: "Your parcel waits", Message: &tneftest.File{Headers: lure, Subject: "Your parcel waits", HTML: `<a href="https://parcel-update.example/fee">parcel.example</a>`}},
		}})
	},
	"tnef-eml": func() []byte {
		return tneftest.Write(tneftest.File{Subject: "x", Body: "Voici le message", Attachments: []tneftest.Attachment{{Name: "colis.eml", Data: []byte(lure + lureBody)}}})
	},
	"tnef-text": func() []byte {
		return tneftest.Write(tneftest.File{Subject: "TR: Colis", Body: "Vrai ?\r\n\r\nDe : Colis <desk@parcel-update.example>\r\nEnvoyé : mardi 12 mars 2024 08:14\r\nÀ : Emma <emma@corp.example>\r\nObjet : Colis\r\n\r\nPayez ici"})
	},
	"tnef-file": func() []byte {
		return tneftest.Write(tneftest.File{
			Subject:     "TR: Colis",
			HTML:        `<p>De : Colis &lt;desk@parcel-update.example&gt;<br>Objet : Colis<br>À : emma@corp.example</p><p><a href="https://parcel-update.example/fee">Payez ici</a></p>`,
			Attachments: []tneftest.Attachment{{Name: "colis.pdf.html", Data: []byte("<script>")}},
		})
	},
	"zip-eml": func() []byte { return zipOf("parcel.eml", lure+lureBody, "readme.txt", "the mail is in here") },
	"zip-two": func() []byte {
		return zipOf("a.eml", lure+lureBody, "dir/b.eml", strings.ReplaceAll(lure, "parcel waits", "bill waits")+lureBody)
	},
	"zip-in-zip":    func() []byte { return zipOf("inner.zip", string(zipOf("parcel.eml", lure+lureBody))) },
	"zip-encrypted": func() []byte { return locked(zipOf("parcel.eml", lure+lureBody)) },
	"zip-bomb":      func() []byte { return zipOf("bomb.eml", lure+"\r\n"+strings.Repeat("0", 40<<20)) },
	"zip-msg":       func() []byte { return zipOf("parcel.msg", string(msgtest.Write(outlook(lure)))) },
	"eml":           func() []byte { return []byte(lure + lureBody) },
	"smime":         func() []byte { return cms(0x02, "Content-Type: text/plain; charset=utf-8\r\n\r\n"+inlineFR) },
	"smime-sealed":  func() []byte { return cms(0x03, "nothing to see") },
}

const inlineFR = "Bonjour, est-ce un vrai message ?\r\n\r\n---------- Forwarded message ---------\r\nDe : Banque <info@banque.example>\r\n" +
	"Date: mar. 12 mars 2024 à 08:14\r\nSubject: Votre compte\r\nTo: <emma@corp.example>\r\n\r\nConfirmez : https://banque-verif.example/c\r\n"

func outlook(headers string) msgtest.Message {
	return msgtest.Message{
		Headers: headers, Subject: "Your parcel waits", FromName: "Parcel Desk", FromAddr: "desk@parcel-update.example",
		To: []msgtest.Recipient{{Kind: 1, Name: "Emma", Addr: "emma@corp.example"}}, Sent: time.Date(2024, 3, 12, 8, 14, 0, 0, time.UTC),
		HTML: `<p>Pay the fee: <a href="https://parcel-update.example/fee">parcel.example</a></p>`,
	}
}

func base64Lines(b []byte) string {
	enc := base64.StdEncoding.EncodeToString(b)
	var out strings.Builder
	for len(enc) > 76 {
		out.WriteString(enc[:76] + "\n")
		enc = enc[76:]
	}
	return out.String() + enc
}

// zipOf makes an archive of name, content, name, content …
func zipOf(entries ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		f, err := w.Create(entries[i])
		if err == nil {
			_, err = f.Write([]byte(entries[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// locked sets the mark of encryption on every entry of an archive.
func locked(b []byte) []byte {
	for i := 0; i+10 < len(b); i++ {
		switch string(b[i : i+4]) {
		case "PK\x03\x04":
			b[i+6] |= 1
		case "PK\x01\x02":
			b[i+8] |= 1
		}
	}
	return b
}

// cms wraps a content in a CMS message: kind 2 is SignedData, 3 Enveloped.
// The content's octets come in two pieces of indefinite length, the way
// streaming mail software writes them.
func cms(kind byte, content string) []byte {
	half := len(content) / 2
	octets := "\x24\x80" + der(0x04, content[:half]) + der(0x04, content[half:]) + "\x00\x00"
	encap := "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01\xA0\x80" + octets + "\x00\x00\x00\x00"
	signed := der(0x30, "\x02\x01\x01"+"\x31\x00"+encap+"\x31\x00")
	return []byte(der(0x30, "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07"+string(rune(kind))+der(0xA0, signed)))
}

func der(tag byte, content string) string {
	n := len(content)
	switch {
	case n < 0x80:
		return string([]byte{tag, byte(n)}) + content
	default:
		return string([]byte{tag, 0x82, byte(n >> 8), byte(n)}) + content
	}
}

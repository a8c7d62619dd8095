package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" //nolint:gosec // the format prescribes it
	"crypto/rc4" //nolint:gosec // the format prescribes it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"slices"
)

// crypt opens what is encrypted without a password (7.6), as many documents are
// to forbid printing or copying, and what is encrypted with a password that
// stands in the message. Whoever gets the file reads it, so we do.
type crypt struct {
	key             []byte
	strings, bodies name // "V2", "AESV2", "AESV3", or "" for plain
	take            func(int) bool
}

// What trying a password costs, in bytes of the budget: the newer algorithm is
// slow on purpose. Each string needs a key of its own.
const (
	perPassword    = 256 << 10
	perOldPassword = 8 << 10
	perString      = 128
)

// padding fills passwords up (algorithm 2).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// encryption finds the encryption dictionary and the file's identifier.
func (f *file) encryption() (d dict, at *object, id text) {
	trailers := []dict{}
	for rest := f.b; ; {
		i := bytes.Index(rest, []byte("trailer"))
		if i < 0 || len(trailers) > 64 {
			break
		}
		rest = rest[i+len("trailer"):]
		l := newLexer(rest[:min(len(rest), 16<<10)])
		if v, ok := l.value(0); ok {
			t, _ := v.(dict)
			trailers = append(trailers, t)
		}
	}
	for _, o := range f.all {
		if o.raw != nil && o.dict()["Type"] == name("XRef") {
			trailers = append(trailers, o.dict())
		}
	}
	for _, t := range trailers {
		if e := f.dict(t["Encrypt"]); e != nil {
			if ids := f.array(t["ID"]); len(ids) > 0 {
				id, _ = f.get(ids[0]).(text)
			}
			return e, f.target(t["Encrypt"]), id
		}
	}
	return nil, nil, ""
}

// unlock decrypts all strings, and reports whether the file can be read: it is
// plain, or encrypted without a password.
func (f *file) unlock() bool {
	d, at, id := f.encryption()
	if d == nil {
		return true
	}
	c := f.crypt(d, string(id))
	if c == nil || c.key == nil {
		f.key = &crypt{}
		return false
	}
	f.key = c
	for _, o := range f.all {
		if o != at {
			o.val = c.value(o.val, o.num, o.gen)
		}
	}
	return true
}

// locked reports whether the file needs a password.
func (f *file) locked() bool { return f.key != nil && f.key.key == nil }

// crypt reads the dictionary and tries the empty password and the given ones.
func (f *file) crypt(d dict, id string) *crypt {
	version, revision := int(f.number(d["V"])), int(f.number(d["R"]))
	c := &crypt{strings: "V2", bodies: "V2", take: f.take}
	length := orElse(int(f.number(d["Length"])), 40) / 8
	if version == 1 {
		length = 5
	}
	if version >= 4 {
		length = 16
		c.strings, c.bodies = f.method(d, "StrF"), f.method(d, "StmF")
	}
	if f.get(d["Filter"]) != name("Standard") || length < 5 || length > 32 {
		return nil
	}
	u := f.string(d["U"])
	for _, password := range append([]string{""}, f.budget.Passwords...) {
		cost := perOldPassword
		if revision >= 5 {
			cost = perPassword
		}
		if !f.take(cost) {
			return c
		}
		if revision >= 5 {
			c.key = modernKey(password, u, f.string(d["UE"]), revision)
		} else {
			c.key = f.oldKey(d, password, id, revision, min(length, 16))
		}
		if c.key != nil {
			f.given = password
			return c
		}
	}
	return c
}

func (f *file) string(v any) string {
	s, _ := f.get(v).(text)
	return string(s)
}

// method names how strings or streams are encrypted (7.6.5).
func (f *file) method(d dict, which string) name {
	filter, _ := f.get(d[which]).(name)
	m, _ := f.get(f.dict(f.dict(d["CF"])[string(filter)])["CFM"]).(name)
	if m == "None" {
		return ""
	}
	return m
}

// oldKey is algorithm 2, checked by algorithms 4 and 5.
func (f *file) oldKey(d dict, password, id string, revision, length int) []byte {
	o, u := f.string(d["O"]), f.string(d["U"])
	h := md5.New() //nolint:gosec // the format prescribes it
	h.Write([]byte((password + padding)[:32] + o[:min(len(o), 32)]))
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(f.number(d["P"])))))
	h.Write([]byte(id))
	if v, ok := f.get(d["EncryptMetadata"]).(bool); ok && !v && revision >= 4 {
		h.Write([]byte("\xff\xff\xff\xff"))
	}
	key := h.Sum(nil)
	if revision >= 3 {
		for range 50 {
			sum := md5.Sum(key[:length]) //nolint:gosec // the format prescribes it
			key = sum[:]
		}
	}
	key = key[:length]
	if !proves(key, u, id, revision) {
		return nil
	}
	return key
}

func proves(key []byte, u, id string, revision int) bool {
	if revision < 3 {
		return string(stream(key, []byte(padding))) == u
	}
	sum := md5.Sum([]byte(padding + id)) //nolint:gosec // the format prescribes it
	check := sum[:]
	for i := range 20 {
		k := slices.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		check = stream(k, check)
	}
	return len(u) >= 16 && string(check) == u[:16]
}

// stream is RC4.
func stream(key, in []byte) []byte {
	c, err := rc4.NewCipher(key) //nolint:gosec // the format prescribes it
	if err != nil {
		return nil
	}
	out := make([]byte, len(in))
	c.XORKeyStream(out, in)
	return out
}

// modernKey is algorithm 2.A of ISO 32000-2.
func modernKey(password, u, ue string, revision int) []byte {
	if len(u) < 48 || len(ue) < 32 {
		return nil
	}
	hash := func(salt string) []byte {
		sum := sha256.Sum256([]byte(password + salt))
		if revision == 5 {
			return sum[:]
		}
		return hardened(password, sum[:])
	}
	if string(hash(u[32:40])) != u[:32] {
		return nil
	}
	block, err := aes.NewCipher(hash(u[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(key, []byte(ue[:32]))
	return key
}

// hardened is algorithm 2.B: at least 64 rounds, and no more than 64 + 256.
func hardened(password string, k []byte) []byte {
	for i := range 400 {
		in := bytes.Repeat(append([]byte(password), k...), 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(in, in)
		sum := 0
		for _, c := range in[:16] {
			sum += int(c)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(in)
			k = s[:]
		case 1:
			s := sha512.Sum384(in)
			k = s[:]
		case 2:
			s := sha512.Sum512(in)
			k = s[:]
		}
		if i >= 63 && int(in[len(in)-1]) <= i-31 {
			break
		}
	}
	return k[:32]
}

func (c *crypt) stream(in []byte, num, gen int) []byte { return c.open(c.bodies, in, num, gen) }

// open decrypts with the key of one object (algorithms 1 and 1.A).
func (c *crypt) open(method name, in []byte, num, gen int) []byte {
	if method == "" || c.key == nil {
		return in
	}
	key := c.key
	if method != "AESV3" {
		key = append(slices.Clone(key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
		if method == "AESV2" {
			key = append(key, "sAlT"...)
		}
		sum := md5.Sum(key) //nolint:gosec // the format prescribes it
		key = sum[:min(len(c.key)+5, 16)]
	}
	if method == "V2" {
		return stream(key, in)
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(in) < 32 {
		return nil
	}
	out := bytes.Clone(in[16 : len(in)&^15])
	cipher.NewCBCDecrypter(block, in[:16]).CryptBlocks(out, out)
	if pad := int(out[len(out)-1]); pad > 0 && pad <= 16 {
		out = out[:len(out)-pad]
	}
	return out
}

// value decrypts the strings of a value.
func (c *crypt) value(v any, num, gen int) any {
	switch v := v.(type) {
	case text:
		if c.strings == "" || v == "" || !c.take(perString+len(v)/4) {
			return v
		}
		return text(c.open(c.strings, []byte(v), num, gen))
	case []any:
		for i := range v {
			v[i] = c.value(v[i], num, gen)
		}
	case dict:
		for k := range v {
			v[k] = c.value(v[k], num, gen)
		}
	}
	return v
}

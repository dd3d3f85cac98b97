package consent

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A Holder keeps something about people: sessions, a recommender, documents, a cache. It must be safe for
// concurrent use.
type Holder interface {
	// Export returns, as JSON, all that is held of a subject, and nil if that is nothing.
	Export(ctx context.Context, subject string) (json.RawMessage, error)
	// Erase removes all of it. It is no error if there is nothing, so that it can be called again.
	Erase(ctx context.Context, subject string) error
}

// A Place is a [Holder] with the name under which people read of it.
type Place struct {
	Name   string // such as "会话"
	Holder Holder
}

// Rights gives people what they may ask for. Fill in Places with everything that holds personal data; zero
// fields have useful defaults. It is safe for concurrent use and must not be modified once in use.
type Rights struct {
	Places []Place
	// Registry, if not nil, has its consents withdrawn before anything is erased, so that nothing is
	// collected meanwhile.
	Registry *Registry
	// Deadline is how long the service may take to fulfil a request. If zero, 15 days.
	Deadline time.Duration
	// Attempts is how often each place is tried. If zero, 3.
	Attempts int
	// Record, if not nil, is given every receipt, for the audit trail.
	Record func(ctx context.Context, r Receipt) error
	// Now is the clock. If nil, [time.Now].
	Now func() time.Time
}

func (r *Rights) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

func (r *Rights) attempts() int {
	if r.Attempts > 0 {
		return r.Attempts
	}
	return 3
}

// Due returns until when a request of that instant must be fulfilled.
func (r *Rights) Due(asked time.Time) time.Time {
	if r.Deadline > 0 {
		return asked.Add(r.Deadline)
	}
	return asked.AddDate(0, 0, 15)
}

// A Package is all that a service holds of one person.
type Package struct {
	Subject string    `json:"subject"`
	Time    time.Time `json:"time"`
	Places  []Held    `json:"places"`
}

// Held is what one place holds.
type Held struct {
	Place string          `json:"place"`
	Data  json.RawMessage `json:"data,omitzero"` // absent if there is nothing
}

// Text returns the package for people to read, in Chinese.
func (p *Package) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "个人信息副本\n账号：%s\n时间：%s\n", p.Subject, p.Time.Format("2006-01-02 15:04"))
	for _, h := range p.Places {
		fmt.Fprintf(&b, "\n【%s】\n", h.Place)
		if h.Data == nil {
			b.WriteString("没有保存您的信息。\n")
			continue
		}
		var out bytes.Buffer
		if json.Indent(&out, h.Data, "", "  ") != nil {
			out.Reset()
			out.Write(h.Data)
		}
		b.Write(out.Bytes())
		b.WriteByte('\n')
	}
	return b.String()
}

// Export collects what all places hold of a subject. If some fail, it returns what the others hold, and an
// error that names them.
func (r *Rights) Export(ctx context.Context, subject string) (*Package, error) {
	if subject == "" {
		return nil, errors.New("export: no subject")
	}
	p := &Package{Subject: subject, Time: r.now()}
	var errs []error
	for _, place := range r.Places {
		data, err := r.export(ctx, place, subject)
		if err != nil {
			errs = append(errs, fmt.Errorf("export %s: %w", place.Name, err))
			continue
		}
		p.Places = append(p.Places, Held{Place: place.Name, Data: data})
	}
	return p, errors.Join(errs...)
}

// export tries one place until it answers.
func (r *Rights) export(ctx context.Context, place Place, subject string) (data json.RawMessage, err error) {
	for range r.attempts() {
		if data, err = place.Holder.Export(ctx, subject); err == nil || ctx.Err() != nil {
			break
		}
	}
	if err == nil && data != nil && !json.Valid(data) {
		return nil, errors.New("what it exports is not JSON")
	}
	return data, err
}

// A Receipt proves what an erasure did.
type Receipt struct {
	Subject  string    `json:"subject"`
	Asked    time.Time `json:"asked"`
	Finished time.Time `json:"finished"`
	Due      time.Time `json:"due"`
	Places   []Erased  `json:"places"`
	// Digest is the SHA-256 of all of the above, in hexadecimal digits.
	Digest string `json:"digest"`
}

// Erased says what became of one place.
type Erased struct {
	Place    string `json:"place"`
	Digest   string `json:"digest,omitzero"` // SHA-256 of what was held; empty if nothing was
	Gone     bool   `json:"gone"`            // it was asked again, and holds nothing
	Attempts int    `json:"attempts"`
	Error    string `json:"error,omitzero"`
}

// Complete reports whether nothing is left anywhere.
func (r *Receipt) Complete() bool {
	for _, p := range r.Places {
		if !p.Gone {
			return false
		}
	}
	return true
}

func (r *Receipt) digest() string {
	unsigned := *r
	unsigned.Digest = ""
	b, err := json.Marshal(unsigned)
	if err != nil {
		panic(err) // strings, bools and times
	}
	return digest(b)
}

// Genuine reports whether the receipt is as it was written.
func (r *Receipt) Genuine() bool { return r.Digest == r.digest() }

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Erase withdraws what the subject agreed to, erases it from all places, asks each again whether it is gone,
// and returns the receipt. If a place fails, the others are erased nevertheless and the error names it; call
// again to go on. Asked is when the request came in; if zero, now.
func (r *Rights) Erase(ctx context.Context, subject string, asked time.Time) (Receipt, error) {
	if asked.IsZero() {
		asked = r.now()
	}
	receipt := Receipt{Subject: subject, Asked: asked, Due: r.Due(asked)}
	if subject == "" {
		return receipt, errors.New("erase: no subject")
	}
	var errs []error
	if r.Registry != nil {
		if err := r.Registry.Withdraw(ctx, subject, "注销"); err != nil {
			return receipt, fmt.Errorf("erase: %w", err) // else it would be collected again
		}
	}
	for _, place := range r.Places {
		e := r.erase(ctx, place, subject)
		if !e.Gone {
			errs = append(errs, fmt.Errorf("erase from %s: %s", place.Name, e.Error))
		}
		receipt.Places = append(receipt.Places, e)
	}
	receipt.Finished = r.now()
	receipt.Digest = receipt.digest()
	if r.Record != nil {
		if err := r.Record(ctx, receipt); err != nil {
			errs = append(errs, fmt.Errorf("record the erasure: %w", err))
		}
	}
	return receipt, errors.Join(errs...)
}

// erase empties one place and looks whether it is empty.
func (r *Rights) erase(ctx context.Context, place Place, subject string) Erased {
	e := Erased{Place: place.Name}
	for e.Attempts < r.attempts() && ctx.Err() == nil {
		e.Attempts++
		held, err := place.Holder.Export(ctx, subject)
		if err == nil && held != nil && e.Digest == "" {
			e.Digest = digest(held)
		}
		// Erase even what cannot be exported, and even what says that it is empty.
		err = errors.Join(err, place.Holder.Erase(ctx, subject))
		if err == nil {
			var left json.RawMessage
			if left, err = place.Holder.Export(ctx, subject); err == nil && left != nil {
				err = errors.New("it still holds something afterwards")
			}
		}
		if err == nil {
			e.Gone, e.Error = true, ""
			return e
		}
		e.Error = err.Error()
	}
	if err := ctx.Err(); err != nil && e.Error == "" {
		e.Error = err.Error()
	}
	return e
}

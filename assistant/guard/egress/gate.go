package egress

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/assistant/guard"
	"github.com/zhushou-ai/zhushou/locale/privacy"
)

// A Recipient is who gets a request.
type Recipient struct {
	Name   string
	Region string // where it is, such as "CN"; one that is not known is abroad
	Role   string // such as "processor" or "third party"; for [Consents] and records
}

// A Use is what a person is asked to consent to.
type Use struct {
	Subject   string // the person
	Purpose   string
	Recipient Recipient
	Abroad    bool
	Sensitive bool
}

// Consents knows who has agreed to what. It is safe for concurrent use.
type Consents interface {
	// Allows reports whether the person has agreed to the use, and has not withdrawn. An error is no consent.
	Allows(ctx context.Context, u Use) (bool, error)
}

// A Gate lets personal data go to one recipient, or does not. The zero Gate is for a recipient abroad, and lets no
// personal data pass but as placeholders. It must not change once it is in use.
type Gate struct {
	Recipient Recipient
	Purpose   string // why data is sent; without one, none is

	// Rules are the limits; if nil, those of [Default].
	Rules *Rules
	// Mechanism is the legal way to send data abroad, one of the rules. If empty, none is sent but as placeholders.
	Mechanism string

	// Consents is asked before data is sent, at home and abroad. If nil, nobody has agreed: placeholders are sent.
	Consents Consents
	// Counter counts people whose data goes abroad. If nil, a [MemoryCounter].
	Counter Counter
	// Key makes the hashes by which people are counted: at least 16 random, secret bytes. It is required with Mechanism.
	Key []byte

	// Subject says whose data a request has. If nil, [assistant.Request.User] does. If it is empty, nobody has agreed.
	Subject func(ctx context.Context, req *assistant.Request) string

	// Mask makes placeholders. Its Detector says what personal data is, also for this gate.
	Mask guard.Mask

	// Decided, if not nil, is told of every decision. It may be called from several goroutines at once.
	Decided func(ctx context.Context, d Decision)
}

// A Decision says what became of a request.
type Decision struct {
	Recipient Recipient
	Purpose   string
	Types     privacy.Types // of personal data that were in the request
	Sensitive bool
	Abroad    bool
	Masked    bool   // placeholders were sent
	Reason    string // why, in a few words
	Year      int    // of the count
	Count     Count  // zero if nobody was counted
	Warn      bool   // the count is near its limit
	Err       error  // the request was refused
}

// ErrRefused matches the error of a request that was not sent.
var ErrRefused = errors.New("personal data must not be sent")

// beijing is the time of China, which has no summer time.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// Wrap makes a model of a model: a middleware. It fails at each request if the gate is not complete.
func (g Gate) Wrap(m assistant.Model) assistant.Model {
	if g.Mask.Detector.Types == 0 {
		g.Mask.Detector.Types = privacy.AllTypes.Without(privacy.Hotline)
	}
	if g.Counter == nil {
		g.Counter = new(MemoryCounter)
	}
	w := &wrapped{Gate: g, plain: m, masked: g.Mask.Wrap(m)}
	w.err = w.prepare()
	return w
}

type wrapped struct {
	Gate
	plain, masked assistant.Model
	sensitive     privacy.Types
	mechanism     Mechanism
	err           error
}

func (w *wrapped) prepare() (err error) {
	if w.Rules == nil {
		if w.Rules, err = Default(); err != nil {
			return err
		}
	}
	if w.sensitive, err = w.Rules.sensitive(); err != nil {
		return err
	}
	if w.Mechanism == "" {
		return nil
	}
	var ok bool
	if w.mechanism, ok = w.Rules.mechanism(w.Mechanism); !ok {
		return fmt.Errorf("egress: rules %q have no mechanism %q", w.Rules.Name, w.Mechanism)
	}
	if len(w.Key) < 16 {
		return errors.New("egress: the key has less than 16 bytes")
	}
	return nil
}

// Stream implements [assistant.Model].
func (w *wrapped) Stream(ctx context.Context, req *assistant.Request) iter.Seq2[assistant.Chunk, error] {
	return func(yield func(assistant.Chunk, error) bool) {
		d := w.decide(ctx, req)
		if w.Decided != nil {
			w.Decided(ctx, d)
		}
		if d.Err != nil {
			yield(assistant.Chunk{}, d.Err)
			return
		}
		m := w.plain
		if d.Masked {
			m = w.masked
		}
		m.Stream(ctx, req)(yield)
	}
}

// decide looks at one request.
func (w *wrapped) decide(ctx context.Context, req *assistant.Request) Decision {
	d := Decision{Recipient: w.Recipient, Purpose: w.Purpose}
	if w.err != nil {
		d.Err = w.err
		return d
	}
	d.Abroad = w.Recipient.Region != w.Rules.Home
	types, media, err := guard.Survey(req, w.Mask.Detector)
	if err != nil {
		d.Err = err
		return d
	}
	d.Types, d.Sensitive = types, types&w.sensitive != 0
	switch {
	case types == 0 && media == 0:
		d.Reason = "no personal data"
		return d
	case d.Abroad && w.Mechanism == "":
		return d.mask("no mechanism")
	case w.Purpose == "":
		return d.mask("no purpose")
	}
	person := w.subject(ctx, req)
	if person == "" {
		return d.mask("nobody known to agree")
	}
	if ok, err := w.allows(ctx, Use{person, w.Purpose, w.Recipient, d.Abroad, d.Sensitive}); err != nil || !ok {
		if err != nil && ctx.Err() != nil {
			d.Err = ctx.Err()
			return d
		}
		return d.mask("no consent")
	}
	if d.Reason = "consent"; d.Abroad {
		w.count(ctx, &d, person)
	}
	return d
}

// mask sends placeholders. Media, in which there are none, is treated as the mask says.
func (d Decision) mask(reason string) Decision {
	d.Masked, d.Reason = true, reason
	return d
}

func (w *wrapped) subject(ctx context.Context, req *assistant.Request) string {
	if w.Subject != nil {
		return w.Subject(ctx, req)
	}
	return req.User
}

func (w *wrapped) allows(ctx context.Context, u Use) (ok bool, err error) {
	if w.Consents == nil {
		return false, nil
	}
	defer func() {
		if p := recover(); p != nil {
			ok, err = false, errors.New("egress: consents panicked")
		}
	}()
	return w.Consents.Allows(ctx, u)
}

// count counts the person, and refuses if that is one too many.
func (w *wrapped) count(ctx context.Context, d *Decision, person string) {
	d.Year = time.Now().In(beijing).Year()
	mac := hmac.New(sha256.New, w.Key)
	mac.Write([]byte(person))
	limit := Count{w.mechanism.People, w.mechanism.Sensitive}
	count, ok, err := w.Counter.Add(ctx, d.Year, hex.EncodeToString(mac.Sum(nil)), d.Sensitive, limit)
	d.Count = count
	switch {
	case err != nil:
		d.Err = refuse(fmt.Sprintf("people of %d could not be counted", d.Year), err)
	case !ok:
		d.Err = refuse(fmt.Sprintf("%s is for %s in a year; %d has %d, %d of them with sensitive data",
			w.Mechanism, limit, d.Year, count.People, count.Sensitive), nil)
	default:
		d.Warn = near(count.People, limit.People, w.Rules.Warn) || near(count.Sensitive, limit.Sensitive, w.Rules.Warn)
		return
	}
	d.Reason = "limit"
}

// String says the count as a limit.
func (c Count) String() string {
	if c.People < 0 {
		return "any number of people"
	}
	return fmt.Sprintf("at most %d people, %d with sensitive data", c.People, c.Sensitive)
}

func near(n, limit int, share float64) bool {
	return share > 0 && limit > 0 && float64(n) >= share*float64(limit)
}

func refuse(why string, err error) error {
	return &assistant.Error{Kind: assistant.ErrPermission, Message: why, Err: errors.Join(ErrRefused, err)}
}

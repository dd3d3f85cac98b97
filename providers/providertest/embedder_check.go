package providertest

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

func embedderChecks(v *Vendor) []embedCheck {
	checks := slices.Concat(callChecks[assistant.Embedder](v), []embedCheck{
		{"texts/none", checkNoTexts},
		{"texts/one", func(r *embedRig) error { return embedsAll(r, 0, "独") }},
		{"texts/the same twice", func(r *embedRig) error { return embedsAll(r, 0, "甲", "乙", "甲") }},
		{"texts/an empty one", checkEmptyText},
		{"texts/quotes and line breaks", func(r *embedRig) error { return embedsAll(r, 0, "说\"好\"\n<b>&\\", "\u2028😀") }},
		{"texts/as many as one call takes", func(r *embedRig) error { return checkBatches(r, 0) }},
		{"texts/more than one call takes", func(r *embedRig) error { return checkBatches(r, 1) }},
		{"rows/index missing from the only row", checkOnlyRow},
	}, wrongRows(), wrongNumbers())
	if !v.RowsInOrder {
		checks = append(checks, wrongIndexes()...)
	}
	if v.Dimensions == 0 {
		checks = append(checks,
			embedCheck{"texts/dimensions", func(r *embedRig) error { return embedsAll(r, 64, "甲", "乙") }},
			embedCheck{"rows/of another length than asked for", checkIgnoredDimensions},
		)
	}
	if limit := v.rows(); limit > 0 {
		checks = append(checks,
			embedCheck{"calls/many", func(r *embedRig) error { return checkBatches(r, min(2*limit, 100)+3) }},
			embedCheck{"calls/second fails", checkSecondFails},
			embedCheck{"calls/second of another length", checkSecondLength},
			embedCheck{"calls/cancelled after the first", checkCancelledBetween},
		)
	}
	return checks
}

// rows is how many texts the vendor takes at once; zero if it does not count them.
func (v *Vendor) rows() int {
	if v.Rows == nil {
		return 0
	}
	return v.Rows(v.EmbeddingModel)
}

// embedsAll wants the right vectors of texts.
func embedsAll(r *embedRig, dimensions int, texts ...string) error {
	b, err := r.start(func(e *Endpoint) { e.Dimensions = dimensions })
	if err != nil {
		return err
	}
	defer b.close()
	if dimensions == 0 {
		dimensions = defaultDimensions
	}
	callErr := b.call(func() error { return embeds(context.Background(), b, texts, dimensions) })
	if sent, err := b.sent(); err != nil || len(sent) == 0 {
		return fmt.Errorf("%d requests were sent (%v)", len(sent), err)
	}
	return callErr
}

func checkNoTexts(r *embedRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	for _, none := range [][]string{nil, {}} {
		if err := b.call(func() error { return embeds(context.Background(), b, none, 1) }); err != nil {
			return err
		}
	}
	if sent, err := b.sent(); err != nil || len(sent) > 0 {
		return fmt.Errorf("%d requests were sent for no texts at all (%v)", len(sent), err)
	}
	return nil
}

// checkEmptyText lets the adapter or the vendor refuse.
func checkEmptyText(r *embedRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(context.Background(), b, []string{"甲", "", "乙"}, defaultDimensions) })
	return b.mustFail(err, failing(assistant.ErrInvalid))
}

// batch is how many texts make one full call.
func batch(v *Vendor) int {
	if limit := v.rows(); limit > 0 {
		return limit
	}
	return 100
}

// startSmall asks for vectors that are short, because there are many.
func startSmall(r *embedRig, script ...Script) (*embedBench, error) {
	if r.vendor.Dimensions > 0 {
		return r.start(nil, script...)
	}
	return r.start(func(e *Endpoint) { e.Dimensions = small(r.vendor) }, script...)
}

func small(v *Vendor) int { return cmp.Or(v.Dimensions, 64) }

func numbered(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = fmt.Sprintf("第%d条", i)
	}
	return texts
}

// checkBatches sends so many texts more than one call takes.
func checkBatches(r *embedRig, more int) error {
	b, err := startSmall(r)
	if err != nil {
		return err
	}
	defer b.close()
	texts := numbered(batch(r.vendor) + more)
	callErr := b.call(func() error { return embeds(context.Background(), b, texts, small(r.vendor)) })
	sent, err := b.sent()
	if err != nil {
		return err
	}
	if len(sent) == 0 || len(texts) > 2 && len(sent) >= len(texts) {
		return fmt.Errorf("%d texts took %d requests; the vendor takes %d at once", len(texts), len(sent), batch(r.vendor))
	}
	return callErr
}

// moreThanFit are texts that do not fit in one call.
func moreThanFit(v *Vendor) []string { return numbered(batch(v) + 1) }

// checkSecondFails wants no vectors at all if one of several calls fails.
func checkSecondFails(r *embedRig) error {
	b, err := startSmall(r, nil, r.vendor.Fail(r.vendor.Faults[0]))
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(context.Background(), b, moreThanFit(r.vendor), small(r.vendor)) })
	return b.mustFail(err, failing(r.vendor.Faults[0].Kinds...))
}

func checkSecondLength(r *embedRig) error {
	b, err := startSmall(r, nil, vectors{length: small(r.vendor) + 1})
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(context.Background(), b, moreThanFit(r.vendor), small(r.vendor)) })
	return b.mustFail(err, failing(assistant.ErrProtocol))
}

// checkCancelledBetween ends the context while the first of several answers is made.
func checkCancelledBetween(r *embedRig) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	b, err := startSmall(r, scriptFunc(func(v *Vendor, req *Request) Response {
		defer cancel()
		return vectors{}.Response(v, req)
	}))
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(ctx, b, moreThanFit(r.vendor), small(r.vendor)) })
	sent, refused := b.sent()
	switch {
	case refused != nil:
		return refused
	case len(sent) > 2:
		return fmt.Errorf("%d requests were sent after the context had ended", len(sent)-1)
	}
	return wantContext(err, context.Canceled)
}

// spoilt plays rows that a right adapter must not take.
func spoilt(name string, spoil func(rows []row) []row) embedCheck {
	return fails[assistant.Embedder]("rows/"+name, vectors{spoil: spoil}, failing(assistant.ErrProtocol))
}

// wrongRows are answers from which nobody can tell which vector belongs to which text.
func wrongRows() []embedCheck {
	return []embedCheck{
		spoilt("none", func([]row) []row { return nil }),
		spoilt("one missing", func(rows []row) []row { return rows[1:] }),
		spoilt("one too many", func(rows []row) []row { return append(rows, row{"3", rows[0].embedding}) }),
		spoilt("one twice", func(rows []row) []row { return append(rows, rows[0]) }),
		fails[assistant.Embedder]("rows/an object for the list", JSON(200, `{"data":{"object":"embedding","embedding":[0.5]}}`), failing(assistant.ErrProtocol)),
	}
}

// wrongIndexes are those of vendors that number the rows.
func wrongIndexes() []embedCheck {
	index := func(at int, to string) func([]row) []row {
		return func(rows []row) []row { rows[at].index = to; return rows }
	}
	return []embedCheck{
		spoilt("index twice", index(0, "0")),
		spoilt("index too large", index(0, "3")),
		spoilt("index negative", index(0, "-1")),
		spoilt("index a fraction", index(0, "1.5")),
		spoilt("index missing from one", index(1, "")),
		spoilt("index null", index(1, "null")),
		spoilt("index missing from all", func(rows []row) []row {
			for i := range rows {
				rows[i].index = ""
			}
			return rows
		}),
	}
}

// wrongNumbers are rows whose vector is none.
func wrongNumbers() []embedCheck {
	as := func(name string, embedding func(right string) string) embedCheck {
		return fails[assistant.Embedder]("vector/"+name, vectors{spoil: func(rows []row) []row {
			rows[1].embedding = embedding(rows[1].embedding)
			return rows
		}}, failing(assistant.ErrProtocol))
	}
	is := func(name, embedding string) embedCheck { return as(name, func(string) string { return embedding }) }
	nan := quote(base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00\x00\xc0\x7f", defaultDimensions))))
	return []embedCheck{
		is("null", "null"),
		is("empty", "[]"),
		is("empty text", `""`),
		is("a number", "0.5"),
		is("an object", "{}"),
		is("of texts", `["0.5"]`),
		is("with a number too large", strings.Replace("["+strings.Repeat("0.5,", defaultDimensions)+"]", "0.5,]", "1e999]", 1)),
		is("not base64", `"???"`),
		is("base64 of half a number", `"AAAAAAAA"`),
		is("base64 of not a number", nan),
		is("shorter than the others", "[0.5,0.5]"),
		as("with null for a number", func(string) string {
			return "[" + strings.Repeat("0.5,", defaultDimensions-1) + "null]"
		}),
	}
}

func checkIgnoredDimensions(r *embedRig) error {
	b, err := r.start(func(e *Endpoint) { e.Dimensions = 64 }, vectors{length: 32})
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(context.Background(), b, []string{"甲", "乙"}, 64) })
	return b.mustFail(err, failing(assistant.ErrProtocol))
}

// checkOnlyRow accepts the vector and an error: there is only one text that it can belong to.
func checkOnlyRow(r *embedRig) error {
	b, err := r.start(nil, vectors{spoil: func(rows []row) []row { rows[0].index = ""; return rows }})
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return embeds(context.Background(), b, []string{"独"}, defaultDimensions) })
	if sent, refused := b.sent(); refused != nil || len(sent) != 1 {
		return fmt.Errorf("%d requests were sent, want 1 (%v)", len(sent), refused)
	}
	if err == nil {
		return nil
	}
	return b.mustFail(err, failing(assistant.ErrProtocol))
}

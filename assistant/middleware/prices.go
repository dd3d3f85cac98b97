package middleware

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Prices is a price table: what vendors charge, and since when. It is data that belongs to whoever runs
// the service: vendors change prices often, give discounts and charge by the hour of the day, so this
// package has no table of its own. [ParsePrices] reads one.
type Prices struct {
	Currency string // such as "CNY"; one table has one currency
	Table    []Price
}

// Price is what one model costs. Sums are for a million tokens.
type Price struct {
	Vendor string    // as in [assistant.Meta]; if empty, any
	Model  string    // as in [assistant.Meta]; one that ends in "*" stands for all that begin so
	From   time.Time // when the price came into force, by the calendar of Beijing; if zero, always

	// MaxInput is the longest request, in tokens, that this price is for; if zero, any length. Vendors
	// with steps have a Price for each.
	MaxInput int

	Input      Money
	Output     Money // thinking included
	CacheRead  Money // of input tokens served from the vendor's cache; if zero, as Input
	CacheWrite Money // of input tokens written to it; if zero, as Input
}

// Cost returns what a call cost, and false if the table has no price for it.
func (p *Prices) Cost(vendor, model string, at time.Time, u assistant.Usage) (Money, bool) {
	price, ok := p.find(vendor, model, at, u.Input)
	if !ok {
		return 0, false
	}
	read, write := max(u.CacheRead.Value, 0), max(u.CacheWrite.Value, 0)
	plain := max(u.Input-read-write, 0)
	return price.Input.forTokens(plain).
		plus(or(price.CacheRead, price.Input).forTokens(read)).
		plus(or(price.CacheWrite, price.Input).forTokens(write)).
		plus(price.Output.forTokens(u.Output)), true
}

// find returns the price that fits best: by the longest name of the model, then a named vendor, then the
// latest date, then the smallest step that the input fits in. If it fits in none, the largest serves.
func (p *Prices) find(vendor, model string, at time.Time, input int) (best Price, ok bool) {
	if p == nil {
		return Price{}, false
	}
	for _, q := range p.Table {
		if !q.matches(vendor, model) || q.From.After(at) {
			continue
		}
		if !ok || q.better(&best, input) {
			best, ok = q, true
		}
	}
	return best, ok
}

func (q *Price) matches(vendor, model string) bool {
	if q.Vendor != "" && q.Vendor != vendor {
		return false
	}
	if head, any := strings.CutSuffix(q.Model, "*"); any {
		return strings.HasPrefix(model, head)
	}
	return q.Model == model
}

func (q *Price) better(than *Price, input int) bool {
	exact := func(p *Price) int {
		if strings.HasSuffix(p.Model, "*") {
			return len(p.Model) - 1
		}
		return len(p.Model) + 1 // an exact name beats a star at its end
	}
	if c := cmp.Or(cmp.Compare(exact(q), exact(than)), cmp.Compare(len(q.Vendor), len(than.Vendor)), q.From.Compare(than.From)); c != 0 {
		return c > 0
	}
	fits := func(p *Price) bool { return p.MaxInput == 0 || input <= p.MaxInput }
	step := func(p *Price) uint { return uint(p.MaxInput) - 1 } // no limit is the largest
	if fits(q) != fits(than) {
		return fits(q)
	}
	if fits(q) {
		return step(q) < step(than)
	}
	return step(q) > step(than)
}

var priceColumns = []string{"currency", "vendor", "model", "from", "max_input", "input", "output", "cache_read", "cache_write"}

const (
	maxPrices    = 100_000
	priceComment = '#'
)

// beijing is where the vendors' calendar is. It has had no summer time since 1991.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// ParsePrices reads a table in the form of CSV. The first line names the columns, in any order:
//
//	currency,vendor,model,from,max_input,input,output,cache_read,cache_write
//	# 单位：元／百万 token
//	CNY,somevendor,model-a,2026-11-01,32000,0.8,2,0.16,
//	CNY,somevendor,model-a,2026-11-01,,2.4,9,0.48,
//
// Model, input and output must be there; the others may be absent or empty. Dates are days in Beijing.
// Lines that begin with # are comments.
func ParsePrices(r io.Reader) (*Prices, error) {
	in := csv.NewReader(r)
	in.Comment, in.TrimLeadingSpace, in.ReuseRecord = priceComment, true, true
	head, err := in.Read()
	if err != nil {
		return nil, fmt.Errorf("price table: read the line of column names: %w", err)
	}
	columns, err := priceHeader(head)
	if err != nil {
		return nil, fmt.Errorf("price table: %w", err)
	}
	p := &Prices{}
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return nil, fmt.Errorf("price table: %w", err)
		}
		line, _ := in.FieldPos(0)
		if len(p.Table) == maxPrices {
			return nil, fmt.Errorf("price table: line %d: more than %d prices", line, maxPrices)
		}
		if err := p.add(columns, record); err != nil {
			return nil, fmt.Errorf("price table: line %d: %w", line, err)
		}
	}
}

func priceHeader(head []string) ([]string, error) {
	columns := make([]string, len(head))
	for i, h := range head {
		columns[i] = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		if !slices.Contains(priceColumns, columns[i]) || slices.Contains(columns[:i], columns[i]) {
			return nil, fmt.Errorf("column %.40q is unknown or there twice: want %s", h, strings.Join(priceColumns, ","))
		}
	}
	for _, must := range []string{"model", "input", "output"} {
		if !slices.Contains(columns, must) {
			return nil, fmt.Errorf("no column %q", must)
		}
	}
	return columns, nil
}

func (p *Prices) add(columns, record []string) (err error) {
	var q Price
	for i, column := range columns {
		v := strings.TrimSpace(record[i])
		switch column {
		case "currency":
			if strings.ContainsFunc(v, func(r rune) bool { return r < 'A' || r > 'Z' }) {
				return fmt.Errorf("currency %.40q: want a code such as CNY", v)
			}
			if len(p.Table) > 0 && p.Currency != v {
				return fmt.Errorf("currency %.40q after %q: one table has one currency", v, p.Currency)
			}
			p.Currency = v
		case "vendor":
			q.Vendor = v
		case "model":
			if q.Model = v; v == "" {
				err = errors.New("no model: for all of a vendor's write *")
			}
		case "from":
			if v != "" {
				q.From, err = time.ParseInLocation(time.DateOnly, v, beijing)
			}
		case "max_input":
			if v != "" {
				if q.MaxInput, err = strconv.Atoi(v); err == nil && q.MaxInput <= 0 {
					err = fmt.Errorf("max_input %d is not positive", q.MaxInput)
				}
			}
		case "input":
			q.Input, err = price(column, v, true)
		case "output":
			q.Output, err = price(column, v, true)
		case "cache_read":
			q.CacheRead, err = price(column, v, false)
		case "cache_write":
			q.CacheWrite, err = price(column, v, false)
		}
		if err != nil {
			return err
		}
	}
	p.Table = append(p.Table, q)
	return nil
}

func price(column, v string, must bool) (Money, error) {
	if v == "" && !must {
		return 0, nil
	}
	m, err := ParseMoney(v)
	if err == nil && m < 0 {
		err = fmt.Errorf("amount %q is negative", v)
	}
	if err != nil {
		return 0, fmt.Errorf("%s: %w", column, err)
	}
	return m, nil
}

// MarshalText writes the table in the form that [ParsePrices] reads.
func (p *Prices) MarshalText() ([]byte, error) {
	var b strings.Builder
	out := csv.NewWriter(&b)
	_ = out.Write(priceColumns)
	optional := func(m Money) string {
		if m == 0 {
			return ""
		}
		return m.String()
	}
	for _, q := range p.Table {
		from, most := "", ""
		if !q.From.IsZero() {
			from = q.From.In(beijing).Format(time.DateOnly)
		}
		if q.MaxInput != 0 {
			most = strconv.Itoa(q.MaxInput)
		}
		_ = out.Write([]string{p.Currency, q.Vendor, q.Model, from, most,
			q.Input.String(), q.Output.String(), optional(q.CacheRead), optional(q.CacheWrite)})
	}
	out.Flush()
	return []byte(b.String()), out.Error()
}

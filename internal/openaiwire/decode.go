package openaiwire

import "github.com/zhushou-ai/zhushou/assistant"

// A decoder turns events into pieces. The usual shape is read in a single pass without allocating;
// whatever is not usual goes through [decodeAny], which defines what everything means.
type decoder struct {
	scanner
	slab    slab
	scratch []byte
}

// decode reads one event into p. An error means that data is not a chunk at all.
func (d *decoder) decode(data []byte, p *piece) error {
	p.reset()
	d.scanner = scanner{b: data}
	d.scratch = d.scratch[:0]
	d.top(p)
	if d.peek() != 0 || d.i < len(data) {
		d.give()
	}
	if !d.bad {
		return nil
	}
	p.reset()
	return decodeAny(data, p)
}

// once gives up if a key comes twice, because the last one counts then.
func (d *decoder) once(seen *uint, bit uint) {
	if *seen&(1<<bit) != 0 {
		d.give()
	}
	*seen |= 1 << bit
}

func (d *decoder) top(p *piece) {
	var seen uint
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "choices":
			d.once(&seen, 0)
			d.choices(p)
		case "usage":
			d.once(&seen, 1)
			if !d.null() {
				d.usage(p)
			}
		case "id":
			d.once(&seen, 2)
			p.id = d.bytes()
		case "model":
			d.once(&seen, 3)
			p.model = d.bytes()
		case "request_id":
			d.once(&seen, 4)
			p.requestID = d.bytes()
		case "object":
			if string(d.bytes()) == "error" {
				d.give()
			}
		case "error", "error_code", "error_msg", "code", "message", "Response", "detail",
			"search_results", "search_info", "references", "citations", "need_clear_history", "moderation_level":
			d.mustBeNull()
		default:
			d.skip(0)
		}
	}
}

// mustBeNull leaves everything but null to decodeAny.
func (d *decoder) mustBeNull() {
	if !d.null() {
		d.give()
	}
}

func (d *decoder) choices(p *piece) {
	if d.null() || !d.enter() {
		return
	}
	d.choice(p)
	if d.again() {
		d.give()
	}
}

func (d *decoder) choice(p *piece) {
	var seen uint
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "delta", "message":
			if !d.null() {
				d.once(&seen, 0)
				d.delta(p)
			}
		case "finish_reason":
			d.once(&seen, 1)
			if !d.null() {
				p.finish = commonFinish(d.bytes())
			}
		case "index", "flag":
			if !d.null() && d.integer() != 0 {
				d.give()
			}
		case "text": // of a completion without messages
			if !d.null() {
				d.once(&seen, 0)
				p.content = d.text()
			}
		case "moderation_level", "moderation_hit_type":
			d.mustBeNull()
		default:
			d.skip(0)
		}
	}
}

func (d *decoder) delta(p *piece) {
	var seen uint
	var reasoning string
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "content":
			d.once(&seen, 0)
			p.content = d.text()
		case "reasoning_content":
			d.once(&seen, 1)
			p.reasoning = d.text()
		case "reasoning":
			d.once(&seen, 2)
			reasoning = d.text()
		case "tool_calls":
			d.once(&seen, 3)
			if !d.null() {
				for ok := d.enter(); ok; ok = d.again() {
					d.call(p)
				}
			}
		case "refusal", "audio", "encrypted_content", "function_call":
			d.mustBeNull()
		default:
			d.skip(0)
		}
	}
	if p.reasoning == "" {
		p.reasoning = reasoning
	}
}

func (d *decoder) call(p *piece) {
	var seen uint
	var c callDelta
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "index":
			d.once(&seen, 0)
			if !d.null() {
				c.index, c.hasIndex = d.integer(), true
			}
		case "id":
			d.once(&seen, 1)
			c.id = d.bytes()
		case "function":
			d.once(&seen, 2)
			if !d.null() {
				d.function(&c)
			}
		default:
			d.skip(0)
		}
	}
	p.calls = append(p.calls, c)
}

func (d *decoder) function(c *callDelta) {
	var seen uint
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "name":
			d.once(&seen, 0)
			c.name = d.bytes()
		case "arguments":
			d.once(&seen, 1)
			c.args = d.bytes()
		default:
			d.skip(0)
		}
	}
}

func (d *decoder) usage(p *piece) {
	var u usage
	var seen uint
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "prompt_tokens":
			d.once(&seen, 0)
			u.input = d.count()
		case "completion_tokens":
			d.once(&seen, 1)
			u.output = d.count()
		case "total_tokens":
			d.once(&seen, 2)
			u.total = d.count()
		case "prompt_cache_hit_tokens":
			d.once(&seen, 3)
			u.hit = d.count()
		case "prompt_tokens_details", "completion_tokens_details":
			bit := uint(4)
			if key[0] == 'c' {
				bit = 5
			}
			d.once(&seen, bit)
			if !d.null() {
				d.details(&u, bit == 5)
			}
		case "input_tokens", "output_tokens":
			d.give()
		default:
			d.skip(0)
		}
	}
	u.store(p)
}

func (d *decoder) details(u *usage, completion bool) {
	var seen uint
	for key := d.first(); key != nil; key = d.more() {
		switch string(key) {
		case "cached_tokens", "cache_creation_input_tokens", "reasoning_tokens":
			d.once(&seen, uint(len(key))) // their lengths differ
			n := d.count()
			switch {
			case completion && key[0] == 'r':
				u.reasoning = n
			case !completion && len(key) == len("cached_tokens"):
				u.cached = n
			case !completion && key[0] == 'c':
				u.created = n
			}
		default:
			d.skip(0)
		}
	}
}

// count reads a number of tokens or null.
func (d *decoder) count() assistant.Opt[int] {
	if d.null() {
		return assistant.Opt[int]{}
	}
	return assistant.Some(d.integer())
}

// text reads a string or null into a string that stays valid.
func (d *decoder) text() string { return d.slab.string(d.bytes()) }

// bytes reads a string or null into bytes that are valid until the next event.
func (d *decoder) bytes() []byte {
	if d.peek() != '"' {
		if !d.null() {
			d.give()
		}
		return nil
	}
	raw, escaped := d.raw()
	if !escaped {
		return raw
	}
	start := len(d.scratch)
	var ok bool
	if d.scratch, ok = appendUnescaped(d.scratch, raw); !ok {
		d.give()
	}
	return d.scratch[start:]
}

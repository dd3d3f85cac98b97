package providertest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	dashScopeAPI = "/api/v1"
	pictures     = "/pictures/"
	orderNew     = dashScopeAPI + "/services/aigc/image-generation/generation"
	orderOld     = dashScopeAPI + "/services/aigc/text2image/image-synthesis"
	drawAtOnce   = dashScopeAPI + "/services/aigc/multimodal-generation/generation"

	// FailingPrompt in a prompt makes the drawing of a [Server] fail.
	FailingPrompt = "画不出来"
	// ExpiredPrompt in a prompt makes the address of the picture answer 403, as old addresses do.
	ExpiredPrompt = "过期"
)

// onePixel is the picture that the server draws.
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

func isDashScope(_ *Server, r *Request) bool { return strings.HasPrefix(r.Path, dashScopeAPI+"/") }
func isImage(_ *Server, r *Request) bool     { return strings.HasSuffix(r.Path, "/images/generations") }

// A drawing is a request for pictures, in the forms that vendors have for it.
type drawing struct {
	Model  string `json:"model"`
	Prompt string `json:"prompt"`
	Size   string `json:"size"`
	N      *int   `json:"n"`
	Format string `json:"response_format"`
	Input  struct {
		Prompt   string `json:"prompt"`
		Messages []struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
		} `json:"messages"`
	} `json:"input"`
	Parameters struct {
		Size string `json:"size"`
		N    *int   `json:"n"`
	} `json:"parameters"`
}

// readDrawing brings the native form into the flat one.
func readDrawing(r *Request) (drawing, error) {
	var d drawing
	if err := json.Unmarshal(r.Body, &d); err != nil {
		return d, err
	}
	d.Prompt += d.Input.Prompt
	for _, m := range d.Input.Messages {
		for _, p := range m.Content {
			d.Prompt += p.Text
		}
	}
	d.Size += d.Parameters.Size
	if d.N == nil {
		d.N = d.Parameters.N
	}
	return d, nil
}

func (d *drawing) count() int {
	if d.N == nil {
		return 1
	}
	return *d.N
}

// maxPictures is the most that one request may ask for.
const maxPictures = 10

// checkImage answers the picture endpoints: OpenAI's, and DashScope's synchronous and asynchronous ones.
func checkImage(s *Server, r *Request) (Script, error) {
	v := s.vendor
	native := isDashScope(s, r)
	if native {
		v = dashScopeOf(v)
	}
	if f := checkPost(r, v.refuse); f != nil {
		return nil, f
	}
	if v.ImageFields != nil && !native && (s.cfg.Strict || v.RefuseUnknown) {
		fields, err := r.fields()
		if err != nil {
			return nil, v.refuse("%v", err)
		}
		if f := unknownField(v, fields, v.ImageFields); f != nil {
			return nil, f
		}
	}
	d, err := readDrawing(r)
	switch {
	case err != nil:
		return nil, v.refuse("%v", err)
	case d.Prompt == "":
		return nil, v.refuse("the prompt is missing")
	case d.Model == "" && s.cfg.Strict:
		return nil, v.refuse("the model is missing")
	case d.count() < 1 || d.count() > maxPictures:
		return nil, v.refuse("n must be in [1, %d]", maxPictures)
	case d.Size != "" && s.cfg.Strict && !v.isSize(d.Size):
		return nil, v.refuse("size %q is not of the form 1024%s1024", d.Size, v.sizeMark())
	}
	switch order := r.Path == orderNew || r.Path == orderOld; {
	case order && r.Header.Get("X-DashScope-Async") != "enable":
		return nil, &Fault{Status: 403, Code: "AccessDenied", Message: "current user api does not support synchronous calls."}
	case order:
		id := s.tasks.add(d, r.Path)
		return JSON(200, fmt.Sprintf(`{"output":{"task_id":%s,"task_status":"PENDING"},"request_id":%s}`, quote(id), quote(DefaultRequestID))), nil
	case native && r.Path != drawAtOnce:
		return nil, noSuchPath(r)
	case strings.Contains(d.Prompt, FailingPrompt):
		return nil, v.refuse("%s", d.Prompt)
	case native:
		return JSON(200, fmt.Sprintf(`{"output":{%s},"usage":{"image_count":%d},"request_id":%s}`, s.choices(d), d.count(), quote(DefaultRequestID))), nil
	case d.Format == "b64_json":
		return JSON(200, `{"created":1795300000,"data":[`+s.each(d, func(string) string { return `{"b64_json":"` + onePixel + `"}` })+`]}`), nil
	}
	return JSON(200, `{"created":1795300000,"data":[`+s.each(d, linkJSON)+`]}`), nil
}

func linkJSON(url string) string { return `{"url":` + quote(url) + `}` }

// choices is the newer native form of a result.
func (s *Server) choices(d drawing) string {
	return `"choices":[` + s.each(d, func(url string) string {
		return `{"finish_reason":"stop","message":{"role":"assistant","content":[{"image":` + quote(url) + `}]}}`
	}) + `]`
}

// each renders the addresses of all pictures of a drawing.
func (s *Server) each(d drawing, render func(url string) string) string {
	out := make([]string, d.count())
	first := 1
	if s.vendor.ImageFields != nil && !slices.Contains(s.vendor.ImageFields, "n") {
		first = s.tasks.draw() // several pictures take several calls
	}
	for i := range out {
		name := fmt.Sprintf("%d.png", first+i)
		if strings.Contains(d.Prompt, ExpiredPrompt) {
			name = fmt.Sprintf("expired-%d.png", first+i)
		}
		out[i] = render(s.Origin + pictures + name)
	}
	return strings.Join(out, ",")
}

// picture serves a drawn picture without asking for a key.
func (s *Server) picture(r *Request) Response {
	if strings.HasPrefix(r.Path, pictures+"expired") {
		return JSON(403, `<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>`).With("Content-Type", "application/xml")
	}
	return JSON(200, string(pictureBytes())).With("Content-Type", "image/png")
}

func pictureBytes() []byte {
	png, err := base64.StdEncoding.DecodeString(onePixel)
	if err != nil {
		return nil // a constant always decodes
	}
	return png
}

func (v *Vendor) sizeMark() string {
	if v.SizeMark == "" {
		return "x"
	}
	return v.SizeMark
}

func (v *Vendor) isSize(s string) bool {
	if slices.Contains(v.SizeWords, s) {
		return true
	}
	width, height, ok := strings.Cut(s, v.sizeMark())
	return ok && isLength(width) && isLength(height)
}

func isLength(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0
}

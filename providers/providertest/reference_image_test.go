package providertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// refPainter is a plain image generator that passes the suite, but for its bug.
type refPainter struct {
	reference
	orders  bool // uses DashScope's orders; otherwise the synchronous endpoint of its vendor
	fetches bool // fetches the pictures
}

func openRefPainter(v *Vendor, orders, fetches bool, bug string) func(Endpoint) (assistant.ImageGenerator, error) {
	return func(e Endpoint) (assistant.ImageGenerator, error) {
		return &refPainter{reference{e: e, vendor: v.Name, bug: bug}, orders, fetches}, nil
	}
}

// refPictures is the union of the shapes of results.
type refPictures struct {
	Data   []struct{ URL string }
	Output struct {
		ID      string `json:"task_id"`
		Status  string `json:"task_status"`
		Code    string
		Message string
		Choices []struct {
			Message struct{ Content []struct{ Image string } }
		}
		Results []struct{ URL, Code, Message string }
	}
	RequestID string `json:"request_id"`
}

func (m *refPainter) GenerateImages(ctx context.Context, req *assistant.ImageRequest) ([]assistant.Image, error) {
	if req == nil || req.Prompt == "" && !m.has("no prompt is fine") {
		return nil, m.invalid("the prompt is empty")
	}
	var answer refPictures
	if err := m.ask(ctx, "POST", m.address(), m.body(req), &answer); err != nil {
		return nil, err
	}
	if m.orders {
		if answer.Output.ID == "" && m.has("none is fine") {
			return nil, nil
		}
		if answer.Output.ID == "" {
			return nil, m.protocol("no order")
		}
		if err := m.wait(ctx, &answer); err != nil {
			return nil, err
		}
	}
	return m.pictures(ctx, req, &answer)
}

func (m *refPainter) address() string {
	switch {
	case m.orders:
		return m.beside(orderOld)
	case m.vendor == "qwen":
		return m.beside(drawAtOnce)
	}
	return m.under("/images/generations")
}

func (m *refPainter) body(req *assistant.ImageRequest) map[string]any {
	fields := map[string]any{}
	body := map[string]any{"model": firstOf(req.Model, m.e.Model)}
	if m.has("ignores the model") {
		body["model"] = m.e.Model
	}
	mark := "x"
	if m.vendor == "qwen" {
		mark, body["parameters"] = "*", fields
		body["input"] = map[string]any{"messages": []any{map[string]any{"role": "user", "content": []any{map[string]any{"text": req.Prompt}}}}}
		if m.orders {
			body["input"] = map[string]any{"prompt": req.Prompt}
		}
	} else {
		fields = body
		body["prompt"] = req.Prompt
	}
	if req.Width > 0 && !m.has("ignores the size") {
		if m.has("wrong mark") {
			mark = "by"
		}
		fields["size"] = fmt.Sprint(req.Width, mark, req.Height)
	}
	if req.Count > 0 && !m.has("draws one") {
		fields["n"] = req.Count
	}
	if req.NegativePrompt != "" && !m.has("ignores the negative prompt") {
		fields["negative_prompt"] = req.NegativePrompt
	}
	if req.Seed.Set && !m.has("zero is absent") {
		fields["seed"] = req.Seed.Value
	}
	return body
}

func (m *refPainter) ask(ctx context.Context, method, url string, body any, answer *refPictures) error {
	raw, err := m.fetch(ctx, method, url, body, "X-DashScope-Async", "enable")
	if err != nil {
		return err
	}
	*answer = refPictures{}
	if err := json.Unmarshal(raw, answer); err != nil && !m.has("garbage is empty") {
		return m.protocol(err.Error())
	}
	return nil
}

func (m *refPainter) wait(ctx context.Context, answer *refPictures) error {
	id := answer.Output.ID
	if m.has("ignores context") {
		ctx = context.WithoutCancel(ctx)
	}
	for {
		switch answer.Output.Status {
		case "SUCCEEDED":
			return nil
		case "PENDING", "RUNNING", "SUSPENDED":
			if answer.Output.Status == "SUSPENDED" && m.has("SUSPENDED is the end") {
				return m.protocol("suspended")
			}
		default:
			if m.has("asks for ever") {
				break
			}
			if answer.Output.Status == "FAILED" {
				return m.refused(answer, answer.Output.Code, answer.Output.Message)
			}
			return m.protocol("status " + answer.Output.Status)
		}
		if m.has("does not wait for the end") {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(m.e.PollInterval):
		}
		if err := m.ask(ctx, "GET", m.beside(tasksPath+id), nil, answer); err != nil {
			if m.has("asks for ever") {
				continue
			}
			return err
		}
	}
}

func (m *refPainter) refused(answer *refPictures, code, message string) error {
	e := &assistant.Error{Kind: kindOf(m.vendor, 0, code, message), Vendor: m.vendor, Code: code, Message: message, RequestID: answer.RequestID}
	if m.has("no reason") {
		e.Code, e.Message = "", ""
	}
	return e
}

func (m *refPainter) pictures(ctx context.Context, req *assistant.ImageRequest, answer *refPictures) ([]assistant.Image, error) {
	var urls []string
	for _, d := range answer.Data {
		urls = append(urls, d.URL)
	}
	for _, c := range answer.Output.Choices {
		for _, p := range c.Message.Content {
			urls = append(urls, p.Image)
		}
	}
	for _, r := range answer.Output.Results {
		if r.URL == "" && !m.has("failed pictures are pictures") {
			return nil, m.refused(answer, r.Code, r.Message)
		}
		urls = append(urls, r.URL)
	}
	if len(urls) < max(req.Count, 1) && !m.has("draws one") && !m.has("none is fine") {
		return nil, m.protocol("too few pictures")
	}
	var out []assistant.Image
	for _, url := range urls {
		image := assistant.Image{Media: assistant.Media{URL: url}}
		if m.fetches {
			data, err := m.download(ctx, url)
			if err != nil {
				return nil, err
			}
			image = assistant.Image{Media: assistant.Media{Data: data, MIME: "image/png"}}
		}
		out = append(out, image)
	}
	return out, nil
}

func (m *refPainter) download(ctx context.Context, url string) ([]byte, error) {
	if m.has("ignores context") {
		ctx = context.WithoutCancel(ctx)
	}
	hr, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, m.protocol(err.Error())
	}
	if m.has("sends the key along") {
		hr.Header.Set("Authorization", "Bearer "+m.e.Key)
	}
	resp, err := m.e.HTTPClient.Do(hr)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	switch {
	case resp.StatusCode != http.StatusOK && m.has("blames the key"):
		return nil, &assistant.Error{Kind: assistant.ErrPermission, Vendor: m.vendor, Status: resp.StatusCode}
	case resp.StatusCode != http.StatusOK && !m.has("any page is a picture"):
		return nil, &assistant.Error{Kind: assistant.ErrNotFound, Vendor: m.vendor, Err: errors.New("the address has expired")}
	}
	return data, err
}

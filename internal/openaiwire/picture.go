package openaiwire

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/zhushou-ai/zhushou/assistant"
)

// Pictures reads the answer of an OpenAI-like image endpoint: {"data": [{"url"} or {"b64_json"}]}.
func (c *Client) Pictures(answer map[string]json.RawMessage) ([]assistant.Image, error) {
	var out []assistant.Image
	var failure *assistant.Error
	for _, item := range object(answer).objects("data") {
		if text := item.string("b64_json"); text != "" {
			data, err := base64.StdEncoding.DecodeString(text)
			if err != nil {
				return nil, c.NotUnderstood("picture %d: %w", len(out), err)
			}
			out = append(out, assistant.Image{Media: assistant.Media{MIME: http.DetectContentType(data), Data: data}})
		} else if link := item.string("url"); link != "" {
			out = append(out, assistant.Image{Media: assistant.Media{URL: link}})
		} else if f := parseFailure(item, false); f != nil {
			failure = c.Failed(f.code, f.message, f.requestID)
		}
	}
	switch {
	case len(out) > 0:
		return out, nil
	case failure != nil:
		return nil, failure
	}
	return nil, c.NotUnderstood("the answer holds no picture")
}

// fetches is how often a picture that is paid for is fetched before its loss is accepted.
const fetches = 3

// FetchPictures replaces addresses, which expire, by the pictures that they lead to.
func (c *Client) FetchPictures(ctx context.Context, images []assistant.Image) ([]assistant.Image, error) {
	for i, image := range images {
		if image.URL == "" {
			continue
		}
		var err error
		for range fetches {
			if images[i].Media, err = c.fetchPicture(ctx, image.URL); !assistant.Retryable(err) {
				break
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return images, nil
}

// fetchPicture fetches one picture from the host that keeps it, which never sees the key.
func (c *Client) fetchPicture(ctx context.Context, link string) (assistant.Media, error) {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return assistant.Media{}, c.NotUnderstood("the address of a picture is not http or https")
	}
	resp, data, err := c.fetch(ctx, &Exchange{URL: u, Get: true, Stranger: true})
	switch {
	case err != nil:
		return assistant.Media{}, err
	case resp.StatusCode/100 != 2: // whose key it was does not matter there: the address has expired
		e := &assistant.Error{Kind: assistant.ErrNotFound, Vendor: c.profile.Vendor, Status: resp.StatusCode, Message: "a picture is not at its address any more"}
		if resp.StatusCode >= 500 {
			e.Kind = assistant.ErrServer
		}
		return assistant.Media{}, e
	}
	mime, _, _ := strings.Cut(http.DetectContentType(data), ";")
	if declared, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";"); strings.HasPrefix(declared, "image/") {
		mime = declared
	}
	if !strings.HasPrefix(mime, "image/") || len(bytes.TrimSpace(data)) == 0 {
		return assistant.Media{}, c.NotUnderstood("what is at the address of a picture is %q", mime)
	}
	return assistant.Media{MIME: mime, Data: data}, nil
}

// PictureReference returns a picture as vendors take it in JSON: its address, or its bytes as a data
// URL. It is empty for a picture that is neither.
func PictureReference(image assistant.Image) string {
	switch {
	case image.URL != "":
		return image.URL
	case len(image.Data) > 0:
		return "data:" + mimeOf(image.Media) + ";base64," + base64.StdEncoding.EncodeToString(image.Data)
	}
	return ""
}

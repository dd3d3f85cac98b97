package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/providertest"
)

// A cloud is a fake vendor on this machine, the model that asks it, and the plug between them.
type cloud struct {
	assistant.Model
	*plug
	server *providertest.Server
	client *http.Client
}

func startCloud() (*cloud, error) {
	server, err := providertest.Start(providertest.Config{})
	if err != nil {
		return nil, err
	}
	server.Script(slices.Repeat([]providertest.Script{scholar{}}, 1000)...)
	p := &plug{next: &http.Transport{}}
	client := &http.Client{Transport: p}
	m, err := openai.New(openai.Config{BaseURL: server.URL, Key: assistant.Secret(server.Key), Model: "gpt-test", HTTPClient: client})
	if err != nil {
		server.Close()
		return nil, err
	}
	return &cloud{Model: m, plug: p, server: server, client: client}, nil
}

func (c *cloud) stop() {
	c.client.CloseIdleConnections()
	c.next.(*http.Transport).CloseIdleConnections()
	c.server.Close()
}

// saw returns what the user said last in the latest request, as the cloud got it.
func (c *cloud) saw() string {
	requests := c.server.Requests()
	if len(requests) == 0 {
		return ""
	}
	return lastMessage(requests[len(requests)-1])
}

func lastMessage(r *providertest.Request) string {
	var body struct {
		Messages []struct{ Content string }
	}
	if r.Decode(&body) != nil || len(body.Messages) == 0 {
		return ""
	}
	return body.Messages[len(body.Messages)-1].Content
}

// A scholar knows a few things.
type scholar struct{}

var knowledge = []struct{ about, answer string }{
	{"天为什么", "因为阳光里短波长的蓝光，被空气散射得最多。"},
	{"海呢", "海水吸收红光，剩下的蓝光多，又映着天色，所以是蓝的。"},
	{"寻猫启事", "寻猫启事：本人走失橘猫一只，有见到者请联系{phone}，必有重谢。"},
	{"长城", "长城始建于春秋战国。秦统一后把各段连成一线。今天看到的多是明代修筑的，绵延数千公里。"},
	{"端午", "端午吃粽子，相传是为了纪念屈原。"},
}

// Response implements providertest.Script.
func (scholar) Response(v *providertest.Vendor, r *providertest.Request) providertest.Response {
	question := lastMessage(r)
	answer := "我是假的云端模型，只知道天、海、长城和端午。"
	for _, k := range knowledge {
		if strings.Contains(question, k.about) {
			answer = k.answer
			break
		}
	}
	phone := "本人" // a model repeats the placeholder that stands for the number
	if i, j := strings.Index(question, "〔"), strings.Index(question, "〕"); i >= 0 && i < j {
		phone = question[i : j+len("〕")]
	}
	return providertest.Answer{Text: strings.ReplaceAll(answer, "{phone}", phone)}.Response(v, r)
}

// A plug is between the program and the network.
type plug struct {
	next http.RoundTripper

	mu     sync.Mutex
	pulled bool
	soon   int // events of the next answer after which it is pulled; 0 for never
}

var errPulled = errors.New("network is unreachable")

func (p *plug) pull() { p.set(true, 0) }
func (p *plug) push() { p.set(false, 0) }

// pullSoon pulls the plug in the middle of the next answer.
func (p *plug) pullSoon() { p.set(false, 12) }

func (p *plug) set(pulled bool, soon int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pulled, p.soon = pulled, soon
}

// RoundTrip implements [http.RoundTripper].
func (p *plug) RoundTrip(req *http.Request) (*http.Response, error) {
	p.mu.Lock()
	pulled, soon := p.pulled, p.soon
	p.mu.Unlock()
	if pulled {
		return nil, errPulled
	}
	resp, err := p.next.RoundTrip(req)
	if err == nil && soon > 0 {
		resp.Body = &cutting{plug: p, body: resp.Body, lines: bufio.NewReader(resp.Body), left: soon}
	}
	return resp, err
}

// A cutting body ends with an error after so many events.
type cutting struct {
	plug  *plug
	body  io.Closer
	lines *bufio.Reader
	event []byte
	left  int
}

func (c *cutting) Read(b []byte) (int, error) {
	if len(c.event) == 0 {
		if c.left == 0 {
			c.plug.pull()
			return 0, errPulled
		}
		line, err := c.lines.ReadBytes('\n')
		if err != nil {
			return 0, err
		}
		if c.event = line; len(bytes.TrimSpace(line)) == 0 {
			c.left--
		}
	}
	n := copy(b, c.event)
	c.event = c.event[n:]
	return n, nil
}

func (c *cutting) Close() error { return c.body.Close() }

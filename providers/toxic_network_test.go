package providers_test

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/assistant"
	"github.com/zhushou-ai/zhushou/providers/deepseek"
	"github.com/zhushou-ai/zhushou/providers/doubao"
	"github.com/zhushou-ai/zhushou/providers/ernie"
	"github.com/zhushou-ai/zhushou/providers/hunyuan"
	"github.com/zhushou-ai/zhushou/providers/ollama"
	"github.com/zhushou-ai/zhushou/providers/openai"
	"github.com/zhushou-ai/zhushou/providers/pangu"
	"github.com/zhushou-ai/zhushou/providers/providertest"
	"github.com/zhushou-ai/zhushou/providers/qwen"
)

// A fault is one way in which a network is bad. Requests are dealt to them by chance.
type fault struct {
	name   string
	share  float64  // of all requests; what is left is dealt to a network without fault
	toxics []string // in the form of toxiproxy's API

	breaks  []assistant.ErrorKind // how a request may fail; nil if it must not
	always  bool                  // every request fails
	unsent  bool                  // the request never arrives
	cuts    bool                  // the connection must not be used again, for its bytes are counted
	closing bool                  // the end of the connection is the end of the answer, as in HTTP/1.0
	idle    time.Duration         // the adapter's patience with silence
}

var (
	broken = []assistant.ErrorKind{assistant.ErrTruncated, assistant.ErrNetwork}
	lost   = []assistant.ErrorKind{assistant.ErrNetwork}
	silent = []assistant.ErrorKind{assistant.ErrTimeout}
)

const cutAt = `{"type":"limit_data","attributes":{"bytes":`

// faults is the table of bad networks. The delays are those of a bad network divided by about thirty.
var faults = []fault{
	{name: "clean"},
	{name: "latency", share: 0.05, toxics: []string{
		`{"type":"latency","stream":"upstream","attributes":{"latency":3,"jitter":3}}`,
		`{"type":"latency","attributes":{"latency":6,"jitter":5}}`,
	}},
	{name: "bandwidth", share: 0.05, toxics: []string{
		`{"type":"bandwidth","stream":"upstream","attributes":{"rate":200}}`,
		`{"type":"bandwidth","attributes":{"rate":400}}`,
	}},
	{name: "slicer", share: 0.05, toxics: []string{
		`{"type":"slicer","attributes":{"average_size":40,"size_variation":20,"delay":10}}`,
	}},
	{name: "slow close", share: 0.05, closing: true, toxics: []string{
		`{"type":"slow_close","attributes":{"delay":20}}`,
	}},
	{name: "timeout", share: 0.05, breaks: silent, always: true, idle: 150 * time.Millisecond, toxics: []string{
		`{"type":"timeout","attributes":{"timeout":0}}`,
	}},
	{name: "reset of the answer", share: 0.05, breaks: lost, always: true, toxics: []string{
		`{"type":"reset_peer","attributes":{"timeout":0}}`,
	}},
	{name: "reset of the request", share: 0.05, breaks: lost, always: true, unsent: true, toxics: []string{
		`{"type":"reset_peer","stream":"upstream","attributes":{"timeout":0}}`,
	}},
	{name: "reset midway", share: 0.05, breaks: broken, cuts: true, toxics: []string{
		cutAt + `1200}}`,
		`{"type":"reset_peer","toxicity":0}`, // resets where another toxic would close
	}},
	{name: "cut early", share: 0.05, breaks: broken, cuts: true, toxics: []string{cutAt + `500}}`}},
	{name: "cut late", share: 0.05, breaks: broken, cuts: true, toxics: []string{cutAt + `2000}}`}},
	{name: "cut without a length", share: 0.05, breaks: broken, cuts: true, closing: true, toxics: []string{cutAt + `900}}`}},
}

// A contestant is an adapter and the fake of its vendor.
type contestant struct {
	name   string
	vendor func() *providertest.Vendor
	open   func(providertest.Endpoint) (assistant.Model, error)
}

var contestants = []contestant{
	{"openai", providertest.OpenAI, func(e providertest.Endpoint) (assistant.Model, error) {
		return openai.New(openai.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"qwen", providertest.Qwen, func(e providertest.Endpoint) (assistant.Model, error) {
		return qwen.New(qwen.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"qwen", providertest.DashScope, func(e providertest.Endpoint) (assistant.Model, error) {
		return qwen.NewNative(qwen.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"deepseek", providertest.DeepSeek, func(e providertest.Endpoint) (assistant.Model, error) {
		return deepseek.New(deepseek.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"doubao", providertest.Doubao, func(e providertest.Endpoint) (assistant.Model, error) {
		return doubao.New(doubao.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"ernie", providertest.ERNIE, func(e providertest.Endpoint) (assistant.Model, error) {
		return ernie.New(ernie.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"hunyuan", providertest.Hunyuan, func(e providertest.Endpoint) (assistant.Model, error) {
		return hunyuan.New(hunyuan.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"hunyuan", providertest.HunyuanNative, func(e providertest.Endpoint) (assistant.Model, error) {
		return hunyuan.NewNative(hunyuan.CloudConfig{BaseURL: e.BaseURL, Model: e.Model,
			SecretID: providertest.DefaultAccessKey, SecretKey: providertest.DefaultSecretKey,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"ollama", providertest.Ollama, func(e providertest.Endpoint) (assistant.Model, error) {
		return ollama.New(ollama.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
	{"pangu", providertest.Huawei, func(e providertest.Endpoint) (assistant.Model, error) {
		return pangu.New(pangu.Config{BaseURL: e.BaseURL, Key: assistant.Secret(e.Key), Model: e.Model,
			HTTPClient: e.HTTPClient, IdleTimeout: e.IdleTimeout, DisableStreaming: e.DisableStreaming})
	}},
}

// A network has, between every adapter and its vendor's fake, one proxy for each fault.
type network struct {
	fakes   []*providertest.Server
	proxies []*toxiproxy.Proxy
	models  [][][2]assistant.Model // by contestant and fault; the second one does not stream
	clients []*http.Client
	dialled atomic.Int64
	open    atomic.Int64 // connections of the adapters
}

func newNetwork(t *testing.T) *network {
	n := &network{}
	patient, wasteful := n.client(false), n.client(true)
	n.clients = []*http.Client{patient, wasteful}
	api := newAPI(toxiproxy.NewServer, toxiproxy.NewMetricsContainer(nil))
	for _, c := range contestants {
		fake, err := providertest.Start(providertest.Config{Vendor: c.vendor(), Strict: true})
		require.NoError(t, err)
		n.fakes = append(n.fakes, fake)
		var row [][2]assistant.Model
		for _, f := range faults {
			proxy := toxiproxy.NewProxy(api, c.name+" "+f.name, "127.0.0.1:0", strings.TrimPrefix(fake.Origin, "http://"))
			for _, toxic := range f.toxics {
				_, err := proxy.Toxics.AddToxicJson(strings.NewReader(toxic))
				require.NoError(t, err, toxic)
			}
			require.NoError(t, proxy.Start())
			n.proxies = append(n.proxies, proxy)
			e := providertest.Endpoint{
				BaseURL: "http://" + proxy.Listen + strings.TrimPrefix(fake.URL, fake.Origin),
				Key:     fake.Key, Model: c.vendor().Model, HTTPClient: patient, IdleTimeout: f.idle,
			}
			if f.cuts {
				e.HTTPClient = wasteful
			}
			var pair [2]assistant.Model
			for i := range pair {
				e.DisableStreaming = i == 1
				pair[i], err = c.open(e)
				require.NoError(t, err)
			}
			row = append(row, pair)
		}
		n.models = append(n.models, row)
	}
	return n
}

// newAPI returns what proxies want to belong to. It listens nowhere and, with a zero logger, says
// nothing. The types of its arguments have no names for us.
func newAPI[M, L any](build func(*M, L) *toxiproxy.ApiServer, metrics *M) *toxiproxy.ApiServer {
	var logger L
	return build(metrics, logger)
}

// client counts its connections.
func (n *network) client(wasteful bool) *http.Client {
	var d net.Dialer
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives:   wasteful,
		MaxIdleConnsPerHost: concurrency,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := d.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			n.dialled.Add(1)
			n.open.Add(1)
			return &countedConn{Conn: conn, open: &n.open}, nil
		},
	}}
}

type countedConn struct {
	net.Conn
	open   *atomic.Int64
	closed atomic.Bool
}

func (c *countedConn) Close() error {
	if c.closed.CompareAndSwap(false, true) {
		c.open.Add(-1)
	}
	return c.Conn.Close()
}

// settle closes idle connections and returns how many are left, of the adapters and at the fakes.
func (n *network) settle() (adapters, fakes int) {
	for _, c := range n.clients {
		c.CloseIdleConnections()
	}
	for _, f := range n.fakes {
		fakes += f.OpenConnections()
	}
	return int(n.open.Load()), fakes
}

func (n *network) close() {
	for _, p := range n.proxies {
		p.Stop()
	}
	for _, f := range n.fakes {
		f.Close()
	}
}

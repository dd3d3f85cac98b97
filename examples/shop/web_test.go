package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/recommend"
)

// A browser is what a visitor has, without JavaScript.
type browser struct {
	t      *testing.T
	server *httptest.Server
}

func visit(t *testing.T, s *shop) *browser {
	server := httptest.NewServer(newWeb(s, io.Discard))
	t.Cleanup(server.Close)
	return &browser{t, server}
}

func (b *browser) send(method, path string, form url.Values, header ...string) (int, string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), method, b.server.URL+path, strings.NewReader(form.Encode()))
	require.NoError(b.t, err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if host := req.Header.Get("Host"); host != "" {
		req.Host = host
	}
	resp, err := b.server.Client().Do(req)
	require.NoError(b.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	return resp.StatusCode, string(body)
}

func (b *browser) open(user, q string) string {
	b.t.Helper()
	code, page := b.send("GET", "/?"+url.Values{"user": {user}, "q": {q}}.Encode(), nil)
	require.Equal(b.t, 200, code)
	return page
}

// press sends a form of a page with what is given.
func (b *browser) press(page string, fields ...string) string {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	form.Set("token", first(b.t, page, `name="token" value="(\w+)"`))
	code, answer := b.send("POST", "/do", form)
	require.Equal(b.t, 200, code, answer)
	return answer
}

func first(t *testing.T, page, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	require.NotNil(t, m, pattern)
	return m[1]
}

// cardTitles are the titles on a page.
func cardTitles(page string) (titles []string) {
	for _, m := range regexp.MustCompile(`<li class="card">\s*<h2>(.+)</h2>`).FindAllStringSubmatch(page, -1) {
		titles = append(titles, m[1])
	}
	return titles
}

func TestPage(t *testing.T) {
	t.Parallel()
	b := visit(t, open(t))
	page := b.open("老吴", "")
	require.Equal(t, titles(t, open(t), "老吴", ""), cardTitles(page))
	require.Contains(t, page, "普洱老茶客、钓鱼、读历史")
	require.Regexp(t, `¥\d+\.00`, page)
	require.Regexp(t, `为什么推荐</summary><ul><li>.+（占\d+%）`, page)
	require.Regexp(t, `类别 .+ \d+%`, page)
	require.NotRegexp(t, `(src|href)="?(https?:)?//`, page, "nothing comes from elsewhere")

	found := b.open("老吴", "送妈妈的生日礼物 三百以内")
	require.Contains(t, found, "符合你说的「妈妈 生日」")
	require.Contains(t, b.open("", ""), "新客人")
	require.Contains(t, b.open("老吴", "qwxyz"), "没有找到“qwxyz”")
}

func TestButtons(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	b := visit(t, s)
	user := s.people[30].Name
	page := b.open(user, "")
	before := cardTitles(page)
	item := first(t, page, `name="item" value="(\w+)"`)

	page = b.press(page, "do", "not_interested", "user", user, "item", item)
	require.NotContains(t, cardTitles(page), before[0])
	item = first(t, page, `name="item" value="(\w+)"`)
	page = b.press(page, "do", "buy", "user", user, "item", item)
	require.NotContains(t, cardTitles(page), s.goods[item].Title)

	require.Contains(t, page, "关闭个性化")
	page = b.press(page, "do", "off", "user", user)
	require.Contains(t, page, "打开个性化")
	require.Contains(t, page, "没有在用的标签")
	require.Equal(t, titles(t, s, "一个生人", ""), cardTitles(page))
	page = b.press(page, "do", "on", "user", user)

	value := first(t, page, `name="kind" value="category"><input type="hidden" name="value" value="([^"]+)"`)
	page = b.press(page, "do", "hide", "user", user, "kind", "category", "value", value)
	require.Contains(t, page, "类别 "+value+" 已隐藏")
	page = b.press(page, "do", "unhide", "user", user, "kind", "category", "value", value)
	require.NotContains(t, page, "已隐藏")

	for _, do := range []string{"cart", "like"} {
		page = b.press(page, "do", do, "user", user, "item", "tea01", "q", "茶叶")
		require.Contains(t, page, "“茶叶”的结果", "the search stays")
	}
	_, data := b.send("GET", "/data?user="+url.QueryEscape(user), nil)
	require.Contains(t, data, `"not_interested"`)
}

func TestForgetButton(t *testing.T) {
	t.Parallel()
	b := visit(t, openQuick(t))
	page := b.press(b.open("路过的人", ""), "do", "buy", "user", "路过的人", "item", "tea01")
	b.press(page, "do", "forget", "user", "路过的人")
	_, data := b.send("GET", "/data?user=路过的人", nil)
	require.Contains(t, data, `"events":[]`)
}

func TestHostileInputIsShownAsText(t *testing.T) {
	t.Parallel()
	page := visit(t, open(t)).open(`"><script>alert(1)</script>`, `</title><img src=x onerror=alert(1)>`)
	require.NotContains(t, page, "<script>alert")
	require.NotContains(t, page, "<img")
	require.Contains(t, page, "&lt;script&gt;alert(1)")
}

func TestForgedRequestsAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	b := visit(t, s)
	form := url.Values{"do": {"buy"}, "user": {"被冒充的人"}, "item": {"tea01"}}
	code, _ := b.send("POST", "/do", form)
	require.Equal(t, 403, code, "without the token")
	form.Set("token", first(t, b.open("老吴", ""), `name="token" value="(\w+)"`))
	code, _ = b.send("POST", "/do", form, "Origin", "https://evil.example")
	require.Equal(t, 403, code, "from another site")
	code, _ = b.send("GET", "/do", nil)
	require.Equal(t, 405, code)
	code, _ = b.send("GET", "/", nil, "Host", "evil.example")
	require.Equal(t, 403, code, "under another name")
	code, _ = b.send("GET", "/", nil, "Host", "localhost")
	require.Equal(t, 200, code)
	data, err := s.engine.Export(t.Context(), "被冒充的人")
	require.NoError(t, err)
	require.Contains(t, string(data), `"events":[]`)
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	b := visit(t, open(t))
	token := first(t, b.open("老吴", ""), `name="token" value="(\w+)"`)
	for name, form := range map[string]url.Values{
		"no such goods":  {"do": {"buy"}, "user": {"错的人"}, "item": {"nothing"}},
		"no such action": {"do": {"steal"}, "user": {"错的人"}},
		"nobody":         {"do": {"buy"}, "item": {"tea01"}},
		"no such tag":    {"do": {"hide"}, "user": {"错的人"}, "kind": {"星座"}, "value": {"白羊"}},
		"too much":       {"do": {"buy"}, "user": {strings.Repeat("a", 100<<10)}},
	} {
		form.Set("token", token)
		code, _ := b.send("POST", "/do", form)
		require.Equal(t, 400, code, name)
	}
	code, _ := b.send("GET", "/?user="+strings.Repeat("a", 5000), nil)
	require.Equal(t, 400, code)
	code, _ = b.send("GET", "/data", nil)
	require.Equal(t, 400, code)
	code, _ = b.send("GET", "/elsewhere", nil)
	require.Equal(t, 404, code)
}

func TestWhatFailsInsideIsNotShown(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	s := &shop{engine: recommend.New(recommend.Config{}), now: sunday, people: open(t).people}
	require.NoError(t, s.engine.Close())
	rec := httptest.NewRecorder()
	newWeb(s, &log).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	require.Equal(t, 500, rec.Code)
	require.NotContains(t, rec.Body.String(), "recommend")
	require.Contains(t, log.String(), recommend.ErrClosed.Error())
}

func TestTwentyAtOnce(t *testing.T) {
	t.Parallel()
	s := openQuick(t)
	b := visit(t, s)
	token := first(t, b.open("老吴", ""), `name="token" value="(\w+)"`)
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			user := fmt.Sprintf("同时来的%d", n)
			for _, item := range []string{"tea01", "pet01", "digi01"} {
				form := url.Values{"token": {token}, "do": {"buy"}, "user": {user}, "item": {item}}
				if code, page := b.send("POST", "/do", form); code != 200 || strings.Contains(page, "<h2>"+s.goods[item].Title+"<") {
					t.Errorf("%s: %d, or %s is still suggested", user, code, item)
				}
			}
		})
	}
	all.Wait()
}

func TestServeUntilTheContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	running := make(chan struct{})
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(running)
		<-ctx.Done()
		_, _ = io.WriteString(w, "答完了")
	})
	ended := make(chan error, 1)
	go func() { ended <- serveUntil(ctx, listener, handler) }()
	go func() { <-running; cancel() }()
	resp, err := http.Get("http://" + listener.Addr().String())
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "答完了", string(body), "a request that runs comes to its end")
	require.NoError(t, <-ended)
	http.DefaultClient.CloseIdleConnections()
}

func TestServeFailure(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	require.ErrorContains(t, serveUntil(t.Context(), listener, nil), "serve the web page")
}

// The program opens its page on this machine only, and closes it.
func TestProgramOnTheWeb(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	out, feed := io.Pipe()
	p := &program{out: feed, log: io.Discard, now: sunday}
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx, []string{"-quick", "-web", ":0"}) }()
	line := make([]byte, 200)
	n, err := out.Read(line)
	require.NoError(t, err)
	require.Contains(t, string(line[:n]), "http://127.0.0.1:")
	cancel()
	require.NoError(t, <-ended)
}

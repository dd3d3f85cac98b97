package main

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/zhushou-ai/zhushou/recommend"
)

//go:embed page.html
var pageHTML string

// web is the shop as one page. There is no login: whoever opens it says who they are, as the people it
// suggests to are invented.
type web struct {
	shop  *shop
	page  *template.Template
	token string // in every form of ours, and in none of another site
	log   *log.Logger
}

// newWeb returns a handler for the pages of a shop. It writes what fails to out.
func newWeb(s *shop, out io.Writer) http.Handler {
	w := &web{shop: s, token: rand.Text(), log: log.New(out, "shop: ", 0)}
	w.page = template.Must(template.New("page").Funcs(template.FuncMap{"kind": kindName, "state": tagState}).Parse(pageHTML))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.show)
	mux.HandleFunc("GET /data", w.export)
	mux.HandleFunc("POST /do", w.act)
	return http.NewCrossOriginProtection().Handler(guarded(mux))
}

// guarded bounds what is read, and says to the browser what the page may do: nothing but its own.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if elsewhere(r) {
			http.Error(rw, "请用 127.0.0.1 或 localhost 打开。", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(rw, r.Body, 64<<10)
		h := rw.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(rw, r)
	})
}

// elsewhere reports whether a request came to this machine under a name of another, as a site does that has
// its name lead here to read the page.
func elsewhere(r *http.Request) bool {
	here, ok := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	if !ok || !here.IP.IsLoopback() {
		return false
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]")
	}
	return host != "localhost" && !net.ParseIP(host).IsLoopback()
}

// view is what the page shows.
type view struct {
	User, About, Asked string
	Token, Nonce       string
	Known              bool // a shopper of ours
	Met                bool // the wish, if there is one
	Personal           bool
	Cards              []card
	Tags               []recommend.Interest
	People             []shopper
}

func (w *web) show(rw http.ResponseWriter, r *http.Request) {
	user := strings.TrimSpace(r.FormValue("user"))
	if user == "" {
		user = newcomer
	}
	v := view{User: user, Asked: strings.TrimSpace(r.FormValue("q")), Token: w.token, Nonce: rand.Text(), People: w.shop.people[:len(regulars)]}
	var err error
	if v.Cards, v.Met, err = w.shop.suggest(r.Context(), user, v.Asked); err != nil {
		w.fail(rw, err)
		return
	}
	p, known := w.shop.person(user)
	v.Known, v.About = known, p.About()
	v.Personal, v.Tags = w.shop.engine.Personalized(user), w.shop.tags(user)
	var page strings.Builder // whole or not at all
	if err := w.page.Execute(&page, v); err != nil {
		w.fail(rw, err)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+v.Nonce+"'; script-src 'nonce-"+v.Nonce+
		"'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	_, _ = io.WriteString(rw, page.String()) // the reader may have left
}

// export hands a person all that is held of them.
func (w *web) export(rw http.ResponseWriter, r *http.Request) {
	data, err := w.shop.engine.Export(r.Context(), r.FormValue("user"))
	if err != nil {
		w.fail(rw, err)
		return
	}
	rw.Header().Set("Content-Type", "application/json")
	_, _ = rw.Write(data)
}

// act does what a form says and leads back to the page.
func (w *web) act(rw http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(rw, "表单读不懂，请返回重试。", http.StatusBadRequest)
		return
	}
	if subtle.ConstantTimeCompare([]byte(r.PostForm.Get("token")), []byte(w.token)) != 1 {
		http.Error(rw, "页面已过期，请返回并刷新。", http.StatusForbidden)
		return
	}
	if err := w.do(r.Context(), r.PostForm); err != nil {
		w.fail(rw, err)
		return
	}
	back := url.Values{"user": {r.PostForm.Get("user")}}
	if q := r.PostForm.Get("q"); q != "" {
		back.Set("q", q)
	}
	http.Redirect(rw, r, "/?"+back.Encode(), http.StatusSeeOther)
}

func (w *web) do(ctx context.Context, form url.Values) error {
	user, engine := form.Get("user"), w.shop.engine
	tag := recommend.Interest{Kind: recommend.InterestKind(form.Get("kind")), Value: form.Get("value")}
	switch action := form.Get("do"); action {
	case "cart", "buy", "like", "not_interested":
		return w.shop.did(ctx, user, form.Get("item"), recommend.Kind(action))
	case "on", "off":
		return engine.Personalize(ctx, user, action == "on")
	case "hide":
		return engine.HideInterest(ctx, user, tag)
	case "unhide":
		return engine.ShowInterest(ctx, user, tag)
	case "forget":
		return engine.Forget(ctx, user)
	default:
		return fmt.Errorf("%w: nothing to do is called %q", recommend.ErrInvalid, action)
	}
}

// fail says that something went wrong: what the visitor can put right to them, the rest to the log.
func (w *web) fail(rw http.ResponseWriter, err error) {
	if errors.Is(err, recommend.ErrInvalid) {
		http.Error(rw, "这个请求不对，请返回重试。", http.StatusBadRequest)
		return
	}
	w.log.Print(err)
	http.Error(rw, "出错了，请稍后再试。", http.StatusInternalServerError)
}

func kindName(k recommend.InterestKind) string { return kindNames[k] }

// serveUntil answers until ctx ends, lets requests that run come to an end, and returns nil.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve the web page: %w", err)
	case <-ctx.Done():
	}
	patience, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	err := server.Shutdown(patience)
	if err != nil {
		err = errors.Join(fmt.Errorf("close the web page: %w", err), server.Close())
	}
	<-served
	return err
}

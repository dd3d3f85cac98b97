package providertest

import (
	"errors"
	"net/http"
	"slices"
	"strings"
)

// A Service is one thing that a vendor offers. A [Server] has one script for each.
type Service string

// The services.
const (
	ChatService       Service = "chat"       // compatible or native
	EmbeddingService  Service = "embedding"  // vectors of texts
	RerankService     Service = "rerank"     // ranking of documents
	ImageService      Service = "image"      // pictures drawn at once, and orders for pictures
	TaskService       Service = "task"       // questions about orders
	ModerationService Service = "moderation" // judgement of texts
	FillService       Service = "fill"       // what stands between two texts
	AccountService    Service = "account"    // what is left on an account
	SearchService     Service = "search"     // pages of the web
	TokenService      Service = "token"      // tokens for a pair of keys
)

// A route is one kind of request.
type route struct {
	service Service
	match   func(s *Server, r *Request) bool
	admit   func(s *Server, r *Request) error           // checks the key or the signature
	check   func(s *Server, r *Request) (Script, error) // returns the right answer, or why there is none
	fail    func(v *Vendor, f Fault) Response           // how errors come here
}

// routes are tried in order; the last one matches every request.
var routes = []route{
	{ChatService, isTencentChat, admitTencent, checkTencentChat, failTencent},
	{EmbeddingService, isTencentEmbedding, admitTencent, checkTencentEmbedding, failTencent},
	{ImageService, isTencentOrder, admitTencent, checkTencentOrder, failTencent},
	{TaskService, isTencentQuestion, admitTencent, checkTencentQuestion, failTencent},
	{ModerationService, isTencent, admitTencent, checkTencentModeration, failTencent},
	{ModerationService, isAlibaba, admitAlibaba, checkAlibabaModeration, failAlibaba},
	{ModerationService, isHuawei, admitHuawei, checkHuaweiModeration, failHuawei},
	{ModerationService, isCensor, admitCensor, checkCensor, failCensor},
	{TokenService, isCensorToken, admitCensorToken, giveCensorToken, (*Vendor).Fail},
	{ChatService, under("/chat/completions"), (*Server).checkKey, checkCompatibleChat, (*Vendor).Fail},
	{FillService, isFill, (*Server).checkKey, checkFill, (*Vendor).Fail},
	{SearchService, isSearch, (*Server).checkKey, checkSearch, (*Vendor).Fail},
	{AccountService, isBalance, (*Server).checkKey, checkBalance, (*Vendor).Fail},
	{EmbeddingService, under("/embeddings", "/embeddings/multimodal"), (*Server).checkKey, checkEmbedding, failEmbedding},
	{ChatService, isDashScopeChat, (*Server).checkKey, checkDashScopeChat, failDashScope},
	{RerankService, isNativeRerank, (*Server).checkKey, checkRerank, failDashScope},
	{RerankService, isRerank, (*Server).checkKey, checkRerank, (*Vendor).Fail},
	{TaskService, isTask, (*Server).checkKey, checkTask, failDashScope},
	{ImageService, isDashScope, (*Server).checkKey, checkImage, failDashScope},
	{ChatService, isOllamaChat, (*Server).checkKey, checkOllamaChat, failOllama},
	{EmbeddingService, isOllamaEmbed, (*Server).checkKey, checkOllamaEmbed, failOllama},
	{ImageService, isTokenHubImage, (*Server).checkKey, checkTokenHubImage, (*Vendor).Fail},
	{ImageService, isImage, (*Server).checkKey, checkImage, (*Vendor).Fail},
	{"", func(*Server, *Request) bool { return true }, (*Server).checkKey, checkNothing, (*Vendor).Fail},
}

// under matches paths below the vendor's base, or elsewhere if the vendor says so.
func under(paths ...string) func(*Server, *Request) bool {
	return func(s *Server, r *Request) bool {
		elsewhere := slices.Contains(s.vendor.Elsewhere, r.Path)
		return slices.ContainsFunc(paths, func(path string) bool {
			return r.Path == s.vendor.Base+path || elsewhere && strings.HasSuffix(r.Path, path)
		})
	}
}

func checkNothing(_ *Server, r *Request) (Script, error) { return nil, noSuchPath(r) }

func noSuchPath(r *Request) *Fault {
	return &Fault{Status: http.StatusNotFound, Code: "not_found", Message: "no such path: " + r.Path}
}

// respond checks a request and takes the answer from the script.
func (s *Server) respond(r *Request) Response {
	if strings.HasPrefix(r.Path, pictures) {
		return s.picture(r) // the address itself is the permission
	}
	for i := range routes {
		rt := &routes[i]
		if !rt.match(s, r) || strings.Contains(r.Path, "//") && rt.service != "" {
			continue
		}
		right, err := rt.answer(s, r)
		if err != nil {
			return s.refusal(rt, err)
		}
		if scripted := s.next(rt.service); scripted != nil {
			right = scripted
		}
		return right.Response(s.vendor, r)
	}
	return JSON(http.StatusNotFound, "{}") // the last route matches, so this is never sent
}

func (rt *route) answer(s *Server, r *Request) (Script, error) {
	if err := rt.admit(s, r); err != nil {
		return nil, err
	}
	return rt.check(s, r)
}

func (s *Server) refusal(rt *route, err error) Response {
	var f *Fault
	if !errors.As(err, &f) {
		f = &Fault{Status: http.StatusInternalServerError, Message: err.Error()}
	}
	s.mu.Lock()
	s.refusals = append(s.refusals, f.Error())
	s.mu.Unlock()
	return rt.fail(s.vendor, *f)
}

func (s *Server) checkKey(r *Request) error {
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if ok && key == s.Key || s.vendor.NoKey && r.Header.Get("Authorization") == "" {
		return nil
	}
	f := s.vendor.BadKey
	if strings.HasPrefix(r.Path, dashScopeAPI) {
		f = dashScopeBadKey()
	}
	f.Message = strings.ReplaceAll(f.Message, "{key}", key)
	return &f
}

// checkPost wants a JSON body. The fault is what a malformed request gets.
func checkPost(r *Request, refuse func(format string, args ...any) *Fault) *Fault {
	if r.Method != http.MethodPost {
		return &Fault{Status: http.StatusMethodNotAllowed, Code: "method_not_supported", Message: "use POST"}
	}
	if !isJSON(r.Header.Get("Content-Type")) {
		return refuse("Content-Type must be application/json")
	}
	return nil
}

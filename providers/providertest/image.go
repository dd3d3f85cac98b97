package providertest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

const (
	dashScopeAPI = "/api/v1"
	pictures     = "/pictures/"

	// FailingPrompt in a prompt makes the picture task of a [Server] fail.
	FailingPrompt = "画不出来"
	// ExpiredPrompt in a prompt makes the address of the picture answer 403, as old addresses do.
	ExpiredPrompt = "过期"
)

// onePixel is the picture that the server draws.
const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// tasks are the picture tasks under way; each question about one moves it a step further.
type tasks struct {
	mu    sync.Mutex
	list  []string // prompts
	asked []int
}

func newTasks() *tasks { return new(tasks) }

func (t *tasks) add(prompt string) (id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list = append(t.list, prompt)
	t.asked = append(t.asked, 0)
	return fmt.Sprintf("task-%d", len(t.list))
}

// ask returns the prompt of a task and how often it has been asked about before.
func (t *tasks) ask(id string) (prompt string, times int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, p := range t.list {
		if id == fmt.Sprintf("task-%d", i+1) {
			t.asked[i]++
			return p, t.asked[i] - 1, true
		}
	}
	return "", 0, false
}

// images answers the picture endpoints: OpenAI's, and DashScope's synchronous and asynchronous ones.
func (s *Server) images(r *Request) (Response, error) {
	path, native := strings.CutPrefix(r.Path, dashScopeAPI)
	if native && r.Method == "GET" {
		if id, ok := strings.CutPrefix(path, "/tasks/"); ok {
			return s.task(id)
		}
	}
	prompt, err := promptOf(r)
	if err != nil {
		return Response{}, s.vendor.refuse("%v", err)
	}
	if strings.HasSuffix(r.Path, "/images/generations") {
		return JSON(200, fmt.Sprintf(`{"created":1795300000,"data":[{"url":%s}]}`, quote(s.pictureURL(prompt)))), nil
	}
	switch path {
	case "/services/aigc/multimodal-generation/generation":
		if strings.Contains(prompt, FailingPrompt) {
			return Response{}, s.vendor.refuse("%s", prompt)
		}
		return JSON(200, fmt.Sprintf(`{"output":{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":[{"image":%s}]}}]},"usage":{"image_count":1},"request_id":%s}`,
			quote(s.pictureURL(prompt)), quote(DefaultRequestID))), nil
	case "/services/aigc/text2image/image-synthesis", "/services/aigc/image-generation/generation":
		if r.Header.Get("X-DashScope-Async") != "enable" {
			return Response{}, &Fault{Status: 403, Code: "AccessDenied", Message: "current user api does not support synchronous calls."}
		}
		return JSON(200, fmt.Sprintf(`{"output":{"task_id":%s,"task_status":"PENDING"},"request_id":%s}`, quote(s.tasks.add(prompt)), quote(DefaultRequestID))), nil
	}
	return Response{}, &Fault{Status: 404, Code: "not_found", Message: "no such path: " + r.Path}
}

// task says PENDING, then RUNNING, then how it ended.
func (s *Server) task(id string) (Response, error) {
	prompt, times, ok := s.tasks.ask(id)
	if !ok {
		return JSON(200, fmt.Sprintf(`{"request_id":%s,"output":{"task_id":%s,"task_status":"UNKNOWN"}}`, quote(DefaultRequestID), quote(id))), nil
	}
	var state string
	switch {
	case times == 0:
		state = `"task_status":"PENDING"`
	case times == 1:
		state = `"task_status":"RUNNING"`
	case strings.Contains(prompt, FailingPrompt):
		state = `"task_status":"FAILED","code":"InternalError.Algo","message":"The picture could not be drawn.","task_metrics":{"TOTAL":1,"SUCCEEDED":0,"FAILED":1}`
	default:
		state = `"task_status":"SUCCEEDED","results":[{"url":` + quote(s.pictureURL(prompt)) + `}],"task_metrics":{"TOTAL":1,"SUCCEEDED":1,"FAILED":0}`
	}
	return JSON(200, fmt.Sprintf(`{"request_id":%s,"output":{"task_id":%s,%s},"usage":{"image_count":1}}`, quote(DefaultRequestID), quote(id), state)), nil
}

func (s *Server) pictureURL(prompt string) string {
	if strings.Contains(prompt, ExpiredPrompt) {
		return s.Origin + pictures + "expired.png"
	}
	return s.Origin + pictures + "1.png"
}

// picture serves a drawn picture without asking for a key.
func (s *Server) picture(r *Request) Response {
	if strings.HasSuffix(r.Path, "/expired.png") {
		return JSON(403, `<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>`).With("Content-Type", "application/xml")
	}
	png, err := base64.StdEncoding.DecodeString(onePixel)
	if err != nil {
		return JSON(500, "")
	}
	return JSON(200, string(png)).With("Content-Type", "image/png")
}

// promptOf finds the prompt in the forms that vendors have for it.
func promptOf(r *Request) (string, error) {
	var body struct {
		Prompt string `json:"prompt"`
		Input  struct {
			Prompt   string `json:"prompt"`
			Messages []struct {
				Content []struct {
					Text string `json:"text"`
				} `json:"content"`
			} `json:"messages"`
		} `json:"input"`
	}
	if err := json.Unmarshal(r.Body, &body); err != nil {
		return "", err
	}
	prompt := body.Prompt + body.Input.Prompt
	for _, m := range body.Input.Messages {
		for _, p := range m.Content {
			prompt += p.Text
		}
	}
	if prompt == "" {
		return "", fmt.Errorf("the prompt is missing")
	}
	return prompt, nil
}

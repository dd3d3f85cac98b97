package providertest

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

const tasksPath = dashScopeAPI + "/tasks/"

// tasks are the orders under way; each question about one moves it a step further.
type tasks struct {
	mu    sync.Mutex
	list  []*task
	drawn int // pictures of vendors that draw one in a call
}

// A task is one order for pictures.
type task struct {
	drawing drawing
	path    string // where it was ordered
	asked   int    // how often it has been asked about
}

func newTasks() *tasks { return new(tasks) }

// draw counts a picture.
func (t *tasks) draw() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drawn++
	return t.drawn
}

func (t *tasks) add(d drawing, path string) (id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.list = append(t.list, &task{drawing: d, path: path})
	return fmt.Sprintf("task-%d", len(t.list))
}

// ask returns a task as it is now and counts the question.
func (t *tasks) ask(id string) (task, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, task := range t.list {
		if id == fmt.Sprintf("task-%d", i+1) {
			now := *task
			task.asked++
			return now, true
		}
	}
	return task{}, false
}

func isTask(_ *Server, r *Request) bool { return strings.HasPrefix(r.Path, tasksPath) }

// checkTask says PENDING, then RUNNING, then how it ended.
func checkTask(s *Server, r *Request) (Script, error) {
	if r.Method != http.MethodGet {
		return nil, &Fault{Status: http.StatusMethodNotAllowed, Code: "method_not_supported", Message: "use GET"}
	}
	id := strings.TrimPrefix(r.Path, tasksPath)
	now, ok := s.tasks.ask(id)
	switch {
	case !ok:
		return taskState(id, `"task_status":"UNKNOWN"`), nil
	case now.asked == 0:
		return taskState(id, `"task_status":"PENDING"`), nil
	case now.asked == 1:
		return taskState(id, `"task_status":"RUNNING"`), nil
	case strings.Contains(now.drawing.Prompt, FailingPrompt):
		return taskState(id, `"task_status":"FAILED","code":"InternalError.Algo","message":"The picture could not be drawn.","task_metrics":{"TOTAL":1,"SUCCEEDED":0,"FAILED":1}`), nil
	}
	result := `"results":[` + s.each(now.drawing, linkJSON) + `]`
	if now.path == orderNew {
		result = s.choices(now.drawing)
	}
	n := now.drawing.count()
	return taskState(id, fmt.Sprintf(`"task_status":"SUCCEEDED",%s,"task_metrics":{"TOTAL":%d,"SUCCEEDED":%d,"FAILED":0}`, result, n, n)), nil
}

// taskState is the answer to a question about a task, with some fields of its output.
func taskState(id, fields string) Response {
	return JSON(200, fmt.Sprintf(`{"request_id":%s,"output":{"task_id":%s,%s},"usage":{"image_count":1}}`, quote(DefaultRequestID), quote(id), fields))
}

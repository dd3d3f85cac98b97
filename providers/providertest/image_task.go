package providertest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zhushou-ai/zhushou/assistant"
)

// taskChecks are about orders for pictures, which the adapter asks about until they are done.
func taskChecks() []imageCheck {
	ends := func(name, fields string, want *WantError) imageCheck {
		return imageCheck{"tasks/" + name, func(r *imageRig) error {
			return failsWhenAsked(r, taskState("task-1", fields), want)
		}}
	}
	const item = `"code":"DataInspectionFailed","message":"Output data may contain inappropriate content."`
	f := Fault{Status: 500, Code: "InternalError", Message: "出错了", Type: "InternalError"}
	return []imageCheck{
		{"tasks/from PENDING to SUCCEEDED", checkPolls},
		ends("FAILED", `"task_status":"FAILED","code":"InternalError.Algo","message":"The picture could not be drawn."`,
			&WantError{Code: "InternalError.Algo", Message: "could not be drawn", RequestID: DefaultRequestID}),
		ends("FAILED because of the content", `"task_status":"FAILED",`+item,
			&WantError{Kinds: []assistant.ErrorKind{assistant.ErrBlocked}, Code: "DataInspectionFailed"}),
		ends("FAILED without a reason", `"task_status":"FAILED"`, failing()),
		ends("CANCELED", `"task_status":"CANCELED"`, failing()),
		ends("UNKNOWN", `"task_status":"UNKNOWN"`, failing()),
		ends("a word that nobody knows", `"task_status":"EXPLODED"`, failing()),
		ends("no word at all", `"task_id":"task-1"`, notUnderstood),
		ends("SUCCEEDED without pictures", `"task_status":"SUCCEEDED","results":[]`, notUnderstood),
		ends("SUCCEEDED, but every picture failed", `"task_status":"SUCCEEDED","results":[{`+item+`}]`,
			&WantError{Kinds: []assistant.ErrorKind{assistant.ErrBlocked}, Code: "DataInspectionFailed"}),
		{"tasks/the question fails", func(r *imageRig) error {
			return failsWhenAsked(r, JSON(f.Status, flatEnvelope(f)), &WantError{Kinds: []assistant.ErrorKind{assistant.ErrServer}, Status: 500})
		}},
		{"tasks/the question gets no answer", func(r *imageRig) error {
			return failsWhenAsked(r, JSON(200, "<html>"), notUnderstood)
		}},
		{"tasks/SUSPENDED goes on", checkSuspended},
		{"tasks/cancelled while it is drawn", checkCancelledTask},
	}
}

func checkPolls(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.plain(context.Background()); err != nil {
		return err
	}
	sent, err := b.sent()
	if err != nil {
		return err
	}
	if asked := len(asksOf(b)); asked != 3 || len(sent) != 4 {
		return fmt.Errorf("%d requests, %d of them questions; want one order and three questions", len(sent), asked)
	}
	return nil
}

// failsWhenAsked wants the call to fail if the first question about the order is answered so.
func failsWhenAsked(r *imageRig, answer Script, want *WantError) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	for range 3 { // an adapter may ask again
		b.srv.ScriptFor(TaskService, answer)
	}
	return b.mustFail(b.plain(context.Background()), want)
}

func checkSuspended(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	b.srv.ScriptFor(TaskService, taskState("task-1", `"task_status":"SUSPENDED"`))
	err = b.plain(context.Background())
	if err == nil && len(asksOf(b)) < 2 {
		return errors.New("the order was not asked about again")
	}
	return err
}

// checkCancelledTask ends the context during the second question of many.
func checkCancelledTask(r *imageRig) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	running := taskState("task-1", `"task_status":"RUNNING"`)
	b.srv.ScriptFor(TaskService, running, scriptFunc(func(*Vendor, *Request) Response { cancel(); return running }))
	for range 1000 {
		b.srv.ScriptFor(TaskService, running)
	}
	if err := wantContext(b.plain(ctx), context.Canceled); err != nil {
		return err
	}
	if asked := len(asksOf(b)); asked > 3 {
		return fmt.Errorf("%d questions were asked, some after the context had ended", asked)
	}
	return nil
}

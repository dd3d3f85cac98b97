package providertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/zhushou-ai/zhushou/assistant"
)

// ImageOptions adapt [RunImageGenerator] to an adapter.
type ImageOptions struct {
	// Vendor is whose protocol the adapter speaks. If nil, [OpenAI].
	Vendor *Vendor

	// Tasks says that the adapter orders pictures and asks for them until they are drawn. The checks
	// of that are made only then.
	Tasks bool

	// Skip names subtests that the adapter does not pass, with the reason.
	Skip map[string]string
}

// RunImageGenerator checks that an adapter delivers the pictures that were asked for, or fails. A
// picture is either its bytes or the vendor's address of it; an adapter that fetches pictures must not
// take the page that says "expired" for one, nor show its key to the host that keeps them. Then come
// errors, silence, cancellation and connections, as with [RunWire]. Each is a parallel subtest.
//
// open makes an adapter; it is called for every subtest.
func RunImageGenerator(t *testing.T, open func(Endpoint) (assistant.ImageGenerator, error), opts ImageOptions) {
	t.Helper()
	if opts.Vendor == nil {
		opts.Vendor = OpenAI()
	}
	runChecks(t, newImageRig(open, opts.Vendor), imageChecks(opts), opts.Skip)
}

type (
	imageRig   = callRig[assistant.ImageGenerator]
	imageBench = callBench[assistant.ImageGenerator]
	imageCheck = check[*imageRig]
)

const cat = "一只猫"

func newImageRig(open func(Endpoint) (assistant.ImageGenerator, error), v *Vendor) *imageRig {
	return &imageRig{
		open: open, vendor: v, service: ImageService, model: v.ImageModel,
		plain: func(ctx context.Context, b *imageBench) error {
			return draws(ctx, b, &assistant.ImageRequest{Prompt: cat})
		},
	}
}

// draws wants as many pictures as the request asks for.
func draws(ctx context.Context, b *imageBench, req *assistant.ImageRequest) error {
	got, err := b.adapter.GenerateImages(ctx, req)
	if err != nil {
		if len(got) >= max(req.Count, 1) { // what was drawn before a call that failed may come
			return wrong("%d pictures came beside the error %v", len(got), err)
		}
		return err
	}
	if want := max(req.Count, 1); len(got) != want {
		return wrong("%d pictures, want %d", len(got), want)
	}
	for i, image := range got {
		if err := checkPicture(b, image); err != nil {
			return fmt.Errorf("picture %d: %w", i, err)
		}
		if i > 0 && image.URL != "" && image.URL == got[0].URL {
			return wrong("picture %d has the address of picture 0", i)
		}
	}
	return nil
}

func checkPicture(b *imageBench, image assistant.Image) error {
	switch {
	case len(image.Data) > 0 && !bytes.Equal(image.Data, pictureBytes()):
		return wrong("the bytes are not those of the picture: %s", brief(string(image.Data)))
	case len(image.Data) > 0 && image.MIME != "" && image.MIME != "image/png":
		return wrong("MIME is %q, want image/png", image.MIME)
	case len(image.Data) == 0 && !strings.HasPrefix(image.URL, b.srv.Origin+pictures):
		return wrong("there are no bytes, and the address %q is not the vendor's", image.URL)
	}
	return nil
}

func imageChecks(opts ImageOptions) []imageCheck {
	asks := func(name string, req assistant.ImageRequest, look func(v *Vendor, body string) error) imageCheck {
		return imageCheck{"request/" + name, func(r *imageRig) error { return drawsOrRefuses(r, req, look) }}
	}
	checks := slices.Concat(callChecks[assistant.ImageGenerator](opts.Vendor), []imageCheck{
		asks("prompt", assistant.ImageRequest{Prompt: "写着\"福\"的\n灯笼"}, sees(`写着\"福\"的\n灯笼`)),
		asks("model", assistant.ImageRequest{Prompt: cat, Model: "another-model"}, sees(`"another-model"`)),
		asks("two pictures", assistant.ImageRequest{Prompt: cat, Count: 2}, nil),
		asks("size", assistant.ImageRequest{Prompt: cat, Width: 1024, Height: 768}, seesSize),
		asks("negative prompt", assistant.ImageRequest{Prompt: cat, NegativePrompt: "模糊"}, sees("模糊")),
		asks("seed zero", assistant.ImageRequest{Prompt: cat, Seed: assistant.Some[int64](0)}, sees(`"seed":0`)),
		{"request/no prompt", checkNoPrompt},
		{"picture/cannot be drawn", checkCannotDraw},
		{"picture/address has expired", checkExpired},
		{"picture/the key stays with the vendor", checkKeyStays},
		{"tasks/as declared", func(r *imageRig) error { return checkDeclared(r, opts.Tasks) }},
	})
	if opts.Tasks {
		checks = append(checks, taskChecks()...)
	}
	return checks
}

// drawsOrRefuses accepts that an adapter refuses a wish that its vendor has no field for.
func drawsOrRefuses(r *imageRig, req assistant.ImageRequest, look func(v *Vendor, body string) error) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return draws(context.Background(), b, &req) })
	sent, refused := b.sent()
	switch {
	case refused != nil:
		return refused
	case errors.Is(err, assistant.ErrInvalid) && len(sent) == 0:
		return b.mustFail(err, failing(assistant.ErrInvalid))
	case err != nil:
		return err
	case len(sent) == 0:
		return errors.New("the call succeeded but no request was sent")
	case look == nil:
		return nil
	}
	return look(r.vendor, string(sent[0].Body))
}

// sees wants a text in the body, whichever field it is in.
func sees(text string) func(*Vendor, string) error {
	return func(_ *Vendor, body string) error {
		if !strings.Contains(strings.ReplaceAll(body, `": `, `":`), text) {
			return fmt.Errorf("%s is not in the request %s", text, brief(body))
		}
		return nil
	}
}

func seesSize(v *Vendor, body string) error {
	return sees(`"1024`+v.sizeMark()+`768"`)(v, body)
}

func checkNoPrompt(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	for _, req := range []*assistant.ImageRequest{nil, {}} {
		err = b.call(func() error {
			_, err := b.adapter.GenerateImages(context.Background(), req)
			return err
		})
		if err := b.mustFail(err, failing(assistant.ErrInvalid)); err != nil {
			return fmt.Errorf("the request %v: %w", req, err)
		}
	}
	return nil
}

func checkCannotDraw(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return draws(context.Background(), b, &assistant.ImageRequest{Prompt: FailingPrompt}) })
	return b.mustFail(err, failing(assistant.ErrServer, assistant.ErrInvalid, assistant.ErrBlocked))
}

// checkExpired accepts the address of the picture, and an error of an adapter that fetches it. That
// error must not blame the key or the account: the address has grown old.
func checkExpired(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.call(func() error { return draws(context.Background(), b, &assistant.ImageRequest{Prompt: ExpiredPrompt}) })
	if sent, refused := b.sent(); refused != nil || len(sent) == 0 {
		return fmt.Errorf("%d requests were sent (%v)", len(sent), refused)
	}
	if err == nil {
		return nil
	}
	return b.mustFail(err, failing(assistant.ErrNotFound, assistant.ErrServer, assistant.ErrProtocol, assistant.ErrNetwork))
}

func checkKeyStays(r *imageRig) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.plain(context.Background()); err != nil {
		return err
	}
	if sent, err := b.sent(); err != nil || len(sent) == 0 {
		return fmt.Errorf("%d requests were sent (%v)", len(sent), err)
	}
	for _, req := range b.srv.Requests() {
		if strings.HasPrefix(req.Path, pictures) && strings.Contains(fmt.Sprint(req.Header), b.srv.Key) {
			return errors.New("the key was sent to the address of the picture, which is another host with real vendors")
		}
	}
	return nil
}

// checkDeclared keeps Options.Tasks honest: with a wrong value half the checks would be about nothing.
func checkDeclared(r *imageRig, tasks bool) error {
	b, err := r.start(nil)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.plain(context.Background()); err != nil {
		return err
	}
	sent, err := b.sent()
	if err != nil || len(sent) == 0 {
		return fmt.Errorf("%d requests were sent (%v)", len(sent), err)
	}
	if asked := len(asksOf(b)); (asked > 0) != tasks {
		return fmt.Errorf("the adapter asked %d times for an order, but ImageOptions.Tasks is %v", asked, tasks)
	}
	return nil
}

// asksOf returns the questions about orders.
func asksOf(b *imageBench) []*Request {
	return slices.DeleteFunc(b.srv.Requests(), func(r *Request) bool { return !strings.HasPrefix(r.Path, tasksPath) })
}

package label

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/zhushou-ai/zhushou/internal/journal"
)

// WriteFile writes the file src with l as its one label to the path dst, which may be src itself, as
// [Write] does. At dst there is what was there before or the whole labelled file, whenever the program or
// the machine stops: the file is made beside it, synced, read back and then renamed. It keeps src's mode.
func WriteFile(dst, src string, l Label) error {
	if err := l.Check(); err != nil {
		return fmt.Errorf("label %s: %w", src, err)
	}
	err := replace(dst, src, func(in *file) (Label, error) {
		report, err := Read(in)
		if err != nil {
			return l, err
		}
		return l, report.admits(l)
	})
	if err != nil {
		return fmt.Errorf("label %s: %w", src, err)
	}
	return nil
}

// PropagateFile does for files what [Propagate] does, in the way of [WriteFile].
func PropagateFile(dst, src string, p Propagation) error {
	err := replace(dst, src, func(in *file) (Label, error) { return p.label(in) })
	if err != nil {
		return fmt.Errorf("propagate the label of %s: %w", src, err)
	}
	return nil
}

// CarryOverFile does for files what [CarryOver] does, in the way of [WriteFile]. dst may be media itself.
func CarryOverFile(dst, media, labelled string) error {
	err := replace(dst, media, func(in *file) (l Label, err error) {
		err = withFile(labelled, func(from *file) error {
			l, err = carried(in, from)
			return err
		})
		return l, err
	})
	if err != nil {
		return fmt.Errorf("carry the label of %s over to %s: %w", labelled, media, err)
	}
	return nil
}

// ReadFile reads the labels of a file as [Read] does.
func ReadFile(path string) (report Report, err error) {
	err = withFile(path, func(in *file) error {
		report, err = Read(in)
		return err
	})
	if err != nil {
		return report, fmt.Errorf("%s: %w", path, err)
	}
	return report, nil
}

// VerifyFile judges the label of a file as [Verify] does. A file that cannot be opened is inconclusive.
func VerifyFile(path string, checks ...func(Label) error) (v Verification) {
	err := withFile(path, func(in *file) error {
		v = Verify(in, checks...)
		return nil
	})
	if err != nil {
		v.Reasons = append(v.Reasons, err.Error())
	}
	return v
}

// A file is a Source whose parts the operating system can copy.
type file struct {
	*os.File
	size int64
}

// Size implements [Source].
func (f *file) Size() int64 { return f.size }

// Section returns a reader that [os.File.ReadFrom] knows.
func (f *file) Section(offset, n int64) io.Reader {
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return io.NewSectionReader(f.File, offset, n)
	}
	return io.LimitReader(f.File, n)
}

// withFile calls do with an open file.
func withFile(path string, do func(*file) error) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // it was read only
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file", path)
	}
	return do(&file{f, info.Size()})
}

// ErrReadBack says that a file that was written does not hold the label that was written into it. Nothing
// was left in its place.
var ErrReadBack = errors.New("the label could not be read back")

// replace writes src to dst with the label that choose returns.
func replace(dst, src string, choose func(*file) (Label, error)) error {
	if real, err := filepath.EvalSymlinks(dst); err == nil {
		dst = real // a link stays one
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	staged := ""
	err := withFile(src, func(in *file) error {
		l, err := choose(in)
		if err != nil {
			return err
		}
		staged, err = stage(filepath.Dir(dst), in, l)
		return err
	})
	if err != nil {
		return err
	}
	if err := os.Rename(staged, dst); err != nil { // src is closed, as some systems want it
		return errors.Join(err, os.Remove(staged))
	}
	return journal.SyncDir(filepath.Dir(dst))
}

// stage writes in with a label to a file of its own, and returns the path.
func stage(dir string, in *file, l Label) (path string, err error) {
	info, err := in.Stat()
	if err != nil {
		return "", err
	}
	out, err := os.CreateTemp(dir, ".label-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreClosed(out.Close()), os.Remove(out.Name()))
		}
	}()
	if err := out.Chmod(info.Mode().Perm()); err != nil {
		return "", err
	}
	if err := write(out, in, l); err != nil {
		return "", err
	}
	if err := out.Sync(); err != nil {
		return "", err
	}
	if err := readBack(out, l); err != nil {
		return "", err
	}
	return out.Name(), out.Close()
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

// readBack checks that the file has one label, and which.
func readBack(out *os.File, l Label) error {
	info, err := out.Stat()
	if err != nil {
		return err
	}
	report, err := Read(&file{out, info.Size()})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrReadBack, err)
	}
	if n := len(report.Findings); n != 1 {
		return fmt.Errorf("%w: there are %d labels in it", ErrReadBack, n)
	}
	if got := report.Findings[0].Label; got != l {
		return fmt.Errorf("%w: it says %s", ErrReadBack, short(got.text()))
	}
	return nil
}

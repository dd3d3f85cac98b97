package label

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes the file src with l as its one label to the path dst, which may be src itself, as
// [Write] does. At dst there is what was there before or the whole labelled file, whenever the program or
// the machine stops: the file is made beside it, synced, read back and then renamed. It keeps src's mode.
func WriteFile(dst, src string, l Label) error {
	if err := l.Check(); err != nil {
		return fmt.Errorf("label %s: %w", src, err)
	}
	err := withFile(src, func(in *file) error {
		report, err := Read(in)
		if err != nil {
			return err
		}
		if err := report.admits(l); err != nil {
			return err
		}
		return replace(dst, in, l)
	})
	if err != nil {
		return fmt.Errorf("label %s: %w", src, err)
	}
	return nil
}

// PropagateFile does for files what [Propagate] does, in the way of [WriteFile].
func PropagateFile(dst, src string, p Propagation) error {
	err := withFile(src, func(in *file) error {
		l, err := p.label(in)
		if err != nil {
			return err
		}
		return replace(dst, in, l)
	})
	if err != nil {
		return fmt.Errorf("propagate the label of %s: %w", src, err)
	}
	return nil
}

// CarryOverFile does for files what [CarryOver] does, in the way of [WriteFile]. dst may be media itself.
func CarryOverFile(dst, media, labelled string) error {
	err := withFile(media, func(in *file) error {
		return withFile(labelled, func(from *file) error {
			l, err := carried(in, from)
			if err != nil {
				return err
			}
			return replace(dst, in, l)
		})
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

// replace writes in with a label to dst.
func replace(dst string, in *file, l Label) (err error) {
	if real, err := filepath.EvalSymlinks(dst); err == nil {
		dst = real // a link stays one
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.CreateTemp(filepath.Dir(dst), ".label-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreClosed(out.Close()), os.Remove(out.Name()))
		}
	}()
	if err := out.Chmod(info.Mode().Perm()); err != nil {
		return err
	}
	if err := write(out, in, l); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	if err := readBack(out, l); err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), dst); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dst))
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

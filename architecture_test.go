package zhushou_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/zhushou-ai/zhushou"

// goTool runs the go command in the root of the module.
func goTool(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "go %s: %s", strings.Join(args, " "), stderr.String())
	return string(out)
}

// inRoom reports whether a package of ours is the room or inside it.
func inRoom(pkg, room string) bool {
	rest, ok := strings.CutPrefix(pkg, module+"/"+room)
	return ok && (rest == "" || rest[0] == '/')
}

// Imports point one way: examples → providers → assistant → locale, and recommend → locale. Only recommend/assist, which
// makes a recommender tools of an assistant, knows both.
func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	never := map[string][]string{
		"locale":    {"assistant", "recommend", "providers", "examples"},
		"recommend": {"assistant", "providers", "examples"},
		"assistant": {"recommend", "providers", "examples"},
		"providers": {"recommend", "examples"},
		"internal":  {"recommend", "providers", "examples"},
	}
	for line := range strings.Lines(goTool(t, "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")) {
		fields := strings.Fields(line)
		pkg, imports := fields[0], fields[1:]
		for room, forbidden := range never {
			if !inRoom(pkg, room) {
				continue
			}
			for _, imported := range imports {
				for _, f := range forbidden {
					if f == "assistant" && inRoom(pkg, "recommend/assist") {
						continue
					}
					require.False(t, inRoom(imported, f), "%s imports %s", pkg, imported)
				}
			}
		}
	}
}

// A vendor's package never imports another vendor's.
func TestVendorsStandAlone(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(goTool(t, "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./providers/...")) {
		fields := strings.Fields(line)
		if fields[0] == module+"/providers" {
			continue // the table of all vendors
		}
		vendor, _, _ := strings.Cut(strings.TrimPrefix(fields[0], module+"/providers/"), "/")
		for _, imported := range fields[1:] {
			own := inRoom(imported, "providers/"+vendor) // packages of its own
			require.True(t, own || !inRoom(imported, "providers"), "%s imports %s", fields[0], imported)
		}
	}
}

// Importing the assistant stays light.
func TestAssistantDependsOnLittle(t *testing.T) {
	t.Parallel()
	allowed := []string{module, "golang.org/x/text", "github.com/google/jsonschema-go"}
	for pkg := range strings.Lines(goTool(t, "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./assistant")) {
		pkg = strings.TrimSpace(pkg)
		ok := pkg == ""
		for _, a := range allowed {
			ok = ok || pkg == a || strings.HasPrefix(pkg, a+"/")
		}
		require.True(t, ok, "assistant depends on %s", pkg)
		require.False(t, inRoom(pkg, "providers"), "assistant depends on %s", pkg)
	}
}

// A program that uses one room of locale does not carry the tables of another, but for those that the room is built on.
func TestRoomsStandAlone(t *testing.T) {
	t.Parallel()
	builtOn := map[string][]string{
		"when":     {"number", "calendar"},
		"quantity": {"number"},
		"entity":   {"number", "quantity", "when", "calendar", "privacy"},
		"pinyin":   {"segment"}, // the word decides how a character is read
	}
	for line := range strings.Lines(goTool(t, "list", "-f", `{{.ImportPath}} {{join .Deps " "}}`, "./locale/...")) {
		fields := strings.Fields(line)
		room, ok := roomOf(fields[0])
		if !ok {
			continue // locale itself, which has a call for every room
		}
		for _, dep := range fields[1:] {
			if other, ok := roomOf(dep); ok && other != room {
				require.Contains(t, builtOn[room], other, "%s depends on %s", room, other)
			}
		}
	}
}

// roomOf returns the room of locale that a package of ours is or is inside of. What rooms share is in none.
func roomOf(pkg string) (string, bool) {
	rest, ok := strings.CutPrefix(pkg, module+"/locale/")
	room, _, _ := strings.Cut(rest, "/")
	return room, ok && room != "internal"
}

// The programs in the documents compile.
func TestProgramsInDocumentsCompile(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)```go\n(package main.*?)```")
	for _, doc := range []string{"README.md", "README.zh-CN.md"} {
		text, err := os.ReadFile(doc)
		require.NoError(t, err)
		programs := block.FindAllSubmatch(text, -1)
		require.NotEmpty(t, programs, doc)
		for _, p := range programs {
			file := filepath.Join(t.TempDir(), "main.go")
			require.NoError(t, os.WriteFile(file, p[1], 0o600))
			goTool(t, "build", "-o", os.DevNull, file)
		}
	}
}

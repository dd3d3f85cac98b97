package middleware

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whatever stands around it, no long word of letters and digits survives.
func FuzzWithoutKeys(f *testing.F) {
	f.Add("密钥sk-0123456789abcdef0123无效", "https://u:p@example.com/a?b=c")
	f.Add("x://", "://@?/")
	f.Add("", "a/b@c://d?e")
	word := regexp.MustCompile(`[A-Za-z0-9_-]{20,}`)
	f.Fuzz(func(t *testing.T, before, after string) {
		const key = "sk-0123456789abcdef0123456789"
		out := withoutKeys(before + " " + key + after)
		require.NotContains(t, out, key)
		require.NotContains(t, withoutKeys(before+key+" "+after), key)
		for _, run := range word.FindAllString(out, -1) {
			letters, digits := regexp.MustCompile("[A-Za-z]").MatchString(run), regexp.MustCompile("[0-9]").MatchString(run)
			require.False(t, letters && digits, "%q in %q", run, out)
		}
	})
}

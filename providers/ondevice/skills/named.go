package skills

import (
	"errors"
	"fmt"
	"strings"
)

// named returns the one of several things that the user means by a few words: the one that is called
// so, or else the only one whose name holds the words or is held by them.
func named[T any](all []T, words, kind string, name func(T) string) (found T, err error) {
	if len(all) == 0 {
		return found, errors.New("现在没有" + kind)
	}
	var like []T
	for _, t := range all {
		switch n := name(t); {
		case n == words:
			return t, nil
		case strings.Contains(n, words) || n != "" && strings.Contains(words, n):
			like = append(like, t)
		}
	}
	switch len(like) {
	case 1:
		return like[0], nil
	case 0:
		return found, fmt.Errorf("没有找到“%s”这个%s", words, kind)
	}
	names := make([]string, len(like))
	for i, t := range like {
		names[i] = name(t)
	}
	return found, fmt.Errorf("有%d个%s与“%s”有关：%s，请说得再具体些", len(like), kind, words, strings.Join(names, "、"))
}

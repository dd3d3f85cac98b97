package sqlgraph

import (
	"fmt"
	"regexp"
	"strings"
)

// A name is letters, digits and underscores, with a schema before a dot where need be. It is quoted all the same.
var validName = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)?$`)

// maxName leaves room for the longest ending within the 63 bytes of PostgreSQL.
const maxName = 40

func checkName(what, name string) error {
	switch {
	case name == "":
		return fmt.Errorf("sqlgraph: %s is empty: give a name", what)
	case len(name) > maxName:
		return fmt.Errorf("sqlgraph: %s %q is %d bytes long: give at most %d", what, name, len(name), maxName)
	case !validName.MatchString(name):
		return fmt.Errorf("sqlgraph: %s %q is not a name: give letters, digits and underscores, after a schema and a dot if need be", what, name)
	}
	return nil
}

// quote returns a checked name as an identifier of the dialect.
func (d Dialect) quote(name string) string {
	mark := `"`
	if d != PostgreSQL {
		mark = "`"
	}
	parts := strings.Split(name, ".")
	for i, p := range parts {
		parts[i] = mark + strings.ReplaceAll(p, mark, mark+mark) + mark
	}
	return strings.Join(parts, ".")
}

// last returns a name without its schema, quoted, as PostgreSQL wants the new name of a table.
func (d Dialect) last(name string) string {
	return d.quote(name[strings.LastIndexByte(name, '.')+1:])
}

var (
	inBraces    = regexp.MustCompile(`\{[a-z]+\}`)
	placeholder = regexp.MustCompile(`\?`)
)

// text returns a statement in the dialect. {word} is the table of that name, but for the words of the events table and
// the few that dialects spell differently; ? is a parameter.
func (s *Settings) text(statement string) string {
	d := s.Dialect
	statement = inBraces.ReplaceAllStringFunc(statement, func(word string) string {
		switch word = word[1 : len(word)-1]; word {
		case "events":
			return d.quote(s.Events.Table)
		case "person":
			return d.castText(d.quote(s.Events.Person))
		case "personcolumn":
			return d.quote(s.Events.Person)
		case "item":
			return d.castText(d.quote(s.Events.Item))
		case "itemcolumn":
			return d.quote(s.Events.Item)
		case "time":
			return d.quote(s.Events.Time)
		case "string":
			return d.stringType()
		case "long":
			return d.longType()
		case "double":
			return d.doubleType()
		case "engine":
			return d.tableOptions()
		case "integer":
			return d.integerType()
		default:
			return d.quote(s.Prefix + "_" + word)
		}
	})
	if d != PostgreSQL {
		return statement
	}
	n := 0
	return placeholder.ReplaceAllStringFunc(statement, func(string) string {
		n++
		return fmt.Sprintf("$%d", n)
	})
}

// table returns the name of one of the package's own tables, unquoted.
func (s *Settings) table(word string) string { return s.Prefix + "_" + word }

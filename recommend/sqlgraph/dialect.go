package sqlgraph

import "fmt"

// Dialect is the SQL that an engine speaks.
type Dialect int

// The dialects. PostgreSQL is also that of engines that speak its protocol, MySQL likewise: MariaDB 10.6 or later, MySQL
// 8.0 or later. Tested are PostgreSQL 15 and MariaDB 10.11. ClickHouse has [Statement] only, which was never run: its
// text is held still by a golden file, no more.
const (
	PostgreSQL Dialect = iota + 1
	MySQL
	ClickHouse
)

func (d Dialect) known() bool { return d >= PostgreSQL && d <= ClickHouse }

// String returns the name of the dialect.
func (d Dialect) String() string {
	if !d.known() {
		return fmt.Sprintf("Dialect(%d)", int(d))
	}
	return [...]string{"PostgreSQL", "MySQL", "ClickHouse"}[d-PostgreSQL]
}

// castText makes the text of ids, compared byte by byte.
func (d Dialect) castText(column string) string {
	switch d {
	case MySQL:
		return "cast(convert(" + column + " using utf8mb4) as binary)"
	case ClickHouse:
		return "toString(" + column + ")"
	default:
		return "cast(" + column + ` as text) collate "C"`
	}
}

func (d Dialect) stringType() string {
	if d == MySQL {
		return "varbinary(512)"
	}
	return `text collate "C"`
}

func (d Dialect) longType() string {
	if d == MySQL {
		return "mediumblob" // whatever its character set
	}
	return "text"
}

func (d Dialect) integerType() string {
	return [...]string{"int", "signed", "Int64"}[d-PostgreSQL]
}

func (d Dialect) doubleType() string {
	return [...]string{"double precision", "double", "Float64"}[d-PostgreSQL]
}

func (d Dialect) tableOptions() string {
	if d == MySQL {
		return "engine=InnoDB"
	}
	return ""
}

// greet prepares a session: what it may use and, where the engines of a dialect agree on how to say it, how long a
// statement may take, should the client be gone.
func (d Dialect) greet(s *Settings) []string {
	millis := s.StatementTimeout.Milliseconds()
	if d == MySQL {
		size := int64(s.Memory) << 20
		return []string{"set session transaction isolation level read committed", fmt.Sprintf("set session tmp_table_size = %d, max_heap_table_size = %d, sort_buffer_size = %d, group_concat_max_len = 1024",
			size, size, size/4)}
	}
	return []string{
		fmt.Sprintf("set work_mem = '%dMB'", s.Memory), fmt.Sprintf("set maintenance_work_mem = '%dMB'", s.Memory),
		fmt.Sprintf("set statement_timeout = %d", millis), "set jit = off",
	}
}

// identify asks a connection for the number by which kill ends its statement.
func (d Dialect) identify() string {
	if d == MySQL {
		return "select connection_id()"
	}
	return "select pg_backend_pid()"
}

func (d Dialect) kill(id int64) string {
	if d == MySQL {
		return fmt.Sprintf("kill query %d", id)
	}
	return fmt.Sprintf("select pg_cancel_backend(%d)", id)
}

// lock keeps a second build of the same graph away for as long as the connection lives; it gives 1 or 0.
func (d Dialect) lock() string {
	if d == MySQL {
		return "select get_lock(md5(concat(coalesce(database(), ''), '.', ?)), 0)"
	}
	return "select case when pg_try_advisory_lock(hashtextextended(concat(current_schema(), '.', cast(? as text)), 0)) then 1 else 0 end"
}

// unlock lets the next build begin before the server has noticed that the connection is closed.
func (d Dialect) unlock() string {
	if d == MySQL {
		return "select release_lock(md5(concat(coalesce(database(), ''), '.', ?)))"
	}
	return "select pg_advisory_unlock(hashtextextended(concat(current_schema(), '.', cast(? as text)), 0))"
}

// here is the schema of names that have none.
func (d Dialect) here() string {
	if d == MySQL {
		return "database()"
	}
	return "current_schema()"
}

// analyze tells the planner of the engine what is in a table.
func (d Dialect) analyze(table string) string {
	if d == MySQL {
		return "analyze table " + table
	}
	return "analyze " + table
}

// keys are the keys of a table that has to have them before it is filled. Elsewhere they are made afterwards, which is
// faster.
func (d Dialect) keys(keys string) string {
	if d == MySQL {
		return ", " + keys
	}
	return ""
}

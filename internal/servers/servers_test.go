package servers_test

import (
	"database/sql"
	"testing"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"

	"github.com/zhushou-ai/zhushou/internal/servers"
)

func TestServers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		driver string
		start  func(testing.TB, ...string) *servers.Server
	}{
		{"pgx", servers.PostgreSQL},
		{"mysql", servers.MariaDB},
	} {
		t.Run(test.driver, func(t *testing.T) {
			t.Parallel()
			server := test.start(t)
			db, err := sql.Open(test.driver, server.DSN)
			require.NoError(t, err)
			defer db.Close()
			_, err = db.ExecContext(t.Context(), "create table kept (n int)")
			require.NoError(t, err)
			_, err = db.ExecContext(t.Context(), "insert into kept values (7)")
			require.NoError(t, err)

			server.Kill()
			require.Error(t, db.PingContext(t.Context()), "killed")
			server.Start()
			var n int
			require.NoError(t, db.QueryRowContext(t.Context(), "select n from kept").Scan(&n))
			require.Equal(t, 7, n, "what was committed is there after the restart")
		})
	}
}

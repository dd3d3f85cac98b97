// Package servers starts real database servers for tests, from the binaries of the Debian packages.
//
//	server := servers.PostgreSQL(t)
//	db, err := sql.Open("pgx", server.DSN)
//
// Every call starts a server of its own: data in a fresh folder, a free port of the loopback address, a password, and
// nothing written to disk with care, for tests are not kept. The server ends with the test, by its process id. A test run
// as root starts the server as the user that the package made for it, because databases refuse root. Without the binary
// the test is skipped with one line that names the package to install.
package servers

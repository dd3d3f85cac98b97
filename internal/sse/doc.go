// Package sse reads server-sent events, the text/event-stream format, from an [io.Reader].
//
// The reader is a pull parser over one reused buffer: it starts no goroutine and allocates nothing
// per event. Beside events it reports comments, so that a caller can tell a waiting server from a
// dead one, and lines that are not server-sent events at all, because vendors answer a stream with a
// bare JSON error now and then. Reconnection (the id and retry fields of the standard) is left to
// the caller: chat streams cannot be resumed.
package sse

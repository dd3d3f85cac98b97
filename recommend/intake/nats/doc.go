// Package nats carries events through NATS JetStream: a [Publisher] and a [Source] for package intake.
//
//	conn, err := nats.Connect(url, nats.MaxReconnects(-1)) // github.com/nats-io/nats.go
//	js, err := jetstream.New(conn)
//	err = natsintake.CreateStream(ctx, js, natsintake.Config{})
//	publisher, err := natsintake.NewPublisher(js, natsintake.Config{})
//	source, err := natsintake.NewSource(js, natsintake.Config{})
//
// The connection is the caller's: its address, credentials and TLS, and to close. It should reconnect for ever, as above:
// then neither side ends while a server is away.
//
// # What is kept
//
// What the server took survives its death (the tests kill it). It does not survive that of its machine at once: NATS
// hands its files to the disk every two minutes, if its sync_interval is not set otherwise. Where that matters use three
// [Config.Replicas] on three machines.
//
// # Order
//
// JetStream by itself delivers what was not acknowledged after an AckWait, and newer messages meanwhile. A Source does
// not let that show: it has no more than one batch on its way, tells by the numbers of deliveries when one went missing,
// and then waits until all that the server still expects an acknowledgement for is in hand, before it goes on in the
// order of the stream.
//
// One consumer serves one Source at a time. To share the work among processes, give [Config.Shards] the same number
// everywhere and each process a [Config.Shard] of its own: all events of a user are in the same one.
package nats

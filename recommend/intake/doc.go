// Package intake carries events from where they happen to a [recommend.Recorder], through a stream that keeps them: so
// that a web service does not wait for whoever learns from an event, and nothing is lost while that one is down.
//
//	err := intake.Publish(ctx, publisher, event) // in the service
//
//	stats, err := intake.Consume(ctx, source, intake.Once(engine, 0), intake.Options{}) // beside the recommender
//
// Package intake/nats has a [Publisher] and a [Source] for NATS JetStream. A service that should not know whether its
// events go by a stream is given a [Stream], which is a Recorder.
//
// # What is promised
//
// An event that Publish accepted is recorded, at least once: a batch is acknowledged after it was recorded and not
// before, and a Recorder that fails is tried again, with pauses, while nothing more is fetched. Events of a user are
// recorded in the order in which they were published, as far as the source keeps that order.
//
// At least once becomes "as if once" in three steps, each for what the one before lets through:
//
//  1. Every event has an id: the caller's, or one made from what the event says. So an event that is published again,
//     because the reply to the first attempt was lost, is the same event. NATS drops it if it comes within two minutes.
//  2. Consume remembers the ids of the events it recorded last ([Options.Window]).
//  3. After a restart the source begins with what was not acknowledged. A few of these events may have been recorded
//     just before the end, and somebody may have the source begin from the very start. Then it is the Recorder that
//     must not count an event twice. There are two ways. Either what it keeps is a function of the set of events: one
//     row for each user, item, kind and time, as in recommend/redisgraph, whose histories come out the same in
//     whatever order and how often events are told. Or it is a [OnceRecorder], which keeps the ids, or the highest
//     [Message.Position] of each source, together with what it learned. [Once] makes one of a recommend.Engine, whose
//     histories tell what it has been told: a stream that is replayed to it changes nothing.
//
// A Recorder that keeps everything in memory and is fed from the start of the stream needs neither, as long as its process
// lives as long as Consume does.
//
// # The form of an event
//
// A message is a JSON object in UTF-8, of at most 64 KiB:
//
//	{"v":1,"id":"9f…","user":"小明","item":"龙井","kind":"buy","weight":1,"time":"2026-03-01T20:15:00.5+08:00","context":{"场景":"首页"}}
//
// v is the version of the form, always 1 at present; a message with another one is not understood. user and item are
// required; the rest is as in [recommend.Event]. Without an id the event has that of its message, or else the one that
// [Publish] would have made; without a time, it has the time at which the stream took the message. Fields that are not listed here are ignored, so that
// producers in other languages may add what is of use to others.
//
// # Messages that cannot be read
//
// What is not such an object, or is an event that the Recorder calls [recommend.ErrInvalid], will not become better by
// being tried again. It is handed to [Options.DeadLetter] with the reason, and acknowledged. Without a DeadLetter
// Consume ends there, so that nothing is dropped without anybody having decided so.
//
// # Kafka and other streams
//
// Implement [Source] and [Publisher]. For Kafka: the key of a record is [Message.Key], which puts all events of a user
// into one partition, in order; one round of the loop is one poll; Ack commits the offsets; Message.Source is topic and
// partition, Message.Position the offset plus one. Commit nothing by time.
package intake

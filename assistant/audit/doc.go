// Package audit keeps a record of what an assistant did, for people who must be able to trust it later: an
// append-only log in which nothing can be changed, taken out or cut off unnoticed, and from which the
// personal data of one person can be erased all the same.
//
//	log, err := audit.Open(ctx, "audit", audit.Config{Signer: key})
//	err = log.Append(ctx, audit.Entry{ // on disk when it returns
//		Kind: "model.call", Subject: userID, Attrs: map[string]string{"model": "qwen-plus", "decision": "cloud"},
//		Private: map[string]string{"ip": "203.0.113.9"},
//	})
//	report, err := audit.Verify(ctx, "audit", audit.Trust{Key: public})
//
// # What is promised
//
// When Append returns, the entries are on disk. Records form a chain: each hash covers the record and the
// hash before it. Every [Config.Every] records, and when the log is closed, a [Checkpoint] with the chain's
// hash and the root of a Merkle tree over the records since the last one joins the chain, signed if there
// is a [Config.Signer]. [Verify] finds every byte that is not what was written, and a log that ends before
// what was acknowledged, which a file named head knows.
//
// Who can write the folder can write a new log from its beginning to its end. Two things stand against
// that: a signature by a key that is not on the machine, and a copy of [Log.Checkpoint] that was given to
// somebody else from time to time ([Config.Anchor]); [Trust] takes both.
//
// # Personal data
//
// Attrs and Reason are read by every auditor and must hold no personal data. What is personal goes into
// Private, encrypted with a key of the subject's own, and the subject itself is kept as a keyed hash.
// [Log.Erase] destroys that key: the record stays, the chain still verifies, and nobody can read what it
// said about the person. Keys lie in the file keys of the folder; copies of it must not be kept longer
// than a request for erasure may take.
//
// # Retention
//
// Each [Class] of records has a chain of its own and the time that it must be kept at least; [Log.Sweep]
// drops whole files whose records are all older. The dropping is a record too, so that a log that was cut
// off at its head does not pass for one that was swept. While the log is frozen as evidence ([Log.Freeze])
// nothing is dropped and nothing erased.
//
// The classes that come with the package are those that Chinese rules ask for as its authors read them;
// they are data, in retention.json, and [Config.Classes] takes their place.
package audit

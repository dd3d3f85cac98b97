// Package egress decides whether personal data may leave for a recipient: in which country, for which purpose, with whose
// consent, and for how many people in a year.
//
//	gate := egress.Gate{
//		Recipient: egress.Recipient{Name: "vendor", Region: "US"},
//		Purpose:   "answering",
//	}
//	model = gate.Wrap(model)
//
// A request without personal data always passes. To a recipient abroad personal data is never sent unless a mechanism for
// it is named: the gate puts placeholders in its place, as [guard.Mask] does, and the recipient sees no more. With a
// mechanism, the data itself may go, if the person consents, and as long as there are not more people in the calendar
// year (of China) than the mechanism is for. Who they are is not kept: people are counted by a keyed hash.
//
// A gate belongs next to the vendor's model, below every other layer. What it refuses is an error that matches
// [ErrRefused] and [assistant.ErrPermission], so that a fallback may ask a vendor nearer by.
//
// The limits are data with a name and a version: see [Rules]. Whether a mechanism may be used at all is for lawyers to
// say. Data of people who are only spoken of counts for the person who speaks.
package egress

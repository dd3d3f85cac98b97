// Package observe tells OpenTelemetry of every call to a model: a span, metrics and, if asked, events,
// named by the semantic conventions for generative AI.
//
// The package stands alone so that nothing else depends on OpenTelemetry. A [Telemetry] at the top of a
// stack of package middleware sees calls as the caller does, with all attempts; one next to the vendor
// sees each attempt, as a child of the span above.
//
// # Which conventions
//
// The names are those of version 1.41 of the conventions, the last one that the Go library of
// OpenTelemetry carries. The conventions for generative AI have since moved to a repository of their
// own, where they are still in development and some metrics have other names.
//
// # Content
//
// What people ask and what the model answers is never recorded unless [Telemetry.Content] is set, and
// neither are a vendor's own words in errors, which may repeat it. The bytes of pictures and the like are
// never recorded. User ids, keys and [assistant.Request.Extra] are not recorded at all.
package observe

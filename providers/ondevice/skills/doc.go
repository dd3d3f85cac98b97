// Package skills holds the things that assistants are asked for most, ready to be understood without a
// network: alarms, timers, reminders, a calendar, dates and holidays, arithmetic and units, weather,
// music, the home, calls and messages, a shop, and the settings of a device.
//
// Each constructor takes what the application can do, as a small interface, and returns skills: tools
// with typed arguments together with the sentences that call for them. Dates, Holidays, Arithmetic and
// Units need nothing and answer by themselves.
//
//	known := slices.Concat(skills.Alarms(clock, nil), skills.Dates(nil), skills.Holidays(nil, nil), skills.Units())
//	engine := ondevice.New(ondevice.Config{})
//	if err := engine.Train(ctx, known); err != nil { … }
//	a := &assistant.Assistant{Model: engine, Tools: ondevice.Tools(known...)}
//
// Learning all of them takes seconds; package trained holds an engine that has. The tools are ordinary
// ones, so that a model in the cloud is given the very same.
//
// # Names
//
// What differs from one user to the next (contacts, songs, devices, rooms, goods, apps) is not in the
// skills. Pass it with the [ondevice.Context], or with [ondevice.Config], by the name of the argument,
// which the constructors tell. A tool still checks the names that it is given, through the application.
//
// # Answers
//
// Tools answer with values and, where these alone make no sentence, with a field "say" that can be
// spoken as it is. What cannot be done is an error in Chinese that names the reason. Tools that reach
// other people or delete what cannot be got back ask first: they are marked with Confirm in their
// [assistant.ToolSpec].
//
// What is created has an ID that comes back in the result. A model that corrects it passes the ID as the
// argument replaces, and the first one is removed.
//
// # Time
//
// A clock that is nil is [time.Now]; its location is that in which times are said. Working days are
// those of the notices of the State Council, so that an alarm for working days rings on a Saturday that
// is worked and keeps silent on a holiday: see [Next].
package skills

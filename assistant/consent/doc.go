// Package consent knows what each person agreed to have done with their data, and gives them their rights
// over it: to take the agreement back, to see what is held, and to have it erased.
//
//	registry, err := consent.New(store, []consent.Purpose{
//		{Name: "memory", Data: []string{"conversation"}, Notice: "2026-03", Method: "保存在服务器"},
//		{Name: "training", Data: []string{"conversation"}, Notice: "2026-03", Method: "用于改进模型", Separate: true, OptOutSteps: 3},
//	}, consent.Config{})
//	err = registry.Give(ctx, consent.Act{Subject: user, Purposes: []string{"memory"}, By: "设置页"})
//	if err := registry.Check(ctx, user, "memory"); err != nil { … } // errors.Is(err, consent.ErrNoConsent)
//
// # Agreement
//
// An agreement is for a purpose as it was when the person read the notice: if its data, its method or its
// notice change, it no longer holds and must be asked for again. It holds for what was asked by itself where
// the purpose wants that ([Purpose.Separate]: sensitive data, data that leaves the country), and for a child
// under fourteen only with the consent of a guardian. [Registry.Withdraw] holds from the next
// [Registry.Check] on, in every process that shares the [Store]. Whatever cannot be told, such as a store
// that does not answer, counts as no consent.
//
// Refusing must not lock a person out: [Sessions] lets a conversation go on without being kept.
//
// # Rights
//
// [Rights] reaches every place that holds something about a person through the interface [Holder], exports
// all of it in one package that people and programs can read, and erases all of it with a receipt that says
// for each place what was there and that it is gone. What fails is named, and the same call again goes on.
package consent

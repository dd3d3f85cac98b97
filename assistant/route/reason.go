package route

// A Rule is the name of a rule, in the order in which they are asked. The first that decides wins.
type Rule string

// The rules.
const (
	RuleGoesOn     Rule = "tool result"      // whoever called a tool says what came of it, if it may see it
	RuleAnswered   Rule = "answer"           // the user has answered a question of the router
	RuleNever      Rule = "never leaves"     // no cloud may have it
	RuleMust       Rule = "must leave"       // the device cannot take it or answer it
	RulePending    Rule = "pending dialogue" // the device has asked, and this answers it
	RuleUnderstood Rule = "understanding"    // how sure the device is
)

// An Action is what a rule has decided.
type Action string

// The actions.
const (
	OnDevice Action = "device" // the device answers
	ToCloud  Action = "cloud"  // a cloud answers
	AskUser  Action = "ask"    // the router asks the user, for consent or whether this is what was meant
	Decline  Action = "refuse" // the router says that it cannot be done, and why
)

// A Reason is why a rule has decided as it did, or why a tier was passed over.
type Reason string

// The reasons for which something does not leave.
const (
	NotGranted     Reason = "the policy grants nothing"     // there is no policy, or none for the place
	MarksUnknown   Reason = "marks could not be read"       // by Config.Marks
	PrivateRequest Reason = "marked private"                // the request or the session
	PrivateTool    Reason = "meant for a private tool"      // or a private tool was called in this turn
	PersonalData   Reason = "personal data that is kept"    // of a class that the policy keeps
	Unmasked       Reason = "personal data, and no masking" // of a class that must be masked, by a tier that does not
	MediaKept      Reason = "media are kept"
	ChildMode      Reason = "child mode"
	NoConsent      Reason = "consent was not given"
	ConsentRefused Reason = "consent was refused or withdrawn"
	ConsentUnknown Reason = "consent could not be read"
	NotRecorded    Reason = "the decision could not be recorded"
	Unavailable    Reason = "the tier is not available" // see Status
	Unable         Reason = "the tier lacks an ability"
	NotNamed       Reason = "another model was asked for"
	Failed         Reason = "the tier failed"
)

// The reasons for which something is done.
const (
	NamedModel    Reason = "a model was named"
	Media         Reason = "media that the device cannot take"
	TooLong       Reason = "text too long for the device"
	Structured    Reason = "an answer in JSON"
	WebSearch     Reason = "a search of the web"
	FillsQuestion Reason = "fills what the device asked for"
	Sure          Reason = "sure enough to act"
	OwnAnswer     Reason = "the device has an answer of its own"
	Unsure        Reason = "a question is cheaper than a wrong act"
	NeedsConsent  Reason = "changes the world outside"
	CloudDialogue Reason = "unsure, in a dialogue with a cloud"
	NotACommand   Reason = "no command for the device"
	ToolResult    Reason = "a tool result to be said"
	UserAgreed    Reason = "the user agreed"
	UserRefused   Reason = "the user refused"
	ShadowMode    Reason = "shadow mode"
	LastResort    Reason = "no cloud answered"
	DeviceFailed  Reason = "the device failed"
)

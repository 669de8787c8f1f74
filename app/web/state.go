package web

// tone is the meaning of a colour, the same on every page.
type tone string

// The tones, in the order of desk.md.
const (
	grey   tone = "grey"   // draft, planned: nothing promised yet
	blue   tone = "blue"   // under way, waits for somebody
	green  tone = "green"  // in force, verified
	red    tone = "red"    // refused, needs mending
	amber  tone = "amber"  // held
	dark   tone = "dark"   // finished
	struck tone = "struck" // void
)

// state is how one status is shown: always a word, a colour and an icon.
type state struct {
	Status string
	Tone   tone
	Icon   string
}

// stateOf is the one table of states of all nouns. A status means the same wherever it appears.
func stateOf(status string) state {
	s := state{Status: status, Tone: grey, Icon: "circle-dashed"}
	switch status {
	case "import_staged":
		s.Tone, s.Icon = blue, "eye"
	case "import_committed":
		s.Tone, s.Icon = green, "check"
	case "import_voided":
		s.Tone, s.Icon = struck, "ban"
	case "price_above":
		s.Tone, s.Icon = red, "alert-triangle"
	case "price_equal", "price_below", "price_in_force":
		s.Tone, s.Icon = green, "check"
	case "price_check":
		s.Tone, s.Icon = amber, "eye"
	case "price_not_found":
		s.Icon = "search"
	case "price_coming":
		s.Tone, s.Icon = blue, "calendar"
	case "price_ended":
		s.Tone, s.Icon = dark, "flag"
	case "price_void":
		s.Tone, s.Icon = struck, "ban"
	case "draft":
		s.Icon = "pencil"
	case "planned", "queued":
		s.Icon = "calendar"
	case "open":
	case "reopened":
		s.Tone, s.Icon = amber, "rotate"
	case "submitted", "requested", "proposed", "waiting":
		s.Tone, s.Icon = blue, "send"
	case "published", "running":
		s.Tone, s.Icon = blue, "speakerphone"
	case "invoiced":
		s.Tone, s.Icon = blue, "receipt"
	case "expired":
		s.Icon = "clock"
	case "authorised":
		s.Tone, s.Icon = blue, "clipboard-check"
	case "active", "verified", "locked", "approved":
		s.Tone, s.Icon = green, "check"
	case "signed":
		s.Tone, s.Icon = green, "clipboard-check"
	case "unsigned":
		s.Tone, s.Icon = amber, "hand-stop"
	case "accepted", "received":
		s.Tone, s.Icon = green, "circle-check"
	case "rejected", "failed", "refused":
		s.Tone, s.Icon = red, "circle-x"
	case "returned":
		s.Tone, s.Icon = red, "rotate"
	case "held":
		s.Tone, s.Icon = amber, "hand-stop"
	case "completed", "closed", "paid", "settled", "done":
		s.Tone, s.Icon = dark, "flag"
	case "cancelled", "terminated", "reversed", "withdrawn", "revoked", "voided":
		s.Tone, s.Icon = struck, "ban"
	}
	if status == "locked" {
		s.Icon = "lock"
	}
	return s
}

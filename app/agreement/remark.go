package agreement

import (
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"tayang/app/fault"
)

// Remark is what an approver wants mended at one field, and what the author's side answered.
type Remark struct {
	ID         uuid.UUID     `json:"id" db:"id"`
	Round      int           `json:"round" db:"round"`
	Pointer    string        `json:"pointer" db:"pointer" doc:"JSON pointer into the terms of the agreement; empty: the whole"`
	Text       string        `json:"text" db:"remark"`
	CreatedAt  time.Time     `json:"created_at" db:"created_at"`
	CreatedBy  uuid.UUID     `json:"created_by" db:"created_by"`
	Author     string        `json:"author" db:"author" doc:"name of the approver"`
	Answer     string        `json:"answer" db:"answer" doc:"empty until it is answered"`
	AnsweredAt *time.Time    `json:"answered_at" db:"answered_at"`
	AnsweredBy uuid.NullUUID `json:"answered_by" db:"answered_by"`
	Answerer   string        `json:"answerer" db:"answerer"`
	ApprovalID uuid.UUID     `json:"-" db:"approval_id"`
}

// Correction is a remark as an approver writes it.
type Correction struct {
	Pointer string `json:"pointer" doc:"JSON pointer into the terms of the agreement, such as /deliverables/0/unit_price; empty: the whole"`
	Text    string `json:"text"`
}

// Answer is what the author's side says to a remark, with the next submission.
type Answer struct {
	RemarkID uuid.UUID `json:"remark_id"`
	Text     string    `json:"text"`
}

// Bounds of remarks and answers.
const (
	remarkMax  = 1000
	remarksMax = 200
)

// trimmedCorrections are the remarks without blanks around their words.
func trimmedCorrections(corrections []Correction) []Correction {
	out := make([]Correction, len(corrections))
	for i, c := range corrections {
		out[i] = Correction{c.Pointer, strings.TrimSpace(c.Text)}
	}
	return out
}

// trimmedAnswers are the answers without blanks around their words.
func trimmedAnswers(answers []Answer) []Answer {
	out := make([]Answer, len(answers))
	for i, a := range answers {
		out[i] = Answer{a.RemarkID, strings.TrimSpace(a.Text)}
	}
	return out
}

// checkCorrections wants at least one remark, each with words and at a field that the terms have.
func checkCorrections(t Terms, corrections []Correction) error {
	var wrong fault.Fields
	switch {
	case len(corrections) == 0:
		wrong.Add("/remarks", "required")
	case len(corrections) > remarksMax:
		wrong.AddWith("/remarks", "too_many", fault.Args{"max": remarksMax})
		return wrong.Err()
	}
	for i, c := range corrections {
		at := "/remarks/" + strconv.Itoa(i)
		if !pointsInto(reflect.ValueOf(t), c.Pointer) {
			wrong.AddWith(at+"/pointer", "no_such_field", fault.Args{"pointer": c.Pointer})
		}
		wrong.Text(at+"/text", c.Text, true, remarkMax)
	}
	return wrong.Err()
}

// checkAnswers wants each answer to have words and to be to a remark that has none yet.
func (a Agreement) checkAnswers(answers []Answer) error {
	var wrong fault.Fields
	open := map[uuid.UUID]bool{}
	for _, r := range a.Remarks {
		open[r.ID] = r.AnsweredAt == nil
	}
	for i, answer := range answers {
		at := "/answers/" + strconv.Itoa(i)
		if unanswered, there := open[answer.RemarkID]; !there {
			wrong.Add(at+"/remark_id", "not_found")
		} else if !unanswered {
			wrong.Add(at+"/remark_id", "answered_already")
		}
		open[answer.RemarkID] = false
		wrong.Text(at+"/text", answer.Text, true, remarkMax)
	}
	return wrong.Err()
}

// OpenRemarks are those that nobody has answered.
func (a Agreement) OpenRemarks() (out []Remark) {
	for _, r := range a.Remarks {
		if r.AnsweredAt == nil {
			out = append(out, r)
		}
	}
	return out
}

// pointsInto reports whether a JSON pointer names something that v has or could have: a field that is empty counts, an
// element that is not there does not.
func pointsInto(v reflect.Value, pointer string) bool {
	if pointer == "" {
		return true
	}
	rest, ok := strings.CutPrefix(pointer, "/")
	if !ok {
		return false
	}
	token, further, deeper := strings.Cut(rest, "/")
	if deeper {
		further = "/" + further
	}
	token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
	if v.Kind() == reflect.Pointer && v.IsNil() {
		v = reflect.Zero(v.Type().Elem())
	}
	v = reflect.Indirect(v)
	switch v.Kind() { //nolint:exhaustive // what has parts
	case reflect.Struct:
		field, ok := fieldOf(v, token)
		return ok && pointsInto(field, further)
	case reflect.Slice:
		i, err := strconv.Atoi(token)
		return err == nil && strconv.Itoa(i) == token && i >= 0 && i < v.Len() && pointsInto(v.Index(i), further)
	}
	return false
}

// fieldOf finds the field that JSON calls so, embedded structs being open.
func fieldOf(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && tag == "" && v.Field(i).Kind() == reflect.Struct {
			if found, ok := fieldOf(v.Field(i), name); ok {
				return found, true
			}
		}
		if tag == name && tag != "" && tag != "-" {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

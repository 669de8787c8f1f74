package audit

import (
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that an event is a leaf of the log whose checkpoint it names: tlog.CheckRecord and the signature are
// all that a stranger needs.
type Inclusion struct {
	Seq        int64       `json:"seq"`
	Event      string      `json:"event" doc:"the exact text that is hashed"`
	Leaf       int64       `json:"leaf"`
	Size       int64       `json:"size"`
	Hashes     []tlog.Hash `json:"hashes"`
	Checkpoint string      `json:"checkpoint" doc:"signed note"`
}

// Prove makes the proof of one event against the last checkpoint. Faults: NotFound while it is not sealed.
func Prove(log Lookup, seq int64) (p Inclusion, err error) {
	seal, err := log.SealOf(seq)
	if err != nil {
		return p, err
	}
	text, err := log.EventText(seq)
	if err != nil {
		return p, err
	}
	head, err := log.LastSeal()
	if err != nil {
		return p, err
	}
	p = Inclusion{Seq: seq, Event: string(text), Leaf: -1, Size: head.Size, Checkpoint: head.Note}
	for i, s := range seal.Seqs {
		if s == seq {
			p.Leaf = seal.First() + int64(i)
		}
	}
	p.Hashes, err = tlog.ProveRecord(head.Size, p.Leaf, log)
	return p, err
}

// Check verifies the proof with the keys of the log.
func (p Inclusion) Check(verifiers ...string) error {
	o, err := OpenCheckpoint(p.Checkpoint, verifiers...)
	if err != nil {
		return err
	}
	if o.Size != p.Size {
		return fmt.Errorf("the checkpoint is of size %d, the proof of %d", o.Size, p.Size)
	}
	return tlog.CheckRecord(p.Hashes, p.Size, o.Root, p.Leaf, tlog.RecordHash([]byte(p.Event)))
}

// Consistency proves that the log of the new size holds the log of the old size whole.
type Consistency struct {
	From       int64       `json:"from"`
	To         int64       `json:"to"`
	Hashes     []tlog.Hash `json:"hashes"`
	Checkpoint string      `json:"checkpoint" doc:"signed note of the size to"`
}

// ProveGrowth makes the proof from one size to that of the last checkpoint.
func ProveGrowth(log Lookup, from int64) (c Consistency, err error) {
	head, err := log.LastSeal()
	if err != nil {
		return c, err
	}
	c = Consistency{From: from, To: head.Size, Checkpoint: head.Note, Hashes: []tlog.Hash{}}
	if from <= 0 || from > head.Size {
		return c, nil
	}
	c.Hashes, err = tlog.ProveTree(head.Size, from, log)
	return c, err
}

// Check verifies that the opened checkpoint holds the log of size From and root whole.
func (c Consistency) Check(old tlog.Hash, o Opened) error {
	if o.Size != c.To {
		return fmt.Errorf("the checkpoint is of size %d, the proof of %d", o.Size, c.To)
	}
	return tlog.CheckTree(c.Hashes, c.To, o.Root, c.From, old)
}

// sealJSON is a seal as an exported log writes it.
type sealJSON struct {
	Size     int64       `json:"size"`
	Seqs     []int64     `json:"seqs"`
	HashFrom int64       `json:"hash_from"`
	Hashes   []tlog.Hash `json:"hashes"`
	Root     tlog.Hash   `json:"root"`
	Note     string      `json:"note"`
}

// MarshalJSON writes what a verification needs.
func (s Seal) MarshalJSON() ([]byte, error) {
	return json.Marshal(sealJSON{s.Size, s.Seqs, s.HashFrom, s.Hashes, s.Root, s.Note})
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (s *Seal) UnmarshalJSON(text []byte) error {
	var j sealJSON
	if err := json.Unmarshal(text, &j); err != nil {
		return err
	}
	*s = Seal{Size: j.Size, Seqs: j.Seqs, HashFrom: j.HashFrom, Hashes: j.Hashes, Root: j.Root, Note: j.Note}
	return nil
}

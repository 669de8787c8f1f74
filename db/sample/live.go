package sample

import (
	"bytes"
	"context"
	"fmt"

	"tayang/app/agreement"
	"tayang/app/file"
	"tayang/app/live"
)

// tellLive looks again at the posts of creators on the last day of their minimum live period: at the first three of an
// agreement, for nobody has time for more. What one of them saw he states, with a picture of his screen.
func (r *run) tellLive(u *unit) {
	content := contentOf(r.items[u.item].product)
	if content == nil || content.Type == agreement.Story || u.no > 3 {
		return
	}
	r.add(workday(content.LiveUntil(u.published)), 15*60+u.no, "look again", func(ctx context.Context) error { return r.look(ctx, u) })
}

func (r *run) look(ctx context.Context, u *unit) error {
	c, err := r.desk.live.Ask(ctx, r.staff, r.agency, u.placement.ID)
	if err != nil {
		return err
	}
	said := live.Statement{Result: live.There, Text: "Unggahan dibuka lewat peramban kantor dan masih tampil dengan label iklan."}
	if u.slip.what == takenDown {
		said = live.Statement{Result: live.Gone, Text: u.slip.text}
	}
	shown, err := picture(fmt.Sprintf("%s %d periksa ulang", r.number(), u.no))
	if err != nil {
		return err
	}
	_, err = r.desk.live.State(ctx, r.staff, r.agency, u.placement.ID, c.ID, nil, said, file.Sent{Name: "layar-periksa-ulang.png", Content: bytes.NewReader(shown)})
	return err
}

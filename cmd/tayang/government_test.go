package main

import (
	"bytes"
	"strings"
	"testing"

	"tayang/db/dbtest"
)

func TestGovernments(t *testing.T) {
	t.Parallel()
	owner, _ := dbtest.DSNs(t)
	cfg := config{DatabaseURL: owner, Data: t.TempDir(), Log: "error"}
	var out bytes.Buffer
	c := console{&out, &out}
	for _, name := range []string{"Kabupaten Contoh", " Kota Contoh "} {
		if err := (governmentAdd{name}).Run(t.Context(), c, cfg); err != nil {
			t.Fatal(err)
		}
	}
	if err := (governmentAdd{"Kota Contoh"}).Run(t.Context(), c, cfg); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("a second one of the same name: %v", err)
	}
	if err := (governmentAdd{" "}).Run(t.Context(), c, cfg); err == nil {
		t.Error("one without a name")
	}
	out.Reset()
	if err := (governmentList{}).Run(t.Context(), c, cfg); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.HasSuffix(lines[0], "  Kabupaten Contoh") || !strings.HasSuffix(lines[1], "  Kota Contoh") {
		t.Errorf("the governments in their order: %q", lines)
	}
}

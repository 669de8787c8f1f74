package chain

import (
	"testing"

	"tayang/db/dbtest/office"
)

// Strict is New with the rules as the program knows them.
func Strict(t testing.TB) *Chain {
	t.Helper()
	return begin(t, office.Strict(t))
}

func begin(t testing.TB, o *office.Office) *Chain {
	t.Helper()
	c := &Chain{Office: o}
	c.serve(t)
	c.vote(t)
	c.contract(t)
	return c
}

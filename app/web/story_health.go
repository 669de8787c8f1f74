package web

import (
	"time"

	"tayang/app/audit"
	"tayang/app/health"
)

func healthStories(in reader) []story {
	at := in.Now.Add(-9 * time.Hour)
	good := health.Overview{
		SealingSince: in.Now, Size: 18_204, SealedAt: in.Now.Add(-2 * time.Second), Root: "6jv0pDhyE0bRAKnEypW3uTD9Iq0pQm9zTq0YxXgGm2E=",
		Keys: []audit.Key{
			{Verifier: "tayang/contoh+5a0d9ea0+AVhZdIoajAlGcj/XdbRxjzkLSWQMjclLRjMjw4QTRWJs", Reason: audit.KeyFirst, CreatedAt: at.AddDate(0, -6, 0)},
			{Verifier: "tayang/contoh+bbdbd154+AZpE+8Vsit/9fQyfd9paZjwYHzoGOAhG6i0RBPkrtbsB", BeginsAtSize: 9_120, Reason: audit.KeyRotated, CreatedAt: at.AddDate(0, -1, 0)},
		},
		Runs: []health.Run{{StartedAt: at, FinishedAt: at.Add(4 * time.Second), Report: "  ok     log_events               18204 events\n"}},
	}
	bad := good
	bad.Failing, bad.SealingSince = "the key that signs the log is not here", in.Now.Add(-time.Hour)
	bad.Keys = append(bad.Keys[:2:2], audit.Key{Verifier: "tayang/contoh+4c3cb3ca+AR53lxn+eNbI6AUKx7QeGfR3vzf2t5zrlaXAwrp1liaf", BeginsAtSize: 17_000, Reason: audit.KeyLost, CreatedAt: at})
	broken := good
	broken.Runs = append([]health.Run{{
		StartedAt: at, FinishedAt: at.Add(5 * time.Second), Problems: 1,
		Report: "  FAILED rows_match_trail\n         payment 0190f5e2: changed past the trail: gross, price\n",
	}}, good.Runs...)
	full, away := good, good
	full.Storage, away.Storage = "storage_full", "storage_unavailable"
	return []story{
		{Name: "health", Page: newHealth(in, good)},
		{Name: "health-empty", Page: newHealth(in, health.Overview{SealingSince: in.Now})},
		{Name: "health-not-sealed", Page: newHealth(in, bad)},
		{Name: "health-problems", Page: newHealth(in, broken)},
		{Name: "health-storage-full", Page: newHealth(in, full)},
		{Name: "health-storage-away", Page: newHealth(in, away)},
	}
}

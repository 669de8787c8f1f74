package handover_test

import (
	"tayang/app/payment"
	"tayang/db/dbtest/chain"
)

func spm() payment.Paper { return payment.Paper{Number: "SPM/1", Date: chain.Day("2026-06-13")} }

package money

import (
	"math/big"
	"slices"
)

// Allocate divides total in proportion to the weights, by largest remainder: the shares sum to total exactly, none
// is more than one unit off its exact proportion, and of equal remainders the earlier weight gets the unit. A
// weight below zero counts as zero; when no weight is above zero the shares are equal. Without weights there are
// no shares.
func Allocate(total Amount, weights []int64) []Amount {
	if len(weights) == 0 {
		return nil
	}
	weights, sum := usable(weights)
	shares := make([]Amount, len(weights))
	rests := make([]*big.Int, len(weights))
	order := make([]int, len(weights))
	left := total
	for i, w := range weights {
		product := new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(w))
		share, rest := product.QuoRem(product, sum, new(big.Int))
		shares[i], rests[i], order[i] = Amount(share.Int64()), rest, i
		left -= shares[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return rests[j].CmpAbs(rests[i]) })
	unit := Amount(1)
	if total < 0 {
		unit = -1
	}
	for i := 0; left != 0; i++ {
		shares[order[i]] += unit
		left -= unit
	}
	return shares
}

// usable gives the weights without negative ones, and their sum; all ones when there would be nothing to divide by.
func usable(weights []int64) ([]int64, *big.Int) {
	positive, sum := make([]int64, len(weights)), new(big.Int)
	for i, w := range weights {
		positive[i] = max(w, 0)
		sum.Add(sum, big.NewInt(positive[i]))
	}
	if sum.Sign() == 0 {
		for i := range positive {
			positive[i] = 1
		}
		sum.SetInt64(int64(len(positive)))
	}
	return positive, sum
}

package audit

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Edge is the right edge of a tree: the hashes of its complete subtrees, the largest first. It is all that growing
// needs of what was there before.
type Edge struct {
	Size   int64
	Hashes []tlog.Hash
}

// EdgeIndexes are the places in the tree's storage where the edge of a tree of that size lies.
func EdgeIndexes(size int64) []int64 {
	var out []int64
	for begin := int64(0); begin < size; {
		level := bits.Len64(uint64(size-begin)) - 1
		out = append(out, tlog.StoredHashIndex(level, begin>>level))
		begin += 1 << level
	}
	return out
}

// Grow adds leaves by their hashes; it gives the tree's new edge and what is added to its storage, in order.
func (e Edge) Grow(leaves []tlog.Hash) (Edge, []tlog.Hash) {
	grown := Edge{e.Size, append([]tlog.Hash(nil), e.Hashes...)}
	var added []tlog.Hash
	for _, h := range leaves {
		added = append(added, h)
		for n := grown.Size; n&1 == 1; n >>= 1 {
			last := len(grown.Hashes) - 1
			h = tlog.NodeHash(grown.Hashes[last], h)
			grown.Hashes = grown.Hashes[:last]
			added = append(added, h)
		}
		grown.Hashes = append(grown.Hashes, h)
		grown.Size++
	}
	return grown, added
}

// Root is the hash of the whole tree; a tree without leaves has none.
func (e Edge) Root() (root tlog.Hash) {
	for i := len(e.Hashes) - 1; i >= 0; i-- {
		if i == len(e.Hashes)-1 {
			root = e.Hashes[i]
			continue
		}
		root = tlog.NodeHash(e.Hashes[i], root)
	}
	return root
}

// leafPlaces tells which of the hashes that a growth from size adds are leaves.
func leafPlaces(size int64, leaves int) []int {
	out := make([]int, leaves)
	for i := range out {
		out[i] = int(tlog.StoredHashIndex(0, size+int64(i)) - tlog.StoredHashCount(size))
	}
	return out
}

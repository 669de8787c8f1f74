package blob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"syscall"

	"github.com/minio/minio-go/v7"

	"tayang/app/fault"
)

// trouble is an error of the place where content is kept, as a fault: storage_full when no room is left there, else
// storage_unavailable. Faults, and the end of whoever asked, pass as they are.
func trouble(ctx context.Context, err error) error {
	var known *fault.Error
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case ctx.Err() != nil:
		return errors.Join(ctx.Err(), err)
	case full(err):
		return &fault.Error{Kind: fault.Full, Code: "storage_full", Cause: err}
	}
	return &fault.Error{Kind: fault.Unavailable, Code: "storage_unavailable", Cause: err}
}

// full reports whether no room is left: on the disk, in the quota, under the limit of a file, or in the bucket.
func full(err error) bool {
	for _, is := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, is) {
			return true
		}
	}
	answer := minio.ToErrorResponse(err)
	switch answer.Code {
	case "XMinioStorageFull", "InsufficientStorage", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded":
		return true
	}
	return answer.StatusCode == http.StatusInsufficientStorage
}

// keeping tells the errors of the place where content is written from those of whoever sends it.
type keeping struct {
	ctx context.Context
	to  io.Writer
}

func (k *keeping) Write(p []byte) (int, error) {
	n, err := k.to.Write(p)
	return n, trouble(k.ctx, err)
}

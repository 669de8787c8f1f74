package blob

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"tayang/app/file"
)

// Store is where content lives, until it is closed.
type Store interface {
	file.Store
	// Spool gives a file for what is still arriving; storage_full when no room is left.
	Spool() (file.Spool, error)
	// Check says whether content can be kept now: storage_full, or storage_unavailable.
	Check(ctx context.Context) error
	// Verify reads content to its end; NotFound when it is not there, another error when it is not what its name says.
	Verify(ctx context.Context, sha256 string) error
	// Sweep removes what began to arrive, did not arrive whole and was not touched since before.
	Sweep(ctx context.Context, before time.Time) (removed int, err error)
	Close() error
}

// Open opens what the setting TAYANG_BLOB_URL names: nothing is the folder, s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]
// is a bucket that exists (?region=NAME when the server wants one, ?tls=off for a server without TLS). The folder then only
// holds what is still arriving. The error says what to mend, and never the secret.
func Open(ctx context.Context, location, folder string) (Store, error) {
	if location == "" {
		d, err := OpenDirectory(folder)
		if err != nil {
			return nil, err
		}
		return d, nil
	}
	u, err := url.Parse(location)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User == nil {
		return nil, errors.New("TAYANG_BLOB_URL must be empty or s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]")
	}
	bucket, prefix, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	if bucket == "" {
		return nil, errors.New("TAYANG_BLOB_URL names no bucket; write s3://KEY:SECRET@HOST[:PORT]/BUCKET")
	}
	secret, _ := u.User.Password()
	b, err := openBucket(ctx, place{
		endpoint: u.Host, tls: u.Query().Get("tls") != "off", region: u.Query().Get("region"),
		key: u.User.Username(), secret: secret, bucket: bucket, prefix: prefix, folder: folder,
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

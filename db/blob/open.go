package blob

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"tayang/app/file"
)

// Store is where content lives, until it is closed.
type Store interface {
	file.Store
	Close() error
}

// Open opens what the setting TAYANG_BLOB_URL names: nothing is the folder, s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]
// is a bucket that exists (?region=NAME when the server wants one, ?tls=off for a server without TLS). The error says
// what to mend, and never the secret.
func Open(ctx context.Context, location, folder string) (Store, error) {
	if location == "" {
		return OpenDirectory(folder)
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
	return openBucket(ctx, place{
		endpoint: u.Host, tls: u.Query().Get("tls") != "off", region: u.Query().Get("region"),
		key: u.User.Username(), secret: secret, bucket: bucket, prefix: prefix,
	})
}

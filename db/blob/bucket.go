package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"regexp"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"tayang/app/fault"
	"tayang/app/file"
)

// place is where a bucket is and who may open it.
type place struct {
	endpoint, region string
	tls              bool
	key, secret      string
	bucket, prefix   string
	folder           string // for what is still arriving
}

// Bucket keeps each content as an object PREFIX/ab/cd/abcd… of an S3 bucket.
type Bucket struct {
	client         *minio.Client
	bucket, prefix string
	root           *os.Root // for what is still arriving
}

// How long a bucket may take, and how often it is asked again: a person waits for the answer.
const (
	bucketTries    = 3
	bucketPutTime  = 40 * time.Second
	bucketAskTime  = 5 * time.Second
	bucketPartSize = 512 << 20 // more than any file here: one request each, so that nothing of it is ever half there
)

func openBucket(ctx context.Context, p place) (*Bucket, error) {
	client, err := minio.New(p.endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(p.key, p.secret, ""), Secure: p.tls, Region: p.region, MaxRetries: bucketTries,
	})
	if err != nil {
		return nil, fmt.Errorf("TAYANG_BLOB_URL: %w", err)
	}
	there, err := client.BucketExists(ctx, p.bucket)
	if err != nil {
		return nil, fmt.Errorf("reach bucket %s at %s (TAYANG_BLOB_URL): %w", p.bucket, p.endpoint, err)
	}
	if !there {
		return nil, fmt.Errorf("there is no bucket %s at %s; make it, or mend TAYANG_BLOB_URL", p.bucket, p.endpoint)
	}
	root, err := openRoot(p.folder)
	if err != nil {
		return nil, err
	}
	return &Bucket{client, p.bucket, p.prefix, root}, nil
}

// Close gives the folder for what is arriving back; a bucket holds no connection open.
func (b *Bucket) Close() error { return b.root.Close() }

// Spool gives a file for what is still arriving, outside of what is kept; it is gone when it is closed.
func (b *Bucket) Spool() (file.Spool, error) { return openSpool(b.root) }

// Check says whether content can be kept now: storage_full when the folder for what arrives is, else storage_unavailable.
func (b *Bucket) Check(ctx context.Context) error {
	if err := room(ctx, b.root); err != nil {
		return err
	}
	asked, cancel := context.WithTimeout(ctx, bucketAskTime)
	defer cancel()
	there, err := b.client.BucketExists(asked, b.bucket)
	if err == nil && !there {
		err = fmt.Errorf("there is no bucket %s", b.bucket)
	}
	return trouble(ctx, err)
}

// Sweep removes what began to arrive, did not arrive whole and was not touched since before.
func (b *Bucket) Sweep(ctx context.Context, before time.Time) (removed int, err error) {
	return sweep(ctx, b.root, before)
}

// Put keeps everything that r gives. The name of an object is the hash of all of it, so the content waits in a
// temporary file until it is whole; the server checks what it gets by checksums. Faults: storage_full, storage_unavailable.
func (b *Bucket) Put(ctx context.Context, r io.Reader) (sum string, size int64, err error) {
	f, err := spool(b.root)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = f.Close() }()
	hash := sha256.New()
	if size, err = io.Copy(io.MultiWriter(&keeping{ctx, f}, hash), &cancellable{ctx, r}); err != nil {
		return "", 0, err
	}
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return "", 0, trouble(ctx, err)
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	if err := b.send(ctx, sum, f, size); err != nil {
		return "", 0, err
	}
	return sum, size, nil
}

func (b *Bucket) send(ctx context.Context, sum string, f *os.File, size int64) error {
	sending, cancel := context.WithTimeout(ctx, bucketPutTime)
	defer cancel()
	_, err := b.client.PutObject(sending, b.bucket, b.name(sum), f, size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", SendContentMd5: true, PartSize: bucketPartSize,
	})
	return trouble(ctx, err)
}

// Open reads content again. The last read fails when the content is not what its name says. NotFound when it is not
// there.
func (b *Bucket) Open(ctx context.Context, sum string) (io.ReadCloser, error) {
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(sum) {
		return nil, fault.Missing()
	}
	object, err := b.client.GetObject(ctx, b.bucket, b.name(sum), minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	if _, err := object.Stat(); err != nil {
		if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
			err = fault.Missing()
		}
		return nil, errors.Join(trouble(ctx, err), object.Close())
	}
	return &verified{object, sha256.New(), sum}, nil
}

// Verify reads content to its end. NotFound when it is not there, an error when it is not what its name says.
func (b *Bucket) Verify(ctx context.Context, sum string) error {
	content, err := b.Open(ctx, sum)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, content)
	return errors.Join(err, content.Close())
}

func (b *Bucket) name(sum string) string { return path.Join(b.prefix, nameOf(sum)) }

// verified gives an error in the place of the end of content that is not what it was.
type verified struct {
	io.ReadCloser
	hash hash.Hash
	want string
}

func (v *verified) Read(p []byte) (int, error) {
	n, err := v.ReadCloser.Read(p)
	v.hash.Write(p[:n])
	if errors.Is(err, io.EOF) {
		if is := hex.EncodeToString(v.hash.Sum(nil)); is != v.want {
			return n, fmt.Errorf("object %s is damaged: its content has SHA-256 %s", v.want, is)
		}
	}
	return n, err
}

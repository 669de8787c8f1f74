// Package file keeps what people send: proofs and papers, by the SHA-256 of their content. It judges their size and
// type; what a file proves, and who may add one to what, is decided where it is used.
package file

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"tayang/app/fault"
)

// SizeMax is the largest file that is taken when nothing else is set, in bytes.
const SizeMax = 25 << 20

const nameBytesMax = 200

// File is a kept file. Equal content is one file, whoever sends it; the name belongs to whoever sent it.
type File struct {
	SHA256    string    `json:"sha256" db:"sha256"`
	Size      int64     `json:"size" db:"size" doc:"in bytes"`
	MediaType string    `json:"media_type" db:"media_type" doc:"found from the content"`
	Filename  string    `json:"filename,omitempty" db:"-" doc:"as it was sent"`
	CreatedAt time.Time `json:"created_at" db:"created_at"`
}

// Title is a name to save the file under: as it was sent, else the beginning of its hash.
func (f File) Title() string {
	if f.Filename != "" {
		return f.Filename
	}
	name := f.SHA256[:min(12, len(f.SHA256))]
	if ext := Proof.extensions(f.MediaType); len(ext) > 0 {
		name += "." + ext[0]
	}
	return name
}

// Purpose is what a file is for; it decides which types are taken.
type Purpose string

// The purposes.
const (
	Proof Purpose = "proof" // what shows a placement: pictures, pages, recordings, logs
	Paper Purpose = "paper" // documents and pictures of them
	List  Purpose = "list"  // tables to be taken in: workbooks and CSV
)

// extensions gives the filename extensions that go with a media type; none when the purpose does not take the type.
func (p Purpose) extensions(mediaType string) []string {
	if p == List {
		return listed(mediaType)
	}
	switch mediaType {
	case "image/png":
		return []string{"png"}
	case "image/jpeg":
		return []string{"jpg", "jpeg", "jpe", "jfif"}
	case "image/webp":
		return []string{"webp"}
	case "image/gif":
		return []string{"gif"}
	case "application/pdf":
		return []string{"pdf"}
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return []string{"xlsx"}
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return []string{"docx"}
	}
	if p == Proof {
		return recorded(mediaType)
	}
	return nil
}

// listed are the types of tables. A workbook whose parts lie in an unusual order looks like any archive.
func listed(mediaType string) []string {
	switch mediaType {
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip":
		return []string{"xlsx", "xlsm"}
	case "text/plain", "text/csv", "text/tab-separated-values":
		return []string{"csv", "txt", "tsv"}
	}
	return nil
}

// recorded are the types of recordings and of the logs of stations.
func recorded(mediaType string) []string {
	switch mediaType {
	case "video/mp4":
		return []string{"mp4", "m4v", "m4a"}
	case "audio/mp4", "audio/x-m4a":
		return []string{"m4a", "mp4"}
	case "video/quicktime":
		return []string{"mov"}
	case "video/webm":
		return []string{"webm"}
	case "audio/mpeg":
		return []string{"mp3"}
	case "audio/wav":
		return []string{"wav"}
	case "audio/ogg":
		return []string{"ogg", "oga", "opus"}
	case "text/plain", "text/csv":
		return []string{"txt", "log", "csv"}
	}
	return nil
}

// headBytes is how much of a file tells its type.
const headBytes = 3072

// sniff finds the media type from the head of the content. A type that the purpose does not take is the fault
// file_type_not_allowed; a name or declared type that says otherwise is file_type_mismatch.
func sniff(head []byte, name, declared string, p Purpose) (string, error) {
	found := mimetype.Detect(head)
	mediaType, _, _ := strings.Cut(found.String(), ";")
	allowed := p.extensions(mediaType)
	if allowed == nil {
		return "", refuse("file_type_not_allowed", fault.Args{"found": mediaType})
	}
	if ext := extension(name); ext != "" && !slices.Contains(allowed, ext) {
		return "", refuse("file_type_mismatch", fault.Args{"found": mediaType, "declared": "." + ext})
	}
	if !agrees(found, declared, allowed) {
		return "", refuse("file_type_mismatch", fault.Args{"found": mediaType, "declared": declared})
	}
	return mediaType, nil
}

// agrees reports whether the declared type is the found one by any of its names, or says nothing.
func agrees(found *mimetype.MIME, declared string, allowed []string) bool {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(declared)), ";")
	switch base = strings.TrimSpace(base); base {
	case "", "application/octet-stream", "binary/octet-stream":
		return true
	case "image/jpg":
		base = "image/jpeg"
	case "application/vnd.ms-excel": // what Windows with Excel calls a CSV file
		base = "text/csv"
	}
	if found.Is(base) {
		return true
	}
	// Containers and plain texts go by several names: what their extensions share, they share.
	other := recorded(base)
	return slices.ContainsFunc(other, func(ext string) bool { return slices.Contains(allowed, ext) })
}

func extension(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return ""
	}
	return strings.ToLower(name[i+1:])
}

func refuse(code string, args fault.Args) error {
	return &fault.Error{Kind: fault.UnsupportedMedia, Code: code, Args: args, Fields: []fault.Field{{Pointer: "/file", Code: code, Args: args}}}
}

// Name is the last part of the name that a file was sent under, without what cannot be shown, cut to a sane length
// with its extension kept.
func Name(sent string) string {
	sent = strings.ToValidUTF8(sent, "")
	sent = sent[strings.LastIndexAny(sent, `/\`)+1:]
	sent = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, sent))
	if len(sent) <= nameBytesMax {
		return sent
	}
	ext := ""
	if i := strings.LastIndexByte(sent, '.'); i >= 0 && len(sent)-i <= 10 {
		sent, ext = sent[:i], sent[i:]
	}
	cut := nameBytesMax - len(ext)
	for !utf8.RuneStart(sent[cut]) {
		cut--
	}
	return sent[:cut] + ext
}

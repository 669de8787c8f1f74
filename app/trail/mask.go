package trail

import "strings"

// unseen stands in the place of a secret.
const unseen = "•••"

// Mask leaves of an identifier its last four characters; one that is no longer than that is masked whole.
func Mask(identifier string) string {
	runes := []rune(identifier)
	shown := len(runes) - 4
	if shown <= 0 {
		shown = len(runes)
	}
	return strings.Repeat("•", shown) + string(runes[shown:])
}

// masked copies an image with its identifiers masked and its secrets left out, however deep they lie.
func masked(tableName string, image Image) Image {
	if image == nil {
		return nil
	}
	t := tables()[tableName]
	out := make(Image, len(image))
	for name, value := range image {
		c, _ := t.column(name)
		out[name] = c.masked(value)
	}
	return out
}

func (c column) masked(value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		switch {
		case c.form == secret:
			return unseen
		case c.form == masked4:
			return Mask(v)
		}
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = c.masked(v[i])
		}
		return out
	case map[string]any:
		return map[string]any(masked("", v))
	}
	if c.form == secret || c.form == masked4 {
		return unseen
	}
	return value
}

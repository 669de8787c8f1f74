package fault

import "testing"

func TestTextThatIsNotWhatItLooksLikeIsRefused(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]string{
		"Dua baris\nsatu\ttab": "", "Ñandú 北京 😀": "", "": "required", "lebih dari dua puluh huruf": "too_long",
		"a\x00b": "bad_text", "a\x1bb": "bad_text", "a\u202eb": "bad_text", "a\u2066b": "bad_text", "a\xffb": "bad_text",
		"a\u200fb": "",
	} {
		var wrong Fields
		wrong.Text("/x", text, true, 20)
		if got := append(wrong, Field{})[0].Code; got != code {
			t.Errorf("%q: want %q, got %q", text, code, got)
		}
	}
}

package listing

import (
	"net/url"
	"testing"

	"tayang/app/fault"
)

func TestParse(t *testing.T) {
	t.Parallel()
	params, _ := url.ParseQuery("limit=10&cursor=abc&count=true&q=+kata+&sort=-date,number&status=active,closed&status=draft")
	q, err := Parse(params)
	if err != nil {
		t.Fatal(err)
	}
	if q.Limit != 10 || q.Cursor != "abc" || !q.Count || q.Text != "kata" || len(q.Sort) != 2 || !q.Sort[0].Desc || q.Sort[1].Field != "number" ||
		len(q.Filters["status"]) != 3 {
		t.Errorf("%+v", q)
	}
	if q, _ := Parse(nil); q.Limit != LimitDefault {
		t.Errorf("the default limit: %d", q.Limit)
	}
	for _, bad := range []string{"limit=0", "limit=501", "limit=x", "limit=", "count=maybe"} {
		params, _ := url.ParseQuery(bad)
		if _, err := Parse(params); !fault.Is(err, "invalid") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestTextsWithCommasStayWhole(t *testing.T) {
	t.Parallel()
	q, err := Parse(map[string][]string{"name": {"Belanja Jasa Iklan, Film"}, "status": {"draft"}})
	if err != nil || len(q.Filters["name"]) != 2 || len(q.Whole["name"]) != 1 || q.Whole["name"][0] != "Belanja Jasa Iklan, Film" || q.Whole["status"] != nil {
		t.Errorf("%+v %v", q, err)
	}
	if narrow := q.Where("name", "x"); narrow.Whole["name"] != nil || q.Whole["name"] == nil {
		t.Errorf("narrowed to one value, there is no other: %+v", narrow)
	}
}

func TestCursorsAreOfOneSort(t *testing.T) {
	t.Parallel()
	c := Position{Sort: "-date,", Values: []string{"2026-01-01", "x"}}.Encode()
	if p, err := Decode(c, "-date,", 2); err != nil || p.Values[1] != "x" {
		t.Errorf("%+v %v", p, err)
	}
	for _, bad := range []struct {
		cursor, sort string
		n            int
	}{{c, "date,", 2}, {c, "-date,", 3}, {"%%%", "-date,", 2}, {"e30", "-date,", 2}} {
		if _, err := Decode(bad.cursor, bad.sort, bad.n); !fault.Is(err, "invalid") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestWhereDoesNotTouchTheQueryItCameFrom(t *testing.T) {
	t.Parallel()
	q := All().Where("status", "active")
	narrow := q.Where("status", "closed").Where("kind", "media")
	if q.Filters["status"][0] != "active" || len(q.Filters) != 1 || narrow.Filters["status"][0] != "closed" || len(narrow.Filters) != 2 {
		t.Errorf("%v %v", q.Filters, narrow.Filters)
	}
}

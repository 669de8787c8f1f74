package tabular

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"tayang/app/fault"
	"tayang/app/period"
	"tayang/app/price"
)

// secondsOfDay is how many seconds a day has by the clock.
const secondsOfDay = 24 * 60 * 60

// Days as workbooks number them; the first that they number rightly is 1 March 1900.
const (
	serialMin = 61
	serialMax = 2_958_465 // 31 December 9999
)

// serial reads a number of days, as a workbook writes dates and times; false when the cell is none.
func serial(c price.Cell) (days int, seconds int, ok bool) {
	n, err := strconv.ParseFloat(c.Text, 64)
	if !c.Number || err != nil || math.IsNaN(n) || n < 0 || n > serialMax+1 {
		return 0, 0, false
	}
	whole := math.Floor(n)
	days, seconds = int(whole), int(math.Round((n-whole)*secondsOfDay))
	if seconds == secondsOfDay { // a rounding away from midnight
		days, seconds = days+1, 0
	}
	return days, seconds, true
}

var (
	yearFirst = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$`)
	named     = regexp.MustCompile(`^(\d{1,2})[-/. ]+([a-z]+)[-/., ]+(\d{4}|\d{2})$`)
	english   = regexp.MustCompile(`^([a-z]+)\.? +(\d{1,2}),? +(\d{4})$`)
	weekday   = regexp.MustCompile(`^(senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+`)
	timeAfter = regexp.MustCompile(`^(.*\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[t ]+(\d{1,2}[:.]\d{2}.*)$`)
)

// Day reads a date: a day's number in a workbook, or a text with the year or the day first, or with the month's name in
// Indonesian or English. A time behind it is left aside. The codes are required and bad_date.
func Day(c price.Cell) (period.Date, string) {
	if c.Text == "" {
		return period.Date{}, "required"
	}
	if days, _, ok := serial(c); ok {
		if days < serialMin || days > serialMax {
			return period.Date{}, "bad_date"
		}
		return period.MustDate("1899-12-30").AddDays(days), ""
	}
	if c.Number {
		return period.Date{}, "bad_date"
	}
	text := weekday.ReplaceAllString(strings.ToLower(strings.Join(strings.Fields(c.Text), " ")), "")
	if m := timeAfter.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	var year, month, day string
	switch {
	case yearFirst.MatchString(text):
		m := yearFirst.FindStringSubmatch(text)
		year, month, day = m[1], m[2], m[3]
	case dayFirst.MatchString(text):
		m := dayFirst.FindStringSubmatch(text)
		year, month, day = m[3], m[2], m[1]
	case named.MatchString(text):
		m := named.FindStringSubmatch(text)
		year, month, day = m[3], monthNumber(m[2]), m[1]
	case english.MatchString(text):
		m := english.FindStringSubmatch(text)
		year, month, day = m[3], monthNumber(m[1]), m[2]
	default:
		return period.Date{}, "bad_date"
	}
	if len(year) == 2 {
		year = "20" + year
	}
	d, err := period.NewDate(figure(year), time.Month(figure(month)), figure(day))
	if err != nil {
		return period.Date{}, "bad_date"
	}
	return d, ""
}

func figure(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// monthNumber reads the name of a month, whole or its first letters, in Indonesian or English; "" for any other word.
func monthNumber(word string) string {
	for m := time.January; m <= time.December; m++ {
		for _, name := range []string{period.MonthLongName(m, "id"), period.MonthLongName(m, "en"), period.MonthName(m, "id"), period.MonthName(m, "en")} {
			if strings.EqualFold(word, name) {
				return strconv.Itoa(int(m))
			}
		}
	}
	if n, ok := map[string]string{"agust": "8", "sept": "9", "nop": "11", "nopember": "11", "pebruari": "2"}[word]; ok {
		return n
	}
	return ""
}

var clock = regexp.MustCompile(`^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.:,]\d{1,3})?)? ?(am|pm|wib|wita|wit)?$`)

// Clock reads a time of day in seconds after midnight: a part of a day in a workbook, or a text as 07:15, 07.15.30, 7:15
// PM or 07.15 WIB; zone is how the office's own zone is called, another is refused. A date before it is left aside. There
// is no hour 24: what airs after midnight is of the next day. The codes are required and bad_time.
func Clock(c price.Cell, zone string) (int, string) {
	if c.Text == "" {
		return 0, "required"
	}
	if days, seconds, ok := serial(c); ok {
		if days != 0 && days < serialMin {
			return 0, "bad_time"
		}
		return seconds, ""
	}
	text := strings.ToLower(strings.Join(strings.Fields(c.Text), " "))
	if m := timeAfter.FindStringSubmatch(text); m != nil {
		text = m[2]
	}
	m := clock.FindStringSubmatch(text)
	if c.Number || m == nil {
		return 0, "bad_time"
	}
	hour, minute, second := figure(m[1]), figure(m[2]), max(0, figure(m[3]))
	switch m[4] {
	case "am", "pm":
		if hour < 1 || hour > 12 {
			return 0, "bad_time"
		}
		if hour %= 12; m[4] == "pm" {
			hour += 12
		}
	case "":
	default:
		if !strings.EqualFold(m[4], zone) {
			return 0, "bad_time"
		}
	}
	if hour > 23 || minute > 59 || second > 59 {
		return 0, "bad_time"
	}
	return hour*3600 + minute*60 + second, ""
}

var (
	spelled = regexp.MustCompile(`^(\d{1,6})(?:[.,]0+)? ?(s|sec|secs|second|seconds|dtk|detik|"|''|”|″|m|min|mnt|menit|minute|minutes|'|’|′)?$`)
	mixed   = regexp.MustCompile(`^(\d{1,4}) ?(?:m|min|mnt|menit|minute|minutes|'|’|′) ?(\d{1,2}) ?(?:s|sec|second|seconds|dtk|detik|"|''|”|″)?$`)
	running = regexp.MustCompile(`^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,:]\d{1,3})?$`)
)

// Seconds reads how long something is: seconds as a number, a part of a day in a workbook, or a text as 30, 30 detik, 1
// menit, 1'30", 00:30 (minutes and seconds) or 00:00:30. The codes are required and bad_duration.
func Seconds(c price.Cell) (int, string) {
	if c.Text == "" {
		return 0, "required"
	}
	if c.Number {
		n, err := strconv.ParseFloat(c.Text, 64)
		switch {
		case err != nil || n <= 0 || n > secondsOfDay:
			return 0, "bad_duration"
		case n < 1:
			n *= secondsOfDay
		}
		return whole(int(math.Round(n)))
	}
	text := strings.ToLower(strings.Join(strings.Fields(c.Text), " "))
	if m := running.FindStringSubmatch(text); m != nil {
		minute, second := figure(m[2]), figure(m[3])
		if second > 59 || m[1] != "" && minute > 59 {
			return 0, "bad_duration"
		}
		return whole(max(0, figure(m[1]))*3600 + minute*60 + second)
	}
	if m := mixed.FindStringSubmatch(text); m != nil && figure(m[2]) < 60 {
		return whole(figure(m[1])*60 + figure(m[2]))
	}
	m := spelled.FindStringSubmatch(text)
	if m == nil {
		return 0, "bad_duration"
	}
	n := figure(m[1])
	if mark := m[2]; strings.HasPrefix(mark, "m") || mark == "'" || mark == "’" || mark == "′" {
		n *= 60
	}
	return whole(n)
}

func whole(seconds int) (int, string) {
	if seconds < 1 || seconds > secondsOfDay {
		return 0, "bad_duration"
	}
	return seconds, ""
}

var counted = regexp.MustCompile(`^\d{1,3}(?:([., ])\d{3})?(?:([., ])\d{3})*$`)

// Whole reads a count that is not negative, with or without marks between thousands; nil where the cell says nothing. The
// codes are not_whole and formula.
func Whole(c price.Cell) (*int64, string) {
	if c.Formula {
		return nil, "formula"
	}
	text := c.Text
	if text == "" || strings.Trim(text, "-–—") == "" || strings.EqualFold(text, "n/a") {
		return nil, ""
	}
	if c.Number {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || n != math.Trunc(n) || n < 0 || n > 1<<53 {
			return nil, "not_whole"
		}
		out := int64(n)
		return &out, ""
	}
	if strings.Trim(text, "0123456789") != "" {
		if !counted.MatchString(text) || severalMarks(text) {
			return nil, "not_whole"
		}
		text = strings.NewReplacer(".", "", ",", "", " ", "").Replace(text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n > fault.AmountMax {
		return nil, "not_whole"
	}
	return &n, ""
}

// severalMarks reports whether thousands are marked in more than one way.
func severalMarks(text string) bool {
	marks := map[rune]bool{}
	for _, r := range text {
		if r < '0' || r > '9' {
			marks[r] = true
		}
	}
	return len(marks) > 1
}

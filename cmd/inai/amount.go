package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// centavos is an amount of Mexican pesos in hundredths, the smallest unit that the API counts in.
type centavos int64

var decimal = regexp.MustCompile(`^(-?)([0-9]{1,15})\.([0-9]{2})$`)

// parseCentavos reads an amount as the record writes it, "27386000.00" or "-3107541.63", exactly.
func parseCentavos(text string) (centavos, error) {
	parts := decimal.FindStringSubmatch(text)
	if parts == nil {
		return 0, fmt.Errorf("%q is no amount with two decimals", text)
	}
	n, err := strconv.ParseInt(parts[1]+parts[2]+parts[3], 10, 64)
	return centavos(n), err
}

// parseWhole reads a quantity, which the record writes with two decimals that are always zero.
func parseWhole(text string) (int64, error) {
	c, err := parseCentavos(text)
	if err == nil && (c <= 0 || c%100 != 0) {
		err = fmt.Errorf("%q is no whole quantity", text)
	}
	return int64(c / 100), err
}

// String writes the amount in pesos, "26,075,907.91".
func (c centavos) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	digits := strconv.FormatInt(int64(c/100), 10)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return fmt.Sprintf("%s%s.%02d", sign, strings.Join(append([]string{digits}, groups...), ","), c%100)
}

// Package budget is the ceiling: versions of a year's budget, their lines with five accounts each, and the entries
// that move money between them. What an agreement or a payment means lives with those.
package budget

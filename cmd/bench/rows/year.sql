-- $1 agency code, $2 to $4 e-mail addresses of staff, commitment officer and treasurer, $5 tag of the keys, $6 placements,
-- $7 agreements, $8 placements of an agreement, $9 units of a deliverable.
INSERT INTO year (government, agency, staff, ppk, treasurer, tag, placements, agreements, each, quantity)
SELECT g.government_id, g.id, staff.id, ppk.id, treasurer.id, $5, $6, $7, $8, $9
FROM agency g
JOIN user_account staff ON staff.government_id = g.government_id AND staff.email = $2
JOIN user_account ppk ON ppk.government_id = g.government_id AND ppk.email = $3
JOIN user_account treasurer ON treasurer.government_id = g.government_id AND treasurer.email = $4
WHERE g.code = $1

-- What was verified or decided on by who entered it. $1 government.
SELECT 'result ' || r.id AS subject, 'verified by who entered it' AS detail FROM requirement_result r
WHERE r.government_id = $1 AND r.verified_by = r.created_by
UNION ALL
SELECT 'ownership of @' || o.handle, 'decided by who entered it' FROM account_ownership o WHERE o.government_id = $1 AND o.decided_by = o.created_by
UNION ALL
SELECT p.title, 'verified by who entered or recorded it' FROM placement p
WHERE p.government_id = $1 AND (p.verified_by = p.created_by OR p.verified_by = ANY (p.recorded_by))

-- Tables whose changes are not recorded, or that could be emptied or seen over the walls. $1 government.
SELECT c.relname::text AS subject, 'its triggers do not record every change' AS detail FROM pg_class c
WHERE $1::uuid IS NOT NULL AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%'
  AND c.relname NOT IN ('idempotency', 'audit_event', 'audit_seal', 'placement_address', 'vendor_sign', 'picture', 'picture_key', 'picture_match', 'proof_inspection')
  AND coalesce((SELECT bit_or(t.tgtype) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgenabled IN ('O', 'A')
    AND t.tgfoid IN ('record_change'::regproc, 'record_rate_change'::regproc, 'refuse_truncate'::regproc)), 0) & 60 <> 60
UNION ALL
SELECT c.relname::text, 'its rows are open to every government' FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'government_id'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'goose_%' AND NOT c.relrowsecurity
UNION ALL
SELECT t.name, 'the program may ' || lower(p.privilege) FROM unnest(ARRAY['ledger_entry', 'audit_event', 'audit_seal', 'audit_key']) AS t(name)
CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p(privilege)
WHERE has_table_privilege('tayang_app', t.name, p.privilege)

-- Entries whose document is not there, or whose budget line is not. $1 government.
SELECT 'entry ' || e.seq AS subject, format('its %s %s is not there', e.document_type, e.document_number) AS detail
FROM ledger_entry e
WHERE e.government_id = $1 AND NOT CASE e.document_type
  WHEN 'budget_version' THEN EXISTS (SELECT FROM budget_version d WHERE d.government_id = $1 AND d.id = e.document_id)
  WHEN 'agreement' THEN EXISTS (SELECT FROM agreement d WHERE d.government_id = $1 AND d.id = e.document_id)
  WHEN 'payment' THEN EXISTS (SELECT FROM payment d WHERE d.government_id = $1 AND d.id = e.document_id)
  WHEN 'debt_recognition' THEN EXISTS (SELECT FROM debt_recognition d WHERE d.government_id = $1 AND d.id = e.document_id)
  WHEN 'debt_recognition' THEN EXISTS (SELECT FROM debt_recognition d WHERE d.government_id = $1 AND d.id = e.document_id)
  WHEN 'spending' THEN EXISTS (SELECT FROM override d WHERE d.government_id = $1 AND d.id = e.document_id)
  ELSE false END
UNION ALL
SELECT 'entry ' || e.seq, 'its budget line is not there' FROM ledger_entry e
WHERE e.government_id = $1 AND NOT EXISTS (SELECT FROM budget_line l WHERE l.government_id = $1 AND l.id = e.budget_line_id)

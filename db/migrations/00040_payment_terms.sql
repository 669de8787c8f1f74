-- How an agreement is paid besides for what is accepted: in advance, with part kept back, in instalments. What each budget
-- line bears of such a payment is kept with it, since it no longer follows from its placements.
-- +goose Up
ALTER TABLE agreement ADD COLUMN payment_terms jsonb;
GRANT UPDATE (payment_terms) ON agreement TO tayang_app;

ALTER TABLE payment
  ADD COLUMN purpose text NOT NULL DEFAULT '', ADD COLUMN instalment text NOT NULL DEFAULT '', ADD COLUMN recouped bigint NOT NULL DEFAULT 0,
  ADD COLUMN retained bigint NOT NULL DEFAULT 0, ADD COLUMN recouped_vat bigint NOT NULL DEFAULT 0, ADD COLUMN retained_vat bigint NOT NULL DEFAULT 0,
  ADD COLUMN basis jsonb,
  ADD CONSTRAINT payment_purpose_known CHECK (purpose IN ('', 'advance', 'retention')),
  ADD CONSTRAINT payment_deductions_of_work CHECK (recouped_vat BETWEEN 0 AND recouped AND retained_vat BETWEEN 0 AND retained AND (purpose = '' OR recouped + retained = 0)),
  ADD CONSTRAINT payment_basis_of_others CHECK (purpose = '' OR basis IS NOT NULL);
CREATE INDEX payment_settling ON payment (government_id, agreement_id) WHERE purpose <> '' OR recouped + retained > 0;

CREATE TABLE payment_share (
  government_id uuid NOT NULL, id uuid NOT NULL, payment_id uuid NOT NULL, budget_line_id uuid NOT NULL, fiscal_year integer NOT NULL,
  work bigint NOT NULL, recouped bigint NOT NULL, retained bigint NOT NULL, gross bigint NOT NULL,
  CONSTRAINT payment_share_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_share_once UNIQUE (government_id, payment_id, budget_line_id),
  CONSTRAINT payment_share_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_share_line_fkey FOREIGN KEY (government_id, budget_line_id) REFERENCES budget_line,
  CONSTRAINT payment_share_sums CHECK (work > 0 AND recouped >= 0 AND retained >= 0 AND gross >= 0 AND gross = work - recouped - retained)
);
CALL wall_table('payment_share');
CALL trail_table('payment_share');
CALL trail_child('payment_share', 'payment_id');

-- +goose StatementBegin
-- How an agreement's money stands on each of its budget lines.
CREATE FUNCTION settlement_of(p_government uuid, p_agreement uuid) RETURNS TABLE (
  budget_line_id uuid, fiscal_year integer, ordered bigint, advancing bigint, advanced bigint, work bigint, recouped bigint, retained bigint, kept bigint, released bigint
) LANGUAGE sql STABLE AS $$
  SELECT coalesce(o.budget_line_id, s.budget_line_id), coalesce(o.fiscal_year, s.fiscal_year), coalesce(o.ordered, 0)::bigint,
    coalesce(s.advancing, 0)::bigint, coalesce(s.advanced, 0)::bigint, coalesce(s.work, 0)::bigint, coalesce(s.recouped, 0)::bigint,
    coalesce(s.retained, 0)::bigint, coalesce(s.kept, 0)::bigint, coalesce(s.released, 0)::bigint
  FROM (
    SELECT d.budget_line_id, a.fiscal_year, sum(d.quantity * d.unit_gross) AS ordered FROM agreement a
    JOIN deliverable d ON d.government_id = a.government_id AND d.agreement_id = a.id
    WHERE a.government_id = p_government AND a.id = p_agreement GROUP BY 1, 2
  ) o FULL JOIN (
    SELECT h.budget_line_id, h.fiscal_year,
      sum(h.gross) FILTER (WHERE y.purpose = 'advance') AS advancing,
      sum(h.gross) FILTER (WHERE y.purpose = 'advance' AND y.status = 'settled') AS advanced,
      sum(h.work) FILTER (WHERE y.purpose = '') AS work,
      sum(h.recouped) FILTER (WHERE y.purpose = '') AS recouped,
      sum(h.retained) FILTER (WHERE y.purpose = '') AS retained,
      sum(h.retained) FILTER (WHERE y.purpose = '' AND y.status = 'settled') AS kept,
      sum(h.gross) FILTER (WHERE y.purpose = 'retention') AS released
    FROM payment y JOIN payment_share h ON h.government_id = y.government_id AND h.payment_id = y.id
    WHERE y.government_id = p_government AND y.agreement_id = p_agreement AND y.status <> 'reversed' GROUP BY 1, 2
  ) s ON s.budget_line_id = o.budget_line_id
$$;

-- No work settles more than was paid in advance, on no line; nothing is paid of what was kept back but that; and a payment
-- that others build on is not undone before them. The agreement is held, so that two who take the last of it come one after the other.
CREATE FUNCTION keep_settlement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  r record; held uuid;
BEGIN
  held := CASE WHEN TG_TABLE_NAME = 'payment_share' THEN (SELECT y.agreement_id FROM payment y WHERE y.government_id = NEW.government_id AND y.id = (to_jsonb(NEW) ->> 'payment_id')::uuid)
    ELSE (to_jsonb(NEW) ->> 'agreement_id')::uuid END;
  PERFORM FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = held FOR NO KEY UPDATE;
  SELECT sum(greatest(s.recouped - s.advanced, 0)) AS advance, sum(greatest(s.released - s.kept, 0)) AS retention INTO r
    FROM settlement_of(NEW.government_id, held) s;
  IF r.advance > 0 THEN
    RAISE EXCEPTION 'more of the advance is settled than was paid' USING ERRCODE = '23514', CONSTRAINT = 'advance_exceeded', DETAIL = json_build_object('amount', r.advance);
  ELSIF r.retention > 0 THEN
    RAISE EXCEPTION 'more is paid of what was kept back than that' USING ERRCODE = '23514', CONSTRAINT = 'retention_exceeded', DETAIL = json_build_object('amount', r.retention);
  END IF;
  RETURN NULL;
END $$;

-- An agreement ends when its advance is settled or came back, and is closed when what was kept back is paid.
CREATE FUNCTION keep_settled_end() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  r record;
BEGIN
  SELECT coalesce(sum(s.advanced - s.recouped), 0)::bigint AS advance, coalesce(sum(s.kept - s.released), 0)::bigint AS retention INTO r
    FROM settlement_of(NEW.government_id, NEW.id) s;
  IF r.advance > 0 THEN
    RAISE EXCEPTION 'agreement % has an advance that nothing settles', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'advance_outstanding', DETAIL = json_build_object('amount', r.advance);
  ELSIF r.retention > 0 AND NEW.status = 'closed' THEN
    RAISE EXCEPTION 'agreement % keeps money back', NEW.number USING ERRCODE = '23514', CONSTRAINT = 'retention_outstanding', DETAIL = json_build_object('amount', r.retention);
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER keep_settlement AFTER INSERT ON payment_share DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_settlement();
CREATE CONSTRAINT TRIGGER keep_settlement AFTER UPDATE ON payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status = 'reversed' AND OLD.status <> 'reversed' AND (NEW.purpose <> '' OR NEW.retained > 0)) EXECUTE FUNCTION keep_settlement();
CREATE TRIGGER keep_settled_end AFTER UPDATE OF status ON agreement FOR EACH ROW
  WHEN (NEW.payment_terms IS NOT NULL AND NEW.status IN ('closed', 'terminated') AND OLD.status <> NEW.status) EXECUTE FUNCTION keep_settled_end();

-- +goose Down
DROP TRIGGER keep_settled_end ON agreement;
DROP TRIGGER keep_settlement ON payment;
DROP TABLE payment_share;
DROP FUNCTION keep_settlement, keep_settled_end, settlement_of;
ALTER TABLE payment DROP COLUMN purpose, DROP COLUMN instalment, DROP COLUMN recouped, DROP COLUMN retained, DROP COLUMN recouped_vat, DROP COLUMN retained_vat, DROP COLUMN basis;
ALTER TABLE agreement DROP COLUMN payment_terms;
SELECT write_audit_parent();

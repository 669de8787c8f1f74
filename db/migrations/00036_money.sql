-- Money that does not go the plain way: penalties kept back or paid in, receipts of the treasurer's cash, payments that are
-- held, credit notes, and part of a payment that came back by STS.
-- +goose Up
ALTER TABLE payment
  ADD COLUMN penalty bigint NOT NULL DEFAULT 0, ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
  ADD COLUMN transfer_number text NOT NULL DEFAULT '', ADD COLUMN transfer_date date,
  ADD COLUMN drawn_number text NOT NULL DEFAULT '', ADD COLUMN drawn_date date, ADD COLUMN drawn_amount bigint NOT NULL DEFAULT 0,
  ADD COLUMN leftover_number text NOT NULL DEFAULT '', ADD COLUMN leftover_date date,
  ADD CONSTRAINT payment_penalty_sane CHECK (penalty >= 0 AND net + penalty <= gross),
  ADD CONSTRAINT payment_refund_sane CHECK (refunded >= 0 AND refunded < gross AND (refunded = 0 OR status IN ('settled', 'reversed'))),
  ADD CONSTRAINT payment_transfer_whole CHECK ((transfer_number = '') = (transfer_date IS NULL)),
  ADD CONSTRAINT payment_drawn_sane CHECK ((drawn_number = '') = (drawn_date IS NULL) AND (drawn_number = '') = (drawn_amount = 0)
    AND (drawn_amount = 0 OR kind = 'tu' AND drawn_amount >= gross)),
  ADD CONSTRAINT payment_leftover_sane CHECK ((leftover_number = '') = (leftover_date IS NULL) AND (leftover_date IS NULL OR drawn_amount > gross AND leftover_date >= drawn_date));

-- Receipts (kwitansi) that the treasurer paid out of cash and that a payment of kind UP, GU or TU makes good; one receipt in
-- one payment, for as long as that is not reversed.
CREATE TABLE payment_receipt (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, number text NOT NULL,
  number_key text NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(number, '[^[:alnum:]]', '', 'g'))) STORED,
  date date NOT NULL, amount bigint NOT NULL, live boolean NOT NULL DEFAULT true,
  CONSTRAINT payment_receipt_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_receipt_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_receipt_filled CHECK (number_key <> '' AND amount > 0)
);
CREATE UNIQUE INDEX payment_receipt_once ON payment_receipt (government_id, agency_id, number_key) WHERE live;
CREATE INDEX payment_receipt_payment ON payment_receipt (government_id, payment_id);

-- Holds: while one is open the payment is neither ordered nor disbursed.
CREATE TABLE payment_hold (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, reason text NOT NULL,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, released_at timestamptz, released_by uuid, release_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT payment_hold_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_hold_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_hold_reasoned CHECK (reason <> ''),
  CONSTRAINT payment_hold_released_by_someone CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release_reason = '')),
  CONSTRAINT payment_hold_not_released_by_author CHECK (released_by <> created_by)
);
CREATE UNIQUE INDEX payment_hold_one_open ON payment_hold (government_id, payment_id) WHERE released_at IS NULL;
CREATE INDEX payment_hold_payment ON payment_hold (government_id, payment_id, created_at);

-- Part of a settled payment that came back by STS: whole placements, which are nobody's any more.
CREATE TABLE payment_refund (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, payment_id uuid NOT NULL, sts_number text NOT NULL, sts_date date NOT NULL,
  amount bigint NOT NULL, reason text NOT NULL, placement_ids uuid[] NOT NULL, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT payment_refund_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT payment_refund_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT payment_refund_sts_once UNIQUE (government_id, payment_id, sts_number),
  CONSTRAINT payment_refund_filled CHECK (sts_number <> '' AND reason <> '' AND amount > 0 AND placement_ids <> '{}')
);

-- The vendor's own paper that lowers an invoice by whole placements. payment_id: the invoice was paid already, so the money
-- is asked back.
CREATE TABLE credit_note (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, invoice_id uuid NOT NULL, vendor_id uuid NOT NULL,
  payment_id uuid, number text NOT NULL, number_key text NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(number, '[^[:alnum:]]', '', 'g'))) STORED,
  date date NOT NULL, price bigint NOT NULL, vat bigint NOT NULL, amount bigint NOT NULL, reason text NOT NULL, placement_ids uuid[] NOT NULL, file_sha256 text,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT credit_note_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT credit_note_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT credit_note_invoice_fkey FOREIGN KEY (government_id, invoice_id) REFERENCES invoice,
  CONSTRAINT credit_note_payment_fkey FOREIGN KEY (government_id, payment_id) REFERENCES payment,
  CONSTRAINT credit_note_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT credit_note_filled CHECK (number_key <> '' AND reason <> '' AND placement_ids <> '{}'),
  CONSTRAINT credit_note_sums CHECK (price > 0 AND vat >= 0 AND amount = price + vat),
  CONSTRAINT credit_note_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX credit_note_number_unique ON credit_note (government_id, vendor_id, number_key) WHERE voided_at IS NULL;
CREATE INDEX credit_note_invoice ON credit_note (government_id, invoice_id);
CREATE INDEX credit_note_payment ON credit_note (government_id, payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX credit_note_file ON credit_note (government_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- Penalties that the vendor paid in himself (STS) because no payment kept them back.
CREATE TABLE penalty_receipt (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, sts_number text NOT NULL, sts_date date NOT NULL,
  amount bigint NOT NULL, remark text NOT NULL DEFAULT '', created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT penalty_receipt_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT penalty_receipt_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT penalty_receipt_filled CHECK (sts_number <> '' AND amount > 0),
  CONSTRAINT penalty_receipt_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE UNIQUE INDEX penalty_receipt_sts_once ON penalty_receipt (government_id, agency_id, sts_number) WHERE voided_at IS NULL;
CREATE INDEX penalty_receipt_agreement ON penalty_receipt (government_id, agreement_id);

-- Why a placement that was accepted is nobody's any more.
ALTER TABLE placement
  ADD COLUMN credit_note_id uuid, ADD COLUMN refund_id uuid,
  ADD CONSTRAINT placement_credit_note_fkey FOREIGN KEY (government_id, credit_note_id) REFERENCES credit_note,
  ADD CONSTRAINT placement_refund_fkey FOREIGN KEY (government_id, refund_id) REFERENCES payment_refund,
  ADD CONSTRAINT placement_refunded_is_cancelled CHECK (refund_id IS NULL OR status = 'cancelled');
CREATE INDEX placement_refund ON placement (government_id, refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX placement_credit_note ON placement (government_id, credit_note_id) WHERE credit_note_id IS NOT NULL;

-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['payment_receipt', 'payment_hold', 'payment_refund', 'credit_note', 'penalty_receipt'] LOOP
    CALL wall_table(t);
    CALL trail_table(t);
  END LOOP;
END $$;

-- What is kept back and paid in of an agreement's penalties is never more than they are. The agreement is held, so that two
-- who take the last of it come one after the other.
CREATE FUNCTION keep_penalty() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  due bigint; taken bigint;
BEGIN
  PERFORM FROM agreement a WHERE a.government_id = NEW.government_id AND a.id = NEW.agreement_id FOR NO KEY UPDATE;
  SELECT penalty_due(NEW.government_id, NEW.agreement_id), penalty_taken(NEW.government_id, NEW.agreement_id) INTO due, taken;
  IF taken > due THEN
    RAISE EXCEPTION 'more penalty is taken than is due' USING ERRCODE = '23514', CONSTRAINT = 'penalty_exceeded',
      DETAIL = json_build_object('penalty', due, 'taken', taken);
  END IF;
  RETURN NULL;
END $$;

-- The penalties of what was accepted late and is owed, or was paid.
CREATE FUNCTION penalty_due(p_government uuid, p_agreement uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(p.penalty), 0)::bigint FROM placement p WHERE p.government_id = p_government AND p.agreement_id = p_agreement AND p.penalty > 0
    AND (p.status IN ('accepted', 'invoiced', 'paid') OR p.refund_id IS NOT NULL)
$$;

-- What of them was kept back by payments that stand, or paid in.
CREATE FUNCTION penalty_taken(p_government uuid, p_agreement uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT sum(y.penalty) FROM payment y WHERE y.government_id = p_government AND y.agreement_id = p_agreement AND y.status <> 'reversed'), 0)::bigint
    + coalesce((SELECT sum(r.amount) FROM penalty_receipt r WHERE r.government_id = p_government AND r.agreement_id = p_agreement AND r.voided_at IS NULL), 0)::bigint
$$;

-- A payment that is held goes no step on; that it is undone is no step on.
CREATE FUNCTION keep_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  why text;
BEGIN
  SELECT h.reason INTO why FROM payment_hold h WHERE h.government_id = NEW.government_id AND h.payment_id = NEW.id AND h.released_at IS NULL;
  IF FOUND THEN
    RAISE EXCEPTION 'payment % is held', NEW.spp_number USING ERRCODE = '23514', CONSTRAINT = 'payment_held', DETAIL = json_build_object('reason', why);
  END IF;
  RETURN NULL;
END $$;

-- What a payment names as its cash adds up to it.
CREATE FUNCTION keep_receipts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM payment y CROSS JOIN LATERAL (SELECT sum(r.amount) AS amount FROM payment_receipt r
      WHERE r.government_id = y.government_id AND r.payment_id = y.id) s
      WHERE y.government_id = NEW.government_id AND y.id = NEW.payment_id AND (y.kind = 'ls' OR s.amount <> y.gross)) THEN
    RAISE EXCEPTION 'receipts do not add up to the payment' USING ERRCODE = '23514', CONSTRAINT = 'receipts_mismatch';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_penalty AFTER INSERT ON payment FOR EACH ROW WHEN (NEW.penalty > 0) EXECUTE FUNCTION keep_penalty();
CREATE TRIGGER keep_penalty AFTER INSERT ON penalty_receipt FOR EACH ROW EXECUTE FUNCTION keep_penalty();
CREATE TRIGGER keep_held AFTER UPDATE OF status ON payment FOR EACH ROW
  WHEN (NEW.status IN ('authorised', 'settled') AND NEW.status <> OLD.status) EXECUTE FUNCTION keep_held();
CREATE CONSTRAINT TRIGGER keep_receipts AFTER INSERT ON payment_receipt DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_receipts();
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON payment_refund FOR EACH ROW EXECUTE FUNCTION refuse_change();
GRANT UPDATE (live) ON payment_receipt TO tayang_app;
GRANT UPDATE (released_at, released_by, release_reason, version) ON payment_hold TO tayang_app;
GRANT UPDATE (voided_at, voided_by, void_reason, version) ON credit_note, penalty_receipt TO tayang_app;
CALL trail_child('payment_receipt', 'payment_id');
CALL trail_child('payment_hold', 'payment_id');
CALL trail_child('payment_refund', 'payment_id');
CALL trail_child('credit_note', 'invoice_id');
CALL trail_child('penalty_receipt', 'agreement_id');

-- +goose Down
DROP TRIGGER keep_penalty ON payment;
DROP TRIGGER keep_held ON payment;
ALTER TABLE placement DROP COLUMN credit_note_id, DROP COLUMN refund_id;
DROP TABLE penalty_receipt, credit_note, payment_refund, payment_hold, payment_receipt;
DROP FUNCTION keep_penalty, penalty_due, penalty_taken, keep_held, keep_receipts;
ALTER TABLE payment DROP COLUMN penalty, DROP COLUMN refunded, DROP COLUMN transfer_number, DROP COLUMN transfer_date,
  DROP COLUMN drawn_number, DROP COLUMN drawn_date, DROP COLUMN drawn_amount, DROP COLUMN leftover_number, DROP COLUMN leftover_date;
SELECT write_audit_parent();

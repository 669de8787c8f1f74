-- Price references: the highest price of a product by outlet kind or tier, for a time and by a regulation; and by which of
-- them each line of an agreement was judged.
-- +goose Up
-- A word as prices are compared by: case, blanks and dashes do not count.
CREATE FUNCTION price_key(p_text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(btrim(regexp_replace(p_text, '[ \t\n\r\f\v_-]+', ' ', 'g'), ' ') COLLATE "C")
$$;

CREATE TABLE price_reference (
  government_id uuid NOT NULL, id uuid NOT NULL, product text NOT NULL, outlet_kind text NOT NULL DEFAULT '', tier text NOT NULL DEFAULT '',
  unit text NOT NULL, unit_price bigint NOT NULL, tax_inclusive boolean NOT NULL, basis text NOT NULL, valid_from date NOT NULL, valid_until date,
  group_code text NOT NULL DEFAULT '', group_name text NOT NULL DEFAULT '', standard_id text NOT NULL DEFAULT '',
  item_code text NOT NULL DEFAULT '', specification text NOT NULL DEFAULT '', account_codes text NOT NULL DEFAULT '',
  source_file text NOT NULL DEFAULT '',
  product_key text NOT NULL GENERATED ALWAYS AS (price_key(product)) STORED,
  scope_key text NOT NULL GENERATED ALWAYS AS (price_key(product) || E'\x1f' || outlet_kind || E'\x1f' || price_key(tier) || E'\x1f'
    || price_key(unit) || E'\x1f' || price_key(item_code) || E'\x1f' || price_key(specification)) STORED,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL, voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  CONSTRAINT price_reference_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT price_reference_outlet_kind_known CHECK (outlet_kind IN ('', 'print', 'online', 'radio', 'tv', 'outdoor')),
  CONSTRAINT price_reference_one_scope CHECK (outlet_kind = '' OR tier = ''),
  CONSTRAINT price_reference_price_positive CHECK (unit_price > 0),
  CONSTRAINT price_reference_dates_ordered CHECK (valid_until >= valid_from),
  CONSTRAINT price_reference_words_filled CHECK (price_key(product) <> '' AND price_key(unit) <> '' AND basis <> ''),
  CONSTRAINT price_reference_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX price_reference_product ON price_reference (government_id, product_key, valid_from);
CREATE INDEX price_reference_scope ON price_reference (government_id, md5(scope_key), valid_from) WHERE voided_at IS NULL;
CALL wall_table('price_reference');
CALL trail_table('price_reference');
GRANT UPDATE (valid_until, voided_at, voided_by, void_reason, version) ON price_reference TO tayang_app;

-- No two rows of the same product, scope and unit are in force on the same day, whatever program writes them. Writers of
-- one government wait for each other, so that each sees what the other wrote. A void row stays void.
-- +goose StatementBegin
CREATE FUNCTION keep_prices_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE other record;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.voided_at IS NOT NULL THEN
    RAISE EXCEPTION 'price reference % is void', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'price_reference_void_stays';
  END IF;
  IF NEW.voided_at IS NOT NULL THEN
    RETURN NULL;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('price_reference ' || NEW.government_id::text, 0));
  SELECT r.id, r.valid_from, r.valid_until, r.unit_price INTO other FROM price_reference r
    WHERE r.government_id = NEW.government_id AND md5(r.scope_key) = md5(NEW.scope_key) AND r.scope_key = NEW.scope_key AND r.id <> NEW.id
      AND r.voided_at IS NULL AND r.valid_from <= coalesce(NEW.valid_until, 'infinity') AND coalesce(r.valid_until, 'infinity') >= NEW.valid_from
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'price reference % is in force at the same time as %', NEW.id, other.id USING ERRCODE = '23514',
      CONSTRAINT = 'price_reference_overlaps', DETAIL = other.valid_from::text;
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_apart AFTER INSERT OR UPDATE ON price_reference FOR EACH ROW EXECUTE FUNCTION keep_prices_apart();

-- How the price of a line was judged, and what its client named for that. No row: the line is older than price references.
CREATE TABLE deliverable_price (
  government_id uuid NOT NULL, id uuid NOT NULL, agreement_id uuid NOT NULL, tier text NOT NULL DEFAULT '', named boolean NOT NULL DEFAULT false,
  price_reference_id uuid, reference_price bigint, reference_tax_inclusive boolean NOT NULL DEFAULT false, verdict text NOT NULL,
  reason text NOT NULL DEFAULT '', unit_price bigint NOT NULL,
  CONSTRAINT deliverable_price_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT deliverable_price_deliverable_fkey FOREIGN KEY (government_id, id) REFERENCES deliverable ON DELETE CASCADE,
  CONSTRAINT deliverable_price_reference_fkey FOREIGN KEY (government_id, price_reference_id) REFERENCES price_reference,
  CONSTRAINT deliverable_price_verdict_known CHECK (verdict IN ('above', 'equal', 'below', 'not_found', 'check')),
  CONSTRAINT deliverable_price_names_reference CHECK (verdict NOT IN ('above', 'equal', 'below') OR price_reference_id IS NOT NULL AND reference_price > 0),
  CONSTRAINT deliverable_price_reasoned CHECK ((verdict = 'check') = (reason <> ''))
);
CREATE INDEX deliverable_price_agreement ON deliverable_price (government_id, agreement_id);
CREATE INDEX deliverable_price_reference ON deliverable_price (government_id, price_reference_id);
CALL wall_table('deliverable_price');
CALL trail_table('deliverable_price');
GRANT UPDATE (price_reference_id, reference_price, reference_tax_inclusive, verdict, reason, unit_price) ON deliverable_price TO tayang_app;

-- The judgement of a line that is in force stands as long as its price does.
-- +goose StatementBegin
CREATE FUNCTION keep_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.unit_price = OLD.unit_price AND EXISTS (SELECT FROM agreement a WHERE a.government_id = OLD.government_id AND a.id = OLD.agreement_id
      AND a.status NOT IN ('draft', 'submitted', 'rejected')) THEN
    RAISE EXCEPTION 'line % is in force at the price it was judged by', OLD.id USING ERRCODE = '23514', CONSTRAINT = 'deliverable_price_stands';
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER stand BEFORE UPDATE ON deliverable_price FOR EACH ROW EXECUTE FUNCTION keep_judgement();

-- +goose Down
DROP TABLE deliverable_price;
DROP FUNCTION keep_judgement;
DROP TABLE price_reference;
DROP FUNCTION keep_prices_apart;
DROP FUNCTION price_key;

-- Looking through an agency (agensi): whom the money of an agreement reaches, with how much, and what each recipient has
-- confirmed himself; and who owns outlets and vendors together.
-- +goose Up
ALTER TABLE vendor ADD COLUMN represents_others boolean NOT NULL DEFAULT false;

ALTER TABLE agreement ADD COLUMN via_agency boolean NOT NULL DEFAULT false, ADD COLUMN agency_fee bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT agreement_agency_fee_sane CHECK (agency_fee >= 0 AND (via_agency OR agency_fee = 0));

-- One outlet or account that is paid through the agency. The net has the tax in it, as the gross has. Net 0: taken out.
CREATE TABLE recipient (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, position integer NOT NULL,
  outlet_id uuid, social_account_id uuid, name text NOT NULL DEFAULT '', net bigint NOT NULL, deliverables integer[] NOT NULL DEFAULT '{}',
  CONSTRAINT recipient_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT recipient_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT recipient_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT recipient_account_fkey FOREIGN KEY (government_id, social_account_id) REFERENCES social_account,
  CONSTRAINT recipient_one_channel CHECK (num_nonnulls(outlet_id, social_account_id) = 1),
  CONSTRAINT recipient_net_not_negative CHECK (net >= 0)
);
CREATE UNIQUE INDEX recipient_outlet_unique ON recipient (government_id, agreement_id, outlet_id) WHERE outlet_id IS NOT NULL;
CREATE UNIQUE INDEX recipient_account_unique ON recipient (government_id, agreement_id, social_account_id) WHERE social_account_id IS NOT NULL;
CREATE INDEX recipient_agreement ON recipient (government_id, agreement_id);
CALL wall_table('recipient');
CALL trail_table('recipient');
GRANT DELETE ON recipient TO tayang_app;
GRANT UPDATE (position, name, net, deliverables) ON recipient TO tayang_app;
-- As the lines of an agreement: written while it is a draft, else by an approved amendment.
CREATE POLICY draft_only ON recipient AS RESTRICTIVE FOR DELETE USING (EXISTS (SELECT FROM agreement a
  WHERE a.government_id = recipient.government_id AND a.id = recipient.agreement_id AND a.status IN ('draft', 'rejected')));
CREATE POLICY draft_only_insert ON recipient AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (SELECT FROM agreement a
  WHERE a.government_id = recipient.government_id AND a.id = recipient.agreement_id AND a.status IN ('draft', 'rejected')));
CREATE POLICY draft_only_update ON recipient AS RESTRICTIVE FOR UPDATE USING (EXISTS (SELECT FROM agreement a
  WHERE a.government_id = recipient.government_id AND a.id = recipient.agreement_id AND a.status IN ('draft', 'rejected')));

-- +goose StatementBegin
-- Gross = Σ net + fee, to the last rupiah, for every agreement that is more than a draft: looked at when a transaction ends,
-- whoever wrote.
CREATE FUNCTION look_through_whole() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  r jsonb := to_jsonb(coalesce(NEW, OLD)); whose uuid := (r ->> 'government_id')::uuid;
  which uuid := (r ->> CASE TG_TABLE_NAME WHEN 'agreement' THEN 'id' ELSE 'agreement_id' END)::uuid; left_over bigint; name text;
BEGIN
  SELECT CASE WHEN a.via_agency THEN a.gross - a.agency_fee ELSE 0 END - coalesce((SELECT sum(p.net) FROM recipient p
      WHERE p.government_id = whose AND p.agreement_id = a.id), 0), a.number INTO left_over, name
    FROM agreement a WHERE a.government_id = whose AND a.id = which AND a.status NOT IN ('draft', 'rejected');
  IF left_over <> 0 THEN
    RAISE EXCEPTION 'agreement %: % of the gross is left over after what recipients and agency receive', name, left_over
      USING ERRCODE = '23514', CONSTRAINT = 'agreement_look_through_whole';
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE CONSTRAINT TRIGGER look_through_whole AFTER INSERT ON agreement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.via_agency AND NEW.status NOT IN ('draft', 'rejected')) EXECUTE FUNCTION look_through_whole();
CREATE CONSTRAINT TRIGGER look_through_stays_whole AFTER UPDATE ON agreement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN ((NEW.via_agency OR OLD.via_agency) AND NEW.status NOT IN ('draft', 'rejected')) EXECUTE FUNCTION look_through_whole();
CREATE CONSTRAINT TRIGGER look_through_whole AFTER INSERT OR UPDATE OR DELETE ON recipient DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION look_through_whole();

-- The new split of an approved amendment becomes that of its agreement: the only way by which the program changes the
-- shares of an agreement in force, and never to anything but what was proposed.
-- +goose StatementBegin
CREATE FUNCTION apply_look_through() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE agreement SET agency_fee = (NEW.after #>> '{look_through,fee}')::bigint
    WHERE government_id = NEW.government_id AND id = NEW.agreement_id AND agency_fee <> (NEW.after #>> '{look_through,fee}')::bigint;
  UPDATE recipient r SET net = x.net, name = coalesce(x.name, ''), position = x.position, deliverables = coalesce(x.deliverables, '{}')
    FROM jsonb_to_recordset(NEW.after #> '{look_through,recipients}') AS x(id uuid, net bigint, name text, position integer, deliverables integer[])
    WHERE r.government_id = NEW.government_id AND r.agreement_id = NEW.agreement_id AND r.id = x.id
      AND (r.net, r.name, r.position, r.deliverables) IS DISTINCT FROM (x.net, coalesce(x.name, ''), x.position, coalesce(x.deliverables, '{}'));
  INSERT INTO recipient (government_id, id, agency_id, agreement_id, position, outlet_id, social_account_id, name, net, deliverables)
    SELECT NEW.government_id, x.id, NEW.agency_id, NEW.agreement_id, x.position, x.outlet_id, x.social_account_id, coalesce(x.name, ''), x.net,
      coalesce(x.deliverables, '{}')
    FROM jsonb_to_recordset(NEW.after #> '{look_through,recipients}') AS x(id uuid, position integer, outlet_id uuid, social_account_id uuid,
      name text, net bigint, deliverables integer[])
    WHERE NOT EXISTS (SELECT FROM recipient r WHERE r.government_id = NEW.government_id AND r.id = x.id);
  RETURN NULL;
END $$;
-- +goose StatementEnd
REVOKE EXECUTE ON FUNCTION apply_look_through FROM PUBLIC;
CREATE TRIGGER apply_look_through AFTER UPDATE ON amendment FOR EACH ROW
  WHEN (OLD.status <> 'approved' AND NEW.status = 'approved' AND NEW.after -> 'look_through' <> 'null') EXECUTE FUNCTION apply_look_through();

-- A recipient's own word on what he is paid. It stays as it is; a newer one stands beside it.
CREATE TABLE recipient_confirmation (
  government_id uuid NOT NULL, id uuid NOT NULL, agency_id uuid NOT NULL, agreement_id uuid NOT NULL, recipient_id uuid NOT NULL,
  amount bigint NOT NULL, date date NOT NULL, file_sha256 text NOT NULL, origin text NOT NULL, remark text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT recipient_confirmation_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT recipient_confirmation_agreement_fkey FOREIGN KEY (government_id, agreement_id) REFERENCES agreement,
  CONSTRAINT recipient_confirmation_recipient_fkey FOREIGN KEY (government_id, recipient_id) REFERENCES recipient,
  CONSTRAINT recipient_confirmation_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT recipient_confirmation_author_fkey FOREIGN KEY (government_id, created_by) REFERENCES user_account,
  CONSTRAINT recipient_confirmation_origin_known CHECK (origin IN ('recipient', 'agency', 'staff')),
  CONSTRAINT recipient_confirmation_amount_not_negative CHECK (amount >= 0)
);
CREATE INDEX recipient_confirmation_recipient ON recipient_confirmation (government_id, recipient_id, date, created_at);
CREATE INDEX recipient_confirmation_agreement ON recipient_confirmation (government_id, agreement_id);
CALL wall_table('recipient_confirmation');
CALL trail_table('recipient_confirmation');

-- Outlets and vendors behind which the same owner stands.
CREATE TABLE owner_group (
  government_id uuid NOT NULL, id uuid NOT NULL, name text NOT NULL, owners text NOT NULL DEFAULT '', source text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '', file_sha256 text, since date, until date, version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  CONSTRAINT owner_group_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT owner_group_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT owner_group_name_filled CHECK (name <> ''),
  CONSTRAINT owner_group_dates_ordered CHECK (until >= since)
);
CREATE UNIQUE INDEX owner_group_name_unique ON owner_group (government_id, lower(name));
CALL wall_table('owner_group');
CALL trail_table('owner_group');
GRANT UPDATE (name, owners, source, note, file_sha256, since, until, version) ON owner_group TO tayang_app;

CREATE TABLE owner_group_member (
  government_id uuid NOT NULL, id uuid NOT NULL, owner_group_id uuid NOT NULL, outlet_id uuid, vendor_id uuid, since date NOT NULL, until date,
  source text NOT NULL DEFAULT '', file_sha256 text, created_at timestamptz NOT NULL, created_by uuid NOT NULL,
  voided_at timestamptz, voided_by uuid, void_reason text NOT NULL DEFAULT '', version bigint NOT NULL DEFAULT 1,
  CONSTRAINT owner_group_member_pkey PRIMARY KEY (government_id, id),
  CONSTRAINT owner_group_member_group_fkey FOREIGN KEY (government_id, owner_group_id) REFERENCES owner_group,
  CONSTRAINT owner_group_member_outlet_fkey FOREIGN KEY (government_id, outlet_id) REFERENCES outlet,
  CONSTRAINT owner_group_member_vendor_fkey FOREIGN KEY (government_id, vendor_id) REFERENCES vendor,
  CONSTRAINT owner_group_member_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file,
  CONSTRAINT owner_group_member_one CHECK (num_nonnulls(outlet_id, vendor_id) = 1),
  CONSTRAINT owner_group_member_dates_ordered CHECK (until >= since),
  CONSTRAINT owner_group_member_voided_by_someone CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason = ''))
);
CREATE INDEX owner_group_member_group ON owner_group_member (government_id, owner_group_id);
CREATE INDEX owner_group_member_outlet ON owner_group_member (government_id, outlet_id);
CREATE INDEX owner_group_member_vendor ON owner_group_member (government_id, vendor_id);
CALL wall_table('owner_group_member');
CALL trail_table('owner_group_member');
GRANT UPDATE (until, voided_at, voided_by, void_reason, version) ON owner_group_member TO tayang_app;

-- Nobody belongs to two groups on the same day. The one that joins is held, so that two cannot take him at once.
-- +goose StatementBegin
CREATE FUNCTION owner_group_member_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  taken text;
BEGIN
  PERFORM FROM outlet WHERE government_id = NEW.government_id AND id = NEW.outlet_id FOR NO KEY UPDATE;
  PERFORM FROM vendor WHERE government_id = NEW.government_id AND id = NEW.vendor_id FOR NO KEY UPDATE;
  SELECT g.name INTO taken FROM owner_group_member m JOIN owner_group g ON g.government_id = m.government_id AND g.id = m.owner_group_id
    WHERE m.government_id = NEW.government_id AND m.id <> NEW.id AND m.voided_at IS NULL
      AND (m.outlet_id = NEW.outlet_id OR m.vendor_id = NEW.vendor_id)
      AND daterange(m.since, m.until, '[]') && daterange(NEW.since, NEW.until, '[]') LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'belongs to the group % in that time', taken USING ERRCODE = '23514', CONSTRAINT = 'owner_group_member_once', DETAIL = taken;
  END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER owner_group_member_once BEFORE INSERT OR UPDATE ON owner_group_member FOR EACH ROW WHEN (NEW.voided_at IS NULL)
  EXECUTE FUNCTION owner_group_member_once();

-- +goose Down
DROP TABLE owner_group_member, owner_group, recipient_confirmation;
DROP FUNCTION owner_group_member_once;
DROP TRIGGER apply_look_through ON amendment;
DROP FUNCTION apply_look_through;
DROP TRIGGER look_through_whole ON agreement;
DROP TRIGGER look_through_stays_whole ON agreement;
DROP TABLE recipient;
DROP FUNCTION look_through_whole;
ALTER TABLE agreement DROP COLUMN via_agency, DROP COLUMN agency_fee;
ALTER TABLE vendor DROP COLUMN represents_others;

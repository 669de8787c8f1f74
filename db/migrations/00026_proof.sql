-- What tells whether a proof was seen before: the address of each publication without what does not matter, and of each
-- picture a small grey copy with the keys under which it is found. All of it is worked out from placements and files, so
-- that the trail, which has those, says nothing of it. What a proof says of itself and from where it came stands with it.
-- +goose Up
CREATE TABLE placement_address (
  government_id uuid NOT NULL, placement_id uuid NOT NULL, address text NOT NULL, post boolean NOT NULL,
  CONSTRAINT placement_address_pkey PRIMARY KEY (government_id, placement_id),
  CONSTRAINT placement_address_placement_fkey FOREIGN KEY (government_id, placement_id) REFERENCES placement
);
CREATE INDEX placement_address_same ON placement_address (government_id, address) WHERE address <> '';
CALL wall_table('placement_address');
GRANT UPDATE (address, post) ON placement_address TO tayang_app;
CREATE TRIGGER keep AFTER TRUNCATE ON placement_address EXECUTE FUNCTION refuse_truncate();

CREATE TABLE picture (
  government_id uuid NOT NULL, file_sha256 text NOT NULL, print bytea NOT NULL,
  CONSTRAINT picture_pkey PRIMARY KEY (government_id, file_sha256),
  CONSTRAINT picture_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES file
);
CALL wall_table('picture');
CREATE TRIGGER keep AFTER TRUNCATE ON picture EXECUTE FUNCTION refuse_truncate();

CREATE TABLE picture_key (
  government_id uuid NOT NULL, key integer NOT NULL, file_sha256 text NOT NULL,
  CONSTRAINT picture_key_pkey PRIMARY KEY (government_id, key, file_sha256),
  CONSTRAINT picture_key_picture_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES picture
);
CALL wall_table('picture_key');
CREATE TRIGGER keep AFTER TRUNCATE ON picture_key EXECUTE FUNCTION refuse_truncate();

-- Both ways, so that either picture finds the other.
CREATE TABLE picture_match (
  government_id uuid NOT NULL, file_sha256 text NOT NULL, other_sha256 text NOT NULL, score integer NOT NULL,
  CONSTRAINT picture_match_pkey PRIMARY KEY (government_id, file_sha256, other_sha256),
  CONSTRAINT picture_match_file_fkey FOREIGN KEY (government_id, file_sha256) REFERENCES picture,
  CONSTRAINT picture_match_other_fkey FOREIGN KEY (government_id, other_sha256) REFERENCES picture,
  CONSTRAINT picture_match_percent CHECK (score BETWEEN 0 AND 100),
  CONSTRAINT picture_match_two CHECK (file_sha256 <> other_sha256)
);
CALL wall_table('picture_match');
CREATE TRIGGER keep AFTER TRUNCATE ON picture_match EXECUTE FUNCTION refuse_truncate();

ALTER TABLE proof
  ADD COLUMN thumbnail_sha256 text, ADD COLUMN source text NOT NULL DEFAULT '', ADD COLUMN agent text NOT NULL DEFAULT '',
  ADD COLUMN passport jsonb NOT NULL DEFAULT '{}',
  ADD CONSTRAINT proof_thumbnail_fkey FOREIGN KEY (government_id, thumbnail_sha256) REFERENCES file,
  DROP CONSTRAINT proof_origin_known, ADD CONSTRAINT proof_origin_known CHECK (origin IN ('vendor', 'staff', 'capture'));
CREATE INDEX proof_thumbnail ON proof (government_id, thumbnail_sha256) WHERE thumbnail_sha256 IS NOT NULL;

-- +goose Down
ALTER TABLE proof DROP CONSTRAINT proof_thumbnail_fkey, DROP COLUMN thumbnail_sha256, DROP COLUMN source, DROP COLUMN agent, DROP COLUMN passport,
  DROP CONSTRAINT proof_origin_known, ADD CONSTRAINT proof_origin_known CHECK (origin IN ('vendor', 'staff'));

DROP TABLE picture_match, picture_key, picture, placement_address;

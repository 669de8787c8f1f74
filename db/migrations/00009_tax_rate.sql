-- Tax rates as dated rows, the same for every government: a new law is a new row, and the end of the old one.
-- The program writes those that it knows after migrating; rows that are there already are left alone.
-- +goose Up
CREATE TABLE tax_rate (
  kind text NOT NULL, valid_from date NOT NULL, valid_to date, legal_basis text NOT NULL,
  base_num bigint NOT NULL, base_den bigint NOT NULL, brackets jsonb NOT NULL,
  unnumbered_num bigint NOT NULL, unnumbered_den bigint NOT NULL, rounding text NOT NULL, collect_above bigint NOT NULL DEFAULT 0,
  CONSTRAINT tax_rate_pkey PRIMARY KEY (kind, valid_from),
  CONSTRAINT tax_rate_kind_known CHECK (kind IN ('ppn', 'pph21', 'pph23', 'pph_final', 'pph4_2')),
  CONSTRAINT tax_rate_rounding_known CHECK (rounding IN ('half_up', 'down')),
  CONSTRAINT tax_rate_dates_ordered CHECK (valid_to >= valid_from),
  CONSTRAINT tax_rate_fractions_positive CHECK (least(base_num, base_den, unnumbered_num, unnumbered_den) > 0),
  CONSTRAINT tax_rate_threshold_not_negative CHECK (collect_above >= 0)
);
GRANT SELECT ON tax_rate TO tayang_app;

-- +goose Down
DROP TABLE tax_rate;

package db

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"tayang/app/access"
)

// LoginCandidates finds who has the e-mail address, over all governments.
func (s *Store) LoginCandidates(ctx context.Context, email string) (found []access.Candidate, err error) {
	err = sqlx.SelectContext(ctx, s.pool, &found, `SELECT government_id, id, password_hash FROM login_candidates($1)`, email)
	return found, faultOf(err)
}

// SessionActor gives the person behind a session that holds at that time; ok is false when there is none.
func (s *Store) SessionActor(ctx context.Context, government, session uuid.UUID, secretHash []byte, now time.Time) (a access.Actor, ok bool, err error) {
	var found []struct {
		UserID                uuid.UUID `db:"user_id"`
		Email, Name, Language string
		Roles                 []byte
	}
	if err := sqlx.SelectContext(ctx, s.pool, &found, `SELECT user_id, email, name, language, roles FROM session_actor($1, $2, $3, $4)`,
		government, session, secretHash, now); err != nil {
		return a, false, faultOf(err)
	}
	if len(found) == 0 {
		return a, false, nil
	}
	f := found[0]
	a = access.Actor{Government: government, User: f.UserID, Email: f.Email, Name: f.Name, Language: f.Language}
	var roles []struct {
		Role   access.Role   `json:"role"`
		Agency uuid.NullUUID `json:"agency_id"`
		For    string        `json:"acting_for"`
		By     uuid.UUID     `json:"override_id"`
	}
	if err := json.Unmarshal(f.Roles, &roles); err != nil {
		return a, false, err
	}
	for _, r := range roles {
		a.Grants = append(a.Grants, access.Grant{Role: r.Role, Agency: r.Agency.UUID, For: r.For, Override: r.By})
	}
	return a, true, nil
}

// SaveSession begins a session.
func (s *Store) SaveSession(ctx context.Context, actor access.Actor, n access.Session) error {
	return s.InTx(ctx, access.Act{Actor: actor, Verb: "session.begin"}, func(tx *Tx) (any, error) {
		return nil, tx.exec(ctx, `INSERT INTO session (government_id, id, user_id, secret_hash, kind, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`, tx.government(), n.ID, n.User, n.SecretHash, n.Kind, tx.now, n.ExpiresAt)
	})
}

// RevokeSession ends a session.
func (s *Store) RevokeSession(ctx context.Context, actor access.Actor, session uuid.UUID) error {
	return s.InTx(ctx, access.Act{Actor: actor, Verb: "session.end"}, func(tx *Tx) (any, error) {
		_, err := tx.conn.ExecContext(ctx, `UPDATE session SET revoked_at = $3 WHERE government_id = $1 AND id = $2`,
			tx.government(), session, tx.now)
		return nil, err
	})
}

// InsertUser makes an account with its roles.
func (tx *Tx) InsertUser(ctx context.Context, u access.User, passwordHash string) error {
	if err := tx.exec(ctx, `INSERT INTO user_account (government_id, id, email, name, nip, password_hash, language, created_at)
		VALUES ($1, $2, $3, $4, nullif($5, ''), $6, $7, $8)`,
		tx.government(), u.ID, u.Email, u.Name, u.NIP, passwordHash, u.Language, tx.now); err != nil {
		return err
	}
	type row struct {
		ID     uuid.UUID     `json:"id"`
		Role   access.Role   `json:"role"`
		Agency uuid.NullUUID `json:"agency_id"`
	}
	rows := make([]row, len(u.Roles))
	for i, r := range u.Roles {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		rows[i] = row{id, r.Role, uuid.NullUUID{UUID: r.Agency, Valid: r.Agency != uuid.Nil}}
	}
	return tx.bulk(ctx, `INSERT INTO user_role (government_id, id, user_id, role, agency_id)
		SELECT $1, x.id, $3, x.role, x.agency_id FROM jsonb_to_recordset($2) AS x(id uuid, role text, agency_id uuid)`, rows, u.ID)
}

// Users lists the accounts of the government by e-mail address, with their roles.
func (tx *Tx) Users(ctx context.Context) ([]access.User, error) {
	var rows []struct {
		ID                         uuid.UUID
		Email, Name, NIP, Language string
		Disabled                   bool
		Role                       access.Role
		Agency                     uuid.NullUUID `db:"agency_id"`
	}
	if err := tx.all(ctx, &rows, `SELECT u.id, u.email, u.name, coalesce(u.nip, '') AS nip, u.language, u.disabled_at IS NOT NULL AS disabled,
			coalesce(r.role, '') AS role, r.agency_id
		FROM user_account u LEFT JOIN user_role r ON r.government_id = u.government_id AND r.user_id = u.id AND r.revoked_at IS NULL
		WHERE u.government_id = $1 ORDER BY u.email, r.role`, tx.government()); err != nil {
		return nil, err
	}
	var out []access.User
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].ID != r.ID {
			out = append(out, access.User{ID: r.ID, Email: r.Email, Name: r.Name, NIP: r.NIP, Language: r.Language, Disabled: r.Disabled})
		}
		u := &out[len(out)-1]
		u.Roles = append(u.Roles, access.UserRole{Role: r.Role, Agency: r.Agency.UUID})
	}
	return out, nil
}

// SetPassword changes a password and ends the user's sessions; NotFound when nobody has the address.
func (tx *Tx) SetPassword(ctx context.Context, email, passwordHash string) error {
	return tx.account(ctx, email, `UPDATE user_account SET password_hash = $3, version = version + 1 WHERE government_id = $1 AND id = $2`, passwordHash)
}

// DisableUser closes an account and ends its sessions; NotFound when nobody has the address.
func (tx *Tx) DisableUser(ctx context.Context, email string) error {
	return tx.account(ctx, email, `UPDATE user_account SET disabled_at = $3, version = version + 1 WHERE government_id = $1 AND id = $2`, tx.now)
}

func (tx *Tx) account(ctx context.Context, email, change string, value any) error {
	var id uuid.UUID
	if err := tx.get(ctx, &id, `SELECT id FROM user_account WHERE government_id = $1 AND email = lower($2)`, tx.government(), email); err != nil {
		return err
	}
	if err := tx.exec(ctx, change, tx.government(), id, value); err != nil {
		return err
	}
	_, err := tx.conn.ExecContext(ctx, `UPDATE session SET revoked_at = $3 WHERE government_id = $1 AND user_id = $2 AND revoked_at IS NULL`,
		tx.government(), id, tx.now)
	return err
}

// Government is a tenant.
type Government struct {
	ID   uuid.UUID `db:"government_id"`
	Name string    `db:"name"`
}

// Governments lists all tenants; only a store opened as the schema's owner sees them.
func (s *Store) Governments(ctx context.Context) (out []Government, err error) {
	err = sqlx.SelectContext(ctx, s.pool, &out, `SELECT government_id, name FROM government ORDER BY created_at, government_id`)
	return out, faultOf(err)
}

// InsertGovernment begins a tenant, inside a transaction that already carries its id.
func (tx *Tx) InsertGovernment(ctx context.Context, name string) error {
	return tx.exec(ctx, `INSERT INTO government (government_id, name, created_at) VALUES ($1, $2, $3)`, tx.government(), name, tx.now)
}

// RenameGovernment gives the act's own tenant another name.
func (tx *Tx) RenameGovernment(ctx context.Context, name string) error {
	return tx.exec(ctx, `UPDATE government SET name = $2 WHERE government_id = $1`, tx.government(), name)
}

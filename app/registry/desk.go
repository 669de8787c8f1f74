package registry

import (
	"context"

	"github.com/google/uuid"

	"tayang/app/access"
)

// desk is where the government's registry is written and read; a role in any agency opens it.
type desk[T any] struct {
	write access.Transactor[T]
	read  access.Reader[T]
}

func (d desk[T]) writing(ctx context.Context, actor access.Actor, fn func(tx T) (any, error)) error {
	if err := actor.Can(access.RegistryWrite, uuid.Nil); err != nil {
		return err
	}
	return d.write(ctx, actor.Does(ctx, access.RegistryWrite, ""), fn)
}

func (d desk[T]) reading(ctx context.Context, actor access.Actor, fn func(tx T) error) error {
	if err := actor.Can(access.RegistryRead, uuid.Nil); err != nil {
		return err
	}
	return d.read(ctx, actor, fn)
}

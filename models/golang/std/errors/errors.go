// SPDX-License-Identifier: Apache-2.0
// Package errors: making, wrapping and looking through errors.
package errors

type errorString struct {
	s string
}

func (e *errorString) Error() string { return e.s }

// New returns a new error with this text; two calls never compare equal.
func New(text string) error { return &errorString{text} }

// ErrUnsupported says that an operation cannot be done, because it is not supported.
var ErrUnsupported = New("unsupported operation")

// Unwrap returns what err.Unwrap() error returns, or nil.
func Unwrap(err error) error {
	u, ok := err.(interface{ Unwrap() error })
	if !ok {
		return nil
	}
	return u.Unwrap()
}

// comparable says whether the dynamic type of v can be compared.
func comparable(v any) bool

// checkTarget returns 0 when target is a non-nil pointer to an interface or to a type that is an error,
// 1 when target is not a non-nil pointer, 2 when it points to something else.
func checkTarget(target any) int

// assign stores err in *target if the types allow it.
func assign(err error, target any) bool

// Is reports whether err, or an error that it wraps, matches target.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target, comparable(target))
}

func is(err, target error, cmp bool) bool {
	for {
		if cmp && comparable(err) && err == target {
			return true
		}
		if x, ok := err.(interface{ Is(error) bool }); ok && x.Is(target) {
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
			if err == nil {
				return false
			}
		case interface{ Unwrap() []error }:
			for _, inner := range x.Unwrap() {
				if inner != nil && is(inner, target, cmp) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
}

// As finds the first error in err's tree that fits *target, and stores it there.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	switch checkTarget(target) {
	case 1:
		panic("errors: target must be a non-nil pointer")
	case 2:
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target)
}

func as(err error, target any) bool {
	for {
		if assign(err, target) {
			return true
		}
		if x, ok := err.(interface{ As(any) bool }); ok && x.As(target) {
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
			if err == nil {
				return false
			}
		case interface{ Unwrap() []error }:
			for _, inner := range x.Unwrap() {
				if inner != nil && as(inner, target) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
}

type joinError struct {
	errs []error
}

// Join returns an error that wraps the errors that are not nil, or nil if there are none.
func Join(errs ...error) error {
	var kept []error
	for _, err := range errs {
		if err != nil {
			kept = append(kept, err)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return &joinError{errs: kept}
}

func (e *joinError) Error() string {
	text := e.errs[0].Error()
	for _, err := range e.errs[1:] {
		text += "\n" + err.Error()
	}
	return text
}

func (e *joinError) Unwrap() []error { return e.errs }

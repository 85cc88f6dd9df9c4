// SPDX-License-Identifier: Apache-2.0
// Package os: the streams, arguments and exit of the program. There are no files, and no environment.
package os

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

var (
	ErrInvalid          = fs.ErrInvalid
	ErrPermission       = fs.ErrPermission
	ErrExist            = fs.ErrExist
	ErrNotExist         = fs.ErrNotExist
	ErrClosed           = fs.ErrClosed
	ErrProcessDone      = errors.New("os: process already finished")
	ErrDeadlineExceeded = errors.New("i/o timeout")
)

type PathError = fs.PathError
type FileMode = fs.FileMode

const (
	O_RDONLY int = 0x0
	O_WRONLY int = 0x1
	O_RDWR   int = 0x2
	O_CREATE int = 0x40
	O_EXCL   int = 0x80
	O_TRUNC  int = 0x200
	O_APPEND int = 0x400
)

const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

const (
	PathSeparator     = '/'
	PathListSeparator = ':'
)

const (
	ModePerm = fs.ModePerm
	DevNull  = "/dev/null"
)

// A File is one of the standard streams.
type File struct {
	fd   int
	name string
}

var (
	Stdin  = &File{0, "/dev/stdin"}
	Stdout = &File{1, "/dev/stdout"}
	Stderr = &File{2, "/dev/stderr"}
)

var Args []string = programArgs()

func programArgs() []string

// exit ends the program.
func exit(code int)

// write appends to a standard stream of the program.
func write(fd int, b []byte)
func writeString(fd int, s string)

func Exit(code int) { exit(code) }

func (f *File) Name() string { return f.name }
func (f *File) Fd() uintptr  { return uintptr(f.fd) }

func (f *File) Write(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.fd != 1 && f.fd != 2 {
		return 0, &PathError{Op: "write", Path: f.name, Err: errBadDescriptor}
	}
	write(f.fd, b)
	return len(b), nil
}

func (f *File) WriteString(s string) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.fd != 1 && f.fd != 2 {
		return 0, &PathError{Op: "write", Path: f.name, Err: errBadDescriptor}
	}
	writeString(f.fd, s)
	return len(s), nil
}

var errBadDescriptor = errors.New("bad file descriptor")
var errNoFile = errors.New("no such file or directory")

func (f *File) Read(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	if f.fd != 0 {
		return 0, &PathError{Op: "read", Path: f.name, Err: errBadDescriptor}
	}
	if len(b) == 0 {
		return 0, nil
	}
	n = readInput(b)
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// readInput reads from standard input: that of heddle under `heddle run`, else an empty one.
func readInput(b []byte) int

func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	return nil
}

func (f *File) Sync() error { return nil }

func Open(name string) (*File, error)                              { return nil, missing("open", name) }
func Create(name string) (*File, error)                            { return nil, missing("open", name) }
func OpenFile(name string, flag int, perm FileMode) (*File, error) { return nil, missing("open", name) }
func ReadFile(name string) ([]byte, error)                         { return nil, missing("open", name) }
func WriteFile(name string, data []byte, perm FileMode) error      { return missing("open", name) }
func Remove(name string) error                                     { return missing("remove", name) }
func RemoveAll(path string) error                                  { return nil }

type notExist struct{}

func (notExist) Error() string        { return errNoFile.Error() }
func (notExist) Is(target error) bool { return target == ErrNotExist }

func missing(op, name string) error { return &PathError{Op: op, Path: name, Err: notExist{}} }

func IsNotExist(err error) bool   { return errors.Is(err, ErrNotExist) }
func IsExist(err error) bool      { return errors.Is(err, ErrExist) }
func IsPermission(err error) bool { return errors.Is(err, ErrPermission) }

func Getenv(key string) string { return env[key] }
func LookupEnv(key string) (string, bool) {
	value, ok := env[key]
	return value, ok
}
func Environ() []string { return []string{} }

var env = map[string]string{}

func Setenv(key, value string) error {
	env[key] = value
	return nil
}

func Unsetenv(key string) error {
	delete(env, key)
	return nil
}

func Getpid() int                 { return 1 }
func Getppid() int                { return 0 }
func Getuid() int                 { return 0 }
func Hostname() (string, error)   { return "localhost", nil }
func Getwd() (string, error)      { return "/", nil }
func Executable() (string, error) { return "/main", nil }
func TempDir() string             { return "/tmp" }

type Signal interface {
	String() string
	Signal()
}

var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

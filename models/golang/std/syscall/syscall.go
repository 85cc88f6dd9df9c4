// SPDX-License-Identifier: Apache-2.0
// Package syscall: the names of signals.
package syscall

type Signal int

const (
	SIGHUP  Signal = 1
	SIGINT  Signal = 2
	SIGQUIT Signal = 3
	SIGABRT Signal = 6
	SIGKILL Signal = 9
	SIGUSR1 Signal = 10
	SIGSEGV Signal = 11
	SIGUSR2 Signal = 12
	SIGPIPE Signal = 13
	SIGALRM Signal = 14
	SIGTERM Signal = 15
	SIGCHLD Signal = 17
)

var signalNames = map[Signal]string{
	SIGHUP:  "hangup",
	SIGINT:  "interrupt",
	SIGQUIT: "quit",
	SIGABRT: "aborted",
	SIGKILL: "killed",
	SIGUSR1: "user defined signal 1",
	SIGSEGV: "segmentation fault",
	SIGUSR2: "user defined signal 2",
	SIGPIPE: "broken pipe",
	SIGALRM: "alarm clock",
	SIGTERM: "terminated",
	SIGCHLD: "child exited",
}

func (s Signal) Signal() {}

func (s Signal) String() string {
	if name := signalNames[s]; name != "" {
		return name
	}
	return "signal"
}

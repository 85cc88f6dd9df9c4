//heddle:want mutex-misuse

// Unlock is deferred, and the error path unlocks by hand as well. The second Unlock finds the
// mutex unlocked, which is a fatal error that no recover can stop.
// Mechanism: a mutex unlocked twice on one path.
package main

import (
	"fmt"
	"sync"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) withdraw(amount int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if amount > a.balance {
		a.mu.Unlock() // the deferred call does it already
		return false
	}
	a.balance -= amount
	return true
}

func main() {
	a := &account{balance: 10}
	first := make(chan bool)
	go func() { first <- a.withdraw(7) }()
	second := a.withdraw(7)
	fmt.Println("withdrawals:", <-first, second)
}

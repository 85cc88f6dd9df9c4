//heddle:want pass
//heddle:time ideal

// classes: 15282
// Four requests to five servers: which server main asks depends on how far a task that goes through
// the servers has come.
package main

import "sync"

const servers, requests = 5, 4

func main() {
	var k sync.Mutex
	server := make([]sync.Mutex, servers)
	chosen := 0
	for i := 0; i < servers; i++ {
		go func(i int) {
			server[i].Lock()
			server[i].Unlock()
		}(i)
	}
	for r := 0; r < requests; r++ {
		picked := make(chan bool)
		go func() {
			for i := 0; i < servers; i++ {
				k.Lock()
				chosen = i
				k.Unlock()
			}
			close(picked)
		}()
		k.Lock()
		i := chosen
		k.Unlock()
		server[i].Lock()
		server[i].Unlock()
		<-picked
	}
}

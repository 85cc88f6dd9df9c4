//heddle:want pass
//heddle:time ideal

// classes: 3840
// Formula: 2^n n!. Each of n voters votes by chance, and the coordinator collects the votes in any
// order.
package main

import "math/rand"

const voters = 5

func main() {
	votes := make(chan int)
	decisions := make([]chan bool, voters)
	for i := range decisions {
		decision := make(chan bool)
		decisions[i] = decision
		go func() {
			vote := rand.Intn(2)
			votes <- vote
			if commit := <-decision; commit && vote == 0 {
				panic("committed against a vote")
			}
		}()
	}
	yes := 0
	for range decisions {
		yes += <-votes
	}
	for _, decision := range decisions {
		decision <- yes == voters
	}
}

//heddle:want pass
//heddle:time ideal

// classes: 3700
// Three times, one task steps through eight cells while another pokes the cell that it sees chosen.
package main

import "sync"

const cells, rounds = 8, 3

// start runs the function as a goroutine; what it returns is closed at its end.
func start(f func()) chan bool {
	ended := make(chan bool)
	go func() {
		f()
		close(ended)
	}()
	return ended
}

func main() {
	var mu sync.Mutex
	chosen := 0
	cell := make([]sync.Mutex, cells)
	var all []chan bool
	for i := 0; i < cells; i++ {
		mine := &cell[i]
		all = append(all, start(func() {
			mine.Lock()
			mine.Unlock()
		}))
	}
	for r := 0; r < rounds; r++ {
		chooser := start(func() {
			for i := 1; i < cells; i++ {
				mu.Lock()
				chosen = i
				mu.Unlock()
			}
		})
		poker := start(func() {
			mu.Lock()
			i := chosen
			mu.Unlock()
			cell[i].Lock()
			cell[i].Unlock()
		})
		<-chooser
		<-poker
	}
	for _, ended := range all {
		<-ended
	}
}

//heddle:want concurrent-map

// A range over the map while another goroutine deletes from it.
package main

func main() {
	m := map[int]int{1: 1}
	go delete(m, 1)
	for range m {
	}
}

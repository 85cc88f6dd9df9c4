//heddle:want concurrent-map

// Two goroutines write one map.
package main

func main() {
	m := map[int]bool{}
	go func() { m[1] = true }()
	m[2] = true
}

//heddle:want pass

// A constructor makes every channel of the struct, so that no zero value is ever used.
package main

type server struct{ done chan struct{} }

func newServer() *server { return &server{done: make(chan struct{})} }

func main() {
	close(newServer().done)
}

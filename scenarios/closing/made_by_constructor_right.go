//heddle:want pass

// The constructor makes the quit channel, before anybody can call a method. Stop may now come
// before, during or after Start, and the serving loop ends all the same.
// Mechanism: a channel that exists before anybody can close it.
package main

import "fmt"

type server struct {
	quit  chan struct{}
	ended chan struct{}
}

func newServer() *server {
	return &server{quit: make(chan struct{}), ended: make(chan struct{})}
}

func (s *server) Start() {
	defer close(s.ended)
	<-s.quit
}

func (s *server) Stop() {
	close(s.quit)
}

func main() {
	s := newServer()
	go s.Start()
	s.Stop()
	<-s.ended
	fmt.Println("stopped")
}

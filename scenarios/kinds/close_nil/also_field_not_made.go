//heddle:want close-nil

// The struct is made without its channel.
package main

type worker struct{ quit chan struct{} }

func main() {
	w := &worker{}
	go func() {}()
	close(w.quit)
}

//heddle:want pass

// Exit from main alone, after everything else has returned.
package main

import "os"

func run() int {
	defer print()
	return 0
}

func main() {
	if status := run(); status != 0 {
		os.Exit(status)
	}
}

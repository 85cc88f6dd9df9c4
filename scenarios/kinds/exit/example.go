//heddle:want exit

// The deferred call never runs.
package main

import "os"

func main() {
	defer println("cleaned up")
	os.Exit(0)
}

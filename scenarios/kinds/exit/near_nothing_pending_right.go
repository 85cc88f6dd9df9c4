//heddle:want pass

// Nothing is pending and nobody runs: os.Exit sets the status, that is all.
package main

import "os"

func main() {
	os.Exit(0)
}

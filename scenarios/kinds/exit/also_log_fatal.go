//heddle:want exit

// log.Fatal with a deferred call pending.
package main

import "log"

func main() {
	defer print()
	log.Fatal("no configuration")
}

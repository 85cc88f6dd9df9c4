//heddle:want pass

// A recover of a panic of the program itself hides no misuse.
package main

func main() {
	defer func() { recover() }()
	panic("no such user")
}

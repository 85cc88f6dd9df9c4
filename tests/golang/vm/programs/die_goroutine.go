package main

type Code int

func main() {
	go func() { panic(Code(7)) }()
	select {}
}

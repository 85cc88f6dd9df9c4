package main


func f(a, b int) {}
func g() (int, string) { return 1, "" }

type T struct{ a int }

func (t *T) M() {}

type I interface{ M() }

func main() {
	f(1)
	f()
	f(1, 2, 3)
	var x int = "a" + 1
	x, y := g(), 2
	a := g()
	var i I = T{}
	var z int = g()
	f(g())
	return 1
}
func h() int {
	for {
		break
	}
}
func k() (int, error) {
	return 1
}

package main

type E struct{ code int }

func (e E) Error() string { return "custom error" }

func main() {
	defer func() { panic(E{2}) }()
	var a []int
	_ = a[len(a)+3]
}

//heddle:want pass
//heddle:time ideal

// classes: 25
// Formula: n^2. n workers share two jobs.
package main

const workers = 5

func main() {
	job := make(chan int)
	for w := 0; w < workers; w++ {
		go func() {
			for range job {
			}
		}()
	}
	for i := 0; i < 2; i++ {
		job <- i
	}
	close(job)
}

//heddle:want pass
//heddle:time ideal

// classes: 54
// Formula: 2 * 3^(n-1). Two workers share n jobs; their results go into a buffer.
package main

const jobs = 4

func main() {
	job := make(chan int)
	result := make(chan int, jobs)
	for w := 0; w < 2; w++ {
		go func() {
			for j := range job {
				result <- j
			}
		}()
	}
	for i := 0; i < jobs; i++ {
		job <- i
	}
	close(job)
	for i := 0; i < jobs; i++ {
		<-result
	}
}

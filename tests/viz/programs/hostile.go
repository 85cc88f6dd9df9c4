// Everything that a page made of this program's trace must not take for markup.
package main

import "fmt"

type tag struct{ text string }

func main() {
	script := "</script><script>document.title='broken'</script>"
	quotes := "\"'`\\ <!-- & ]]> \u2028 \x00\xff 世界"
	fmt.Println(script, quotes) // </script> <img src=x onerror=alert(1)>
	tags := make(chan tag, 2)
	tags <- tag{"<b>bold</b>"}
	tags <- tag{script}
	lost := make(chan string)
	go func() { lost <- script + quotes }()
	<-tags
}

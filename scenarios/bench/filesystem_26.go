//heddle:want pass
//heddle:time ideal

// classes: 8192
// Twenty-six tasks each give an inode its block: the first free one from a place that two inodes may
// share.
// Source: Flanagan and Godefroid, Dynamic Partial-Order Reduction for Model Checking Software, POPL
// 2005.
package main

import "sync"

const tasks, inodes, blocks = 26, 32, 26

func main() {
	var lockInode [inodes]sync.Mutex
	var lockBlock [blocks]sync.Mutex
	var inode [inodes]int
	var busy [blocks]bool
	for id := 0; id < tasks; id++ {
		go func(id int) {
			i := id % inodes
			lockInode[i].Lock()
			if inode[i] == 0 {
				for b := i * 2 % blocks; ; b = (b + 1) % blocks {
					lockBlock[b].Lock()
					if !busy[b] {
						busy[b] = true
						inode[i] = b + 1
						lockBlock[b].Unlock()
						break
					}
					lockBlock[b].Unlock()
				}
			}
			lockInode[i].Unlock()
		}(id)
	}
}

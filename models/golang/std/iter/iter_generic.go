// SPDX-License-Identifier: Apache-2.0
// Package iter: the types of iterator functions.
package iter

type Seq[V any] func(yield func(V) bool)

type Seq2[K, V any] func(yield func(K, V) bool)

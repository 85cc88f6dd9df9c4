// SPDX-License-Identifier: Apache-2.0
// InOrder: independent pieces of work on several threads, their results in the order of the pieces.
//
// Targets have nothing in common, so what is said of one does not depend on who works on another:
// the report is the same for every number of workers.
#ifndef HEDDLE_CHECKER_CLI_IN_ORDER_H_
#define HEDDLE_CHECKER_CLI_IN_ORDER_H_

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace heddle::cli {

// How many workers there are to be; 0: as many as there are processors.
inline size_t Workers(size_t jobs) {
  return jobs != 0 ? jobs : std::max(1u, std::thread::hardware_concurrency());
}

// How many of them each of `n` pieces has that are worked on at once.
inline size_t WorkersEach(size_t jobs, size_t n) {
  return Workers(jobs) / std::clamp<size_t>(n, 1, Workers(jobs));
}

// Calls `work(i)` for every i below `n`, up to Workers(jobs) at once, and `deliver(i, result)` on
// the calling thread, in order, each as soon as it can be. False from `deliver` ends it: pieces not
// begun are left out.
template <class Work, class Deliver>
void InOrder(size_t n, size_t jobs, Work work, Deliver deliver) {
  jobs = std::min(Workers(jobs), n);
  if (jobs <= 1) {
    for (size_t i = 0; i < n; ++i) {
      if (!deliver(i, work(i))) return;
    }
    return;
  }
  using Result = decltype(work(size_t{0}));
  std::vector<std::optional<Result>> results(n);
  std::mutex mutex;
  std::condition_variable done;
  std::atomic<size_t> next = 0;
  auto worker = [&] {
    for (size_t i = next++; i < n; i = next++) {
      Result result = work(i);
      std::lock_guard lock(mutex);
      results[i] = std::move(result);
      done.notify_one();
    }
  };
  std::vector<std::jthread> workers;
  for (size_t j = 0; j < jobs; ++j) workers.emplace_back(worker);
  for (size_t i = 0; i < n; ++i) {
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return results[i].has_value(); });
    Result result = std::move(*results[i]);
    results[i].reset();
    lock.unlock();
    if (!deliver(i, std::move(result))) {
      next = n;
      return;
    }
  }
}

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_IN_ORDER_H_

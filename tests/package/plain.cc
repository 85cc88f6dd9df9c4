// SPDX-License-Identifier: Apache-2.0
// A user's program without GoogleTest: finds a deadlock of two locks, and replays it.
#include <cstdio>

#include "checker/api/check.h"

int main() {
  auto program = [] {
    heddle::Mutex a, b;
    auto both = [](heddle::Mutex& first, heddle::Mutex& second) {
      first.lock();
      second.lock();
      second.unlock();
      first.unlock();
    };
    heddle::Task other = heddle::Go([&] { both(b, a); });
    both(a, b);
    other.Join();
  };
  heddle::CheckResult result = heddle::Check(program);
  std::puts(result.text().c_str());
  if (!result.Has(heddle::FindingKind::kDeadlock)) return 1;
  return heddle::Replay(program, result.findings.front().schedule).ok() ? 1 : 0;
}

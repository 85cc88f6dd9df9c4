// SPDX-License-Identifier: Apache-2.0
// Context trees of C++ tests. Errors and causes are indices into a table of the execution.
#include "models/sync/api_context.h"

#include <algorithm>
#include <vector>

namespace heddle {

namespace {

using api::ContextNode;
using api::Release;
using api::Runtime;
using sync::ContextWords;

// The errors of one execution by the words that stand for them: 0 is nil.
class ErrorTable final : public api::Owned {
 public:
  uint64_t Add(const Error& error) {
    if (!error) return 0;
    for (size_t i = 0; i < errors_.size(); ++i) {
      if (errors_[i] == error) return i + 1;
    }
    errors_.push_back(error);
    return errors_.size();
  }
  Error Get(uint64_t word) const { return word == 0 ? Error() : errors_[word - 1]; }

 private:
  std::vector<Error> errors_;
};

ErrorTable& Errors() {
  Runtime& runtime = Runtime::Get();
  if (runtime.errors() == nullptr) runtime.SetErrors(runtime.Own<ErrorTable>());
  return static_cast<ErrorTable&>(*runtime.errors());
}

ContextWords WordsOf(const Error& error) { return {Errors().Add(error), 0}; }

bool CheckParent(const Context& parent, Site site) {
  if (!parent.IsNil()) return true;
  Runtime::Get().RaisePanic("cannot create context from nil parent", site);
  return false;
}

// A node below `parent` that can be cancelled by itself, not attached yet.
ContextNode* NewCancellable(const Context& parent) {
  Runtime& runtime = Runtime::Get();
  ContextNode* node = runtime.Own<ContextNode>();
  node->parent = parent.node();
  node->own_core = true;
  node->deadline = parent.Deadline();
  node->done = Channel<Void>();
  node->core.node = runtime.NewObject();
  node->core.done = node->done.ref();
  ContextNode* above = parent.IsNil() ? nullptr : parent.node()->Cancellable();
  node->core.parent = above == nullptr ? nullptr : &above->core;
  return node;
}

void Attach(ContextNode* node, Site site) {
  if (node->core.parent == nullptr) return;
  Runtime::Get().Perform(site, Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
    sync::ContextAttach(ex, node->core, at);
    return sim::Result{};
  });
}

void Cancel(ContextNode* node, const Error& error, const Error& cause, Site site) {
  ContextWords err = WordsOf(error);
  ContextWords why = cause ? WordsOf(cause) : err;
  Runtime::Get().Perform(site, Release::kYes, [&](sim::Execution& ex, sync::CallSite at) {
    sync::ContextCancel(ex, node->core, err, why, at);
    return sim::Result{};
  });
}

// `deadline` is `timeout` from now on.
Cancellable WithTimer(const Context& parent, Duration timeout, TimePoint deadline,
                      const Error& cause, Site site) {
  std::optional<TimePoint> earlier = parent.Deadline();
  if (earlier.has_value() && *earlier < deadline) return WithCancel(parent, site);
  Runtime& runtime = Runtime::Get();
  ContextNode* node = NewCancellable(parent);
  node->deadline = deadline;
  Cancellable made = {Context(node), CancelFunc(node)};
  Attach(node, site);
  if (node->core.cancelled) return made;
  if (timeout.count() <= 0) {
    Cancel(node, DeadlineExceeded(), cause, site);
    return made;
  }
  api::TimerCore* timer = runtime.Own<api::TimerCore>(runtime, [node, cause, site] {
    api::TaskStart start = api::MakeStart(
        Runtime::Get(), [=] { Cancel(node, DeadlineExceeded(), cause, site); }, site);
    start.system = true;
    start.name = "deadline of a context";
    return start;
  });
  node->core.timer = timer->ref();
  timer->Arm(timeout, site);
  if (node->core.cancelled) timer->Stop(site);  // before it was armed, so that stopped nothing
  return made;
}

}  // namespace

Error Canceled() { return Error("context canceled"); }
Error DeadlineExceeded() { return Error("context deadline exceeded"); }

ContextNode* api::ContextNode::Cancellable() {
  for (ContextNode* node = this; node != nullptr && !node->cuts; node = node->parent) {
    if (node->own_core) return node;
  }
  return nullptr;
}

// ---- Context ------------------------------------------------------------------------------------

Context::Context(ContextNode* node) : node_(node) {
  ContextNode* above = node == nullptr ? nullptr : node->Cancellable();
  if (above != nullptr) mark_ = api::CaptureMark(above->core.done.id);
}

Channel<Void> Context::Done() const {
  ContextNode* above = node_ == nullptr ? nullptr : node_->Cancellable();
  if (above == nullptr) return Channel<Void>::Nil();
  Runtime& runtime = Runtime::Get();
  if (runtime.OnTask()) runtime.task().Touch(above->core.done.id);
  return above->done;
}

Error Context::Err(Site site) const {
  ContextNode* above = node_ == nullptr ? nullptr : node_->Cancellable();
  if (above == nullptr) return {};
  sim::Result r =
      Runtime::Get().Perform(site, Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
        Runtime::Get().task().Touch(above->core.done.id);
        return sync::ContextErr(ex, above->core, at);
      });
  if (sync::Abandoned(r)) return Canceled();  // so that loops on it end
  return r.flag ? Errors().Get(above->core.err[0]) : Error();
}

std::optional<TimePoint> Context::Deadline() const {
  return node_ == nullptr || node_->cuts ? std::nullopt : node_->deadline;
}

const std::any* Context::Find(const std::any& key) const {
  for (ContextNode* node = node_; node != nullptr; node = node->parent) {
    if (node->same_key != nullptr && node->same_key(node->key, key)) return &node->value;
  }
  return nullptr;
}

Error Cause(const Context& context, Site site) {
  ContextNode* above = context.IsNil() ? nullptr : context.node()->Cancellable();
  if (above == nullptr || !context.Err(site)) return {};
  return Errors().Get(above->core.cause[0]);
}

// ---- Making contexts ----------------------------------------------------------------------------

Context Background() { return Context(Runtime::Get().Own<ContextNode>()); }
Context TODO() { return Background(); }

void CancelFunc::operator()(Site site) const { Cancel(node_, Canceled(), {}, site); }
void CancelCauseFunc::operator()(const Error& cause, Site site) const {
  Cancel(node_, Canceled(), cause, site);
}

Cancellable WithCancel(const Context& parent, Site site) {
  CheckParent(parent, site);
  ContextNode* node = NewCancellable(parent);
  Attach(node, site);
  return {Context(node), CancelFunc(node)};
}

CancellableWithCause WithCancelCause(const Context& parent, Site site) {
  CheckParent(parent, site);
  ContextNode* node = NewCancellable(parent);
  Attach(node, site);
  return {Context(node), CancelCauseFunc(node)};
}

Cancellable WithDeadlineCause(const Context& parent, TimePoint deadline, const Error& cause,
                              Site site) {
  CheckParent(parent, site);
  return WithTimer(parent, deadline - Now(site), deadline, cause, site);
}

Cancellable WithDeadline(const Context& parent, TimePoint deadline, Site site) {
  return WithDeadlineCause(parent, deadline, {}, site);
}

Cancellable WithTimeoutCause(const Context& parent, Duration timeout, const Error& cause,
                             Site site) {
  CheckParent(parent, site);
  return WithTimer(parent, timeout, Now(site) + timeout, cause, site);
}

Cancellable WithTimeout(const Context& parent, Duration timeout, Site site) {
  return WithTimeoutCause(parent, timeout, {}, site);
}

Context WithoutCancel(const Context& parent, Site site) {
  CheckParent(parent, site);
  ContextNode* node = Runtime::Get().Own<ContextNode>();
  node->parent = parent.node();
  node->cuts = true;
  return Context(node);
}

Context api::NewValue(const Context& parent, std::any key, std::any value,
                      bool (*same)(const std::any&, const std::any&), Site site) {
  CheckParent(parent, site);
  ContextNode* node = Runtime::Get().Own<ContextNode>();
  node->parent = parent.node();
  node->deadline = parent.Deadline();
  node->key = std::move(key);
  node->value = std::move(value);
  node->same_key = same;
  return Context(node);
}

ContextNode* api::NewAfterFunc(const Context& context, TaskStart start, Site site) {
  CheckParent(context, site);
  Runtime& runtime = Runtime::Get();
  ContextNode* node = NewCancellable(context);
  TaskState* task = runtime.NewTask(std::move(start));
  node->core.function = [task] { task->Run(); };
  node->core.function_client = task;
  Attach(node, site);
  return node;
}

bool StopFunc::operator()(Site site) const {
  bool stopped = false;
  Runtime::Get().Perform(site, Release::kYes, [&](sim::Execution& ex, sync::CallSite at) {
    stopped = sync::ContextStop(ex, node_->core, at);
    return sim::Result{};
  });
  return stopped;
}

}  // namespace heddle

// SPDX-License-Identifier: Apache-2.0
// Setting up and running executions.
#include "checker/engine.h"

namespace heddle::checker {

Engine::Engine(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds,
               bool replays)
    : program_(program), stacks_(program.StackBytes()) {
  sim::ModelOptions options{
      .ends_are_events = program.CountsTasks(), .bounds = bounds, .replays = replays};
  sim::InstallStackOverflowHandler();
  model_ = factory(store_, paths_, options);
  what_if_ = factory(store_, paths_, options);
  execution_ = std::make_unique<sim::Execution>(*model_, store_, paths_, stacks_);
}

Engine::~Engine() = default;

std::vector<sim::ObjectId> Engine::Refuted() const {
  std::vector<sim::ObjectId> objects;
  model_->Refuted(&objects);
  return objects;
}

void Engine::AddStrict(const std::vector<sim::ObjectId>& objects) {
  strict_.insert(strict_.end(), objects.begin(), objects.end());
  model_->SetStrict(strict_);
  what_if_->SetStrict(strict_);
}

const sim::Record& Engine::Run(sim::Strategy& strategy, sim::TimeModel time,
                               const sim::ExecutionLimits& limits,
                               std::span<sim::Observer* const> observers, uint32_t kept) {
  sim::TaskClient* client = nullptr;
  std::function<void()> main = program_.Start(*execution_, &client);
  const sim::Record& record =
      execution_->Run(std::move(main), client, time, limits, strategy, observers, kept);
  program_.Finish();
  return record;
}

}  // namespace heddle::checker

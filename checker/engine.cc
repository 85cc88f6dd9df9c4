// SPDX-License-Identifier: Apache-2.0
// Setting up and running executions.
#include "checker/engine.h"

namespace heddle::checker {

Engine::Engine(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds,
               bool replays)
    : program_(program),
      factory_(factory),
      options_{.ends_are_events = program.CountsTasks(), .bounds = bounds, .replays = replays},
      stacks_(program.StackBytes()) {
  SetUp();
}

Engine::Engine(Engine& first, sim::Program& program)
    : program_(program),
      factory_(first.factory_),
      options_(first.options_),
      store_(&first.store_),
      paths_(&first.paths_),
      stacks_(program.StackBytes()) {
  SetUp();
  AddStrict(first.strict_);
}

void Engine::SetUp() {
  sim::InstallStackOverflowHandler();
  model_ = factory_(store_, paths_, options_);
  what_if_ = factory_(store_, paths_, options_);
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

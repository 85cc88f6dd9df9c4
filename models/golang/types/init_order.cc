// SPDX-License-Identifier: Apache-2.0
//
// Initialization order: again and again the earliest declared variable that depends on no
// uninitialized one.
#include "models/golang/types/init_order.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

class InitOrder {
 public:
  explicit InitOrder(Checker& checker) : checker_(checker) {}

  void Run() {
    Collect();
    std::set<const Var*> pending;
    for (const Unit& unit : units_) pending.insert(unit.vars.begin(), unit.vars.end());
    std::vector<bool> done(units_.size(), false);
    for (size_t left = units_.size(); left > 0;) {
      size_t next = 0;
      while (next < units_.size() && (done[next] || !IsReady(units_[next], pending))) ++next;
      if (next == units_.size()) next = ReportCycle(done);
      const Unit& unit = units_[next];
      done[next] = true;
      --left;
      for (const Var* var : unit.vars) pending.erase(var);
      checker_.package_.initializers.push_back({unit.vars, unit.rhs});
    }
  }

 private:
  // Variables initialized together, and the variables that must come first.
  struct Unit {
    std::vector<Var*> vars;
    const Expr* rhs = nullptr;
    std::vector<const Var*> needs;
  };

  void Collect() {
    std::set<const Var*> seen;
    for (Object* object : checker_.in_order_) {
      auto* var = ToObject<Var>(object);
      if (var == nullptr || !seen.insert(var).second) continue;
      const DeclInfo* decl = checker_.decl_of_[var];
      if (decl->value->values.empty()) continue;
      Unit unit;
      unit.vars = decl->group.empty() ? std::vector<Var*>{var} : decl->group;
      seen.insert(unit.vars.begin(), unit.vars.end());
      unit.rhs = decl->value->values[decl->group.empty() ? decl->index : 0];
      std::set<const Object*> visited;
      Follow(decl, visited, unit.needs);
      units_.push_back(std::move(unit));
    }
  }

  // Collects the variables that are reached from `decl` through functions and constants.
  void Follow(const DeclInfo* decl, std::set<const Object*>& visited,
              std::vector<const Var*>& vars) {
    std::vector<const DeclInfo*> open{decl};
    while (!open.empty()) {
      const DeclInfo* current = open.back();
      open.pop_back();
      for (Object* object : current->dependencies) {
        if (!visited.insert(object).second) continue;
        if (const auto* var = ToObject<Var>(object)) {
          vars.push_back(var);
        } else {
          open.push_back(checker_.decl_of_[object]);
        }
      }
    }
  }

  static bool IsReady(const Unit& unit, const std::set<const Var*>& pending) {
    return std::none_of(unit.needs.begin(), unit.needs.end(),
                        [&](const Var* var) { return pending.contains(var); });
  }

  // A shortest way from `from` back to itself; empty when there is none.
  std::vector<Object*> FindCycle(Object* from) {
    std::map<Object*, Object*> reached_from;
    std::vector<Object*> queue{from};
    for (size_t i = 0; i < queue.size(); ++i) {
      for (Object* next : checker_.decl_of_[queue[i]]->dependencies) {
        if (next == from) {
          std::vector<Object*> cycle;
          for (Object* at = queue[i]; at != from; at = reached_from[at]) cycle.push_back(at);
          cycle.push_back(from);
          std::reverse(cycle.begin(), cycle.end());
          return cycle;
        }
        if (reached_from.try_emplace(next, queue[i]).second) queue.push_back(next);
      }
    }
    return {};
  }

  // The unit to go on with as if it were ready.
  size_t ReportCycle(const std::vector<bool>& done) {
    size_t first = units_.size();
    for (size_t i = 0; i < units_.size(); ++i) {
      if (done[i]) continue;
      first = std::min(first, i);
      for (Var* var : units_[i].vars) {
        const std::vector<Object*> cycle = FindCycle(var);
        if (cycle.empty()) continue;
        if (cycle.size() == 1) {
          checker_.Error(var->pos, "initialization cycle: {} refers to itself", var->name);
          return i;
        }
        std::string message = fmt::format("initialization cycle for {}", var->name);
        for (size_t k = 0; k < cycle.size(); ++k) {
          message += fmt::format("\n\t{}: {} refers to {}", checker_.At(cycle[k]->pos),
                                 cycle[k]->name, cycle[(k + 1) % cycle.size()]->name);
        }
        checker_.Report(var->pos, std::move(message));
        return i;
      }
    }
    return first;
  }

  Checker& checker_;
  std::vector<Unit> units_;
};

void OrderInitializers(Checker& checker) { InitOrder(checker).Run(); }

}  // namespace heddle::golang::types

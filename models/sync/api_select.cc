// SPDX-License-Identifier: Apache-2.0
// Running a select.
#include "models/sync/api_select.h"

namespace heddle {

int api::RunSelect(std::span<SelectArm* const> arms, Site site) {
  std::vector<sync::SelectCase> cases;
  std::vector<int> index;  // of the case among the arms
  cases.reserve(arms.size());
  index.reserve(arms.size());
  SelectArm* fallback = nullptr;
  sim::Result r =
      Runtime::Get().Perform(site, Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
        for (size_t i = 0; i < arms.size(); ++i) {
          if (arms[i]->IsDefault()) {
            fallback = arms[i];
          } else {
            cases.push_back(arms[i]->Case());
            index.push_back(static_cast<int>(i));
          }
        }
        return sync::Select(ex, cases, fallback != nullptr, at);
      });
  if (sync::Abandoned(r)) return kDefaultCase;
  if (r.alternative == sim::kDefault) {
    fallback->Handle();
    return kDefaultCase;
  }
  int taken = index[static_cast<size_t>(r.alternative)];
  arms[static_cast<size_t>(taken)]->Handle();
  return taken;
}

void Select(Site site) { api::RunSelect({}, site); }

}  // namespace heddle

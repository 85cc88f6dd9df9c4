// SPDX-License-Identifier: Apache-2.0
// Races on maps.
#include "checker/detectors/concurrent_map.h"

#include <fmt/format.h>

namespace heddle::checker {

bool IsConcurrentMap(const MapUse& a, const MapUse& b) {
  return a.client != nullptr && b.client != nullptr && a.client->IsMapAccess(a.site) &&
         b.client->IsMapAccess(b.site);
}

void BecomeConcurrentMap(const MapUse& a, const MapUse& b, RawFinding* race) {
  race->kind = FindingKind::kConcurrentMap;
  const bool both = a.write && b.write;
  race->message = fmt::format(
      "fatal error: concurrent map {}: nothing orders the {} at {} and the "
      "{} at {}",
      both ? "writes" : "read and map write", a.write ? "write" : "read", race->sites[0].ToString(),
      b.write ? "write" : "read", race->sites[1].ToString());
  race->identity = "concurrent-map" + race->identity.substr(race->identity.find('@'));
}

}  // namespace heddle::checker

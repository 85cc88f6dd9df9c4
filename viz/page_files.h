// SPDX-License-Identifier: Apache-2.0
// The files of viz/page, which the build puts into the library: frame, style and script of the HTML
// view.
#ifndef HEDDLE_VIZ_PAGE_FILES_H_
#define HEDDLE_VIZ_PAGE_FILES_H_

#include <string_view>

namespace heddle::viz {

struct PageFiles {
  std::string_view html, css, js;
};

PageFiles ThePageFiles();

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_PAGE_FILES_H_

// SPDX-License-Identifier: Apache-2.0
//
// FileSet: line tables and the search in them.
//
// Kept apart from the scanner so that later phases can place a Pos without knowing the text of the file.
#include "models/golang/syntax/position.h"

#include <algorithm>

namespace heddle::golang {

Pos FileSet::AddFile(std::string name, std::string_view source) {
  FileEntry entry{std::move(name), next_base_, static_cast<uint32_t>(source.size()), {0}};
  for (size_t i = source.find('\n'); i != std::string_view::npos; i = source.find('\n', i + 1)) {
    entry.line_starts.push_back(static_cast<uint32_t>(i + 1));
  }
  // The place just past the last byte belongs to the file too: "unexpected EOF" is reported there.
  next_base_ += entry.size + 1;
  files_.push_back(std::move(entry));
  return Pos{files_.back().base};
}

const FileSet::FileEntry* FileSet::Find(Pos pos) const {
  auto after = std::upper_bound(files_.begin(), files_.end(), pos.index,
                                [](uint32_t index, const FileEntry& f) { return index < f.base; });
  if (after == files_.begin()) return nullptr;
  const FileEntry* file = &*std::prev(after);
  return pos.index - file->base <= file->size ? file : nullptr;
}

Position FileSet::Resolve(Pos pos) const {
  const FileEntry* file = Find(pos);
  if (file == nullptr) return {};
  const uint32_t offset = pos.index - file->base;
  auto after = std::upper_bound(file->line_starts.begin(), file->line_starts.end(), offset);
  const uint32_t line = static_cast<uint32_t>(after - file->line_starts.begin());
  return {file->name, line, offset - *std::prev(after) + 1};
}

std::string FileSet::Render(Pos pos) const {
  const Position place = Resolve(pos);
  if (place.line == 0) return "-";
  return std::string(place.file) + ":" + std::to_string(place.line) + ":" +
         std::to_string(place.column);
}

std::string_view FileSet::FileName(Pos pos) const {
  const FileEntry* file = Find(pos);
  return file == nullptr ? std::string_view() : file->name;
}

}  // namespace heddle::golang

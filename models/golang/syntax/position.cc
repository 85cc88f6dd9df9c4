// SPDX-License-Identifier: Apache-2.0
//
// FileSet: line tables and the search in them.
//
// Kept apart from the scanner so that later phases can place a Pos without knowing the text of the
// file.
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

void FileSet::SetLine(Pos pos, std::string file, uint32_t line, uint32_t column) {
  FileEntry& entry = files_.back();
  entry.comments.push_back({pos.index - entry.base, std::move(file), line, column});
}

Position FileSet::Physical(const FileEntry& file, uint32_t offset) {
  auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  const uint32_t line = static_cast<uint32_t>(after - file.line_starts.begin());
  return {file.name, line, offset - *std::prev(after) + 1};
}

Position FileSet::Resolve(Pos pos) const {
  const FileEntry* file = Find(pos);
  if (file == nullptr) return {};
  const uint32_t offset = pos.index - file->base;
  const Position here = Physical(*file, offset);
  auto after =
      std::upper_bound(file->comments.begin(), file->comments.end(), offset,
                       [](uint32_t o, const LineComment& comment) { return o < comment.offset; });
  if (after == file->comments.begin()) return here;
  const LineComment& comment = *std::prev(after);
  const Position start = Physical(*file, comment.offset);
  Position place{comment.file, comment.line + (here.line - start.line), 0};
  if (comment.column != 0) {
    const bool same_line = here.line == start.line;
    place.column = same_line ? comment.column + (here.column - start.column) : here.column;
  }
  return place;
}

std::string FileSet::Render(Pos pos) const {
  const Position place = Resolve(pos);
  if (place.line == 0) return "-";
  std::string text = std::string(place.file) + ":" + std::to_string(place.line);
  if (place.column != 0) text += ":" + std::to_string(place.column);
  return text;
}

std::string_view FileSet::FileName(Pos pos) const {
  const FileEntry* file = Find(pos);
  return file == nullptr ? std::string_view() : file->name;
}

}  // namespace heddle::golang

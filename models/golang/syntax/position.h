// SPDX-License-Identifier: Apache-2.0
//
// Source positions of Go files: a Pos is one 32-bit number, a FileSet turns it into file, line and
// column.
//
// First phase of the front end; every later phase, the VM's traces included, speaks of places
// through a Pos. Invariant: the files of one FileSet occupy disjoint ranges of indices, in the
// order they were added, so comparing two Pos orders them by file and then by offset. Index 0 is no
// place at all.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_POSITION_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_POSITION_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::golang {

// A place in one of the files of a FileSet.
struct Pos {
  uint32_t index = 0;

  bool IsValid() const { return index != 0; }
  // The place `bytes` further in the same file.
  Pos Plus(uint32_t bytes) const { return Pos{index + bytes}; }
  auto operator<=>(const Pos&) const = default;
};

// A place as people read it. Line and column are 1-based; the column counts bytes, as gc does. Line
// 0: unknown; column 0: unknown, after a `//line` comment that names none.
struct Position {
  std::string_view file;
  uint32_t line = 0;
  uint32_t column = 0;
};

// All files of one program, standard packages included. Also hands out the ids of syntax nodes, so
// that ids are unique in the whole program and those of one file are contiguous.
class FileSet {
 public:
  FileSet() = default;
  FileSet(FileSet&&) = default;
  FileSet& operator=(FileSet&&) = default;
  FileSet(const FileSet&) = delete;
  FileSet& operator=(const FileSet&) = delete;

  // Registers a file of this text and returns the Pos of its first byte. The text itself is not
  // kept.
  Pos AddFile(std::string name, std::string_view source);

  // The file name inside the result lives as long as this FileSet.
  Position Resolve(Pos pos) const;
  // A `//line` or `/*line*/` comment: what follows, from `pos` on, counts as this place. Column 0:
  // columns are unknown. REQUIRES: called in the order of the text; `pos` belongs to the file added
  // last.
  void SetLine(Pos pos, std::string file, uint32_t line, uint32_t column);

  // "file:line:column", "file:line" without a known column, or "-" for an invalid pos.
  std::string Render(Pos pos) const;
  // The name of the file that `pos` is in; empty for an invalid pos.
  std::string_view FileName(Pos pos) const;
  uint32_t Line(Pos pos) const { return Resolve(pos).line; }

  uint32_t NewNodeId() { return next_node_id_++; }
  // One more than the largest id given out so far: the size of a table indexed by node id.
  uint32_t node_id_end() const { return next_node_id_; }

 private:
  struct LineComment {
    uint32_t offset;
    std::string file;
    uint32_t line;
    uint32_t column;
  };
  struct FileEntry {
    std::string name;
    uint32_t base;
    uint32_t size;
    std::vector<uint32_t> line_starts;  // Offsets, ascending; the first is 0.
    std::vector<LineComment> comments;  // Ascending by offset.
  };
  const FileEntry* Find(Pos pos) const;
  static Position Physical(const FileEntry& file, uint32_t offset);

  std::vector<FileEntry> files_;
  uint32_t next_base_ = 1;
  uint32_t next_node_id_ = 1;  // 0 is no node.
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_POSITION_H_

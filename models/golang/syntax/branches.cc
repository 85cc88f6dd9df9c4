// SPDX-License-Identifier: Apache-2.0
//
// One walk over the blocks of a function body: labels are declared as they come, and gotos that
// find no label yet are carried outwards until one appears.
//
// Invariant: every BranchStmt is either reported here or has a target that the compiler will find
// by the same rules.
#include "models/golang/syntax/branches.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace heddle::golang {
namespace {

struct Block {
  const Block* parent;
  Pos start;
  const LabeledStmt* label;  // The labeled statement that this block is the body of, or null.
};

struct Label {
  const Block* block;  // Null once that block has been left.
  Pos block_start;
  const LabeledStmt* stmt;
  bool used;
};

struct Targets {
  const Stmt* breaks = nullptr;  // A loop, switch or select.
  bool in_loop = false;
  int clause = -1;  // Index in the switch directly around; -1 otherwise.
};

using Gotos = std::vector<const BranchStmt*>;

class Checker {
 public:
  Checker(const FileSet& files, DiagnosticList& diagnostics)
      : files_(files), diagnostics_(diagnostics) {}

  void CheckBody(const BlockStmt* body);

 private:
  // The state of one statement list.
  struct Frame {
    Block block;
    Targets targets;
    size_t index = 0;  // Of the statement looked at.
    size_t count = 0;
    Gotos forward;  // Gotos without a label so far.
    Gotos jumping;  // Those among them that would jump over the variable declared last.
    Pos var_pos;
    std::string var_name;
  };

  Gotos CheckList(const Block* parent, Targets targets, const LabeledStmt* label, Pos start,
                  List<Stmt> stmts);
  void CheckStmt(Frame& frame, const Stmt* stmt, const LabeledStmt* label);
  void Inner(Frame& frame, Targets targets, const LabeledStmt* label, Pos start, List<Stmt> stmts);
  void CheckLabel(Frame& frame, const LabeledStmt* stmt);
  void CheckUnlabeled(const Frame& frame, const BranchStmt* stmt);
  void CheckLabeled(Frame& frame, const BranchStmt* stmt);
  void CheckFallthrough(const Frame& frame, const BranchStmt* stmt);
  void RecordVar(Frame& frame, Pos pos, std::string name);
  // The statement named by the label if it is around the block; `defined` tells whether the label
  // exists at all.
  const LabeledStmt* Enclosing(const Block* block, std::string_view name, bool& defined);

  void Error(Pos pos, std::string message) { diagnostics_.Error(pos, std::move(message)); }

  const FileSet& files_;
  DiagnosticList& diagnostics_;
  std::map<std::string_view, Label> labels_;
};

void Checker::CheckBody(const BlockStmt* body) {
  const Gotos left = CheckList(nullptr, {}, nullptr, body->pos, body->stmts);
  for (const BranchStmt* stmt : left) {
    const std::string name(stmt->label->name);
    auto found = labels_.find(name);
    if (found != labels_.end()) {
      found->second.used = true;
      Error(stmt->label->pos, "goto " + name + " jumps into block starting at " +
                                  files_.Render(found->second.block_start));
    } else {
      Error(stmt->label->pos, "label " + name + " not defined");
    }
  }
  for (const auto& [name, label] : labels_) {
    if (!label.used) {
      Error(label.stmt->label->pos, "label " + std::string(name) + " defined and not used");
    }
  }
}

Gotos Checker::CheckList(const Block* parent, Targets targets, const LabeledStmt* label, Pos start,
                         List<Stmt> stmts) {
  Frame frame{{parent, start, label}, targets};
  frame.count = stmts.size();
  // A fallthrough is the last statement even if empty ones follow it.
  while (frame.count > 0 && stmts[frame.count - 1]->kind == NodeKind::kEmptyStmt) frame.count--;
  for (; frame.index < frame.count; frame.index++) CheckStmt(frame, stmts[frame.index], nullptr);
  for (auto& [name, l] : labels_) {
    if (l.block == &frame.block) l.block = nullptr;
  }
  return std::move(frame.forward);
}

void Checker::Inner(Frame& frame, Targets targets, const LabeledStmt* label, Pos start,
                    List<Stmt> stmts) {
  const Gotos left = CheckList(&frame.block, targets, label, start, stmts);
  frame.forward.insert(frame.forward.end(), left.begin(), left.end());
}

void Checker::RecordVar(Frame& frame, Pos pos, std::string name) {
  frame.var_pos = pos;
  frame.var_name = std::move(name);
  frame.jumping = frame.forward;
}

void Checker::CheckLabel(Frame& frame, const LabeledStmt* stmt) {
  const std::string_view name = stmt->label->name;
  auto [place, added] =
      labels_.try_emplace(name, Label{&frame.block, frame.block.start, stmt, false});
  if (!added) {
    Error(stmt->label->pos, "label " + std::string(name) + " already defined at " +
                                files_.Render(place->second.stmt->label->pos));
  }
  Gotos others;
  for (const BranchStmt* jump : frame.forward) {
    if (jump->label->name != name) {
      others.push_back(jump);
      continue;
    }
    place->second.used = true;
    if (std::find(frame.jumping.begin(), frame.jumping.end(), jump) != frame.jumping.end()) {
      Error(jump->label->pos, "goto " + std::string(name) + " jumps over declaration of " +
                                  frame.var_name + " at " + files_.Render(frame.var_pos));
    }
  }
  frame.forward = std::move(others);
}

const LabeledStmt* Checker::Enclosing(const Block* block, std::string_view name, bool& defined) {
  auto found = labels_.find(name);
  defined = found != labels_.end();
  if (!defined) return nullptr;
  found->second.used = true;
  for (; block != nullptr; block = block->parent) {
    if (block->label == found->second.stmt) return block->label;
  }
  return nullptr;
}

void Checker::CheckFallthrough(const Frame& frame, const BranchStmt* stmt) {
  const Stmt* around = frame.targets.breaks;
  if (around != nullptr && around->kind == NodeKind::kTypeSwitchStmt) {
    return Error(stmt->pos, "cannot fallthrough in type switch");
  }
  const auto* sw = As<SwitchStmt>(around);
  if (sw == nullptr || frame.targets.clause < 0 || frame.index + 1 < frame.count) {
    return Error(stmt->pos, "fallthrough statement out of place");
  }
  if (static_cast<size_t>(frame.targets.clause) + 1 == sw->clauses.size()) {
    Error(stmt->pos, "cannot fallthrough final case in switch");
  }
}

void Checker::CheckUnlabeled(const Frame& frame, const BranchStmt* stmt) {
  if (stmt->tok == Token::kBreak) {
    if (frame.targets.breaks == nullptr) {
      Error(stmt->pos, "break is not in a loop, switch, or select");
    }
  } else if (stmt->tok == Token::kContinue) {
    if (!frame.targets.in_loop) Error(stmt->pos, "continue is not in a loop");
  } else if (stmt->tok == Token::kFallthrough) {
    CheckFallthrough(frame, stmt);
  }
}

bool IsLoop(const Stmt* stmt) {
  return stmt->kind == NodeKind::kForStmt || stmt->kind == NodeKind::kRangeStmt;
}

bool IsBreakable(const Stmt* stmt) {
  return IsLoop(stmt) || stmt->kind == NodeKind::kSwitchStmt ||
         stmt->kind == NodeKind::kTypeSwitchStmt || stmt->kind == NodeKind::kSelectStmt;
}

void Checker::CheckLabeled(Frame& frame, const BranchStmt* stmt) {
  const std::string name(stmt->label->name);
  if (stmt->tok == Token::kGoto) {
    auto found = labels_.find(name);
    if (found != labels_.end()) {
      found->second.used = true;
      for (const Block* b = &frame.block; b != nullptr; b = b->parent) {
        if (found->second.block == b) return;
      }
    }
    frame.forward.push_back(stmt);
    return;
  }
  const std::string verb(TokenText(stmt->tok));
  bool defined = false;
  const LabeledStmt* target = Enclosing(&frame.block, name, defined);
  if (!defined) {
    Error(stmt->label->pos, verb + " label not defined: " + name);
  } else if (target == nullptr ||
             !(stmt->tok == Token::kBreak ? IsBreakable(target->stmt) : IsLoop(target->stmt))) {
    Error(stmt->label->pos, "invalid " + verb + " label " + name);
  }
}

void Checker::CheckStmt(Frame& frame, const Stmt* stmt, const LabeledStmt* label) {
  const Targets nested{frame.targets.breaks, frame.targets.in_loop, -1};
  switch (stmt->kind) {
    case NodeKind::kDeclStmt: {
      const GenDecl* decl = Cast<DeclStmt>(stmt)->decl;
      if (decl->tok == Token::kVar && !decl->specs.empty()) {
        const auto* spec = Cast<ValueSpec>(decl->specs.front());
        RecordVar(frame, spec->pos, std::string(spec->names[0]->name));
      }
      return;
    }
    case NodeKind::kLabeledStmt: {
      const auto* labeled = Cast<LabeledStmt>(stmt);
      const bool blank = labeled->label->name == "_";
      if (!blank) CheckLabel(frame, labeled);
      return CheckStmt(frame, labeled->stmt, blank ? nullptr : labeled);
    }
    case NodeKind::kBranchStmt: {
      const auto* branch = Cast<BranchStmt>(stmt);
      return branch->label == nullptr ? CheckUnlabeled(frame, branch) : CheckLabeled(frame, branch);
    }
    case NodeKind::kAssignStmt: {
      const auto* assign = Cast<AssignStmt>(stmt);
      if (assign->op != Token::kDefine) return;
      std::string names;
      for (const Expr* x : assign->lhs) names += (names.empty() ? "" : ", ") + ExprString(x);
      return RecordVar(frame, assign->pos, names);
    }
    case NodeKind::kBlockStmt:
      return Inner(frame, nested, label, stmt->pos, Cast<BlockStmt>(stmt)->stmts);
    case NodeKind::kIfStmt: {
      const auto* s = Cast<IfStmt>(stmt);
      Inner(frame, nested, label, s->then_block->pos, s->then_block->stmts);
      if (s->else_stmt != nullptr) {
        Inner(frame, nested, label, s->else_stmt->pos, List<Stmt>(&s->else_stmt, 1));
      }
      return;
    }
    case NodeKind::kForStmt: {
      const BlockStmt* body = Cast<ForStmt>(stmt)->body;
      return Inner(frame, {stmt, true, -1}, label, body->pos, body->stmts);
    }
    case NodeKind::kRangeStmt: {
      const BlockStmt* body = Cast<RangeStmt>(stmt)->body;
      return Inner(frame, {stmt, true, -1}, label, body->pos, body->stmts);
    }
    case NodeKind::kSwitchStmt:
    case NodeKind::kTypeSwitchStmt: {
      const auto clauses = stmt->kind == NodeKind::kSwitchStmt
                               ? Cast<SwitchStmt>(stmt)->clauses
                               : Cast<TypeSwitchStmt>(stmt)->clauses;
      for (size_t i = 0; i < clauses.size(); i++) {
        Inner(frame, {stmt, nested.in_loop, static_cast<int>(i)}, label, clauses[i]->pos,
              clauses[i]->body);
      }
      return;
    }
    case NodeKind::kSelectStmt:
      for (const CommClause* clause : Cast<SelectStmt>(stmt)->clauses) {
        Inner(frame, {stmt, nested.in_loop, -1}, label, clause->pos, clause->body);
      }
      return;
    default:
      return;
  }
}

}  // namespace

void CheckBranches(const FileSet& files, const BlockStmt* body, DiagnosticList& diagnostics) {
  Checker(files, diagnostics).CheckBody(body);
}

}  // namespace heddle::golang

// SPDX-License-Identifier: Apache-2.0
//
// What the compiled functions of one program share: their numbers, run-time types, global
// variables, files, wrappers.
//
// Part of the compiler: FunctionCompiler asks it, CompileProgram (compile.h) drives it. Functions
// get a number when they are first mentioned and are compiled from a queue, so that nothing
// unreachable is compiled.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_PROGRAM_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_PROGRAM_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/golang/bytecode/compile.h"
#include "models/golang/bytecode/compile_types.h"
#include "models/golang/bytecode/program.h"
#include "models/golang/types/lookup.h"

namespace heddle::golang::compile {

// A method as selected: the way from the value to the receiver, then either a declared method or a
// slot of an interface.
struct MethodTarget {
  std::vector<uint32_t> path;
  const types::Func* func = nullptr;
  const types::Interface* interface = nullptr;
  uint32_t method_index = 0;

  const types::Signature* signature() const;
  std::string name() const;
};

class ProgramCompiler {
 public:
  ProgramCompiler(const FileSet& files, types::World& world, const types::Package& main_package,
                  const CompileOptions& options, DiagnosticList& diagnostics);

  std::unique_ptr<Program> Run();

  // ---- For FunctionCompiler ----

  Program& program() { return *program_; }
  types::World& world() { return world_; }
  RuntimeTypeMap& types() { return types_; }
  const CompileOptions& options() const { return options_; }
  void Unsupported(Pos pos, std::string_view what) { diagnostics_.Unsupported(pos, what); }

  CodePosition Place(Pos pos);
  // REQUIRES: not generic.
  uint32_t FunctionOf(const types::Func* func);
  uint64_t GlobalOf(const types::Var* var);
  // Reserves a number for a function that is given later by SetFunction.
  uint32_t NewFunction();
  void SetFunction(uint32_t index, Function function);
  // T.m or (*T).m as a function with the receiver first.
  uint32_t MethodExpression(const types::Type* receiver, const MethodTarget& target);
  // The function behind x.m as a value: its capture is the receiver (for an interface method: the
  // interface value).
  uint32_t MethodValue(const types::Type* receiver, const MethodTarget& target);
  // Whether loop variables are one per iteration in this package.
  bool HasLoopVariables(const types::Package* package) const;
  // Adds work that must be done after the function being compiled.
  void Enqueue(std::function<void()> task) { queue_.push_back(std::move(task)); }

 private:
  void DrainQueue();
  void CompileDeclared(const types::Func* func, uint32_t index);
  // True, and reported, for a function that needs what heddle does not have.
  bool Refuses(const types::Func* func);
  void CompileInit();
  void FindTests();
  void FillMethods();
  void AddFuncStubs(const RType* any_func);
  uint32_t MethodFunction(const types::Type* type, const types::MethodSetEntry& entry);
  void FindRuntimeTypes();
  std::vector<const types::Package*> PackagesInOrder() const;
  static void SortByPath(std::vector<const types::Package*>* order, size_t first);

  const FileSet& file_set_;
  types::World& world_;
  const types::Package& main_package_;
  const CompileOptions options_;
  DiagnosticList& diagnostics_;
  std::unique_ptr<Program> program_;
  RuntimeTypeMap types_;
  std::unordered_map<const types::Func*, uint32_t> functions_;
  std::unordered_map<const types::Var*, uint64_t> globals_;
  std::map<std::pair<const types::Type*, std::string>, uint32_t> wrappers_;
  std::unordered_map<std::string, uint16_t> files_;
  std::deque<std::function<void()>> queue_;
  size_t types_with_methods_ = 0;  // Of types_.dynamic().
  std::set<std::pair<Pos, std::string>> refused_;
};

// As Go's traces name it: "main.f", "main.(*T).m", "main.T.m", "main.F[...]".
std::string FunctionName(const types::Func* func);

}  // namespace heddle::golang::compile

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_PROGRAM_H_

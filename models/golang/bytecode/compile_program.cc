// SPDX-License-Identifier: Apache-2.0
//
// The compilation of a program: from its entry points, through a queue of functions, to method
// tables.
//
// How to read it: Run. Source: the Go specification, "Program initialization and execution".
#include "models/golang/bytecode/compile_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/types/layout.h"
#include "sim/base/check.h"

namespace heddle::golang {

std::unique_ptr<Program> CompileProgram(const FileSet& file_set, types::World& world,
                                        const types::Package& main_package,
                                        const CompileOptions& options,
                                        DiagnosticList& diagnostics) {
  return compile::ProgramCompiler(file_set, world, main_package, options, diagnostics).Run();
}

namespace compile {
namespace {

bool IsInit(const types::Func* func) {
  return func->name == "init" && func->receiver == nullptr && func->decl != nullptr;
}

std::string ReceiverName(const types::Type* type, const types::Package* package) {
  std::string name = types::TypeString(type, package);
  if (name.starts_with("*")) name = "(" + name + ")";
  // Type arguments are not shown.
  const size_t bracket = name.find('[');
  if (bracket == std::string::npos) return name;
  return name.substr(0, bracket) + "[...]" + (name.ends_with(")") ? ")" : "");
}

}  // namespace

const types::Signature* MethodTarget::signature() const {
  return func != nullptr ? func->signature() : interface->methods[method_index].type;
}

std::string MethodTarget::name() const {
  return func != nullptr ? func->name : interface->methods[method_index].name;
}

std::string FunctionName(const types::Func* func) {
  std::string name = func->pkg->path + ".";
  if (func->receiver != nullptr) {
    std::string receiver = func->receiver->name();
    if (!func->receiver->type_args().empty()) receiver += "[...]";
    name += func->pointer_receiver ? "(*" + receiver + ")." : receiver + ".";
  }
  name += func->name;
  if (func->receiver == nullptr && !func->type_args.empty()) name += "[...]";
  return name;
}

ProgramCompiler::ProgramCompiler(const FileSet& files, types::World& world,
                                 const types::Package& main_package, const CompileOptions& options,
                                 DiagnosticList& diagnostics)
    : file_set_(files),
      world_(world),
      main_package_(main_package),
      options_(options),
      diagnostics_(diagnostics),
      program_(std::make_unique<Program>()),
      types_(program_->types, world.types, world.FindPackage("reflect") != nullptr) {
  program_->lang_minor = options.go_minor;
  program_->files.push_back("");  // File 0, line 0: no place.
}

std::unique_ptr<Program> ProgramCompiler::Run() {
  FindRuntimeTypes();
  CompileInit();
  if (options_.tests) {
    FindTests();
  } else if (const auto* func = types::ToObject<types::Func>(main_package_.scope.Find("main"))) {
    program_->main_function = FunctionOf(func);
  }
  do {
    DrainQueue();
    FillMethods();
  } while (!queue_.empty());
  if (world_.FindPackage("reflect") != nullptr) {
    const RType* any_func = types_.Of(world_.types.SignatureOf({}, {}, false));
    program_->types.Finish();
    AddFuncStubs(any_func);
  } else {
    program_->types.Finish();
  }
  return std::move(program_);
}

void ProgramCompiler::DrainQueue() {
  while (!queue_.empty()) {
    const std::function<void()> task = std::move(queue_.front());
    queue_.pop_front();
    task();
  }
}

// ---- Places, functions, globals

CodePosition ProgramCompiler::Place(Pos pos) {
  const Position place = file_set_.Resolve(pos);
  if (place.line == 0) return {};
  const auto next = static_cast<uint16_t>(program_->files.size());
  const auto [found, added] = files_.try_emplace(std::string(place.file), next);
  if (added) program_->files.emplace_back(place.file);
  return {place.line, static_cast<uint16_t>(std::min<uint32_t>(place.column, 0xffff)),
          found->second};
}

uint32_t ProgramCompiler::NewFunction() {
  program_->functions.emplace_back();
  return static_cast<uint32_t>(program_->functions.size() - 1);
}

void ProgramCompiler::SetFunction(uint32_t index, Function function) {
  program_->functions[index] = std::move(function);
}

uint32_t ProgramCompiler::FunctionOf(const types::Func* func) {
  const auto [found, added] = functions_.try_emplace(func, 0);
  if (added) {
    found->second = NewFunction();
    const uint32_t index = found->second;
    queue_.push_back([this, func, index] { CompileDeclared(func, index); });
    return index;
  }
  return found->second;
}

bool ProgramCompiler::Refuses(const types::Func* func) {
  const auto& missing = func->origin != nullptr ? func->origin->missing : func->missing;
  if (missing == nullptr) return false;
  if (refused_.emplace(missing->pos, missing->what).second)
    Unsupported(missing->pos, missing->what);
  return true;
}

void ProgramCompiler::CompileDeclared(const types::Func* func, uint32_t index) {
  if (Refuses(func)) return;
  const std::string name = FunctionName(func);
  if (!func->is_native()) {
    const types::Info& info = func->instance_info ? *func->instance_info : func->pkg->info;
    SetFunction(index, FunctionCompiler(*this, info, func->pkg, name).CompileDeclared(func));
    return;
  }
  Function function;
  function.name = name;
  function.package = func->pkg->path;
  function.position = Place(func->pos);
  function.native_name = name;
  auto slot = [&](const types::Type* type) {
    return SlotSize(static_cast<uint64_t>(types::SizeOf(type)));
  };
  if (func->receiver != nullptr) {
    const types::Type* type = func->receiver;
    if (func->pointer_receiver) type = world_.types.PointerTo(type);
    function.has_receiver = true;
    function.params.push_back(types_.Of(type));
    function.args_size += slot(type);
  }
  for (const types::Param& param : func->signature()->params) {
    function.params.push_back(types_.Of(param.type));
    function.args_size += slot(param.type);
  }
  for (const types::Param& result : func->signature()->results) {
    function.results.push_back(types_.Of(result.type));
    function.results_size += slot(result.type);
    // What a native returns as an interface it may have made of types that its results mention.
    types_.MarkDynamic(result.type);
  }
  function.frame_size = function.results_size + function.args_size;
  SetFunction(index, std::move(function));
}

uint64_t ProgramCompiler::GlobalOf(const types::Var* var) {
  auto found = globals_.find(var);
  if (found != globals_.end()) return found->second;
  const uint64_t align = static_cast<uint64_t>(std::max<int64_t>(types::AlignOf(var->type), 1));
  const uint64_t offset = (program_->globals_size + align - 1) / align * align;
  // A variable without size has a place of its own, too.
  const int64_t size = std::max<int64_t>(types::SizeOf(var->type), 1);
  program_->globals_size = offset + static_cast<uint64_t>(size);
  program_->globals.push_back(
      {var->pkg->path + "." + var->name, offset, types_.Of(var->type), Place(var->pos)});
  globals_[var] = offset;
  return offset;
}

bool ProgramCompiler::HasLoopVariables(const types::Package* package) const {
  return package->is_std || options_.go_minor >= 22;
}

// ---- Methods

uint32_t ProgramCompiler::MethodExpression(const types::Type* receiver,
                                           const MethodTarget& target) {
  receiver = receiver->canonical();
  if (target.func != nullptr && target.path.empty()) {
    const bool is_pointer = types::UnderAs<types::Pointer>(receiver) != nullptr;
    if (is_pointer == target.func->pointer_receiver) return FunctionOf(target.func);
  }
  const auto key = std::pair(receiver, "." + target.name());
  if (auto found = wrappers_.find(key); found != wrappers_.end()) return found->second;
  const uint32_t index = wrappers_[key] = NewFunction();
  queue_.push_back([this, receiver, target, index] {
    const std::string name =
        main_package_.path + "." + ReceiverName(receiver, &main_package_) + "." + target.name();
    FunctionCompiler wrapper(*this, main_package_.info, &main_package_, name);
    const Pos pos = target.func != nullptr ? target.func->pos : Pos{};
    SetFunction(
        index, wrapper.CompileForward(receiver, target, FunctionCompiler::Forward::kReceiver, pos));
  });
  return index;
}

uint32_t ProgramCompiler::MethodValue(const types::Type* receiver, const MethodTarget& target) {
  receiver = receiver->canonical();
  const auto key = std::pair(receiver, "-fm." + target.name());
  if (auto found = wrappers_.find(key); found != wrappers_.end()) return found->second;
  const uint32_t index = wrappers_[key] = NewFunction();
  queue_.push_back([this, receiver, target, index] {
    const std::string name = target.func != nullptr ? FunctionName(target.func) + "-fm"
                                                    : main_package_.path + "." +
                                                          ReceiverName(receiver, &main_package_) +
                                                          "." + target.name() + "-fm";
    FunctionCompiler wrapper(*this, main_package_.info, &main_package_, name);
    const Pos pos = target.func != nullptr ? target.func->pos : Pos{};
    SetFunction(index,
                wrapper.CompileForward(receiver, target, FunctionCompiler::Forward::kCapture, pos));
  });
  return index;
}

// The entry of a method table: a function whose receiver is the data word of an interface.
uint32_t ProgramCompiler::MethodFunction(const types::Type* type,
                                         const types::MethodSetEntry& entry) {
  const types::LookupResult& found = entry.found;
  const bool direct = types::SizeOf(type) <= 8;
  const bool is_pointer = types::UnderAs<types::Pointer>(type) != nullptr;
  if (found.method != nullptr && found.path.empty() && direct &&
      found.method->pointer_receiver == is_pointer) {
    return FunctionOf(found.method);
  }
  const uint32_t index = NewFunction();
  const MethodTarget target{found.path, found.method, found.interface, found.method_index};
  queue_.push_back([this, type, target, direct, index] {
    const types::Package* package = target.func != nullptr ? target.func->pkg : &main_package_;
    FunctionCompiler wrapper(
        *this, main_package_.info, package,
        package->path + "." + ReceiverName(type, package) + "." + target.name());
    const Pos pos = target.func != nullptr ? target.func->pos : Pos{};
    SetFunction(index, wrapper.CompileForward(type, target,
                                              direct ? FunctionCompiler::Forward::kReceiver
                                                     : FunctionCompiler::Forward::kReceiverAddress,
                                              pos));
  });
  return index;
}

void ProgramCompiler::FillMethods() {
  for (; types_with_methods_ < types_.dynamic().size(); types_with_methods_++) {
    const auto [type, out] = types_.dynamic()[types_with_methods_];
    for (const types::MethodSetEntry& entry : types::MethodSet(type)) {
      if (entry.found.method != nullptr && Refuses(entry.found.method)) continue;
      const types::Signature* signature = types::SignatureOf(world_.types, entry.found);
      out->methods.push_back(
          types_.MethodEntry(entry.name, entry.pkg, signature, MethodFunction(type, entry)));
      if (world_.FindPackage("reflect") != nullptr) types_.MarkDynamic(signature);
    }
  }
}

// One function for each shape of frame that a func value made by reflect may need: those of the
// func types and methods of the program, and small ones for types that are made at run time.
void ProgramCompiler::AddFuncStubs(const RType* any_func) {
  constexpr uint32_t kMostWords = 6;
  const auto add = [this, any_func](uint32_t results, uint32_t args) {
    const auto [stub, added] = program_->func_stubs.try_emplace({results, args}, 0);
    if (!added) return;
    stub->second = NewFunction();
    Function function;
    function.name = function.native_name = "reflect.makeFuncStub";
    function.package = "reflect";
    function.results_size = results;
    function.args_size = args;
    function.closure_slot = results + args;
    function.frame_size = function.closure_slot + 8;
    function.is_wrapper = true;
    function.variables.push_back(
        {.name = "fn", .offset = kStubHandler, .type = any_func, .is_capture = true});
    SetFunction(stub->second, std::move(function));
  };
  const auto add_type = [&add](const RType& type, uint32_t receiver) {
    const auto size = [](const std::vector<const RType*>& types) {
      uint32_t bytes = 0;
      for (const RType* part : types) bytes += SlotSize(part->size);
      return bytes;
    };
    add(size(type.results), receiver + size(type.params));
  };
  const size_t count = program_->types.size();
  for (uint32_t i = 0; i < count; i++) {
    const RType& type = *program_->types.at(i);
    if (type.kind == Kind::kFunc) add_type(type, 0);
    for (const RMethod& method : type.methods) add_type(*method.type, SlotSize(type.size));
  }
  for (uint32_t results = 0; results <= kMostWords; results++) {
    for (uint32_t args = 0; args <= kMostWords; args++) add(8 * results, 8 * args);
  }
}

// ---- Entry points

// Packages that the main package imports, directly or not, and itself: in order of initialization.
// From go1.21 on, that is the order of their paths, as far as imports allow.
std::vector<const types::Package*> ProgramCompiler::PackagesInOrder() const {
  std::vector<const types::Package*> order;
  std::unordered_map<const types::Package*, bool> seen;
  const std::function<void(const types::Package*)> visit = [&](const types::Package* package) {
    if (seen[package]) return;
    seen[package] = true;
    for (const types::Package* imported : package->imports) visit(imported);
    order.push_back(package);
  };
  if (const types::Package* runtime = world_.FindPackage("runtime")) visit(runtime);
  if (options_.tests) {
    if (const types::Package* testing = world_.FindPackage("testing")) visit(testing);
  }
  const size_t first = order.size();
  if (options_.tested != nullptr) visit(options_.tested);
  visit(&main_package_);
  if (options_.go_minor >= 21) SortByPath(&order, first);
  return order;
}

// From `first` on: always the least path among the packages whose imports have had their turn.
void ProgramCompiler::SortByPath(std::vector<const types::Package*>* order, size_t first) {
  std::vector<const types::Package*> waiting(order->begin() + static_cast<ptrdiff_t>(first),
                                             order->end());
  std::sort(waiting.begin(), waiting.end(),
            [](const types::Package* a, const types::Package* b) { return a->path < b->path; });
  order->resize(first);
  std::unordered_set<const types::Package*> done(order->begin(), order->end());
  while (!waiting.empty()) {
    const auto ready =
        std::find_if(waiting.begin(), waiting.end(), [&done](const types::Package* package) {
          return std::all_of(package->imports.begin(), package->imports.end(),
                             [&done](const types::Package* p) { return done.contains(p); });
        });
    HEDDLE_CHECK(ready != waiting.end(), "imports have no cycles");
    order->push_back(*ready);
    done.insert(*ready);
    waiting.erase(ready);
  }
}

void ProgramCompiler::CompileInit() {
  std::vector<uint32_t> calls;
  for (const types::Package* package : PackagesInOrder()) {
    if (!package->initializers.empty()) {
      const uint32_t index = NewFunction();
      FunctionCompiler init(*this, package->info, package, package->path + ".init");
      SetFunction(index, init.CompileInitializers(package->initializers));
      calls.push_back(index);
    }
    uint32_t number = 0;
    for (const types::Func* func : package->functions) {
      if (!IsInit(func) || Refuses(func)) continue;
      const uint32_t index = NewFunction();
      FunctionCompiler init(*this, package->info, package,
                            package->path + ".init." + std::to_string(number++));
      SetFunction(index, init.CompileDeclared(func));
      calls.push_back(index);
    }
  }
  program_->init_function = NewFunction();
  FunctionCompiler all(*this, main_package_.info, &main_package_, "runtime.doInit");
  SetFunction(program_->init_function, all.CompileCalls(calls));
}

namespace {

// func TestXxx(t *testing.T), where Xxx does not start with a lower-case letter.
bool HasTestName(const types::Func* func, std::string_view prefix) {
  if (func->receiver != nullptr || !func->name.starts_with(prefix) || func->is_generic())
    return false;
  const std::string_view rest = std::string_view(func->name).substr(prefix.size());
  return rest.empty() || rest[0] < 'a' || rest[0] > 'z';
}

bool IsTest(const types::Func* func) {
  if (!HasTestName(func, "Test")) return false;
  const types::Signature* signature = func->signature();
  if (signature->params.size() != 1 || !signature->results.empty()) return false;
  const auto* pointer = types::To<types::Pointer>(signature->params[0].type);
  const auto* named = pointer == nullptr ? nullptr : types::To<types::Named>(pointer->elem);
  return named != nullptr && named->name() == "T" && named->package() != nullptr &&
         named->package()->path == "testing";
}

bool IsExample(const types::Func* func) {
  return HasTestName(func, "Example") && func->signature()->params.empty() &&
         func->signature()->results.empty();
}

}  // namespace

void ProgramCompiler::FindTests() {
  const auto& selects = options_.selects;
  for (const bool examples : {false, true}) {
    for (const types::Package* package : {options_.tested, &main_package_}) {
      if (package == nullptr) continue;
      for (const types::Func* func : package->functions) {
        if (!(examples ? IsExample(func) : IsTest(func))) continue;
        if (selects ? !selects(func->name) : examples) continue;
        program_->tests.push_back({func->name, FunctionOf(func), examples});
      }
    }
  }
  const types::Package* testing = world_.FindPackage("testing");
  if (testing == nullptr) return;
  if (const auto* runner = types::ToObject<types::Func>(testing->scope.Find("runTest"))) {
    program_->test_runner = FunctionOf(runner);
  }
}

void ProgramCompiler::FindRuntimeTypes() {
  const types::Package* runtime = world_.FindPackage("runtime");
  if (runtime == nullptr) return;
  auto find = [&](const char* name, bool pointer) -> const RType* {
    const auto* object = types::ToObject<types::TypeName>(runtime->scope.Find(name));
    if (object == nullptr) return nullptr;
    const types::Type* type = pointer ? world_.types.PointerTo(object->type) : object->type;
    types_.MarkDynamic(type);
    return types_.Of(type);
  };
  RuntimeTypes& out = program_->runtime;
  out.error_string = find("errorString", false);
  out.plain_error = find("plainError", false);
  out.bounds_error = find("boundsError", false);
  out.type_assertion_error = find("TypeAssertionError", true);
  out.panic_nil_error = find("PanicNilError", true);
}

}  // namespace compile
}  // namespace heddle::golang

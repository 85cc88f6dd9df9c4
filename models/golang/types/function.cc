// SPDX-License-Identifier: Apache-2.0
//
// Signatures, receivers and bodies of functions: of plain ones, of generic ones (once, with type
// parameters, for errors) and of their instances (once per instance, with type arguments, for the
// compiler).
#include <algorithm>
#include <utility>

#include "models/golang/types/checker.h"
#include "models/golang/types/terminate.h"

namespace heddle::golang::types {

namespace {

// The identifiers in the brackets of a receiver type T[A, B].
std::vector<const Ident*> ReceiverTypeParams(const Expr* expr) {
  std::vector<const Ident*> names;
  for (;;) {
    expr = Unparen(expr);
    const auto* star = As<StarExpr>(expr);
    if (star == nullptr) break;
    expr = star->x;
  }
  if (const auto* index = As<IndexExpr>(expr)) {
    for (const Expr* argument : index->indices) names.push_back(As<Ident>(argument));
  }
  return names;
}

}  // namespace

void Checker::CheckBody(FunctionContext& context, const BlockStmt* body) {
  FunctionContext* const outer = std::exchange(env_.function, &context);
  context.outer = outer;
  Statements(body->stmts, 0);
  if (!context.signature->results.empty() && !IsTerminatingList(info(), body->stmts)) {
    Report(body->rbrace, "missing return");
  }
  ReportUnused(context);
  env_.function = outer;
}

void Checker::ReportUnused(const FunctionContext& context) {
  for (const Var* var : context.locals) {
    if (!var->used && var->name != "_" && !var->is_param && !var->is_result &&
        !IsInvalid(var->type)) {
      Error(var->pos, "declared and not used: {}", var->name);
    }
  }
}

void Checker::BindTypeParam(Scope& scope, const Ident* ident, const Type* type) {
  if (ident == nullptr || ident->name == "_") return;
  auto* object = package_.New<TypeName>(ident->name, ident->pos, &package_, type);
  object->is_alias = true;
  object->state = Object::State::kResolved;
  scope.Insert(object);
}

void Checker::CheckFuncBody(Func* func) {
  EnvGuard guard(*this);
  DeclInfo* decl = decl_of_[func];
  env_ =
      Environment{.decl = decl, .file = decl->file, .scope = decl->scope, .info = &package_.info};
  ScopeGuard scope(*this);
  FunctionContext context{.node = func->decl};
  const bool is_generic = !func->type_params.empty() || !func->receiver_type_params.empty();
  if (is_generic) {
    env_.info = &scratch_;
    const std::vector<const Ident*> names = func->decl->recv == nullptr
                                                ? std::vector<const Ident*>{}
                                                : ReceiverTypeParams(func->decl->recv->type);
    for (size_t i = 0; i < names.size() && i < func->receiver_type_params.size(); ++i) {
      BindTypeParam(*env_.scope, names[i], func->receiver_type_params[i]);
    }
    for (const TypeParam* param : func->type_params) {
      const_cast<Scope*>(env_.scope)->Insert(const_cast<TypeName*>(param->object));
    }
  }
  // What is wrong with the signature was reported when it was resolved.
  const bool was_silent = std::exchange(silent_, true);
  if (func->decl->recv != nullptr) CheckReceiver(func, func->decl->recv, *env_.scope, &context);
  context.signature = CheckSignature(func->decl->type, *env_.scope, &context);
  silent_ = was_silent;
  CheckBody(context, func->decl->body);
}

void Checker::CheckInstanceBody(Func* func) {
  EnvGuard guard(*this);
  func->instance_info = std::make_shared<Info>();
  Scope* file_scope = nullptr;
  for (size_t i = 0; i < package_.files.size(); ++i) {
    const File* file = package_.files[i];
    if (file->pos <= func->pos && func->pos < file->end) {
      file_scope = package_.file_scopes[i].get();
      env_ = Environment{.file = file, .scope = file_scope};
    }
  }
  if (file_scope == nullptr) return;
  env_.info = func->instance_info.get();
  silent_ = true;
  ScopeGuard scope(*this);
  if (func->decl->recv != nullptr) {
    const std::vector<const Ident*> names = ReceiverTypeParams(func->decl->recv->type);
    for (size_t i = 0; i < names.size() && i < func->type_args.size(); ++i) {
      BindTypeParam(*env_.scope, names[i], func->type_args[i]);
    }
  } else {
    size_t next = 0;
    for (const Field* field : func->decl->type->type_params.fields) {
      for (const Ident* name : field->names)
        BindTypeParam(*env_.scope, name, func->type_args[next++]);
    }
  }
  FunctionContext context{.node = func->decl};
  if (func->decl->recv != nullptr) CheckReceiver(func, func->decl->recv, *env_.scope, &context);
  context.signature = CheckSignature(func->decl->type, *env_.scope, &context);
  CheckBody(context, func->decl->body);
  RunLater();
  func->instance_info->Canonicalize(types_);
  silent_ = false;
}

const Signature* Checker::CheckSignature(const FuncType* type, Scope& scope,
                                         FunctionContext* context) {
  std::vector<Param> params;
  std::vector<Param> results;
  bool variadic = false;
  CollectParams(type->params, scope, false, context, params, &variadic);
  CollectParams(type->results, scope, true, context, results, nullptr);
  return types_.SignatureOf(std::move(params), std::move(results), variadic);
}

void Checker::CollectParams(const FieldList& fields, Scope& scope, bool results,
                            FunctionContext* context, std::vector<Param>& params, bool* variadic) {
  std::vector<std::pair<const Ident*, Var*>> named;
  for (size_t i = 0; i < fields.fields.size(); ++i) {
    const Field* field = fields.fields[i];
    const auto* dots = As<Ellipsis>(field->type);
    const Type* type = invalid();
    if (dots == nullptr) {
      type = VarType(field->type);
    } else {
      const Type* elem = VarType(dots->element);
      const bool last = i + 1 == fields.fields.size() && field->names.size() <= 1;
      if (variadic == nullptr || !last) {
        Report(dots->pos, "can only use ... with final parameter in list");
        type = elem;
      } else {
        *variadic = true;
        type = types_.SliceOf(elem);
      }
      RecordType(dots, type);
    }
    const auto add = [&](const Ident* ident) {
      params.push_back({ident == nullptr ? "" : std::string(ident->name), type});
      if (context == nullptr && ident == nullptr) return;
      Var* var = package_.New<Var>(ident == nullptr ? "_" : ident->name,
                                   ident == nullptr ? field->pos : ident->pos, &package_, type);
      var->state = Object::State::kResolved;
      var->function = context == nullptr ? nullptr : context->node;
      var->is_param = !results;
      var->is_result = results;
      var->used = true;
      if (results && context != nullptr) context->results.push_back(var);
      if (ident != nullptr) named.emplace_back(ident, var);
    };
    for (const Ident* ident : field->names) add(ident);
    if (field->names.empty()) add(nullptr);
  }
  for (const auto& [ident, var] : named) Declare(&scope, ident, var);
}

const Type* Checker::CheckReceiver(Func* func, const Field* field, Scope& scope,
                                   FunctionContext* context) {
  const std::vector<const Ident*> names = ReceiverTypeParams(field->type);
  const Type* type = invalid();
  const Named* base = func->receiver;
  if (base != nullptr && base->origin() != nullptr) base = base->origin();
  if (base != nullptr && base->underlying() == nullptr) ResolveNamed(base);
  if (base != nullptr && base->is_generic()) {
    const size_t count = base->type_params().size();
    if (names.empty()) {
      Error(StartPos(field->type), "cannot use generic type {} without instantiation", Str(base));
    } else if (names.size() != count) {
      Error(StartPos(field->type),
            "receiver declares {} type parameters, but receiver base type declares {}",
            names.size(), count);
    } else if (func->origin == nullptr && func->receiver_type_params.empty()) {
      for (size_t i = 0; i < names.size(); ++i) {
        const std::string name(names[i] == nullptr ? "_" : names[i]->name);
        auto* object = package_.New<TypeName>(
            name, names[i] == nullptr ? field->pos : names[i]->pos, &package_, nullptr);
        object->state = Object::State::kResolved;
        TypeParam* param = types_.NewTypeParam(object, name, static_cast<int>(i));
        object->type = param;
        func->receiver_type_params.push_back(param);
        if (name != "_") scope.Insert(object);
      }
      std::vector<const Type*> args(func->receiver_type_params.begin(),
                                    func->receiver_type_params.end());
      for (size_t i = 0; i < count; ++i) {
        const Type* bound = base->type_params()[i]->constraint;
        func->receiver_type_params[i]->constraint =
            bound == nullptr ? types_.empty_interface()
                             : Substitute(types_, bound, base->type_params(), args);
      }
    }
    std::vector<const Type*> args(func->receiver_type_params.begin(),
                                  func->receiver_type_params.end());
    if (func->origin != nullptr) args = func->type_args;
    if (args.size() == count) type = types_.Instantiate(base, args);
    if (func->pointer_receiver && !IsInvalid(type)) type = types_.PointerTo(type);
  } else {
    type = VarType(field->type);
    ValidateReceiver(field->type, type);
  }
  if (!field->names.empty()) {
    const Ident* ident = field->names[0];
    Var* var = package_.New<Var>(ident->name, ident->pos, &package_, type);
    var->state = Object::State::kResolved;
    var->function = context == nullptr ? nullptr : context->node;
    var->is_param = true;
    var->used = true;
    Declare(&scope, ident, var);
  }
  return type;
}

void Checker::ValidateReceiver(const Expr* expr, const Type* type) {
  const Type* base = Unalias(type);
  if (const auto* pointer = To<Pointer>(base)) base = Unalias(pointer->elem);
  if (IsInvalid(base)) return;
  const Pos pos = StartPos(expr);
  const auto* named = To<Named>(base);
  if (named == nullptr) {
    if (base->kind() == TypeKind::kBasic) {
      Error(pos, "cannot define new methods on non-local type {}", Str(base));
    } else {
      Error(pos, "invalid receiver type {}", Str(type));
    }
    return;
  }
  if (named->package() != &package_) {
    Error(pos, "cannot define new methods on non-local type {}", Str(base));
    return;
  }
  const TypeKind kind = Under(named)->kind();
  if (kind == TypeKind::kPointer || kind == TypeKind::kInterface) {
    Error(pos, "invalid receiver type {} (pointer or interface type)", Str(base));
  }
}

std::vector<TypeParam*> Checker::CreateTypeParams(const FieldList& fields, Scope& scope) {
  std::vector<TypeParam*> params;
  if (!fields.fields.empty() && !fields.fields[0]->names.empty())
    RequireVersion(fields.fields[0]->names[0]->pos, 18, "type parameter");
  for (const Field* field : fields.fields) {
    for (const Ident* ident : field->names) {
      auto* object = package_.New<TypeName>(ident->name, ident->pos, &package_, nullptr);
      object->state = Object::State::kResolved;
      TypeParam* param =
          types_.NewTypeParam(object, std::string(ident->name), static_cast<int>(params.size()));
      param->constraint = types_.empty_interface();
      object->type = param;
      params.push_back(param);
      Declare(&scope, ident, object);
    }
  }
  return params;
}

void Checker::CheckConstraints(const FieldList& fields, const std::vector<TypeParam*>& params) {
  size_t next = 0;
  for (const Field* field : fields.fields) {
    const Type* bound = ConstraintElement(field->type);
    if (IsTypeParam(bound)) {
      Error(StartPos(field->type), "cannot use a type parameter as constraint");
      bound = types_.empty_interface();
    } else if (!IsInvalid(bound) && (bound->kind() == TypeKind::kUnion || !IsInterface(bound))) {
      bound = types_.InterfaceOf({}, {bound});
    }
    if (IsInvalid(bound)) bound = types_.empty_interface();
    for (size_t i = 0; i < field->names.size(); ++i) params[next++]->constraint = bound;
  }
}

void Checker::CheckFuncLit(const FuncLit* literal, Operand& x) {
  auto scope = std::make_shared<Scope>(env_.scope);
  auto context = std::make_shared<FunctionContext>();
  context->node = literal;
  context->literal = literal;
  context->signature = CheckSignature(literal->type, *scope, context.get());
  info().MutableClosure(literal);
  const auto check_body = [this, scope, context, literal] {
    env_.scope = scope.get();
    env_.iota.reset();
    CheckBody(*context, literal->body);
  };
  if (env_.function != nullptr) {
    EnvGuard guard(*this);
    check_body();
  } else {
    // At package level the body may mention what is being declared.
    LaterBody([this, env = env_, check_body] {
      EnvGuard guard(*this);
      env_ = env;
      check_body();
    });
  }
  x.mode = Mode::kValue;
  x.type = context->signature;
}

}  // namespace heddle::golang::types

// SPDX-License-Identifier: Apache-2.0
// Phase 1 of unwinding, by asking the personality routine of C++ about each frame.
#include "models/sync/api_unwind.h"

#include <unwind.h>

#include <bit>
#include <cstdint>

extern "C" _Unwind_Reason_Code __gxx_personality_v0(int version, _Unwind_Action actions,
                                                    _Unwind_Exception_Class exception_class,
                                                    _Unwind_Exception* exception,
                                                    _Unwind_Context* context);

namespace heddle::api {

namespace {

struct Search {
  _Unwind_Exception* exception;
  uintptr_t base;
  bool forbidden = false;
};

_Unwind_Reason_Code LookAtFrame(_Unwind_Context* context, void* argument) {
  Search& search = *static_cast<Search*>(argument);
  if (_Unwind_GetCFA(context) > search.base) return _URC_NORMAL_STOP;
  if (_Unwind_GetLanguageSpecificData(context) == 0) return _URC_NO_REASON;
  _Unwind_Reason_Code answer = __gxx_personality_v0(
      1, _UA_SEARCH_PHASE, search.exception->exception_class, search.exception, context);
  if (answer == _URC_CONTINUE_UNWIND) return _URC_NO_REASON;
  // A handler. The routine has noted its landing pad for phase 2, in the word before adjustedPtr in
  // the exception's header; a frame that must not throw "handles" every exception and has none.
  const void* landing_pad = std::bit_cast<void**>(search.exception)[-2];
  search.forbidden = landing_pad == nullptr;
  return _URC_NORMAL_STOP;
}

}  // namespace

bool CanThrow(const std::exception_ptr& probe, const void* base) {
  static_assert(sizeof(std::exception_ptr) == sizeof(void*));
  void* thrown = *reinterpret_cast<void* const*>(&probe);
  Search search{static_cast<_Unwind_Exception*>(thrown) - 1, std::bit_cast<uintptr_t>(base)};
  _Unwind_Backtrace(&LookAtFrame, &search);
  return !search.forbidden;
}

}  // namespace heddle::api

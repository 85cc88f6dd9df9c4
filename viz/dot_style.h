// SPDX-License-Identifier: Apache-2.0
// Colours and measures of the picture. Palette: Okabe and Ito, "Color Universal Design" (2008),
// told apart by people who are colour-blind; borders are darkened for contrast on white. Red is
// kept for the place where it goes wrong.
#ifndef HEDDLE_VIZ_DOT_STYLE_H_
#define HEDDLE_VIZ_DOT_STYLE_H_

#include <string_view>

#include "sim/trace.h"
#include "viz/diagram.h"

namespace heddle::viz {

struct BoxStyle {
  std::string_view border;
  std::string_view fill;
  std::string_view meaning;  // in the legend
};

struct LineStyle {
  std::string_view color;
  std::string_view style;  // Graphviz: solid, dashed, dotted
  double width;
  std::string_view meaning;
};

inline constexpr BoxStyle kMessageBox{"#0072B2", "#E8F2F9", "send, receive, select"};
inline constexpr BoxStyle kSyncBox{"#B87A00", "#FDF4E1", "locks, waiting, atomics"};
inline constexpr BoxStyle kEndingBox{"#A0408C", "#F7E6F2", "close, cancel"};
inline constexpr BoxStyle kLifeBox{"#00785A", "#E4F4EE", "goroutine starts or ends"};
inline constexpr BoxStyle kTimeBox{"#4A8FB5", "#EFF8FD", "timer, context"};
inline constexpr BoxStyle kOtherBox{"#707070", "#F5F5F5", "other step"};
inline constexpr BoxStyle kWrongBox{"#C1121F", "#FDE4E4", "here it goes wrong"};

inline constexpr std::string_view kWrongColor = "#C1121F";
inline constexpr std::string_view kTextColor = "#1A1A1A";
inline constexpr std::string_view kQuietColor = "#767676";
inline constexpr std::string_view kLaneFill = "#F6F7F9";
inline constexpr std::string_view kWrongLaneFill = "#FDF1F0";
inline constexpr std::string_view kLifelineColor = "#9AA3AD";

inline constexpr LineStyle kBlockedLine{"#B87A00", "dotted", 2.2, "blocked"};

inline constexpr double kTextSize = 11;
inline constexpr double kSmallSize = 9;
inline constexpr double kTitleSize = 16;

inline const BoxStyle& StyleOf(sim::OpCategory category) {
  using sim::OpCategory;
  switch (category) {
    case OpCategory::kSend:
    case OpCategory::kReceive:
    case OpCategory::kSelect:
      return kMessageBox;
    case OpCategory::kLock:
    case OpCategory::kUnlock:
    case OpCategory::kWait:
    case OpCategory::kSignal:
    case OpCategory::kJoin:
    case OpCategory::kAtomic:
      return kSyncBox;
    case OpCategory::kClose:
    case OpCategory::kCancel:
      return kEndingBox;
    case OpCategory::kSpawn:
    case OpCategory::kEnd:
      return kLifeBox;
    case OpCategory::kTimer:
    case OpCategory::kContext:
      return kTimeBox;
    case OpCategory::kPanic:
      return kWrongBox;
    case OpCategory::kChoice:
    case OpCategory::kYield:
    case OpCategory::kOther:
      return kOtherBox;
  }
  return kOtherBox;
}

inline constexpr LineStyle StyleOf(LinkKind kind) {
  switch (kind) {
    case LinkKind::kMessage:
      return {"#0072B2", "solid", 1.8, "message"};
    case LinkKind::kSpawn:
      return {"#00785A", "dashed", 1.3, "go statement"};
    case LinkKind::kClose:
      return {"#A0408C", "solid", 1.8, "close reaches"};
    case LinkKind::kCancel:
      return {"#A0408C", "dashed", 1.8, "cancel reaches"};
    case LinkKind::kUnlock:
      return {"#B87A00", "solid", 1.3, "unlock, then lock"};
    case LinkKind::kWake:
      return {"#B87A00", "dashed", 1.3, "wake-up"};
    case LinkKind::kOrder:
      return {"#8A8A8A", "dotted", 1.2, "happens before"};
  }
  return {"#8A8A8A", "dotted", 1.2, "happens before"};
}

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_DOT_STYLE_H_

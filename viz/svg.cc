// SPDX-License-Identifier: Apache-2.0
// The only file that includes Graphviz.
//
// The library keeps global state, so a mutex lets one thread in at a time; it also keeps some
// memory until the process ends (tests/lsan.supp names it). One context serves all pictures and is
// never freed: the plugin that measures text (2.42) remembers a font name that belonged to an
// earlier context. Layout engine nop2: positions and edge routes come from the DOT text.
#include "viz/svg.h"

#include <gvc.h>

#include <memory>
#include <mutex>

namespace heddle::viz {
namespace {

// Guards Graphviz's own global state; the message is written by its error callback while the lock
// is held.
struct Gate {
  std::mutex mutex;
  GVC_t* context = nullptr;
  std::string message;
};

Gate& TheGate() {
  static Gate gate;
  return gate;
}

int KeepMessage(char* text) {
  TheGate().message += text;
  return 0;
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

std::unexpected<std::string> Failed(std::string what) {
  std::string& message = TheGate().message;
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  if (!message.empty()) what += ": " + message;
  message.clear();
  return std::unexpected(
      what + " (Debian: apt-get install libgvc6, or a .dot file can be drawn elsewhere)");
}

}  // namespace

std::expected<std::string, std::string> SvgFromDot(const std::string& dot) {
  Gate& gate = TheGate();
  std::lock_guard<std::mutex> lock(gate.mutex);
  gate.message.clear();
  agseterrf(KeepMessage);
  if (!gate.context) gate.context = gvContext();
  if (!gate.context) return Failed("Graphviz did not start");
  std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot.c_str()));
  if (!graph) return Failed("Graphviz did not read the picture's description");
  if (gvLayout(gate.context, graph.get(), "nop2") != 0) {
    return Failed("Graphviz has no layout engine nop2");
  }
  char* data = nullptr;
  unsigned length = 0;
  int status = gvRenderData(gate.context, graph.get(), "svg", &data, &length);
  std::string svg;
  if (data) svg.assign(data, length);
  gvFreeRenderData(data);
  gvFreeLayout(gate.context, graph.get());
  if (status != 0 || svg.empty()) return Failed("Graphviz could not write SVG");
  return svg;
}

}  // namespace heddle::viz

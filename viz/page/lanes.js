// SPDX-License-Identifier: Apache-2.0
// The drawing of the lanes. Only the rows in sight are drawn, so that 2,000 steps cost no more than 30.
// Invariant: text reaches the page by textContent alone.
const rowHeight = 31;
const headHeight = 46;
const gutter = 54;
const openLane = 138;
const foldedLane = 24;
const widestLane = 270;
const endHeight = 86;
const styleOf = {
  send: "message", receive: "message", select: "message", close: "ending", cancel: "ending",
  lock: "sync", unlock: "sync", wait: "sync", signal: "sync", join: "sync", atomic: "sync",
  spawn: "start", end: "start", timer: "time", context: "time", panic: "wrong-box",
};
const lineOf = {
  message: ["--message", ""], spawn: ["--start", "6 4"], close: ["--ending", ""],
  cancel: ["--ending", "6 4"], unlock: ["--sync", ""], wake: ["--sync", "6 4"], order: ["--life", "2 3"],
};
const lanesBox = document.getElementById("lanes");
const inner = document.getElementById("inner");
const heads = document.getElementById("heads");
const layer = document.getElementById("layer");
const userFolds = new Map();  // lane -> open, as the reader chose
let lanes = [];               // of each lane: x, width, open

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// The lanes that matter most first: those of the finding, main, then whoever moved last; the timers
// last of all.
function lanesByWeight() {
  const order = [];
  const add = (lane) => {
    if (lane !== undefined && !order.includes(lane)) order.push(lane);
  };
  trace.goroutines.forEach((g, lane) => g.accused && add(lane));
  add(laneOf.get(1));
  for (let step = lastStep; step > 0 && order.length < trace.goroutines.length; --step) {
    for (const part of eventAt(step).parts) part.goroutine !== 0 && add(laneOf.get(part.goroutine));
  }
  trace.goroutines.forEach((g, lane) => g.number !== 0 && add(lane));
  add(laneOf.get(0));
  return order;
}
const weight = lanesByWeight();

function layoutLanes() {
  const count = trace.goroutines.length;
  const room = lanesBox.clientWidth - gutter - 10;
  const fits = Math.floor((room - count * foldedLane) / (openLane - foldedLane));
  const open = new Set(weight.slice(0, Math.max(fits, 1)));
  for (const [lane, isOpen] of userFolds) isOpen ? open.add(lane) : open.delete(lane);
  const spare = room - (count - open.size) * foldedLane;
  const width = Math.max(openLane, Math.min(widestLane, Math.floor(spare / Math.max(open.size, 1))));
  let x = gutter;
  lanes = trace.goroutines.map((g, lane) => {
    const isOpen = open.has(lane);
    const own = {x, width: isOpen ? width : foldedLane, open: isOpen};
    x += own.width;
    return own;
  });
  inner.style.width = `${x + 6}px`;
  inner.style.height = `${headHeight + lastStep * rowHeight + endHeight + 14}px`;
  drawHeads();
}

function drawHeads() {
  const focused = document.activeElement && document.activeElement.dataset.lane;
  heads.replaceChildren();
  trace.goroutines.forEach((g, lane) => {
    const {x, width, open} = lanes[lane];
    const head = element("button", `head${g.accused ? " accused" : ""}${open ? "" : " folded"}`);
    const name = g.number === 0 ? "timers" : `G${g.number}`;
    head.type = "button";
    head.dataset.lane = lane;
    head.style.left = `${x + 2}px`;
    head.style.width = `${width - 4}px`;
    const short = g.name.replace(/^main\./, "");
    const sign = g.number === 0 ? "t" : g.number;
    head.append(element("b", "", !open ? sign : g.number === 0 ? "timers" : `${name} ${short}`));
    if (open) {
      const made = g.created ? `made at ${siteText(g.created)}` : "the first";
      head.append(element("span", "", g.number === 0 ? "virtual time" : made));
    }
    head.title = `${name}: ${g.name}`;
    head.setAttribute("aria-expanded", open);
    head.setAttribute("aria-label", `${name} ${g.name}: ${open ? "fold" : "open"} its lane`);
    head.addEventListener("click", () => {
      userFolds.set(lane, !open);
      layoutLanes();
      drawLanes();
    });
    heads.append(head);
    if (focused === String(lane)) head.focus();
  });
}

const rowTop = (step) => (step - 1) * rowHeight;
const center = (lane) => lanes[lane].x + lanes[lane].width / 2;

// Half the width of what stands in the lane at a row.
const half = (lane) => (lanes[lane].open ? lanes[lane].width / 2 - 6 : 7);

function drawLifelines(svg, from, to) {
  trace.goroutines.forEach((g, lane) => {
    g.spans.forEach((span, i) => {
      const next = i + 1 < g.spans.length ? g.spans[i + 1].from : lastStep + 1;
      if (next < from || span.from > to || span.activity === "absent" || span.activity === "ended") return;
      if (span.activity === "panicked") return;
      // The line between a step's middle and the middle of the step that changes it.
      const top = Math.max(rowTop(span.from) + rowHeight / 2, rowTop(from) - rowHeight);
      const bottom = Math.min(rowTop(next) + rowHeight / 2, rowTop(to + 1) + rowHeight);
      const stuck = g.end === "stuck" && i + 1 === g.spans.length;
      const blocked = span.activity === "blocked";
      svg.append(shape("line", {
        x1: center(lane), x2: center(lane), y1: Math.max(top, 0), y2: bottom,
        stroke: `var(${stuck ? "--bad" : blocked ? "--blocked" : "--life"})`,
        "stroke-width": blocked || stuck ? 2 : 3, "stroke-dasharray": blocked ? "2 4" : "",
      }));
    });
  });
}

function drawLinks(svg, from, to, step) {
  const group = shape("g", {class: "lines"});
  for (const link of trace.links) {
    if (link.toEvent < from || link.fromEvent > to) continue;
    const right = lanes[link.toLane].x > lanes[link.fromLane].x;
    const y1 = rowTop(link.fromEvent) + rowHeight / 2;
    const y2 = rowTop(link.toEvent) + rowHeight / 2;
    const target = link.kind === "spawn" ? 5 : half(link.toLane);
    const x1 = center(link.fromLane) + (right ? 1 : -1) * half(link.fromLane);
    const x2 = center(link.toLane) - (right ? 1 : -1) * (target + 1);
    const bend = right ? 22 : -22;
    const way = y1 === y2 ? `M${x1} ${y1} L${x2} ${y2}`
        : `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - 2 * bend} ${y2} ${x2} ${y2}`;
    const [color, dash] = lineOf[link.kind];
    const path = shape("path", {
      d: way, stroke: `var(${color})`, "stroke-dasharray": dash, "marker-end": `url(#arrow-${link.kind})`,
    });
    const here = link.toEvent === step || link.fromEvent === step;
    path.setAttribute("class", `${link.kind} ${link.toEvent > step ? "later" : here ? "strong" : ""}`);
    group.append(path);
  }
  svg.append(group);
}

function drawMarkers(svg) {
  const defs = shape("defs", {});
  for (const [kind, [color]] of Object.entries(lineOf)) {
    const marker = shape("marker", {
      id: `arrow-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9,
      markerUnits: "userSpaceOnUse", orient: "auto",
    });
    marker.append(shape("path", {d: "M0 0 L8 4 L0 8 z", style: `fill:var(${color});stroke:none`}));
    defs.append(marker);
  }
  svg.append(defs);
}

function drawBox(event, index, part, step) {
  const lane = laneOf.get(part.goroutine);
  if (lane === undefined) return;
  const wrong = trace.finding && trace.finding.event === event.index && index === 0;
  const {x, width, open} = lanes[lane];
  const here = event.index === step;
  const peek = here && !open;
  const box = element("div", `box ${wrong ? "wrong-box" : styleOf[event.category] || "other"}`);
  if (open || peek) box.textContent = (wrong ? "✗ " : "") + part.text;
  if (here) box.classList.add("here");
  if (event.index > step) box.classList.add("later");
  if (peek) box.classList.add("peek");
  if (!open && !peek) box.classList.add("folded");
  const wide = peek ? Math.min(190, Math.max(60, 16 + part.text.length * 7)) : width - 12;
  const room = parseInt(inner.style.width, 10) - wide - 4;
  box.style.left = `${peek ? Math.max(2, Math.min(x + 3, room)) : open ? x + 6 : x + width / 2 - 6.5}px`;
  box.style.width = `${wide}px`;
  box.style.top = `${rowTop(event.index) + 3.5}px`;
  box.title = `${part.text}\n${siteText(part.site)}${part.function ? ` in ${part.function}` : ""}`;
  box.dataset.step = event.index;
  layer.append(box);
}

function drawClock(event, step) {
  const clock = element("div", "clock");
  clock.style.left = `${gutter}px`;
  clock.style.width = `${parseInt(inner.style.width, 10) - gutter - 8}px`;
  clock.style.top = `${rowTop(event.index) + rowHeight / 2}px`;
  clock.append(element("span", "", `${event.time} on the clock`));
  clock.dataset.step = event.index;
  if (event.index > step) clock.style.opacity = ".5";
  layer.append(clock);
}

function drawRow(event, step) {
  const number = element("div", "number", event.index);
  if (event.index === step) number.classList.add("here");
  if (trace.finding && trace.finding.event === event.index) number.classList.add("wrong");
  number.style.top = `${rowTop(event.index) + 7}px`;
  number.dataset.step = event.index;
  layer.append(number);
  if (event.parts.length === 0) drawClock(event, step);
  event.parts.forEach((part, index) => {
    const child = event.category === "spawn" && index > 0;
    if (!child) drawBox(event, index, part, step);
  });
}

function drawStarts(svg, from, to) {
  trace.goroutines.forEach((g, lane) => {
    if (g.start < from || g.start > to || g.start === 0) return;
    if (eventAt(g.start).category !== "spawn") return;
    svg.append(shape("circle", {
      cx: center(lane), cy: rowTop(g.start) + rowHeight / 2, r: 5, fill: "var(--start)",
    }));
  });
}

// How each goroutine stands at the end, below the last step.
function drawEnds(step) {
  trace.goroutines.forEach((g, lane) => {
    if (g.number === 0) return;
    const {x, width, open} = lanes[lane];
    const box = element("div", `end-box ${g.end}${g.accused ? " accused" : ""}${open ? "" : " folded"}`);
    const bad = g.end === "stuck" || g.end === "panicked";
    box.textContent = open ? (bad && g.accused ? "✗ " : "") + g.endText : bad ? "✗" : "";
    if (open && g.endSite && g.end !== "ended") box.append(element("span", "", siteText(g.endSite)));
    box.style.left = `${open ? x + 6 : x + 2}px`;
    box.style.width = `${open ? width - 12 : width - 4}px`;
    box.style.top = `${rowTop(lastStep + 1) + 8}px`;
    box.title = `${g.name}: ${g.endText}`;
    box.dataset.step = lastStep;
    if (step < lastStep) box.style.opacity = ".55";
    layer.append(box);
  });
}

// The steps that repeat forever, as a bracket at the left.
function drawCycle() {
  if (!trace.finding || !trace.finding.cycleStart) return;
  const bracket = element("div", "cycle");
  bracket.style.top = `${rowTop(trace.finding.cycleStart) + 3}px`;
  bracket.style.height = `${(lastStep - trace.finding.cycleStart + 1) * rowHeight - 6}px`;
  bracket.title = "these steps repeat forever";
  layer.append(bracket);
}

// Below the step from which on every way has the finding.
function drawNoReturn() {
  if (!trace.finding || trace.finding.noReturn < 1 || trace.finding.noReturn >= lastStep) return;
  const line = element("div", "no-return");
  line.style.left = `${gutter}px`;
  line.style.width = `${parseInt(inner.style.width, 10) - gutter - 8}px`;
  line.style.top = `${rowTop(trace.finding.noReturn + 1)}px`;
  line.append(element("span", "", "from here on it cannot be avoided"));
  layer.append(line);
}

function drawLanes() {
  const step = current;
  const top = lanesBox.scrollTop - headHeight;
  const from = Math.max(1, Math.floor(top / rowHeight) - 4);
  const to = Math.min(lastStep, Math.ceil((top + lanesBox.clientHeight) / rowHeight) + 4);
  layer.replaceChildren();
  if (step > 0) {
    const band = element("div", "row-here");
    band.style.top = `${rowTop(step)}px`;
    band.style.height = `${rowHeight}px`;
    band.style.width = inner.style.width;
    layer.append(band);
  }
  drawCycle();
  drawNoReturn();
  const svg = shape("svg", {width: parseInt(inner.style.width, 10), height: 1});
  drawMarkers(svg);
  drawLifelines(svg, from, to);
  drawLinks(svg, from, to, step);
  drawStarts(svg, from, to);
  layer.append(svg);
  for (let i = from; i <= to; ++i) drawRow(eventAt(i), step);
  if (to === lastStep) drawEnds(step);
}

// Keeps the row of the step in sight, with some of what comes before and after.
function scrollToStep(step) {
  const row = rowTop(Math.max(step, 1)) + headHeight;
  const low = lanesBox.scrollTop + headHeight + rowHeight;
  const high = lanesBox.scrollTop + lanesBox.clientHeight - 3 * rowHeight;
  if (step === lastStep) lanesBox.scrollTop = lanesBox.scrollHeight;
  else if (row < low) lanesBox.scrollTop = row - headHeight - 2 * rowHeight;
  else if (row > high) lanesBox.scrollTop = row - lanesBox.clientHeight + 4 * rowHeight;
  const mover = step > 0 && eventAt(step).parts.length > 0 ? laneOf.get(eventAt(step).parts[0].goroutine) : undefined;
  if (mover === undefined) return;
  const {x, width} = lanes[mover];
  if (x < lanesBox.scrollLeft + gutter) lanesBox.scrollLeft = x - gutter;
  else if (x + width > lanesBox.scrollLeft + lanesBox.clientWidth) lanesBox.scrollLeft = x + width - lanesBox.clientWidth;
}

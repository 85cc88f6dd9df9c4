// SPDX-License-Identifier: Apache-2.0
// The panels beside the lanes: the step in words, source, goroutines, objects, contexts.
// Invariant: text reaches the page by textContent alone.
const panel = (id) => document.getElementById(id);
let shownFile = -1;

function chip(number, className, text) {
  const made = element("span", `chip ${className || ""}`, text || goroutineName(number));
  const lane = laneOf.get(number);
  if (lane !== undefined) made.title = trace.goroutines[lane].name;
  return made;
}

function list(texts) {
  const made = element("ul");
  for (const text of texts) made.append(element("li", "", text));
  return made;
}

// ---- The step

function showNow(step) {
  const now = panel("now");
  const event = step > 0 ? eventAt(step) : null;
  const bad = Boolean(trace.finding) && step === wrongStep;
  now.replaceChildren();
  now.parentElement.classList.toggle("bad", bad);
  if (bad) now.append(element("p", "verdict", `✗ ${trace.message}`));
  if (!event) now.append(element("p", "what", "The start: nothing has happened yet."));
  if (event && event.parts.length === 0) now.append(element("p", "what", `Time moves on to ${event.time}.`));
  for (const part of event ? event.parts : []) {
    const line = element("p", "what");
    line.append(chip(part.goroutine, "moving"), part.text);
    now.append(line);
    if (part.site) {
      const inside = part.function ? ` in ${part.function}` : "";
      now.append(element("p", "quiet", siteText(part.site) + inside));
    }
  }
  if (event && event.switched) now.append(element("p", "quiet", `Another goroutine moves: ${event.switched}.`));
  if (event && event.deltas.length > 0) now.append(list(event.deltas));
  if (trace.finding && trace.finding.noReturn === step) {
    const all = "From here on it cannot be avoided: every way to go on has the finding.";
    now.append(element("p", "verdict", all));
  }
  const cycle = trace.finding ? trace.finding.cycleStart : 0;
  if (cycle && step >= cycle) {
    now.append(element("p", "verdict", `Steps ${cycle} to ${lastStep} repeat forever.`));
  }
  showAlternatives(event);
}

function showAlternatives(event) {
  const box = panel("alternatives");
  const open = box.querySelector("details") ? box.querySelector("details").open : false;
  box.replaceChildren();
  if (!event || event.ready.length < 2) return;
  const details = element("details");
  details.open = open;
  details.append(element("summary", "", `What could have happened here: ${event.ready.length} moves`));
  details.append(list(event.ready));
  box.append(details);
}

// ---- Source

// Where each goroutine stands after the step: line -> chips.
function places(file, step) {
  const byLine = new Map();
  for (const g of trace.goroutines) {
    const span = spanAt(g.spans, step);
    if (!span.site || span.site.file !== file || span.activity === "absent") continue;
    if (!byLine.has(span.site.line)) byLine.set(span.site.line, []);
    byLine.get(span.site.line).push({g, state: stateOf(g, step)});
  }
  return byLine;
}

function loadFile(box, file) {
  shownFile = file;
  box.replaceChildren(element("div", "file", trace.files[file]));
  trace.sources[file].forEach((text, i) => {
    const line = element("div", "code");
    line.append(element("i", "", i + 1), element("span", "", text), element("em"));
    box.append(line);
  });
}

function showSource(step) {
  const box = panel("source");
  const event = step > 0 ? eventAt(step) : null;
  let site = event && event.parts.length > 0 ? event.parts[0].site : null;
  const accused = trace.goroutines.find((g) => g.accused && g.endSite);
  if (step === wrongStep && finalMessage && accused) site = accused.endSite;
  const first = trace.events.find((e) => e.parts.length > 0 && e.parts[0].site);
  if (!site && shownFile < 0 && first) site = first.parts[0].site;
  const file = site ? site.file : shownFile;
  if (file < 0 || !trace.sources[file]) {
    shownFile = -1;
    const where = site ? `${trace.files[site.file]}:${site.line}. ` : "";
    box.replaceChildren(element("p", "quiet", `${where}The text of this file is not in the trace.`));
    return;
  }
  if (file !== shownFile) loadFile(box, file);
  const byLine = places(file, step);
  const rows = box.querySelectorAll(".code");
  rows.forEach((row, i) => {
    const line = i + 1;
    const here = Boolean(site) && site.line === line;
    const standing = byLine.get(line) || [];
    row.className = `code${here ? " here" : standing.length > 0 ? " others" : ""}`;
    const margin = row.lastChild;
    if (margin.childNodes.length > 0) margin.replaceChildren();
    standing.slice(0, 6).forEach(({g, state}) => margin.append(chip(g.number, state.kind)));
    if (standing.length > 6) margin.append(`and ${standing.length - 6} more`);
  });
  const row = site ? rows[site.line - 1] : null;
  if (row) {
    box.scrollTop = row.offsetTop - box.clientHeight / 2;
    box.scrollLeft = 0;
  }
}

// ---- Tables

function table(headings) {
  const made = element("table");
  const row = element("tr");
  for (const heading of headings) {
    const cell = element("th", "", heading);
    cell.scope = "col";
    row.append(cell);
  }
  made.append(row);
  return made;
}

function tableRow(cells, className) {
  const row = element("tr", className);
  for (const cell of cells) {
    const made = element("td");
    made.append(cell);
    row.append(made);
  }
  return row;
}

const mostRows = 60;

// Too many rows to read: those that matter at this step come first, and the rest is counted.
function fill(made, rows, what) {
  for (const row of rows.slice(0, mostRows)) made.append(row);
  if (rows.length > mostRows) {
    made.append(tableRow(["", `and ${rows.length - mostRows} more ${what}`], "absent"));
  }
}

function showGoroutines(step) {
  const moving = new Set(step > 0 ? eventAt(step).parts.map((part) => part.goroutine) : []);
  const rows = [];
  const order = trace.goroutines.filter((g) => g.number !== 0);
  const matters = (g) => (g.accused ? 2 : 0) + (moving.has(g.number) ? 1 : 0);
  if (order.length > mostRows) order.sort((a, b) => matters(b) - matters(a) || a.number - b.number);
  for (const g of order) {
    const name = element("span", "name", g.name);
    name.title = g.name;
    const state = stateOf(g, step);
    const span = spanAt(g.spans, step);
    rows.push(tableRow([
      chip(g.number, moving.has(g.number) ? "moving" : state.kind === "wrong" ? "wrong" : ""), name,
      element("span", `state-${state.kind}`, state.text),
      state.kind === "absent" || state.kind === "ended" ? "" : siteText(span.site),
    ], `${state.kind}${moving.has(g.number) ? " touched" : ""}`));
  }
  const made = table(["", "function", `after step ${step}`, "at"]);
  fill(made, rows, "goroutines");
  panel("goroutines").replaceChildren(made);
}

// Goroutines blocked at the object after the step.
function waitersAt(number, step) {
  return trace.goroutines.filter((g) => {
    const span = spanAt(g.spans, step);
    return span.activity === "blocked" && span.objects.includes(number);
  });
}

function bufferCells(span) {
  const cells = element("span", "cells");
  const shown = Math.min(span.capacity, 24);
  for (let i = 0; i < shown; ++i) {
    const full = i < span.values.length;
    const cell = element("span", full ? "cell" : "cell empty", full ? span.values[i] : "");
    if (full) cell.title = span.values[i];
    cells.append(cell);
  }
  if (span.capacity > shown) cells.append(`… ${span.capacity} in all`);
  return cells;
}

function objectState(object, span) {
  const state = element("span");
  if (span.state === "") state.append(element("span", "unused", "not used yet"));
  else if (object.kind === "channel" && span.capacity > 0) {
    state.append(bufferCells(span), ` ${span.values.length} of ${span.capacity}${span.closed ? ", closed" : ""}`);
  } else state.append(span.state);
  if (span.owners.length > 0) {
    state.append(" by ");
    for (const owner of span.owners) state.append(chip(owner));
  }
  return state;
}

const doneChannels = new Set(trace.contexts.map((node) => node.done));
const many = 12;  // more objects than this, and those not used yet are left out

// Contexts have a panel of their own; timers that are over, and what has no state, tell nothing.
function objectsWorthARow(step, touched) {
  const shown = trace.objects.filter((object) => {
    if (object.kind === "context" || object.stateless) return false;
    if (touched.has(object.number)) return true;
    if (object.kind === "timer") return spanAt(object.spans, step).state === "armed";
    return !doneChannels.has(object.number);
  });
  shown.sort((a, b) => (a.kind === "timer") - (b.kind === "timer") || a.number - b.number);
  if (shown.length <= many) return shown;
  return shown.filter((object) => touched.has(object.number) || spanAt(object.spans, step).state !== "");
}

function showObjects(step) {
  const touched = new Set(step > 0 ? eventAt(step).objects : []);
  const shown = objectsWorthARow(step, touched);
  const rows = [];
  const used = (object) => touched.has(object.number) * 2 + (spanAt(object.spans, step).state !== "");
  if (shown.length > mostRows) shown.sort((a, b) => used(b) - used(a) || a.number - b.number);
  for (const object of shown) {
    const waiting = element("span");
    for (const g of waitersAt(object.number, step)) {
      waiting.append(chip(g.number, step === lastStep && g.end === "stuck" ? "wrong" : "blocked"));
    }
    const name = element("span", "", object.name);
    name.title = object.created ? `made at ${siteText(object.created)}` : "";
    if (object.detail) name.title += `${name.title ? ", " : ""}${object.detail}`;
    rows.push(tableRow([name, objectState(object, spanAt(object.spans, step)), waiting],
        touched.has(object.number) ? "touched" : ""));
  }
  panel("objects-panel").hidden = rows.length === 0;
  const made = table(["", "state", "waiting here"]);
  fill(made, rows, "objects");
  panel("objects").replaceChildren(made);
}

// ---- Contexts

// Who saw that a context is cancelled, and who was blocked without having seen it.
function contextText(node, step) {
  const text = element("span");
  if (!node.cancelledEvent || node.cancelledEvent > step) {
    text.append(" live");
    return text;
  }
  const by = node.cancelledBy ? ` by G${node.cancelledBy}` : "";
  text.append(" ", element("span", "cancelled", `cancelled at step ${node.cancelledEvent}${by}`));
  const seen = node.seen.filter((look) => look.event <= step);
  const blind = step === lastStep ? node.unseen : [];
  if (seen.length > 0) text.append(", seen by ");
  for (const look of seen) text.append(chip(look.goroutine));
  if (blind.length > 0) text.append(", never seen by ");
  for (const number of blind) text.append(chip(number, "wrong"));
  if (seen.length + blind.length === 0) text.append(", seen by nobody yet");
  return text;
}

function showContexts(step) {
  panel("contexts-panel").hidden = trace.contexts.length === 0;
  const root = element("ul", "tree");
  const below = new Map([[0, root]]);
  for (const node of trace.contexts) {
    const item = element("li");
    const children = element("ul");
    item.append(element("b", "", objectName(node.object)), contextText(node, step), children);
    below.set(node.object, children);
    (below.get(node.parent) || root).append(item);
  }
  root.querySelectorAll("ul:empty").forEach((empty) => empty.remove());
  panel("contexts").replaceChildren(root);
}

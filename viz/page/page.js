// SPDX-License-Identifier: Apache-2.0
// The controls: which step is shown, and the keys, buttons and colours. Runs last.
const slider = panel("slider");
const wide = 10;  // steps of Page Up and Page Down
let current = -1;

// ---- Moving

function show(step) {
  const next = Math.max(0, Math.min(lastStep, step));
  if (next === current) return;
  current = next;
  slider.value = current;
  slider.setAttribute("aria-valuetext", `step ${current} of ${lastStep}: ${stepText(current)}`);
  const time = current > 0 ? eventAt(current).time : "0s";
  panel("where").textContent = `step ${current} of ${lastStep} · ${time}`;
  for (const id of ["first", "back", "switch-back"]) panel(id).disabled = current === 0;
  for (const id of ["last", "forward", "switch-on"]) panel(id).disabled = current === lastStep;
  scrollToStep(current);
  drawLanes();
  showNow(current);
  showSource(current);
  showGoroutines(current);
  showObjects(current);
  showContexts(current);
  document.body.dataset.step = current;
  rememberStep();
}

// The address names the step, so that it can be sent to somebody. Browsers forbid changing it often.
let remembering = 0;
function rememberStep() {
  clearTimeout(remembering);
  remembering = setTimeout(() => history.replaceState(null, "", `#${current}`), 300);
}

function nextSwitch() {
  const next = trace.switches.find((step) => step > current);
  return next === undefined ? lastStep : next;
}

function switchBefore() {
  const before = trace.switches.filter((step) => step < current);
  return before.length > 0 ? before[before.length - 1] : 0;
}

const moves = {
  ArrowLeft: () => show(current - 1),
  ArrowRight: () => show(current + 1),
  PageUp: () => show(current - wide),
  PageDown: () => show(current + wide),
  Home: () => show(0),
  End: () => show(lastStep),
  n: () => show(nextSwitch()),
  p: () => show(switchBefore()),
  f: () => show(wrongStep),
  t: () => toggleTheme(),
  "?": () => panel("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || panel("help").open) return;
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move();
});

for (const [id, move] of Object.entries({
  first: moves.Home, back: moves.ArrowLeft, forward: moves.ArrowRight, last: moves.End,
  "switch-back": moves.p, "switch-on": moves.n, wrong: moves.f, theme: moves.t, "help-open": moves["?"],
})) {
  panel(id).addEventListener("click", move);
}
slider.addEventListener("input", () => show(Number(slider.value)));
layer.addEventListener("click", (event) => {
  const target = event.target.closest("[data-step]");
  if (target) show(Number(target.dataset.step));
});

let drawing = false;
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawLanes();
  });
}
lanesBox.addEventListener("scroll", drawSoon, {passive: true});
window.addEventListener("resize", () => {
  layoutLanes();
  scrollToStep(current);
  drawLanes();
  drawMap();
});
window.addEventListener("hashchange", () => show(stepOfAddress()));

// ---- The strip below the slider: every step in the colour of what it is, the finding in red.

function drawMap() {
  const map = panel("map");
  const scale = window.devicePixelRatio || 1;
  map.width = Math.max(1, map.clientWidth * scale);
  map.height = Math.max(1, map.clientHeight * scale);
  const brush = map.getContext("2d");
  const colors = getComputedStyle(document.documentElement);
  const thumb = 8 * scale;  // the slider's own margin at both ends
  const room = map.width - 2 * thumb;
  trace.events.forEach((event) => {
    const wrong = trace.finding && trace.finding.event === event.index;
    const style = wrong ? "bad" : styleOf[event.category] || "other";
    brush.fillStyle = colors.getPropertyValue(`--${style === "wrong-box" ? "bad" : style}`);
    const x = thumb + (room * event.index) / Math.max(lastStep, 1);
    const width = Math.max(scale, Math.min(4 * scale, (room / Math.max(lastStep, 1)) * 0.6));
    brush.fillRect(x - width / 2, wrong ? 0 : map.height * 0.25, width, map.height);
  });
}

// ---- Colours

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  panel("theme").textContent = theme === "dark" ? "Light" : "Dark";
  drawMap();
}
function toggleTheme() {
  setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
}

// ---- Start

function stepOfAddress() {
  const step = Number.parseInt(location.hash.slice(1), 10);
  return Number.isNaN(step) ? wrongStep : step;
}

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
prefersDark.addEventListener("change", () => setTheme(prefersDark.matches ? "dark" : "light"));
panel("title").textContent = trace.message || trace.title;
panel("program").textContent = trace.program;
panel("kind").textContent = trace.finding ? trace.finding.kind : "nothing found";
panel("kind").classList.toggle("none", !trace.finding);
panel("output").textContent = trace.output === "" ? "(nothing)" : trace.output;
panel("replay").textContent = trace.replay;
panel("wrong").hidden = !trace.finding;
slider.max = lastStep;
layoutLanes();
setTheme(prefersDark.matches ? "dark" : "light");
show(stepOfAddress());

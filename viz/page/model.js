// SPDX-License-Identifier: Apache-2.0
// What the page knows: the document that heddle wrote into it, and how things stand after a step.
// Nothing here touches the page.
const trace = JSON.parse(document.getElementById("trace").textContent);
const lastStep = trace.events.length;
const wrongStep = trace.finding ? trace.finding.event || lastStep : lastStep;
const laneOf = new Map(trace.goroutines.map((g, lane) => [g.number, lane]));
const objectOf = new Map(trace.objects.map((object) => [object.number, object]));
const finalMessage = trace.finding && !trace.finding.event;

// The event of a step, from 1; step 0 has none.
const eventAt = (step) => trace.events[step - 1];

// The span that holds after the step: the last one that does not begin later.
function spanAt(spans, step) {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle].from <= step) low = middle;
    else high = middle - 1;
  }
  return spans[low];
}

const goroutineName = (number) => (number === 0 ? "a timer" : `G${number}`);
const objectName = (number) => (objectOf.has(number) ? objectOf.get(number).name : "?");

function fileName(index) {
  const path = trace.files[index] || "";
  return path.slice(path.lastIndexOf("/") + 1);
}
const siteText = (site) => (site ? `${fileName(site.file)}:${site.line}` : "");

// What a reader would say of a goroutine after the step.
function stateOf(goroutine, step) {
  const span = spanAt(goroutine.spans, step);
  const forever = step === lastStep && goroutine.end === "stuck";
  const on = span.objects.length > 0 ? ` on ${span.objects.map(objectName).join(", ")}` : "";
  switch (span.activity) {
    case "absent":
      return {kind: "absent", text: "not started"};
    case "ended":
      return {kind: "ended", text: "returned"};
    case "panicked":
      return {kind: "wrong", text: "panicked"};
    case "blocked":
      if (step === lastStep && goroutine.endText !== "") {
        return {kind: forever ? "wrong" : "blocked", text: goroutine.endText + on};
      }
      return {kind: "blocked", text: `blocked: ${span.at}${on}`};
    case "ready":
      if (forever) return {kind: "wrong", text: goroutine.endText};
      return {kind: "ready", text: step === lastStep ? "could go on" : `next: ${span.at}${on}`};
    default:
      return {kind: "waiting", text: `at ${span.at}${on}`};
  }
}

// One line for a screen reader and the tooltip of the slider.
function stepText(step) {
  if (step === 0) return "the start: nothing has happened yet";
  const event = eventAt(step);
  if (event.parts.length === 0) return `time moves on to ${event.time}`;
  return event.parts.map((part) => `${goroutineName(part.goroutine)} ${part.text}`).join("; ");
}

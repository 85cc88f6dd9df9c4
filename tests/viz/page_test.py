# SPDX-License-Identifier: Apache-2.0
"""The HTML view in a real browser: headless Chromium, driven as a person would.

usage: page_test.py HEDDLE SOURCE_DIR OUT_DIR. Screenshots are left in OUT_DIR, to be looked at.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

HEDDLE, SOURCE, OUT = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
ARGUMENTS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
             "--disable-background-networking --disable-component-update --hide-scrollbars "
             "--disable-dev-shm-usage").split()

# Relative luminance and contrast as WCAG 2.1 defines them; the worst of all text in sight.
WORST_CONTRAST = """
const parse = (color) => color.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => {
  const part = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};
const ground = (node) => {
  for (; node; node = node.parentElement) {
    const color = parse(getComputedStyle(node).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color;
  }
  return [255, 255, 255];
};
let worst = [21, ''];
for (const node of document.querySelectorAll('body *')) {
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== '');
  if (!own || !node.checkVisibility() || node.disabled || node.closest('.later, script, [style*=opacity]')) continue;
  const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < worst[0]) worst = [contrast, node.outerHTML.slice(0, 120)];
}
return worst;
"""


def heddle(*arguments, status):
    done = subprocess.run([HEDDLE, *map(str, arguments)], capture_output=True, timeout=120)
    assert done.returncode == status, done.stdout + done.stderr


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        OUT.mkdir(parents=True, exist_ok=True)
        cls.folder = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.folder.name)
        options = webdriver.ChromeOptions()
        for argument in [*ARGUMENTS, f"--user-data-dir={cls.work}/profile"]:
            options.add_argument(argument)
        options.binary_location = "/usr/bin/chromium"
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        cls.browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        pool = (SOURCE / "tests/viz/programs/pool.go").read_text()
        assert "rounds = 24" in pool
        (cls.work / "pool.go").write_text(pool)
        (cls.work / "long.go").write_text(pool.replace("rounds = 24", "rounds = 156"))
        programs = {
            "leak": SOURCE / "scenarios/quickstart/leak.go",
            "pool": cls.work / "pool.go",
            "long": cls.work / "long.go",
            "hostile": SOURCE / "tests/viz/programs/hostile.go",
        }
        cls.traces = {}
        for name, program in programs.items():
            trace = cls.work / f"{name}.json"
            heddle("check", "--budget", "0", "--max-executions", "500", "--trace", trace, program,
                   status=1)
            cls.traces[name] = json.loads(trace.read_text())
            heddle("render", trace, "-o", cls.work / f"{name}.html", status=0)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.folder.cleanup()

    def open(self, name, step=None, width=1400, height=900, dark=False):
        self.size(width, height)
        theme = "dark" if dark else "light"
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": theme}]})
        self.browser.get("about:blank")
        address = f"file://{self.work}/{name}.html" + ("" if step is None else f"#{step}")
        self.browser.get(address)
        self.trace = self.traces.get(name)

    def size(self, width, height):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def tearDown(self):
        complaints = [entry["message"] for entry in self.browser.get_log("browser")]
        self.assertEqual(complaints, [])

    def js(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def keys(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def step(self):
        return int(self.js("return document.body.dataset.step"))

    def text(self, element):
        return self.browser.find_element(By.ID, element).text

    # ---- Stepping

    def test_opens_where_it_goes_wrong(self):
        self.open("leak")
        self.assertEqual(self.step(), len(self.trace["events"]))
        self.assertIn("goroutine-leak", self.text("kind"))
        self.assertIn("is blocked forever: chan send", self.text("now"))
        marked = self.js("return document.querySelector('.code.here').textContent")
        self.assertIn("answers <- answer", marked)
        self.assertIn("G3", marked)

    def test_keys_step_forward_and_back(self):
        self.open("pool")
        last = len(self.trace["events"])
        self.keys(Keys.HOME)
        self.assertEqual(self.step(), 0)
        self.assertIn("nothing has happened yet", self.text("now"))
        self.keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 2)
        self.keys(Keys.ARROW_LEFT)
        self.assertEqual(self.step(), 1)
        self.keys(Keys.PAGE_DOWN)
        self.assertEqual(self.step(), 11)
        self.keys(Keys.END)
        self.assertEqual(self.step(), last)
        self.keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), last)
        self.keys(Keys.HOME, "n")
        switches = self.switches()
        self.assertEqual(self.step(), switches[0])
        self.keys("n", "n", "p")
        self.assertEqual(self.step(), switches[1])
        self.keys("f")
        self.assertEqual(self.step(), last)
        WebDriverWait(self.browser, 10).until(lambda b: b.current_url.endswith(f"#{last}"))

    # Steps at which another goroutine moves on, counted here anew.
    def switches(self):
        found, mover = [], 0
        for event in self.trace["events"]:
            actor = event["parts"][0]["goroutine"] if event["parts"] else 0
            if actor and mover and actor != mover:
                found.append(event["index"])
            mover = actor or mover
        return found

    def test_buttons_slider_and_clicks(self):
        self.open("pool")
        for button, expected in [("first", 0), ("forward", 1), ("forward", 2), ("back", 1),
                                 ("last", len(self.trace["events"]))]:
            self.browser.find_element(By.ID, button).click()
            self.assertEqual(self.step(), expected, button)
        slider = self.browser.find_element(By.ID, "slider")
        self.js("arguments[0].value = 40; arguments[0].dispatchEvent(new Event('input'))", slider)
        self.assertEqual(self.step(), 40)
        slider.send_keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 41)
        self.browser.find_element(By.CSS_SELECTOR, ".box[data-step='38']").click()
        self.assertEqual(self.step(), 38)
        self.open("pool", step=17)
        self.assertEqual(self.step(), 17)

    def test_everything_is_reached_by_the_keyboard(self):
        self.open("pool", step=5)
        self.keys(Keys.TAB)
        reached = []
        for _ in range(60):
            reached.append(self.js("const e = document.activeElement; return e.id || e.className"))
            self.keys(Keys.TAB)
        for wanted in ["help-open", "theme", "first", "forward", "slider", "lanes", "source"]:
            self.assertIn(wanted, reached)
        self.assertTrue(any(name.startswith("head") for name in reached))
        self.keys("?")
        self.assertTrue(self.browser.find_element(By.ID, "help").is_displayed())
        self.keys(Keys.ESCAPE)
        self.assertFalse(self.browser.find_element(By.ID, "help").is_displayed())

    def test_says_what_it_shows(self):
        self.open("pool", step=5)
        slider = self.browser.find_element(By.ID, "slider")
        self.assertRegex(slider.get_attribute("aria-valuetext"), r"^step 5 of \d+: G\d ")
        self.assertEqual(self.js("return document.getElementById('now').ariaLive"), "polite")
        nameless = self.js("""
            return [...document.querySelectorAll('button, input, [tabindex="0"]')]
                .filter((e) => !e.textContent.trim() && !e.ariaLabel).length""")
        self.assertEqual(nameless, 0)

    # ---- What is shown

    # The page's states against the trace's own, which the page does not read.
    def test_buffers_locks_and_time_at_every_step(self):
        self.open("pool", step=0)
        names = {o["number"]: o["name"] for o in self.trace["objects"]}
        locks = {o["number"] for o in self.trace["objects"] if o["kind"] == "rwmutex"}
        state, full_buffers, owned = {}, 0, 0
        tables = self.js("""
            return trace.events.map(() => {
              document.getElementById('forward').click();
              return [...document.querySelectorAll('#objects tr')].slice(1).map((row) => [
                  row.cells[0].textContent, row.cells[1].textContent,
                  row.querySelectorAll('.cell:not(.empty)').length,
                  row.cells[1].querySelectorAll('.chip').length]);
            })""")
        for event, rows in zip(self.trace["events"], tables, strict=True):
            for change in event.get("states", []):
                state[change["object"]] = change["state"]
            shown = {row[0]: row[1:] for row in rows}
            for number in event["objects"]:
                name = names[number]
                if "/" in state.get(number, ""):
                    buffered = int(state[number].split("/")[0])
                    full_buffers += buffered > 0
                    self.assertEqual(shown[name][1], buffered, event)
                if number in locks and number in state:
                    locked = state[number] == "write locked"
                    readers = int(state[number].split()[0]) if "readers" in state[number] else 0
                    owned += locked or readers > 0
                    self.assertEqual(shown[name][2], 1 if locked else readers, event)
        self.assertGreater(full_buffers, 20)
        self.assertGreater(owned, 20)
        end = self.trace["events"][-1]["time_ns"] // 1_000_000
        self.assertIn(f"{end}ms", self.text("where"))

    def test_contexts_are_a_tree_that_is_cancelled(self):
        self.open("pool", step=1)
        self.assertNotIn("cancelled", self.text("contexts"))
        self.keys(Keys.END)
        depth = "ul.tree > li > ul > li"
        self.assertEqual(len(self.browser.find_elements(By.CSS_SELECTOR, depth)), 5)
        self.assertEqual(self.text("contexts").count("cancelled at step"), 6)
        self.assertRegex(self.text("contexts"), r"seen by G\d")

    def test_nothing_of_the_program_becomes_markup(self):
        self.open("hostile")
        self.assertNotEqual(self.browser.title, "broken")
        self.assertEqual(self.js("return document.scripts.length"), 2)
        self.assertEqual(self.js("return document.querySelectorAll('main img, main b b').length"), 0)
        self.assertIn("</script><script>document.title='broken'</script>", self.text("output"))
        self.assertIn("世界", self.text("output"))
        source = self.js("return document.getElementById('source').textContent")
        self.assertIn("// </script> <img src=x onerror=alert(1)>", source)
        self.keys(Keys.HOME, Keys.ARROW_RIGHT)
        self.assertIn("<b>bold</b>", self.text("objects"))

    def test_loads_nothing(self):
        self.open("pool")
        self.assertEqual(self.js("return performance.getEntriesByType('resource').length"), 0)

    def test_a_trace_without_the_optional_keys(self):
        old = json.loads(json.dumps(self.traces["pool"]))
        old.pop("sources")
        for event in old["events"]:
            event.pop("states", None)
            event.pop("able", None)
        (self.work / "old.json").write_text(json.dumps(old))
        heddle("render", self.work / "old.json", "-o", self.work / "old.html", status=0)
        self.open("old", step=9)
        self.assertIn("is not in the trace", self.text("source"))
        self.keys(Keys.ARROW_RIGHT)
        self.assertEqual(self.step(), 10)

    def test_a_cycle_is_marked(self):
        spun = json.loads(json.dumps(self.traces["leak"]))
        spun["findings"][0]["cycle_start"] = 5
        (self.work / "spun.json").write_text(json.dumps(spun))
        heddle("render", self.work / "spun.json", "-o", self.work / "spun.html", status=0)
        self.open("spun", step=6)
        self.assertIn("Steps 5 to 7 repeat forever", self.text("now"))
        self.assertTrue(self.browser.find_element(By.CSS_SELECTOR, ".cycle").is_displayed())

    # ---- Looks

    def test_dark_and_light(self):
        for dark in (False, True):
            for step in (None, 60):
                self.open("pool", step=step, dark=dark)
                contrast, where = self.js(WORST_CONTRAST)
                self.assertGreaterEqual(contrast, 4.5, where)
        ground = "return getComputedStyle(document.body).backgroundColor"
        before = self.js(ground)
        self.keys("t")
        self.assertNotEqual(self.js(ground), before)
        self.browser.find_element(By.ID, "theme").click()
        self.assertEqual(self.js(ground), before)

    def test_fits_narrow_and_wide(self):
        for width, height in ((390, 844), (1400, 900), (2200, 1200)):
            for name in ("leak", "pool"):
                self.open(name, width=width, height=height)
                over = self.js("return document.documentElement.scrollWidth - innerWidth")
                self.assertLessEqual(over, 0, (name, width))
                # Steps of one row do not cover each other, and none leaves its lane's room.
                crossed = self.js("""
                    const boxes = [...document.querySelectorAll('.box:not(.peek)')]
                        .map((box) => box.getBoundingClientRect());
                    return boxes.filter((a, i) => boxes.slice(0, i).some((b) =>
                        a.left < b.right - 1 && b.left < a.right - 1 &&
                        a.top < b.bottom - 1 && b.top < a.bottom - 1)).length""")
                self.assertEqual(crossed, 0, (name, width))

    def test_two_thousand_steps_do_not_lag(self):
        self.open("long")
        self.assertGreater(len(self.trace["events"]), 2000)
        self.assertLess(self.js("return document.querySelectorAll('*').length"), 3000)
        milliseconds = self.js("""
            const begin = performance.now();
            for (let i = 0; i < 100; ++i) show(wrongStep - 7 * i);
            document.body.offsetHeight;
            return (performance.now() - begin) / 100;""")
        self.assertLess(milliseconds, 100)
        self.keys(Keys.HOME)
        self.assertEqual(self.js("return document.getElementById('lanes').scrollTop"), 0)

    def test_lanes_fold(self):
        self.open("pool", width=700)
        folded = "return document.querySelectorAll('.head.folded').length"
        before = self.js(folded)
        self.assertGreater(before, 0)
        self.browser.find_element(By.CSS_SELECTOR, ".head.folded").click()
        self.assertEqual(self.js(folded), before - 1)

    # ---- The other views, of the same traces

    def test_svg_is_well_formed(self):
        for name in self.traces:
            picture = self.work / f"{name}.svg"
            heddle("render", self.work / f"{name}.json", "-o", picture, status=0)
            root = xml.etree.ElementTree.parse(picture).getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.browser.get(f"file://{picture}")
            self.assertGreater(self.js("return document.querySelectorAll('text').length"), 10)

    # The fields that the trace event format documents for each phase.
    def test_perfetto_has_the_documented_fields(self):
        wanted = {"X": {"ts", "dur", "cat"}, "M": {"args"}, "i": {"ts", "s"}, "C": {"ts", "args"},
                  "s": {"ts", "id", "cat"}, "f": {"ts", "id", "cat", "bp"}}
        for name, trace in self.traces.items():
            file = self.work / f"{name}.perfetto.json"
            heddle("render", self.work / f"{name}.json", "-o", file, status=0)
            events = json.loads(file.read_text())["traceEvents"]
            for event in events:
                keys = {"name", "ph", "pid", "tid"} | wanted[event["ph"]]
                self.assertLessEqual(keys, event.keys())
            steps = {e["args"]["step"] for e in events if "step" in e.get("args", {})}
            self.assertEqual(steps, {e["index"] for e in trace["events"]})

    def test_broken_traces_are_refused(self):
        whole = (self.work / "leak.json").read_text()
        cases = [(whole[:len(whole) * part // 7], "ends too early: it is cut off") for part in range(1, 7)]
        cases += [("", "the document is empty"), ("# a trace", "not JSON"), ("[]", "not a trace"),
                  (whole.replace('"objects":[1]', '"objects":[99]', 1), "names object 99")]
        broken = self.work / "broken.json"
        for text, complaint in cases:
            broken.write_text(text)
            for view in ("html", "svg", "perfetto.json", "txt"):
                done = subprocess.run([HEDDLE, "render", broken, "-o", self.work / f"broken.{view}"],
                                      capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 2)
                self.assertIn(complaint, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)
                self.assertFalse((self.work / f"broken.{view}").exists())

    def test_screenshots(self):
        for name, step in (("leak", None), ("leak", 6), ("pool", None), ("pool", 100), ("long", 1900)):
            for width, height in ((390, 1400), (1400, 900)):
                for dark in (False, True):
                    self.open(name, step=step, width=width, height=height, dark=dark)
                    shade = "dark" if dark else "light"
                    file = OUT / f"{name}-{step or 'end'}-{width}-{shade}.png"
                    self.assertTrue(self.browser.save_screenshot(str(file)))
                    self.assertGreater(file.stat().st_size, 20_000)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])

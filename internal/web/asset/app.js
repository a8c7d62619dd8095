// Bienvu's script. Every page works without it; with it, pages change by
// themselves, keys work on the desk, and a reason lights up its place.

const $ = (query, from = document) => from.querySelector(query);
const $$ = (query, from = document) => [...from.querySelectorAll(query)];

// --- a page that changes by itself ---------------------------------------

// swap fetches this page again and exchanges the parts marked data-swap,
// leaving alone whatever a person is just using.
let fetching = false, again = false;
async function swap() {
  if (fetching) { again = true; return; }
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if ($("[data-turns]") && !$("[data-turns]", fresh)) { turnInto(fresh); return; }
    for (const old of $$("[data-swap][id]")) {
      const now = fresh.getElementById(old.id);
      if (now && !busy(old) && !old.isEqualNode(now)) exchange(old, now);
    }
  } catch { /* the network is away: the next event tries again */ } finally {
    fetching = false;
    if (again) { again = false; swap(); }
  }
}

// turnInto puts the answer where the waiting page stood.
function turnInto(fresh) {
  const put = () => {
    document.title = fresh.title;
    $("main").replaceWith(document.adoptNode($("main", fresh)));
    $("main").focus();
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (document.startViewTransition && !still) document.startViewTransition(put); else put();
}

const busy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

function exchange(old, now) {
  const row = document.activeElement?.closest?.("[data-row]");
  const href = row && old.contains(row) ? row.getAttribute("href") : null;
  old.replaceWith(document.adoptNode(now));
  if (href) rows().find((r) => r.getAttribute("href") === href)?.focus();
}

if (document.body.dataset.live) {
  const stream = new EventSource(document.body.dataset.live);
  let timer = 0;
  stream.addEventListener("changed", () => { clearTimeout(timer); timer = setTimeout(swap, 120); });
  let opened = false; // after a lost connection something may have been missed
  stream.addEventListener("open", () => { if (opened) swap(); opened = true; });
  addEventListener("pagehide", () => stream.close());
}

// --- reasons and their places --------------------------------------------

function light(from, on) {
  const pins = from?.closest?.("[data-pin]")?.dataset.pin.split(" ").filter(Boolean) ?? [];
  for (const pin of pins) for (const place of $$(`[data-pin~="${pin}"]`)) place.classList.toggle("lit", on);
}
for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (e) => light(e.target, on));
}
document.addEventListener("click", (e) => {
  const reason = e.target.closest?.(".reason[data-pin]");
  if (!reason) return;
  const place = $(`.guest [data-pin~="${reason.dataset.pin}"]`);
  const box = place?.closest("details");
  if (box) box.open = true;
  place?.scrollIntoView({ block: "center" });
});

// --- keys of the desk ----------------------------------------------------

const rows = () => $$("a[data-row]");

function step(by) {
  const all = rows();
  if (!all.length) return;
  const open = all.findIndex((r) => r.getAttribute("aria-current") === "true");
  const held = all.indexOf(document.activeElement);
  const from = held >= 0 ? held : open;
  const next = all[Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + by))];
  next.focus();
  if ($(".has-case") && next !== all[open]) next.click();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  r: () => ($("[data-key=r]") ?? $("#verdicts button"))?.focus(),
  e: () => $("#verdicts button[aria-pressed=true], #verdicts button")?.focus(),
  "?": () => $("#keys")?.togglePopover(),
};
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || !document.body.classList.contains("desk")) return;
  if (e.key === "Escape" && e.target.matches("textarea")) { e.target.blur(); return; }
  if (e.target.matches("input, textarea, select")) return;
  const act = keys[e.key.toLowerCase()];
  if (act) { e.preventDefault(); act(); }
});

// --- forms ---------------------------------------------------------------

// A form marked data-once is sent once, however often it is pressed.
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = "yes";
  e.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const form of $$("form[data-sent]")) delete form.dataset.sent;
  for (const b of $$("[aria-busy]")) b.removeAttribute("aria-busy");
});

// The whole page takes a dropped mail, not only its frame.
const field = $(".drop input[type=file]");
if (field) {
  const frame = field.closest(".drop");
  const files = (e) => e.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (e) => { if (files(e)) { e.preventDefault(); frame.classList.add("over"); } });
  addEventListener("dragleave", (e) => { if (!e.relatedTarget) frame.classList.remove("over"); });
  addEventListener("drop", (e) => {
    if (!files(e)) return;
    e.preventDefault();
    frame.classList.remove("over");
    field.files = e.dataTransfer.files;
    field.dispatchEvent(new Event("change"));
  });
  field.addEventListener("change", () => frame.classList.toggle("full", field.files.length > 0));
}

// A menu closes when one looks elsewhere.
document.addEventListener("click", (e) => {
  for (const menu of $$(".menu[open]")) if (!menu.contains(e.target)) menu.open = false;
});

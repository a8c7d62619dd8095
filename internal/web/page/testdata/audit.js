// What a picture cannot prove: nothing overflows, targets are large enough,
// words stand out from what is behind them. Returns the complaints.
(() => {
  const out = [];
  const name = (e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}"> ${(e.textContent ?? "").trim().slice(0, 40)}`;
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest(".sr, .skip, iframe");
  if (document.documentElement.scrollWidth > innerWidth) out.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${innerWidth}`);

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const behind = (e) => {
    const layers = [];
    for (let p = e; p; p = p.parentElement) {
      const c = rgba(getComputedStyle(p).backgroundColor);
      layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const judged = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || judged.has(e) || !seen(e) || e.closest("svg")) continue;
    judged.add(e);
    const back = behind(e), front = over(rgba(getComputedStyle(e).color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) out.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
  }

  const least = document.body.classList.contains("people") ? 44 : 36;
  for (const e of document.querySelectorAll("button, a.button, .door, summary, input:not([type=hidden]), textarea, .masthead a")) {
    if (!seen(e) || e.matches("[type=radio], [type=checkbox]") || e.closest(".guest") || e.matches(".brand")) continue;
    const box = e.getBoundingClientRect();
    if (box.height && box.height < Math.min(least, e.closest(".masthead nav") ? 36 : least) - 0.5) out.push(`target ${Math.round(box.height)} px high: ${name(e)}`);
  }
  return out.concat(window.refused ?? []);
})()

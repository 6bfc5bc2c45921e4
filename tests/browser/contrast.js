// Contrast as painted: of running text, of other text, of controls, each as [ratio, what, class].
// Colors of any notation become sRGB in a canvas; where a gradient may lie behind something, its
// least favorable color counts.
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const remembered = (known, key, make) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key);
  };
  const colors = new Map();
  const rgba = (color) => remembered(colors, color, (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  });
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
  const luminance = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const value = color[i] / 255;
    return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const COLOR = /(?:oklch|oklab|rgba?|hsla?|lab|lch|color)\([^()]*\)/g;
  // The ground of a page that sets none is the browser's own, in the scheme of the page.
  const probe = document.documentElement.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "Canvas";
  const canvasColor = rgba(getComputedStyle(probe).backgroundColor);
  probe.remove();
  // Every color that may be the ground of an element, from the page upwards.
  const known = new Map([[null, [canvasColor]]]);
  const grounds = (element) => remembered(known, element, (box) => {
    const style = getComputedStyle(box);
    const found = grounds(box.parentElement).map((ground) => over(rgba(style.backgroundColor), ground));
    // What scrolls along covers a shade but where words are cut off: there it says that they go on.
    const images = [style, getComputedStyle(box, "::before"), getComputedStyle(box, "::after")]
      .filter(({ backgroundAttachment }) => !backgroundAttachment.includes("local"));
    const stops = images.flatMap(({ backgroundImage }) => backgroundImage.match(COLOR) ?? []).map(rgba);
    const all = [...found, ...found.flatMap((ground) => stops.map((stop) => over(stop, ground)))];
    return [...new Map(all.map((ground) => [ground.join(), ground])).values()];
  });
  const least = (color, element) =>
    Math.min(...grounds(element).map((ground) => contrast(over(color, ground), ground)));
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, .skip-link");
  const found = { body: [], other: [], controls: [] };

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !shown(element) || element.closest("script, style, noscript")) continue;
    const style = getComputedStyle(element);
    const ratio = least(rgba(element.closest("svg") ? style.fill : style.color), element);
    const running = element.closest("main :is(p, li, dd, td, blockquote)") && !element.closest(".button, nav");
    found[running ? "body" : "other"].push([ratio, words.currentNode.data.trim().slice(0, 60), element.className]);
  }
  const CONTROLS = "input:not([type=hidden]), .button, .filter a, .site-menu > summary";
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (!shown(control)) continue;
    const style = getComputedStyle(control);
    const edge = style.borderTopStyle === "none" ? rgba("transparent") : rgba(style.borderTopColor);
    const around = control.parentElement;
    const ratio = Math.max(least(edge, around), least(rgba(style.backgroundColor), around));
    found.controls.push([ratio, control.outerHTML.slice(0, 80), ""]);
  }
  for (const summary of document.querySelectorAll("main summary")) {
    const icon = getComputedStyle(summary, "::after");
    found.controls.push([least(rgba(icon.borderBottomColor), summary), summary.textContent.slice(0, 60), "::after"]);
  }
  return found;
}

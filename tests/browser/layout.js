// Says what a designer would not let pass in a document: returns a sentence for each fault.
//
// fingers: whether whatever can be touched must be 44 px wide and high.
({ fingers }) => {
  const NEEDED = 44; // px
  const SLACK = 1; // px; boxes end between pixels
  const LEADING = 4; // px; a line of a chart's words is higher than its letters
  const faults = new Set();
  const seen = (node) => node.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) && node.getClientRects().length > 0;
  const style = (node) => getComputedStyle(node);
  // What only a screen reader meets is clipped on purpose.
  const isUnseen = (node) => node.closest(".cc-unseen, .cc-skips, .cc-skip") !== null;
  const says = (node) => `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""} "${(node.innerText ?? node.textContent ?? "").trim().slice(0, 40)}"`;
  const every = [...document.body.querySelectorAll("*")].filter((node) => seen(node) && !isUnseen(node));
  const ownText = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const scrolls = (node) => /auto|scroll/.test(style(node).overflowX) || /auto|scroll/.test(style(node).overflowY);
  const scrollerOf = (node) => {
    for (let box = node.parentElement; box; box = box.parentElement) if (scrolls(box)) return box;
    return null;
  };

  // Nothing scrolls sideways, but tables in their own frame.
  if (document.documentElement.scrollWidth > innerWidth) faults.add(`the page is ${document.documentElement.scrollWidth} px wide on ${innerWidth}`);
  for (const node of every) {
    if (/auto|scroll/.test(style(node).overflowX) && node.scrollWidth > node.clientWidth + SLACK && !node.matches(".cc-scroll")) faults.add(`scrolls sideways: ${says(node)}`);
  }

  // No text is cut off, by the window or by a box that hides what does not fit.
  for (const node of every.filter(ownText)) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || node.closest(".cc-scroll, svg.marks, .leaflet-map-pane")) continue;
    if (box.left < -SLACK || box.right > innerWidth + SLACK) faults.add(`beyond the window's edge: ${says(node)}`);
    for (let around = node; around && !scrolls(around); around = around.parentElement) {
      const { overflowX, overflowY } = style(around);
      const frame = around.getBoundingClientRect();
      if (/hidden|clip/.test(overflowX) && (box.left < frame.left - SLACK || box.right > frame.right + SLACK)) faults.add(`cut at the side: ${says(node)}`);
      if (/hidden|clip/.test(overflowY) && (box.top < frame.top - 3 || box.bottom > frame.bottom + 3)) faults.add(`cut above or below: ${says(node)}`);
    }
  }
  for (const field of every.filter((node) => node.matches("input[type=text], input[type=search], button"))) {
    if (field.matches("button") && field.scrollWidth > field.clientWidth + SLACK) faults.add(`does not fit: ${says(field)}`);
  }

  // Charts stay within their frame, and their words beside each other.
  const meet = (p, q, slack) => p.left < q.right - slack && q.left < p.right - slack && p.top < q.bottom - slack && q.top < p.bottom - slack;
  for (const chart of document.querySelectorAll("svg.marks")) {
    const frame = chart.getBoundingClientRect();
    const words = [...chart.querySelectorAll("text")].filter((node) => node.textContent.trim()).map((node) => [node.textContent, node.getBoundingClientRect()]);
    for (const [text, box] of words) if (box.left < frame.left - SLACK || box.right > frame.right + SLACK) faults.add(`the chart's frame cuts "${text}"`);
    words.forEach(([text, box], place) => {
      for (const [other, otherBox] of words.slice(place + 1)) if (meet(box, otherBox, LEADING)) faults.add(`words of a chart overlap: "${text}" and "${other}"`);
    });
  }

  // Names on the map and whatever can be chosen do not lie upon each other.
  const target = (node) => (node.matches("label input, label select") ? node.closest("label") : node);
  const choosable = [...new Set(every.filter((node) => node.matches("a[href], button, summary, input, select, [role=option]")).map(target))];
  const isInText = (node) => style(node).display === "inline" && node.parentElement.textContent.trim().length > node.textContent.trim().length;
  const isOverlay = (node) => node.closest("dialog, [role=listbox], .cc-languages") !== null;
  const names = every.filter((node) => node.matches(".cc-label"));
  const boxed = [...names, ...choosable.filter((node) => !isInText(node) && !isOverlay(node))].map((node) => [node, node.getBoundingClientRect(), scrollerOf(node)]);
  boxed.sort(([, p], [, q]) => p.top - q.top);
  boxed.forEach(([node, box, scroller], place) => {
    for (const [other, otherBox, otherScroller] of boxed.slice(place + 1)) {
      if (otherBox.top > box.bottom) break;
      if (scroller === otherScroller && !node.contains(other) && !other.contains(node) && meet(box, otherBox, SLACK)) faults.add(`overlap: ${says(node)} and ${says(other)}`);
    }
  });

  // Fingers find everything; links within running text are let off, as WCAG does.
  if (fingers) {
    for (const node of choosable) {
      const { width, height } = node.getBoundingClientRect();
      if (isInText(node) || (width >= NEEDED - SLACK && height >= NEEDED - SLACK)) continue;
      // Its surroundings may belong to it.
      node.scrollIntoView({ block: "center", inline: "nearest" });
      const box = node.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const reach = NEEDED / 2 - SLACK;
      const around = [[0, -reach], [0, reach], [-reach, 0], [reach, 0]].map(([right, down]) => document.elementFromPoint(x + right, y + down));
      if (!around.every((hit) => hit && node.contains(hit))) faults.add(`too small for a finger, ${Math.round(width)} × ${Math.round(height)} px: ${says(node)}`);
    }
  }
  return [...faults];
}

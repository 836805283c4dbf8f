// Keeps a reader's place on the page: landmarks, the focus, and what a screen reader is told.
//
// Streamlit draws parts of the page anew, and what had the focus goes away with them. Then the
// focus goes to what stands in its stead, or else to the heading of the panel.

const MAP = ".st-key-map iframe";
const HEADING = ".st-key-panel h2";
const LIST = "#cc-contents-title";
const attention = (window.corridorsAttention ??= { held: null, instead: null });

// Says one sentence to a screen reader; nothing else on the page is a live region, but what a dialog says of itself.
function say(sentence) {
  const region = document.querySelector(".cc-said");
  if (region && sentence) region.textContent = sentence;
}

function goTo(selector) {
  const target = document.querySelector(selector);
  target?.focus();
  return Boolean(target);
}

// Streamlit puts everything into one <main>, the page's header and footer too.
function nameLandmarks(words) {
  const set = (node, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (node && node.getAttribute(name) !== value) node.setAttribute(name, value); // even the same would be announced
    }
  };
  const everything = document.getElementById("stMain");
  if (everything?.hasAttribute("tabindex")) everything.removeAttribute("tabindex");
  set(everything, { role: "presentation" });
  set(document.querySelector(".st-key-header"), { role: "banner" });
  set(document.querySelector(".st-key-map")?.closest("[data-testid=stHorizontalBlock]"), { role: "main" });
  set(document.querySelector(".st-key-panel"), { role: "region", "aria-labelledby": "cc-panel-title" });
  set(document.querySelector(MAP), { title: words.map });
}

// What stands in the stead of an element when it has been drawn anew.
function steadOf(node) {
  const { language, corridors } = node.dataset;
  if (language) return `[data-language="${language}"]`;
  if (corridors) return `[data-corridors="${corridors}"]`;
  if (node.matches("[rel=prev], [rel=next]")) return `.st-key-panel a[rel=${node.rel}]`;
  const tab = node.closest(".cc-tabs li");
  return tab ? `.cc-tabs li:nth-child(${[...tab.parentElement.children].indexOf(tab) + 1}) a` : HEADING;
}

function keepFocus(signal) {
  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest("#stMain")) return; // Streamlit's own dialogues give the focus back themselves
    attention.held = target;
    attention.instead = steadOf(target);
  }, { signal });
  document.addEventListener("focusout", ({ target }) => {
    // An element that is still there has let go of the focus; one that is gone has lost it.
    queueMicrotask(() => {
      if (target === attention.held && target.isConnected && document.activeElement !== target) attention.held = null;
    });
  }, { signal });
  const observer = new MutationObserver(() => {
    const isLost = attention.held && !attention.held.isConnected && document.activeElement === document.body;
    if (isLost && !goTo(attention.instead)) goTo(HEADING);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
}

// What is said more fully beside a word, on pointing or focus, stays within the panel; by Escape
// it goes away until the next time.
const TIP = { width: 256, height: 90 }; // px at most

function placeTip(tip) {
  const [box, room] = [tip, tip.closest(".st-key-panel") ?? document.body].map((node) => node.getBoundingClientRect());
  tip.style.setProperty("--tip-left", `${Math.min(0, room.right - box.left - TIP.width - 12)}px`);
  tip.classList.toggle("cc-tip-below", box.top - Math.max(room.top, 0) < TIP.height);
}

function mindTips(signal) {
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const tip of document.querySelectorAll(".cc-tip:is(:hover, :focus)")) tip.classList.add("cc-quiet");
  }, { signal });
  for (const coming of ["focusin", "mouseover"]) {
    document.addEventListener(coming, ({ target }) => {
      const tip = target.closest?.(".cc-tip");
      if (tip) placeTip(tip);
    }, { signal });
  }
  for (const leaving of ["focusout", "mouseout"]) {
    document.addEventListener(leaving, ({ target }) => target.closest?.(".cc-tip")?.classList.remove("cc-quiet"), { signal });
  }
}

function skipLinks(signal) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#cc-']");
    if (link && goTo(link.getAttribute("href"))) event.preventDefault();
  }, { signal });
}

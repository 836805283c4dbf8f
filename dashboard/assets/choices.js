// Carries choices between the page, the map's frame and the server.
//
// Links that only change what is shown ("?focus=…") are real links; here a plain click on one
// becomes a choice that keeps the page, the map and its zoom. The server answers by new data.

const FIRST_TAB = "article"; // needs no word in the link
const page = (window.caspianCorridors ??= {});
page.pending ??= null;

const map = window.caspianMap;

function show(view) {
  if (page.picture && query(view) !== query(page.latest)) drawPicture(view);
  page.latest = view;
  // Even the same language, set again, makes the browser style the whole page anew.
  if (document.documentElement.lang !== view.language) document.documentElement.lang = view.language;
  map.tell({ corridors: "show", focus: view.focus, language: view.language, map: view.map, hasList: !isEmbedded });
  requestAnimationFrame(() => setTimeout(mendLinks)); // after the frame that draws the panel
}

// Header and list were drawn before this choice: their links must keep what is shown now, and in the
// list, too, the chosen thing stands out.
function mendLinks() {
  const view = page.latest;
  for (const link of document.querySelectorAll("a[data-language]")) {
    link.setAttribute("href", query({ ...view, language: link.dataset.language }));
  }
  for (const link of document.querySelectorAll("a[data-corridors=whole]")) link.setAttribute("href", query(view));
  for (const link of document.querySelectorAll(".cc-contents .cc-choice[href]")) {
    const isChosen = view.focus !== null && link.search.includes(`focus=${view.focus}&`);
    if (isChosen !== link.hasAttribute("aria-current")) link.toggleAttribute("aria-current", isChosen);
    if (isChosen) link.setAttribute("aria-current", "true");
  }
}

function query({ focus, language, tab, theme }) {
  const parts = Object.entries({ focus, lang: language, tab, theme }).filter(([, value]) => value);
  return `?${new URLSearchParams(parts)}`;
}

// What stays through every choice: the colours that the link asks for.
const carried = () => ({ theme: page.latest.theme });

// The choice that a link stands for, or null where it leads elsewhere.
function choiceOf(link) {
  if (!link || link.closest("#first")) return null; // the first answer's links open the page anew: so far nothing else may work
  if (link.target === "_blank" || !link.getAttribute("href")?.startsWith("?")) return null;
  const parameters = new URLSearchParams(link.getAttribute("href"));
  const tab = parameters.get("tab") ?? page.latest.tab;
  return { ...carried(), focus: parameters.get("focus"), language: parameters.get("lang"), tab: tab === FIRST_TAB ? null : tab };
}

// A choice that is not answered in time is put into the link, and Streamlit told that the link has
// changed, until it is: the connection may be down, or the server be another one that does not
// know this page yet. Then it reads the link, which is the state, and draws the whole page again.
const ANSWER_TIME = 1500; // ms

function choose(choice) {
  if (!page.pending && query(choice) === query(page.told)) return; // shown already: there will be no answer
  page.pending = choice;
  page.send({ ...choice, shown: drawAhead(choice) });
  clearTimeout(page.insisting);
  page.insisting = setTimeout(insist, ANSWER_TIME);
}

function insist() {
  if (!page.pending) return;
  say(page.words.unanswered);
  const link = kept(query(page.pending));
  if (window.location.search !== link) window.history.pushState({}, "", link);
  window.dispatchEvent(new PopStateEvent("popstate"));
  page.insisting = setTimeout(insist, ANSWER_TIME);
}

function address(theme) {
  const { origin, pathname } = window.location;
  const link = origin + pathname + query({ ...page.latest, theme });
  return page.map ? `${link}&map=${page.map}` : link;
}

// Within another site's page the link keeps saying so. Streamlit, whose parameter this is, writes it first.
const EMBEDDED = "embed=true";
const isEmbedded = new URLSearchParams(window.location.search).has("embed", "true");
const kept = (link) => (isEmbedded ? link.replace("?", `?${EMBEDDED}&`) : link);

// The code that puts this view into another page. The map is smaller there, and shows the same stretch.
const EMBEDDED_MAP = 480; // px, about
const FARTHEST = 3; // the lowest zoom that a link may ask for
function code(words, theme) {
  const link = new URL(address(theme));
  if (page.map) {
    const [lat, lon, zoom] = page.map.split(",");
    const smaller = Math.log2(document.querySelector(MAP).clientWidth / EMBEDDED_MAP);
    const fitting = Math.max(FARTHEST, zoom - Math.max(0, smaller)).toFixed(2);
    link.search = `${query({ ...page.latest, theme })}&map=${lat},${lon},${fitting}`;
  }
  const heading = document.querySelector(".st-key-panel h2")?.textContent;
  const frame = document.createElement("iframe");
  frame.src = `${link}&${EMBEDDED}`;
  frame.title = [heading, words.product].filter(Boolean).join(" · ");
  frame.width = "100%";
  frame.height = "600";
  frame.loading = "lazy";
  frame.style.border = "0";
  return frame.outerHTML; // every sign in it is escaped
}

async function copy(field, note, done, byHand) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    note.textContent = done;
  } catch {
    note.textContent = byHand;
    field.select(); // the clipboard was refused; the text stands there, selected
  }
}

// The colours: the link may ask for some, the reader may choose others, which this browser then keeps.
const colours = window.caspianTheme;

function showColours() {
  for (const choice of document.querySelectorAll("[data-corridors=theme]")) choice.value = colours.chosen;
}

function chooseColours(name) {
  colours.choose(name);
  page.latest = { ...page.latest, theme: null };
  window.history.replaceState(window.history.state, "", kept(query(page.latest)));
}

// On a narrow screen the languages are folded under a button.
function unfold(button, isOpen) {
  button?.setAttribute("aria-expanded", String(isOpen));
}

// The server's first answer stands over the page until panel and live map have been drawn. Where the
// map does not come, the picture of the first answer takes its place, and is fetched anew for each choice.
const PATIENCE = 8000; // ms
const isPageThere = () => map.hasPlace && document.querySelector(HEADING) !== null;
function whenPageIsThere(act) {
  const until = new MutationObserver(() => {
    if (!isPageThere()) return;
    until.disconnect();
    act();
  });
  if (isPageThere()) act();
  else until.observe(document.body, { childList: true, subtree: true });
}

function dismiss(first) {
  const held = first?.contains(document.activeElement);
  if (first) {
    // Who has begun to read goes on where they are.
    document.getElementById("stMain").scrollTop = first.scrollTop;
    document.querySelector(PANEL).scrollTop = first.querySelector(".cc-early").scrollTop;
  }
  first?.remove();
  if (held) goTo(HEADING);
}

function giveWay() {
  clearTimeout(page.waiting);
  nameLandmarks(page.words); // Streamlit may have drawn the map after the choices
  map.move();
  dismiss(document.getElementById("first"));
  page.picture?.remove();
  page.picture = null;
}

function fallBack() {
  const first = document.getElementById("first");
  const place = document.querySelector(".st-key-map");
  if (!first) return;
  map.move(); // it may come late
  page.picture = document.createElement("div");
  page.picture.className = "cc-picture";
  const note = document.createElement("p");
  note.textContent = page.words.mapFailed;
  page.picture.append(first.querySelector("figure"), note);
  place.append(page.picture);
  nameLandmarks(page.words);
  dismiss(first);
  say(page.words.mapFailed);
}

async function drawPicture(view) {
  const answer = await fetch(query(view)).catch(() => null); // nobody there: the old picture stays
  if (!answer?.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("figure");
  if (drawn && query(view) === query(page.latest)) page.picture?.querySelector("figure").replaceWith(drawn);
}

// Tells what has changed since the page was opened; what was there then is read without that.
function tellNews({ shown, notices }, language) {
  const before = page.said;
  page.said = { shown, notices, language };
  if (before?.shown === shown && before.notices === notices) return;
  const inLanguage = before && before.language !== language ? page.words.inLanguage : "";
  say([inLanguage, notices, before ? shown : ""].filter(Boolean).join(" "));
}

function share(dialog, words) {
  const field = dialog.querySelector("input");
  const note = dialog.querySelector("p");
  const theme = dialog.querySelector("[data-corridors=with-theme]").checked ? colours.shown : null;
  field.value = address(theme);
  dialog.querySelector("textarea").value = code(words, theme);
  note.textContent = words.copyByHand;
  if (!dialog.open) dialog.showModal();
  copy(field, note, words.copied, words.copyByHand);
}

function shareCode(dialog, words) {
  copy(dialog.querySelector("textarea"), dialog.querySelector("p"), words.codeCopied, words.copyCodeByHand);
}

function speakIn(dialog, language) {
  if (dialog.lang === language) return;
  dialog.lang = language;
  for (const node of dialog.querySelectorAll("[data-word]")) node.textContent = page.words[node.dataset.word];
  dialog.querySelector("input").setAttribute("aria-label", page.words.address);
  dialog.querySelector("textarea").setAttribute("aria-label", page.words.embed);
}

function listen(dialog) {
  if (page.dialog === dialog) return; // drawn once, and still there
  page.dialog = dialog;
  page.listening?.abort();
  page.listening = new AbortController();
  const { signal } = page.listening;
  anticipateLinks(signal);
  keepFocus(signal);
  mindTips(signal);
  skipLinks(signal);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-corridors=share]")) share(dialog, page.words);
    if (event.target.closest("[data-corridors=copy-code]")) shareCode(dialog, page.words);
    if (event.target.closest("[data-corridors=close]")) dialog.close();
    const fold = document.querySelector("[data-corridors=languages]");
    unfold(fold, fold?.contains(event.target) && fold.ariaExpanded !== "true");
    const link = event.target.closest("a");
    const choice = choiceOf(link);
    if (!choice || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show({ ...page.latest, ...choice, map: null });
    if (link.closest(".cc-search")) goTo(HEADING); // what was searched for is found there
    choose(choice);
  }, { signal, capture: true });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-corridors=theme]")) chooseColours(event.target.value);
    if (event.target.matches("[data-corridors=with-theme]")) share(dialog, page.words);
  }, { signal });
  document.addEventListener("keydown", (event) => {
    const fold = document.querySelector("[data-corridors=languages][aria-expanded=true]");
    if (event.key !== "Escape" || !fold) return;
    unfold(fold, false);
    fold.focus();
  }, { signal });
  // Reading on through the article: the arrow keys follow the links to the statements before and after.
  document.addEventListener("keydown", (event) => {
    const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!rel || event.target.closest("input, textarea, select, [contenteditable]") || event.altKey || event.metaKey) return;
    document.querySelector(`.st-key-panel a[rel=${rel}]`)?.click();
  }, { signal });
  document.addEventListener("corridors-say", ({ detail }) => say(detail), { signal });
  map.listen((message) => {
    if (message.corridors === "ready") show(page.latest);
    if (message.corridors === "drawn") whenPageIsThere(giveWay);
    if (message.corridors === "failed") whenPageIsThere(fallBack);
    if (message.corridors === "leave") goTo(message.to === "list" ? LIST : HEADING);
    if (message.corridors === "near") anticipate({ ...page.latest, focus: message.focus });
    if (message.corridors === "say") say(message.text);
    if (message.corridors === "view") page.map = message.map;
    if (message.corridors === "choose") {
      page.latest = { ...page.latest, focus: message.focus, map: null };
      choose({ ...carried(), focus: message.focus, language: page.latest.language, tab: page.latest.tab });
    }
  });
}

export default function ({ data: bytes, parentElement, setTriggerValue }) {
  const data = JSON.parse(new TextDecoder().decode(bytes));
  const dialog = parentElement.querySelector("dialog");
  page.words = data.words;
  page.send = (choice) => setTriggerValue("choice", choice);
  page.told = data.view;
  page.latest ??= data.view;
  speakIn(dialog, data.view.language);
  listen(dialog);
  showColours();
  page.waiting ??= setTimeout(whenPageIsThere, PATIENCE, fallBack);

  if (page.pending && query(page.pending) === query(page.told)) page.pending = null;
  if (!page.pending) {
    confirmPanel();
    show(data.view);
    document.title = data.title;
  }
  nameLandmarks(data.words);
  tellNews(data.news, data.view.language);
}

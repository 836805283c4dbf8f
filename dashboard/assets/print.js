// Prints what is shown: the live page lends its window to the print edition, which the server draws.
//
// Whether the reader presses our button or the browser's own keys, the same goes on paper. The
// edition stands in a shadow tree, so that the page's style and its own never meet. Where the
// server does not answer, the page prints itself as well as its style for paper can.

const BUTTON = "[data-corridors=print]";
const USUAL_WIDTH = 900; // px of the map for which a link's zoom is meant; as in dashboard/printed/plate.py
const FACES = ['12px "Source Sans"', '600 12px "Corridors Serif"', 'italic 500 12px "Corridors Serif"'];
const HOST = "print-edition";

const isEdition = document.querySelector("main.sheet") !== null;
const frame = () => window.caspianMap?.frame;
let stretch = null; // "lat,lon,zoom": where the reader has put the map
let prepared = null; // { address, html }: fetched before the browser asks for it
let titleBefore = null;

// The address of the edition of what is shown; the choice that has just been made may not stand in the link yet.
function address() {
  const link = new URLSearchParams(window.location.search);
  const latest = window.caspianCorridors?.latest;
  const parts = latest
    ? { focus: latest.focus, lang: latest.language, tab: latest.tab, map: stretch ?? latest.map }
    : { focus: link.get("focus"), lang: link.get("lang"), tab: link.get("tab"), map: link.get("map") };
  return `print?${new URLSearchParams(Object.entries(parts).filter(([, value]) => value))}`;
}

function noteStretch({ map, chosen }) {
  if (!chosen) return;
  const [lat, lon, zoom] = map.split(",").map(Number);
  const asUsual = zoom + Math.log2(USUAL_WIDTH / frame().clientWidth);
  stretch = [lat.toFixed(4), lon.toFixed(4), asUsual.toFixed(2)].join(",");
}

async function fetched(wanted) {
  const answer = await fetch(wanted);
  return answer.ok ? { address: wanted, html: await answer.text() } : null;
}

// The browser lays the paper out as soon as its event has been heard, so nothing can be waited for.
function fetchedAtOnce(wanted) {
  const request = new XMLHttpRequest();
  request.open("GET", wanted, false);
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? { address: wanted, html: request.responseText } : null;
}

function clear() {
  document.getElementById(HOST)?.remove();
  document.head.querySelector("style[data-paper]")?.remove();
  delete document.documentElement.dataset.printed;
}

function lay(html) {
  const edition = new DOMParser().parseFromString(html, "text/html");
  const host = document.createElement("div");
  host.id = HOST;
  host.hidden = true; // on the screen; the style for paper shows it
  host.attachShadow({ mode: "open" }).append(edition.querySelector("body > style"), edition.querySelector("main.sheet"));
  document.head.append(edition.querySelector("style[data-paper]"));
  document.body.append(host);
  document.documentElement.dataset.printed = "";
  document.title = edition.title;
}

async function print() {
  prepared = await fetched(address()).catch(() => null);
  await loadFaces();
  window.print();
}

const loadFaces = () => Promise.allSettled(FACES.map((face) => document.fonts.load(face)));

document.addEventListener("click", (event) => {
  if (!event.target.closest(BUTTON) || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (isEdition) window.print();
  // Another site's page may forbid its frames to print; there the link opens the edition by itself.
  if (isEdition || window.top !== window.self) return;
  event.preventDefault();
  print();
});

if (!isEdition) {
  for (const kind of ["pointerdown", "focusin"]) {
    document.addEventListener(kind, (event) => event.target.closest?.(BUTTON)?.setAttribute("href", address()));
  }
  window.addEventListener("message", (event) => {
    if (event.source !== frame()?.contentWindow || event.origin !== window.location.origin) return;
    if (event.data?.corridors === "ready") loadFaces();
    if (event.data?.corridors === "view") noteStretch(event.data);
  });
  window.addEventListener("beforeprint", () => {
    const wanted = address();
    const edition = prepared?.address === wanted ? prepared : fetchedAtOnce(wanted);
    prepared = null;
    clear();
    titleBefore = document.title;
    if (edition) lay(edition.html);
  });
  window.addEventListener("afterprint", () => {
    document.title = titleBefore;
  });
}

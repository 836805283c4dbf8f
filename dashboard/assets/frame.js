// Opens the map's frame in the server's first answer, long before Streamlit could, and is its host.
//
// The frame is streamlit-folium's, and is told what Streamlit would tell it. The live map stands over
// the picture as soon as it is drawn, and moves into the page, as it is, when the page is there. A
// browser that would load it anew on the way opens it in the page. This stands in the page itself.
window.caspianMap = (() => {
  const { address, message, view, tab } = JSON.parse(document.getElementById("cc-frame").textContent);
  const stage = document.querySelector("#first .stage");
  const early = { ready: null, drawn: null, failed: null, view: null, choose: null }; // until the page listens
  const stays = view.hasList ? "" : "embed=true&amp;"; // how a link begins that stays within another page
  let frame = null;
  let place = null; // in the page

  const tell = (what) => frame?.contentWindow?.postMessage(what, window.location.origin);
  const open = (parent) => {
    frame = document.createElement("iframe");
    frame.src = address;
    frame.title = stage.firstElementChild.ariaLabel;
    parent.append(frame);
  };

  // Streamlit's scripts wait in a template: they keep browser and network busier than all the rest, and the map comes first.
  const HEAD_START = 2500; // ms
  const start = () => document.body.append(document.getElementById("cc-streamlit").content); // empty the second time

  // What the map says before the page can hear it.
  const keep = (said) => {
    if (said.corridors in early) early[said.corridors] = said;
    if (said.corridors === "ready") tell({ corridors: "show", ...view });
    if (said.corridors === "drawn") stage.dataset.live = "";
    if (said.corridors === "drawn" || said.corridors === "failed") start();
    if (said.corridors === "choose") showEarly(said.focus);
  };
  // The panel for what has been chosen, by the very address at which the page would look for it.
  const showEarly = async (focus) => {
    const link = new URLSearchParams({ focus, lang: view.language, ...(tab && { tab }) });
    const answer = await fetch(`panel?${link}`).catch(() => null);
    const drawn = answer?.ok && (await answer.text().catch(() => null));
    const part = document.querySelector("#first .cc-early .cc-part");
    if (drawn && part && early.choose?.focus === focus) part.innerHTML = drawn.replaceAll('href="?', `href="?${stays}`);
  };

  let listener = keep;
  window.addEventListener("message", (event) => {
    const { source, origin, data } = event;
    if (!frame || source !== frame.contentWindow || origin !== window.location.origin) return;
    if (data?.isStreamlitMessage) event.stopImmediatePropagation(); // it does not know this frame, and would say so
    if (data?.type === "streamlit:componentReady") tell(message);
    if (data?.corridors) listener(data);
  });
  // Streamlit's dialogue on a lost connection makes all else inert; but the first answer stands over it, and its links work.
  const first = document.getElementById("first");
  new MutationObserver(() => { if (first.inert) first.inert = false; }).observe(first, { attributeFilter: ["inert"] });

  if (Element.prototype.moveBefore) open(stage);
  else start();
  setTimeout(start, HEAD_START);

  return {
    get frame() { return frame; },
    get hasPlace() { return place !== null; },
    tell,
    // What the map says and cannot wait for a message to come.
    hear(said) { listener(said); },
    // The page hears what the map says, and what it has said so far.
    listen(hearer) {
      const isFirst = listener === keep;
      listener = hearer;
      if (isFirst) Object.values(early).filter(Boolean).forEach(hearer);
    },
    // The page has made a place for the map.
    settle(parent) {
      place = parent;
      if (!frame?.isConnected) open(place);
    },
    move() {
      if (place && frame.parentElement !== place) place.moveBefore(frame, null);
    },
  };
})();

// Runs first in every frame, and only watches. Times are milliseconds of the epoch, so that those of
// the page and of the map's frame can be compared.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.bench = { released: 0, marked: 0, route: 0, picture: 0, wanted: null });

  // A message posted in a frame's callback arrives when that frame has been drawn.
  const whenDrawn = (note) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => note(now());
    channel.port2.postMessage(null);
  };

  // The first picture in the page, and the first route of the live map in its frame.
  const isPicture = () => document.querySelector("#first svg")?.getBoundingClientRect().width > 0;
  const isRoute = () => document.querySelector("path[class*='stroke-']")?.getAttribute("d").length > 20;
  const [isFirst, first] = window === window.top ? [isPicture, "picture"] : [isRoute, "route"];
  const watchFirst = () => {
    if (isFirst()) whenDrawn((time) => { seen[first] ||= time; });
    else requestAnimationFrame(watchFirst);
  };

  // The mark: the line is drawn once more, over the others.
  seen.awaitMark = (line) => Object.assign(seen, { released: 0, marked: 0, line });
  const watchMark = () => {
    if (document.querySelector(`path.chosen-${seen.line}`)) whenDrawn((time) => { seen.marked = time; });
    else requestAnimationFrame(watchMark);
  };
  const onRelease = (event) => {
    if (!seen.line) return;
    seen.released = performance.timeOrigin + event.timeStamp;
    requestAnimationFrame(watchMark);
  };

  // The panel: its heading, and all its words.
  const lookAtPanel = () => {
    const { wanted } = seen;
    const panel = wanted && !wanted.found && document.querySelector(".st-key-panel");
    if (!panel || panel.querySelector("h2")?.textContent !== wanted.heading) return;
    const text = panel.textContent;
    if (!wanted.words.every((word) => text.includes(word))) return;
    wanted.found = true;
    requestAnimationFrame(() => whenDrawn(wanted.settle));
  };
  // Resolves to the time at which the panel was drawn, or to null when patience (ms) is at its end.
  seen.awaitPanel = (heading, words, patience) => {
    seen.answer = new Promise((settle) => {
      seen.wanted = { heading, words, settle };
      setTimeout(settle, patience, null);
    });
    lookAtPanel();
  };

  // A frame that begins as about:blank keeps its window when its page arrives, but not its document.
  const begin = () => {
    if (location.href === "about:blank") return setTimeout(begin, 10);
    addEventListener("pointerup", onRelease, true);
    new MutationObserver(lookAtPanel).observe(document, { subtree: true, childList: true, characterData: true });
    requestAnimationFrame(watchFirst);
  };
  begin();
})();

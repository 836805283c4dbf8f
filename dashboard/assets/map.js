// Draws the corridors in the map's frame and speaks with the page by messages.
//
// In:  {corridors: "show", focus, language, map, hasList}   what the page shows now, and whether it has the list
// Out: {corridors: "ready"}                        the frame listens
//      {corridors: "drawn"}                        the map stands there, with its names and its style
//      {corridors: "failed"}                       the map could not be drawn
//      {corridors: "choose", focus}                the reader has chosen something
//      {corridors: "near", focus}                  the reader points at something, and may choose it
//      {corridors: "leave", to}                    the keyboard goes on to the "panel" or the "list"
//      {corridors: "say", text}                    something to be told to a screen reader
//      {corridors: "view", map, chosen}            where the map stands, "lat,lon,zoom", and whether the reader put it there
//
// Every word arrives as data and is inserted as text, never as markup.
"use strict";

window.drawCorridors = async (map, addresses) => {
  const LEGEND_SHARE = 0.15; // of the map; a legend that would cover more starts folded
  const REACH = matchMedia("(pointer: coarse)").matches ? 2 : 1; // fingers are wider than the point of a mouse
  const TILE_PATIENCE = 8000; // ms; a server that sends no tile so long does not answer
  const SURE = 2; // px; so near a place's dot, the place is meant and not the line through it

  const fetchJson = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  };
  const element = (tag, className = "", text = "") => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = (message) => window.parent.postMessage(message, window.location.origin);

  // The page's colours are the map's.
  const root = document.documentElement;
  const pageRoot = window.parent.document.documentElement;
  const colourNow = (name) => getComputedStyle(root).getPropertyValue(`--${name}`);
  root.dataset.theme = pageRoot.dataset.theme;

  // The style's last rule is there when all of it is; the frame fetches it while we draw.
  const isStyled = () => colourNow("styled") !== "";
  const styled = new Promise((resolve) => {
    if (isStyled()) resolve();
    else document.addEventListener("load", () => { if (isStyled()) resolve(); }, { capture: true });
  });

  let shown = { focus: null, language: null, map: null, hasList: false };
  let focused = null; // the line or place that the keyboard stands on
  let touched = false; // whether the reader or the link has set the view
  const options = {}; // what the keyboard goes through, by id
  let words = null;
  const wordsOf = {};

  const orFail = (promise) => promise.catch((error) => {
    tell({ corridors: "failed" });
    throw error;
  });
  const wordsIn = (language) => {
    wordsOf[language] ??= fetchJson(addresses.words[language]).catch((error) => {
      delete wordsOf[language]; // to be asked for again with the next choice
      throw error;
    });
    return wordsOf[language];
  };
  if (pageRoot.lang in addresses.words) wordsIn(pageRoot.lang).catch(() => {}); // early; whoever needs them hears of the error
  const [data, land, lakes] = await orFail(Promise.all(
    [addresses.data, addresses.land, addresses.lakes].map(fetchJson)
  ));
  const style = data.style;

  // Folium's page forbids to enlarge it; that is for the reader to decide.
  for (const meta of document.querySelectorAll("meta[name=viewport]")) meta.content = "width=device-width, initial-scale=1";

  // Where the reader wants no motion, Leaflet's pans jump; that its zooms do is said in the style.
  const glide = map.panBy;
  map.panBy = (offset, options) => glide.call(map, offset, motion.matches ? { ...options, animate: false } : options);
  const setInertia = () => { map.options.inertia = !motion.matches; };
  motion.addEventListener("change", setInertia);
  setInertia();

  // The view, before anything is drawn, or all would be drawn for each of these steps.

  const [lowest, highest] = data.zooms;
  const stayOnLand = () => {
    map.setMinZoom(lowest);
    const zoom = map.getBoundsZoom(data.pannable, true);
    // Leaflet would animate its way up to a new lowest zoom, and lose track of the names.
    if (map.getZoom() < zoom) map.setZoom(zoom, { animate: false });
    map.setMinZoom(zoom);
  };
  // As an option it holds for drags and views alike; setMaxBounds would also pan back, by an
  // animation that fights with the view of a link.
  map.options.maxBounds = L.latLngBounds(data.pannable);
  map.setMaxZoom(highest);
  stayOnLand();
  map.fitBounds(data.firstView, { animate: false });

  // The ground: land and lakes on a canvas under everything, online tiles over it when wanted.

  const panes = [["land", 100], ["names", 300], ["halos", 385], ["casings", 390], ["areas", 395], ["chosen", 405], ["pointers", 410], ["places", 450], ["rings", 460], ["labels", 480]];
  for (const [name, level] of panes) map.createPane(name).style.zIndex = level;
  for (const name of ["land", "names", "halos", "casings", "chosen", "rings", "labels"]) {
    map.getPane(name).style.pointerEvents = "none";
  }
  const canvas = L.canvas({ pane: "land", padding: 0.3 });
  const ground = { pane: "land", renderer: canvas, interactive: false };
  // A canvas knows no style sheet: it is painted with what the colours are now, and anew when they change.
  const painted = [[land, "land", "border", 0.8], [lakes, "water", "coast", 0.6]].map(([shapes, fill, rim, weight]) => {
    const unpainted = { weight, fillOpacity: 1, fillColor: "transparent", color: "transparent" };
    const layer = L.geoJSON(shapes, { ...ground, style: unpainted }).addTo(map);
    return () => layer.setStyle({ fillColor: colourNow(fill), color: colourNow(rim) });
  });
  const paint = () => painted.forEach((each) => each());
  if (isStyled()) paint();
  else styled.then(paint);
  new MutationObserver(() => {
    root.dataset.theme = pageRoot.dataset.theme;
    paint();
  }).observe(pageRoot, { attributeFilter: ["data-theme"] });

  // Lines: a white casing, the line itself, and an invisible wide line that takes the pointer.

  const isDotted = (dash) => dash?.startsWith("0");
  // Dots and dashes grow with their line, or the dots of a wide one would run together.
  const widened = (dash, by) => dash && dash.split(" ").map((part, index) => (index || !isDotted(dash) ? part * by : part)).join(" ");
  const common = { lineCap: "round", lineJoin: "round", smoothFactor: 1, interactive: false };
  const casingOf = (line, weight, where) =>
    L.polyline(line.path, { ...common, ...where, color: style.casingColour, weight: weight + 2 * style.casing });
  const strokeOf = (line, weight, where) => {
    const dash = style.dashes[line.status];
    return L.polyline(line.path, {
      ...common, ...where, color: style.subjects[line.subject], weight, dashArray: widened(dash, weight / style.width),
      lineCap: dash && !isDotted(dash) ? "butt" : "round",
    });
  };
  const lines = {};
  const casings = L.svg({ pane: "casings", padding: 0.3 });
  const strokes = L.svg({ padding: 0.3 });
  const pointers = L.svg({ pane: "pointers", padding: 0.3 });
  for (const line of data.lines) {
    lines[line.id] = {
      ...line,
      box: L.latLngBounds(line.path),
      casing: casingOf(line, style.width, { renderer: casings, pane: "casings", opacity: 0.9 }).addTo(map),
      stroke: strokeOf(line, style.width, { renderer: strokes, className: `stroke-${line.id}` }).addTo(map),
      pointer: L.polyline(line.path, {
        ...common, renderer: pointers, pane: "pointers", interactive: true, weight: style.pointer, opacity: 0, className: `line-${line.id} cc-pointer`,
      }).addTo(map),
    };
  }

  // What is chosen is drawn once more, wider and over the others. They stay as they are: when one path among a
  // thousand is changed, the browser styles and paints them all.
  const chosenLines = L.layerGroup().addTo(map);
  const front = { renderer: L.svg({ pane: "chosen", padding: 0.3 }), pane: "chosen" };
  const drawChosen = (chosen) => {
    const drawn = Object.values(lines).filter(({ id }) => chosen.has(id));
    for (const line of drawn) {
      line.front ??= [
        casingOf(line, style.chosenWidth, front),
        strokeOf(line, style.chosenWidth, { ...front, className: `chosen-${line.id}` }),
      ];
    }
    chosenLines.clearLayers();
    for (const level of [0, 1]) drawn.forEach((line) => chosenLines.addLayer(line.front[level]));
  };

  // Places: a ring for ports and terminals, a dot for the rest, an area where the position is in doubt.

  const places = {};
  const dots = L.svg({ pane: "places", padding: 0.3 });
  const areas = L.svg({ pane: "areas", padding: 0.3 });
  const isRing = (place) => place.kind === "port" || place.kind === "terminal";
  const radiusOf = (place) => {
    const full = isRing(place) ? style.portRadius : style.placeRadius[place.prominence];
    return map.getZoom() >= 6 || place.prominence < 3 ? full : full * 0.6;
  };
  for (const place of data.places) {
    places[place.id] = {
      ...place,
      area: place.doubtKm
        ? L.circle(place.at, {
            radius: place.doubtKm * 1000, renderer: areas, pane: "areas", color: style.subjects.dunga,
            weight: 1.5, dashArray: "3 4", fillColor: style.subjects.dunga, fillOpacity: 0.18, className: `area-${place.id}`,
          }).addTo(map)
        : null,
      dot: L.circleMarker(place.at, { renderer: dots, pane: "places", interactive: false, weight: 1.5 }).addTo(map),
      pointer: L.circleMarker(place.at, {
        renderer: dots, pane: "places", radius: style.placePointer, opacity: 0, fillOpacity: 0, className: `place-${place.id} cc-pointer`,
      }).addTo(map),
    };
  }

  // What is under the pointer: the nearest thing, not the topmost.

  // A dot beats the line through it, and a port the lesser place that its dot covers.
  const under = (point) => {
    const nearest = (candidates) => candidates.sort((a, b) => a.distance - b.distance)[0]?.id ?? null;
    const around = Object.values(places).map((place) => ({
      id: place.id,
      distance: map.latLngToLayerPoint(place.at).distanceTo(point),
      reach: radiusOf(place) + SURE,
      prominence: place.prominence,
    }));
    const sure = around
      .filter(({ distance, reach }) => distance <= reach)
      .map(({ id, distance, prominence }) => ({ id, distance: distance + SURE * prominence }));
    if (sure.length) return nearest(sure);
    const reach = (style.pointer * REACH) / 2 + 1;
    const [corner, opposite] = [[-reach, -reach], [reach, reach]].map((aside) => map.layerPointToLatLng(point.add(aside)));
    const near = L.latLngBounds(corner, opposite);
    const beside = Object.values(lines)
      .filter((line) => line.box.intersects(near)) // to measure a thousand lines takes longer than a frame
      .map((line) => ({ id: line.id, distance: line.stroke.closestLayerPoint(point)?.distance }));
    const reached = [
      ...around.filter(({ distance }) => distance <= style.placePointer * REACH),
      ...beside.filter(({ distance }) => distance <= reach),
    ];
    if (reached.length) return nearest(reached);
    const area = Object.values(places).find(
      (place) => place.area && map.distance(place.at, map.layerPointToLatLng(point)) <= place.doubtKm * 1000
    );
    return area ? area.id : null;
  };

  // Marking: in the same frame as the click, before anybody else is asked.

  // Around what the keyboard stands on: dark on each side of a line's casing, dark on white around a place.
  const HALO = 4; // px
  const halos = L.svg({ pane: "halos", padding: 0.3 });
  const rings = L.svg({ pane: "rings", padding: 0.3 });
  const ring = L.layerGroup().addTo(map);
  const drawRing = () => {
    ring.clearLayers();
    const outline = { interactive: false, opacity: 1, fill: false, color: style.ink };
    if (lines[focused]) {
      const width = marked().includes(focused) ? style.chosenWidth : style.width;
      const weight = width + 2 * (style.casing + HALO);
      L.polyline(lines[focused].path, { ...outline, className: "cc-ring", renderer: halos, pane: "halos", weight }).addTo(ring);
    }
    if (places[focused]) {
      const around = { ...outline, renderer: rings, pane: "rings", radius: places[focused].dot.getRadius() + HALO + 2 };
      L.circleMarker(places[focused].at, { ...around, color: style.casingColour, weight: 2 * HALO }).addTo(ring);
      L.circleMarker(places[focused].at, { ...around, className: "cc-ring", weight: HALO }).addTo(ring);
    }
  };

  const marked = () => {
    const subject = data.subjectOf[shown.focus] ?? shown.focus;
    return (data.marks[subject] ?? [subject]).filter((id) => id in lines || id in places);
  };
  // With a thousand lines, styling each anew would take longer than a frame.
  const isDrawn = (thing, ...look) => {
    const isSame = thing.look === look.join();
    thing.look = look.join();
    return isSame;
  };
  const stepBack = (line, isFaint) => {
    if (isDrawn(line, isFaint)) return;
    const weight = isFaint ? style.faintWidth : style.width;
    const color = (isFaint ? style.faintSubjects : style.subjects)[line.subject];
    line.stroke.setStyle({ weight, color, dashArray: widened(style.dashes[line.status], weight / style.width) });
    line.casing.setStyle({ weight: weight + 2 * style.casing });
  };
  // While an answer is awaited, only what is chosen is drawn, and the rest steps back for it when the panel
  // is there: with a thousand lines that takes the browser longer than the whole answer.
  const PATIENCE = 1000; // ms; then the rest no longer waits
  let waiting = null;
  const mark = ({ isAwaited = false } = {}) => {
    const focus = shown.focus;
    const chosen = new Set(marked());
    const subject = lines[focus]?.subject ?? null;
    const isFaint = (line) => chosen.size > 0 && !chosen.has(line.id) && line.subject !== subject && line.id !== focused;
    if (!isDrawn(chosenLines, ...chosen)) drawChosen(chosen);
    clearTimeout(waiting);
    if (isAwaited) waiting = setTimeout(mark, PATIENCE);
    else Object.values(lines).forEach((line) => stepBack(line, isFaint(line)));
    for (const place of Object.values(places)) {
      const isChosen = chosen.has(place.id);
      const strong = isChosen && place.id === focus;
      if (isDrawn(place, strong, !chosen.size || isChosen, radiusOf(place))) continue;
      place.dot.setStyle({
        radius: radiusOf(place) + (strong ? 3 : 0),
        color: strong ? style.accent : isRing(place) && (!chosen.size || isChosen) ? style.ink : style.town,
        weight: isRing(place) || strong ? 2.5 : 1.2,
        fillColor: isRing(place) || place.prominence > 1 ? style.place : style.town,
        fillOpacity: 1,
      });
      place.dot.setRadius(radiusOf(place) + (strong ? 3 : 0));
      place.area?.setStyle({ weight: strong ? 3 : 1.5, fillOpacity: strong ? 0.35 : 0.18 });
    }
    for (const [id, label] of Object.entries(labels)) {
      label.node.classList.toggle("cc-faint", chosen.size > 0 && id in places && !chosen.has(id));
      label.node.classList.toggle("cc-chosen", chosen.has(id));
    }
    for (const option of things.querySelectorAll("[aria-selected=true]")) option.setAttribute("aria-selected", "false");
    options[focus]?.setAttribute("aria-selected", "true");
    drawRing();
  };

  const boundsOf = (ids) => {
    const bounds = L.latLngBounds([]);
    for (const id of ids) {
      if (lines[id]) bounds.extend(lines[id].stroke.getBounds());
      if (places[id]) bounds.extend(places[id].at);
    }
    return bounds;
  };

  // The map moves only when the chosen thing is out of view.
  const bringIntoView = () => {
    const bounds = boundsOf(marked());
    if (!bounds.isValid() || map.getBounds().intersects(bounds)) return;
    map.flyToBounds(bounds, { maxZoom: Math.max(map.getZoom(), 7), padding: [40, 40], animate: !motion.matches });
  };

  const choose = (id) => {
    // First, for the server works while the browser paints; and at once, for a message would come after the frame
    // that draws the mark, and with many lines that frame takes long.
    window.parent.caspianMap.hear({ corridors: "choose", focus: id });
    shown = { ...shown, focus: id };
    mark({ isAwaited: true });
  };

  // Names. A place's name looks for room around its dot; a name without room waits for a closer zoom.

  const labels = {};
  const addLabel = (id, at, className, prominence, pane) => {
    const node = element("span", `cc-label ${className}`);
    const icon = L.divIcon({ className: "cc-label-anchor", html: node, iconSize: [0, 0] });
    L.marker(at, { icon, pane, interactive: false, keyboard: false }).addTo(map);
    labels[id] = { node, at, prominence };
  };
  for (const name of data.names) addLabel(name.id, name.at, `cc-${name.kind}`, name.prominence, "names");
  for (const place of data.places) addLabel(place.id, place.at, isRing(place) ? "cc-port" : "cc-town", place.prominence, "labels");

  // What of the map is covered, in pixels from its corner.
  const controlBoxes = () => {
    const frame = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll(".leaflet-control, .cc-keys")].map((node) => {
      const box = node.getBoundingClientRect();
      return L.bounds([box.left - frame.left, box.top - frame.top], [box.right - frame.left, box.bottom - frame.top]);
    });
  };

  const LOWEST_ZOOM_OF_LABEL = { 1: 0, 2: 5.75, 3: 7 };

  const drawnSegments = () =>
    Object.values(lines).flatMap((line) => {
      const points = line.path.map((at) => map.latLngToLayerPoint(at));
      return points.slice(1).map((point, index) => [points[index], point]);
    });

  const layOutLabels = () => {
    if (!words) return;
    const zoom = map.getZoom();
    const taken = [];
    const overlaps = (box) =>
      taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    const segments = drawnSegments();
    const origin = map.containerPointToLayerPoint([0, 0]);
    for (const { min, max } of controlBoxes()) {
      taken.push({ left: min.x + origin.x, right: max.x + origin.x, top: min.y + origin.y, bottom: max.y + origin.y });
    }
    // A name that the edge of the map would cut looks for another place, or waits.
    const edge = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize()));
    const isCut = (box) => box.left < edge.min.x + 2 || box.right > edge.max.x - 2 || box.top < edge.min.y + 2 || box.bottom > edge.max.y - 2;
    const passing = (box) => ([from, to]) =>
      Math.max(from.x, to.x) >= box.left && Math.min(from.x, to.x) <= box.right &&
      Math.max(from.y, to.y) >= box.top && Math.min(from.y, to.y) <= box.bottom;
    const crossings = (box, near) => {
      const bounds = L.bounds([box.left, box.top], [box.right, box.bottom]);
      return near.filter(([from, to]) => L.LineUtil.clipSegment(from, to, bounds)).length;
    };
    for (const place of Object.values(places)) {
      if (place.prominence > 2 && zoom < 6) continue;
      const point = map.latLngToLayerPoint(place.at);
      const radius = radiusOf(place) + 1;
      taken.push({ left: point.x - radius, right: point.x + radius, top: point.y - radius, bottom: point.y + radius });
    }
    const order = (id) => (places[id] ? (isRing(places[id]) ? 0 : places[id].prominence) : 1.5 + labels[id].prominence);
    const wanted = Object.keys(labels).sort((a, b) => order(a) - order(b)).filter((id) => {
      const { node, at, prominence } = labels[id];
      const isWanted = zoom >= LOWEST_ZOOM_OF_LABEL[prominence] && node.textContent && edge.contains(map.latLngToLayerPoint(at));
      node.hidden = !isWanted;
      return isWanted;
    });
    // All are measured at once, or the browser would lay out the map for each.
    const sizes = wanted.map((id) => [labels[id].node.offsetWidth, labels[id].node.offsetHeight]);
    for (const [index, id] of wanted.entries()) {
      const { node, at } = labels[id];
      const point = map.latLngToLayerPoint(at);
      const [width, height] = sizes[index];
      const gap = places[id] ? radiusOf(places[id]) + 3 : 0;
      const around = places[id]
        ? [
            [gap, -height / 2], [-gap - width, -height / 2], [-width / 2, gap - 2], [-width / 2, -gap - height + 2],
            [gap * 0.7, gap * 0.4], [gap * 0.7, -height - gap * 0.4], [-width - gap * 0.7, gap * 0.4], [-width - gap * 0.7, -height - gap * 0.4],
          ]
        : [0, 12, -12, 20, -20].flatMap((down) => [0, 20, -20, 36, -36].map((right) => [right - width / 2, down - height / 2]));
      const boxes = around.map(([x, y]) => ({ left: point.x + x, right: point.x + x + width, top: point.y + y, bottom: point.y + y + height, x, y }));
      const ends = (side) => boxes.map((box) => box[side]);
      const near = segments.filter(passing({
        left: Math.min(...ends("left")), right: Math.max(...ends("right")), top: Math.min(...ends("top")), bottom: Math.max(...ends("bottom")),
      }));
      let best = null;
      boxes.forEach((box, rank) => {
        if (isCut(box) || overlaps(box)) return;
        const cost = crossings(box, near) * (places[id] ? 4 : 2) + rank * 0.5;
        if (!best || cost < best.cost) best = { cost, box };
      });
      node.hidden = !best;
      if (!best) continue;
      taken.push({ left: best.box.left - 4, right: best.box.right + 4, top: best.box.top, bottom: best.box.bottom });
      node.style.transform = `translate(${Math.round(best.box.x)}px, ${Math.round(best.box.y)}px)`;
    }
  };

  // Controls: buttons, legend, background, scale, attribution.

  const control = (position, node) => {
    const made = L.control({ position });
    made.onAdd = () => {
      L.DomEvent.disableClickPropagation(node).disableScrollPropagation(node);
      return node;
    };
    return made.addTo(map);
  };
  const spoken = []; // [set, word]: what changes with the language
  const button = (word, className, sign, action) => {
    const made = element("button", className, sign);
    made.type = "button";
    made.addEventListener("click", action);
    spoken.push([(text) => {
      if (sign) made.setAttribute("aria-label", text);
      else made.textContent = text;
      made.title = text;
    }, word]);
    return made;
  };
  // At once: an animation that begins while another one flies may be dropped by Leaflet.
  const goTo = (bounds) => map.stop().fitBounds(bounds, { animate: false });
  const buttons = element("div", "cc-buttons");
  const signs = buttons.appendChild(element("div", "cc-signs"));
  signs.append(
    button("zoomIn", "cc-sign", "+", () => map.zoomIn()),
    button("zoomOut", "cc-sign", "−", () => map.zoomOut())
  );
  buttons.append(
    button("showAll", "cc-word", "", () => goTo(data.firstView)),
    button("caucasus", "cc-word", "", () => goTo(data.caucasus))
  );
  control("topleft", buttons);

  const foldable = (word, className) => {
    const made = element("details", `cc-card ${className}`);
    const head = made.appendChild(element("summary"));
    spoken.push([(text) => { head.textContent = text; }, word]);
    return made;
  };

  // Who can neither drag nor use arrow keys moves the map by these, a third of it at a time.
  const move = foldable("move", "cc-move");
  const shift = (right, down) => () => map.panBy(map.getSize().scaleBy(L.point(right, down)).divideBy(3));
  const arrows = move.appendChild(element("div", "cc-signs"));
  arrows.append(
    button("moveLeft", "cc-sign", "←", shift(-1, 0)),
    button("moveUp", "cc-sign", "↑", shift(0, -1)),
    button("moveDown", "cc-sign", "↓", shift(0, 1)),
    button("moveRight", "cc-sign", "→", shift(1, 0))
  );
  buttons.append(move);

  const svg = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const sample = (colour, dash) => {
    const drawing = svg("svg", { width: 34, height: 8, "aria-hidden": "true" });
    drawing.append(svg("line", { x1: 1, y1: 4, x2: 33, y2: 4, stroke: colour, "stroke-width": style.width, ...(dash ? { "stroke-dasharray": dash } : {}), "stroke-linecap": isDotted(dash) ? "round" : "butt" }));
    return drawing;
  };
  const legend = foldable("legend", "cc-legend");
  const legendRow = (column, drawing, set, tag = "div") => {
    const row = column.appendChild(element(tag, "cc-row"));
    const text = element("span");
    row.append(drawing, text);
    spoken.push([(value) => { text.textContent = value; }, set]);
    return row;
  };
  const columns = legend.appendChild(element("div", "cc-legend-columns"));
  const [subjectRows, statusRows] = [columns.appendChild(element("div")), columns.appendChild(element("div"))];
  for (const id of data.legend.subjects) {
    const row = legendRow(subjectRows, sample(style.subjects[id], null), (w) => w.names[id], "button");
    row.type = "button";
    row.classList.add("cc-row-choice");
    row.addEventListener("click", () => choose(id));
  }
  for (const status of data.legend.statuses) legendRow(statusRows, sample(style.ink, style.dashes[status]), (w) => w.statuses[status]);

  const foldLegend = () => {
    const { x, y } = map.getSize();
    legend.open = true;
    legend.open = legend.offsetWidth * legend.offsetHeight <= LEGEND_SHARE * x * y;
  };

  const background = foldable("background", "cc-background");
  const remark = element("p", "cc-remark");
  let tiles = null;
  const setBackground = (id) => {
    tiles?.remove();
    tiles = null;
    remark.textContent = words.asksServer;
    attribution.setTiles("");
    if (id === "embedded") return;
    const offer = data.tiles[id];
    const asked = L.tileLayer(offer.url, { maxZoom: offer.maxZoom, attribution: "", className: `cc-tiles-${id}` });
    const failed = () => {
      if (tiles !== asked || remark.textContent === words.tilesFailed) return; // not wanted any more, or said already
      tell({ corridors: "say", text: words.tilesFailed });
      remark.textContent = words.tilesFailed;
      background.open = true;
    };
    const waiting = setTimeout(failed, TILE_PATIENCE);
    tiles = asked.on("tileerror", failed).on("tileload", () => clearTimeout(waiting)).addTo(map);
    attribution.setTiles(offer.attribution);
  };
  const offers = background.appendChild(element("div"));
  offers.setAttribute("role", "radiogroup");
  spoken.push([(text) => offers.setAttribute("aria-label", text), "background"]);
  for (const id of ["embedded", ...Object.keys(data.tiles)]) {
    const row = offers.appendChild(element("label", "cc-row"));
    const choice = element("input");
    choice.type = "radio";
    choice.name = "background";
    choice.value = id;
    choice.checked = id === "embedded";
    choice.addEventListener("change", () => setBackground(id));
    const text = element("span");
    row.append(choice, text);
    spoken.push([(value) => { text.textContent = value; }, id]);
  }
  background.append(remark);
  spoken.push([(text) => { remark.textContent = text; }, "asksServer"]);

  control("topright", background);
  control("bottomright", legend);
  const scale = L.control.scale({ position: "bottomleft", maxWidth: 110, imperial: false, updateWhenIdle: true }).addTo(map);
  // Leaflet writes "500 km" whenever it likes; the unit is put into the reader's language each time.
  let scaleUnit = "kilometres";
  const speakScale = () => {
    const line = scale.getContainer().firstChild;
    const [number, unit] = line.textContent.split(" ");
    if (unit === "km" || unit === "m") scaleUnit = unit === "km" ? "kilometres" : "metres";
    const text = words ? `${number} ${words[scaleUnit]}` : line.textContent;
    if (line.textContent !== text) line.textContent = text;
  };
  new MutationObserver(speakScale).observe(scale.getContainer(), { childList: true, subtree: true, characterData: true });

  const attribution = (() => {
    const node = element("div", "cc-attribution");
    const own = node.appendChild(element("a"));
    own.href = "https://www.openstreetmap.org/copyright";
    own.target = "_blank";
    own.rel = "noopener noreferrer";
    const others = node.appendChild(element("span"));
    spoken.push([(text) => { own.textContent = text; }, "attribution"]);
    control("bottomleft", node);
    return { setTiles: (text) => { others.textContent = text ? ` · ${text}` : ""; } };
  })();

  // What covers the map may grow and shrink: by folding, by another language, by larger letters.
  const covers = new ResizeObserver(layOutLabels);
  for (const node of document.querySelectorAll(".leaflet-control")) covers.observe(node);

  const speak = async (language) => {
    const loaded = await orFail(wordsIn(language).catch((error) => {
      shown = { ...shown, language: null };
      throw error;
    }));
    if (shown.language !== language) return;
    const first = words === null;
    words = loaded;
    document.documentElement.lang = language;
    for (const [set, word] of spoken) set(typeof word === "function" ? word(words) : words[word]);
    for (const [id, label] of Object.entries(labels)) label.node.textContent = words.names[id] ?? "";
    document.title = words.map;
    speakScale();
    await styled;
    if (first) foldLegend();
    layOutLabels();
    tell({ corridors: "drawn" });
  };

  const nameOf = (id) => words.lines[id]?.name ?? words.names[id];
  const kindOf = (id) => words.lines[id]?.kind ?? words.kinds[id];

  // The pointer names what is under it, and chooses it.

  const container = map.getContainer();
  const tooltip = L.tooltip({ className: "cc-tooltip", opacity: 1, offset: [14, 0], direction: "auto" });
  const REST = 60; // ms; a pointer that stays so long on a thing may choose it
  let resting = null;
  const near = (id) => tell({ corridors: "near", focus: id });
  let hovered = null;
  const hover = (id, at) => {
    if (id !== hovered) {
      hovered = id;
      clearTimeout(resting);
      if (id !== null) resting = setTimeout(near, REST, id);
      if (id === null || !words) {
        tooltip.remove();
      } else {
        const content = element("span");
        content.append(element("b", "", nameOf(id)), element("span", "", kindOf(id)));
        tooltip.setContent(content);
        tooltip.setLatLng(at).addTo(map);
      }
      map.getContainer().classList.toggle("cc-over", id !== null);
    } else if (id !== null) {
      tooltip.setLatLng(at);
    }
  };
  map.on("mousemove", (event) => {
    if (matchMedia("(hover: hover)").matches) hover(under(event.layerPoint), event.latlng);
  });
  map.on("mouseout movestart", () => hover(null));
  container.addEventListener("pointerdown", (event) => {
    const id = under(map.mouseEventToLayerPoint(event));
    if (id !== null) near(id);
  });
  map.on("click", (event) => {
    const id = under(event.layerPoint);
    if (id !== null) choose(id);
  });

  // Without a mouse: one list box, unseen, holds every line and place. What has the focus in it is
  // ringed on the map, named there, and moved into view; screen readers know how to read such a list.

  const skipTo = () => (shown.hasList ? "list" : "panel");
  const skip = button((w) => (shown.hasList ? w.skipToList : w.skipToPanel), "cc-skip", "", () => tell({ corridors: "leave", to: skipTo() }));
  container.before(skip);
  const sentence = (id, word, className) => {
    const made = element("p", className);
    made.id = id;
    spoken.push([(text) => { made.textContent = text; }, word]);
    return made;
  };
  const inWords = sentence("cc-in-words", (w) => (shown.hasList ? `${w.mapInWords} ${w.listBelow}` : w.mapInWords), "cc-unseen");
  const mapKeys = sentence("cc-map-keys", "mapKeys");
  const thingKeys = sentence("cc-thing-keys", "thingKeys", "cc-keys");
  mapKeys.hidden = true; // said with the map, and nowhere else
  thingKeys.setAttribute("aria-hidden", "true"); // said with the list box; shown while it has the focus

  const name = (node, role, label, ...sentences) => {
    node.setAttribute("role", role);
    node.setAttribute("aria-describedby", sentences.map(({ id }) => id).join(" "));
    spoken.push([(text) => node.setAttribute("aria-label", text), label]);
  };
  const things = element("div", "cc-things cc-unseen");
  name(container, "group", "map", inWords, mapKeys);
  name(things, "listbox", "things", thingKeys);
  for (const { subject, things: ids } of data.order) {
    const group = things.appendChild(element("div"));
    group.setAttribute("role", "group");
    spoken.push([(text) => group.setAttribute("aria-label", text), subject ? (w) => w.names[subject] : "furtherPlaces"]);
    for (const id of ids) {
      const option = group.appendChild(element("div"));
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      option.dataset.id = id;
      options[id] = option;
      spoken.push([(text) => { option.textContent = text; }, () => `${nameOf(id)}, ${kindOf(id)}`]);
    }
  }
  L.DomEvent.disableClickPropagation(things);
  container.prepend(inWords, things, mapKeys, thingKeys);

  const order = Object.keys(options);
  const firsts = data.order.map(({ things: [first] }) => order.indexOf(first));
  let spot = 0; // in the order; where Tab enters the list
  const stand = (next) => {
    options[order[spot]].tabIndex = -1;
    spot = next;
    options[order[spot]].tabIndex = 0;
  };
  stand(0);

  // Points of a thing that can be seen now, in pixels from the map's corner.
  const CLEAR = 16; // px from the edge, and from what covers the map
  const seenPoints = (id) => {
    const corners = (places[id] ? [places[id].at] : lines[id].path).map((at) => map.latLngToContainerPoint(at));
    const between = corners.slice(1).flatMap((to, index) => {
      const steps = Math.ceil(corners[index].distanceTo(to) / CLEAR);
      return Array.from({ length: steps }, (_, step) => corners[index].add(to.subtract(corners[index]).multiplyBy(step / steps)));
    });
    const view = L.bounds([CLEAR, CLEAR], map.getSize().subtract([CLEAR, CLEAR]));
    const covers = controlBoxes().map(({ min, max }) => L.bounds(min.subtract([CLEAR, CLEAR]), max.add([CLEAR, CLEAR])));
    return [...between, corners.at(-1)].filter((point) => view.contains(point) && !covers.some((cover) => cover.contains(point)));
  };

  const point = () => {
    const id = focused;
    if (!words || id === null) return;
    if (!seenPoints(id).length) {
      touched = true;
      // At once: the next key may come before an animation ends.
      if (places[id]) map.stop().panTo(places[id].at, { animate: false });
      else map.stop().fitBounds(boundsOf([id]), { animate: false, maxZoom: map.getZoom(), padding: [60, 60] });
    }
    const seen = seenPoints(id);
    const at = seen.length ? map.containerPointToLatLng(seen[Math.floor(seen.length / 2)]) : boundsOf([id]).getCenter();
    hover(null);
    hover(id, at);
  };
  things.addEventListener("focusin", ({ target }) => {
    stand(order.indexOf(target.dataset.id));
    focused = target.dataset.id;
    container.classList.add("cc-listing");
    mark();
    point();
  });
  things.addEventListener("focusout", () => {
    focused = null;
    container.classList.remove("cc-listing");
    mark();
    hover(null);
  });

  const typed = { text: "", at: 0 };
  const PAUSE = 800; // ms; letters that follow sooner belong to the same name
  const named = (letter, now) => {
    typed.text = now - typed.at < PAUSE ? typed.text + letter : letter;
    typed.at = now;
    const wanted = typed.text.toLocaleLowerCase(shown.language);
    const from = typed.text.length > 1 ? spot : spot + 1;
    const found = order.map((_, step) => (from + step) % order.length);
    return found.find((other) => nameOf(order[other]).toLocaleLowerCase(shown.language).startsWith(wanted)) ?? spot;
  };
  things.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const group = firsts.findLastIndex((first) => first <= spot);
    const moves = {
      ArrowDown: spot + 1, ArrowRight: spot + 1, ArrowUp: spot - 1, ArrowLeft: spot - 1,
      Home: 0, End: order.length - 1,
      PageDown: firsts[group + 1] ?? order.length - 1,
      PageUp: firsts[group] < spot ? firsts[group] : firsts[group - 1] ?? 0,
    };
    let next = moves[event.key];
    if (next === undefined && (event.key === "Enter" || event.key === " ")) choose(order[spot]);
    else if (next === undefined && event.key.length === 1) next = named(event.key, event.timeStamp);
    else if (next === undefined) return;
    event.preventDefault();
    const kept = Math.min(Math.max(next ?? spot, 0), order.length - 1);
    if (kept !== spot) options[order[kept]].focus({ preventScroll: true });
  });
  things.addEventListener("click", ({ target }) => {
    if (target.dataset.id) choose(target.dataset.id);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hover(null);
    tell({ corridors: "leave", to: "panel" });
  });

  // The page scrolls over the map: one finger and the bare wheel are the page's. Two fingers move the
  // map; the wheel zooms it with Ctrl, or after a click on it until the pointer leaves it.

  const HINT_TIME = 1800; // ms
  const SLIP = 10; // px; a finger that moves less is tapping
  const hint = map.getContainer().appendChild(element("p", "cc-hint"));
  hint.setAttribute("aria-hidden", "true"); // who sees no map needs neither finger nor wheel
  let hinting = null;
  const showHint = (text) => {
    hint.textContent = text;
    hint.classList.add("cc-hint-shown");
    clearTimeout(hinting);
    hinting = setTimeout(() => hint.classList.remove("cc-hint-shown"), HINT_TIME);
  };
  // Before Leaflet hears of it, which then finds dragging and zooming on or off.
  const heed = (type, act) => map.getContainer().addEventListener(type, act, { capture: true, passive: true });
  const allow = (handler, isAllowed) => (isAllowed ? handler.enable() : handler.disable());
  let finger = null; // where the only finger came down
  let clicked = false; // since the pointer came to the map
  heed("pointerdown", ({ pointerType }) => {
    clicked = pointerType !== "touch";
    allow(map.dragging, clicked);
  });
  heed("focusin", () => { clicked = true; });
  heed("pointerleave", () => { clicked = false; });
  heed("wheel", ({ ctrlKey, metaKey }) => {
    const zooms = clicked || ctrlKey || metaKey;
    allow(map.scrollWheelZoom, zooms);
    if (zooms) touched = true;
    else if (words) showHint(words.wheelHint.replace("Ctrl", /Mac/.test(navigator.platform) ? "⌘" : "Ctrl"));
  });
  heed("touchstart", ({ touches }) => {
    finger = touches.length === 1 ? L.point(touches[0].clientX, touches[0].clientY) : null;
    if (finger) return;
    touched = true;
    hint.classList.remove("cc-hint-shown");
    // Leaflet keeps drags within bounds, but not pinches.
    map.once("moveend", () => map.panInsideBounds(map.options.maxBounds, { animate: false }));
  });
  heed("touchmove", ({ touches: [{ clientX, clientY }] }) => {
    if (words && finger?.distanceTo([clientX, clientY]) > SLIP) showHint(words.touchHint);
  });

  // The view changes.

  map.on("dragstart", () => { touched = true; });
  buttons.addEventListener("click", () => { touched = true; }, { capture: true }); // before the map has moved and told so
  new ResizeObserver(() => {
    const before = map.getSize();
    map.invalidateSize({ animate: false });
    if (map.getSize().equals(before)) return;
    stayOnLand();
    if (!touched) map.fitBounds(data.firstView, { animate: false });
  }).observe(map.getContainer());
  map.on("zoomend", mark);
  const tellView = () => {
    const { lat, lng } = map.getCenter();
    tell({ corridors: "view", map: `${lat.toFixed(4)},${lng.toFixed(4)},${+map.getZoom().toFixed(2)}`, chosen: touched });
  };
  map.on("moveend", () => {
    layOutLabels();
    tellView();
  });

  // What the page shows.

  const show = ({ focus, language, map: view, hasList }) => {
    const first = shown.language === null;
    const chosenAnew = focus !== shown.focus;
    const spokenAnew = language !== shown.language;
    const moved = view && view !== shown.map;
    shown = { focus, language, map: view, hasList };
    if (moved) {
      const [lat, lon, zoom] = view.split(",").map(Number);
      touched = true;
      map.setView([lat, lon], zoom, { animate: false });
    }
    if (options[focus] && focused === null) stand(order.indexOf(focus));
    if (first) mark();
    else if (chosenAnew) mark({ isAwaited: true });
    else requestAnimationFrame(() => setTimeout(mark)); // after the frame that draws the panel
    if (spokenAnew) speak(language);
    if (!moved || !first) bringIntoView();
  };
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== window.location.origin) return;
    if (event.data?.corridors === "show") show(event.data);
  });
  mark();
  tell({ corridors: "ready" });
  tellView();
};

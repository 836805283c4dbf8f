// The map's place in the page; what stands there is opened and moved by frame.js.

export default function ({ parentElement }) {
  let place = parentElement.querySelector(":scope > .cc-map");
  if (!place) {
    place = document.createElement("div");
    place.className = "cc-map";
    parentElement.append(place);
  }
  window.caspianMap.settle(place);
}

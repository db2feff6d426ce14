// Adds: the whole source in a card beside a citation, on hover and on keyboard focus; Escape puts it away.
// Without it the citation is a link to the same words at the end of the page, and a tap still follows that link.

const GAP = 8;
const PATIENCE = 300; // milliseconds to move the pointer from the citation into the card

const card = document.createElement("div");
card.className = "cite-card";
card.hidden = true;
card.ariaHidden = "true"; // the same words stand at the end of the page, one link away
document.body.append(card);

let leaving;

function show(link) {
  const entry = document.getElementById(link.hash.slice(1))?.querySelector(".source__entry");
  if (!entry) return;
  clearTimeout(leaving);
  card.textContent = entry.textContent;
  card.hidden = false;
  const { left, top, bottom } = link.getClientRects()[0];
  const room = document.documentElement.clientWidth - card.offsetWidth - GAP;
  const above = bottom + GAP + card.offsetHeight > innerHeight && top > card.offsetHeight + GAP;
  card.style.left = `${Math.max(GAP, Math.min(left, room)) + scrollX}px`;
  card.style.top = `${(above ? top - GAP - card.offsetHeight : bottom + GAP) + scrollY}px`;
}

function hide() {
  clearTimeout(leaving);
  card.hidden = true;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hide, PATIENCE);
}

function citation(event) {
  return event.target.closest?.("a.cite");
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse" && citation(event)) show(citation(event));
});
document.addEventListener("pointerout", (event) => {
  if (citation(event)) leave();
});
document.addEventListener("focusin", (event) => {
  if (citation(event)?.matches(":focus-visible")) show(citation(event));
});
document.addEventListener("focusout", (event) => {
  if (citation(event)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
card.addEventListener("pointerenter", () => clearTimeout(leaving));
card.addEventListener("pointerleave", leave);

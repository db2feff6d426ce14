// Adds the live picture of control: three sliders, and a band that widens with each. Nothing is kept or sent, and nothing is scored.
// Without it the page shows the picture as it is, and words in place of the sliders.

const place = document.querySelector("[data-live=control]");
const example = document.querySelector("[data-figure=control-range] svg");

const PARTS = [
  { part: "me", label: "What I do", said: "what you do" },
  { part: "others", label: "Other people", said: "other people" },
  { part: "chance", label: "Chance", said: "chance" },
];
const THIN = 4;
const WIDE = 38;

if (place && example) {
  const picture = example.cloneNode(true);
  picture.querySelector("[data-part=examples]").remove();
  picture.setAttribute("viewBox", "0 0 328 246");
  const form = document.createElement("form");
  form.className = "matters";
  form.innerHTML = `<fieldset><legend>Think of one thing on your mind. How much say does each have in it?</legend>
    <div data-weights></div></fieldset><figure class="fig"></figure><p role="status"></p>`;
  form.querySelector("figure").append(picture);

  const sliders = PARTS.map(({ part, label }) => {
    const row = document.createElement("label");
    const slider = Object.assign(document.createElement("input"), { type: "range", min: 0, max: 10, value: 5, name: part });
    row.append(`${label}, from 0 to 10`, slider);
    form.querySelector("[data-weights]").append(row);
    return slider;
  });

  function draw() {
    const told = PARTS.map(({ part, said }, at) => {
      const weight = Number(sliders[at].value);
      picture
        .querySelector(`[data-part=${part}]`)
        .setAttribute("stroke-width", THIN + ((WIDE - THIN) * weight) / 10);
      return `${said} ${weight}`;
    });
    const words = `Out of 10: ${told[0]}, ${told[1]}, ${told[2]}.`;
    picture.setAttribute("aria-label", `A road that starts at me and forks to other people and to chance. ${words}`);
    form.querySelector("[role=status]").textContent = `${words} They need not add up, and no number is a good or a bad one.`;
  }

  form.addEventListener("input", draw);
  form.addEventListener("submit", (event) => event.preventDefault());
  draw();
  place.replaceChildren(form);
}

// Adds, above tables to choose by: a tick for each row, and the rows that are ticked come first, in the first table.
// Without it each table is whole, in its own order. Nothing is kept: a reload brings that order back.

const place = document.querySelector(".compare, .weigh");
const bodies = [...document.querySelectorAll(":is(.compare, .weigh) tbody")];

if (bodies.length) {
  const home = new Map(bodies.flatMap((body) => [...body.rows].map((row) => [row, body])));
  const rows = [...home.keys()];
  const topics = rows.map((row) => row.cells[0].querySelector("strong").textContent);

  const form = document.createElement("form");
  form.className = "matters";
  form.innerHTML = `<fieldset><legend>What matters most to you?</legend><div class="matters__ticks"></div></fieldset>
    <button type="reset">Back to the first order</button><p role="status"></p>`;
  const ticks = form.querySelector(".matters__ticks");
  const boxes = topics.map((topic) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.append(box, topic);
    ticks.append(label);
    return box;
  });
  const status = form.querySelector("[role=status]");

  function order() {
    const first = rows.filter((_, place) => boxes[place].checked);
    const names = topics.filter((_, place) => boxes[place].checked);
    rows.forEach((row, place) => row.classList.toggle("is-first", boxes[place].checked));
    for (const body of bodies) body.append(...rows.filter((row) => home.get(row) === body && !first.includes(row)));
    bodies[0].prepend(...first);
    const rest = names.length === 1 ? "Its row comes" : "Their rows come";
    status.textContent = names.length ? `${names.join(", ")}. ${rest} first now. No road wins by it.` : "";
  }

  form.addEventListener("change", order);
  form.addEventListener("reset", () => setTimeout(order)); // once the ticks are gone
  form.addEventListener("submit", (event) => event.preventDefault());
  place.before(form);
}

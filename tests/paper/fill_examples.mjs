// Fills PDFs as our page does: node fill_examples.mjs FOLDER SCRIPTS
// FOLDER holds work.json ([{ name, fields, answers, points }]) and <name>.pdf; <name>.filled.pdf is written beside it, and
// missed.json says by name what could not be done.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, scripts] = process.argv.slice(2);
const { fill } = await import(`${scripts}pdf.js`);
const missed = {};

for (const { name, fields, answers, points } of JSON.parse(readFileSync(join(folder, 'work.json'), 'utf8'))) {
  const made = await fill(new Uint8Array(readFileSync(join(folder, `${name}.pdf`))), fields, answers, {}, points);
  writeFileSync(join(folder, `${name}.filled.pdf`), made.bytes);
  missed[name] = [...made.missed, ...made.undrawn];
}
writeFileSync(join(folder, 'missed.json'), JSON.stringify(missed));

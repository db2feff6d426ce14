// Fills PDFs with pdf.js as its viewer does: node pdfjs_fill.mjs FOLDER
// FOLDER holds answers.json ({sheet: {field name: value}}) and <sheet>.pdf; <sheet>.filled.pdf is written beside it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

const folder = process.argv[2];
const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));

for (const [sheet, wanted] of Object.entries(answers)) {
  const data = new Uint8Array(readFileSync(join(folder, `${sheet}.pdf`)));
  const pdf = await getDocument({ data, verbosity: 0, disableFontFace: true }).promise;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    for (const box of await page.getAnnotations()) {
      if (!(box.fieldName in wanted)) throw new Error(`${sheet}: no answer for ${box.fieldName}`);
      pdf.annotationStorage.setValue(box.id, { value: valueFor(box, wanted[box.fieldName]) });
    }
  }
  writeFileSync(join(folder, `${sheet}.filled.pdf`), await pdf.saveDocument());
  await pdf.destroy();
}

function valueFor(box, value) {
  if (box.checkBox) return value === box.exportValue;
  if (box.radioButton) return value === box.buttonValue;
  return value;
}

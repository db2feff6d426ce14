// One JSON line in, one out: {resource, expression} → what the FHIRPath gives there.
import { createInterface } from 'node:readline';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { resource, expression } = JSON.parse(line);
  console.log(JSON.stringify(fhirpath.evaluate(resource, expression, { resource }, r4)));
}

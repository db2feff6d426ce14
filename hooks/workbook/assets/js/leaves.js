// Answers by the names they have on paper: 'habit', 'log.1.strength', 'week.mon.evening'. No page needed.

const PARTS = {
  choices: (field, value) => value.map((one) => [one, true]),
  table: (field, value) => value.flatMap((row, n) => named(row, n + 1)),
  grid: (field, value) => Object.entries(value).flatMap(([row, cells]) => named(cells, row)),
  rank: (field, value) => value.map((one, n) => [n + 1, one]),
  wheel: (field, value) => Object.entries(value),
}

const named = (row, name) => Object.entries(row).map(([column, one]) => [`${name}.${column}`, one])

/** [[name, value]] of every answer, in order. A tick is true. */
export function leaves(fields, answers) {
  return Object.entries(answers).flatMap(([id, value]) => {
    const parts = PARTS[fields[id]?.type]?.(fields[id], value)
    return parts ? parts.filter(([, one]) => one !== '').map(([part, one]) => [`${id}.${part}`, one]) : [[id, value]]
  })
}

/** Which rows of a table are named here, as 'rows 8 and 9 of “My urges”': what the paper has no room for. */
export function tooMany(fields, names) {
  const rows = new Map()
  for (const name of names) {
    const [id, row] = name.split('.')
    if (fields[id]?.type === 'table') rows.set(id, (rows.get(id) ?? new Set()).add(row))
  }
  return [...rows].map(([id, numbers]) => WORDS`leaves.did_not_fit count=${numbers.size} rows=${spans([...numbers].map(Number))} label=${fields[id].label}`)
}

function spans(numbers) {
  const first = Math.min(...numbers)
  const last = Math.max(...numbers)
  return first === last ? String(first) : WORDS`leaves.span first=${first} last=${last}`
}

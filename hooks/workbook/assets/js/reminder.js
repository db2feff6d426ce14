// A reminder for the person's own calendar (RFC 5545). Whoever sees the calendar learns nothing of the sheet. No page needed.

/** The days to offer: those of date questions that are still to come, soonest first, each once. */
export function days(fields, answers, today) {
  const found = Object.values(fields).flatMap((field) => {
    if (field.type === 'date') return [answers[field.id]]
    const dated = field.type === 'table' ? field.columns.filter((column) => column.type === 'date') : []
    return dated.flatMap((column) => (answers[field.id] ?? []).map((row) => row[column.id]))
  })
  return [...new Set(found)].filter((one) => /^\d{4}-\d\d-\d\d$/.test(one) && one >= today).sort()
}

/** `day` is '2026-12-01'. The event takes no time of the day, and rings at nine. */
export function reminder(day, now = new Date(), id = unheardOf()) {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  const bare = (text) => text.replace(/[-:]|\.\d+/g, '')
  const words = escaped(WORDS`reminder.what_it_says`)
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Sheet//Reminder//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH',
    'BEGIN:VEVENT', `UID:${id}`, `DTSTAMP:${bare(now.toISOString())}`,
    `DTSTART;VALUE=DATE:${bare(day)}`, `DTEND;VALUE=DATE:${bare(next.toISOString().slice(0, 10))}`,
    `SUMMARY:${words}`, 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT',
    'BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${words}`, 'TRIGGER;RELATED=START:PT9H', 'END:VALARM',
    'END:VEVENT', 'END:VCALENDAR', '',
  ].join('\r\n')
}

/** Over plain http browsers give no randomUUID. */
const unheardOf = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, '0')).join('')

const escaped = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')

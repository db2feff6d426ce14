// Which sheets fit what is typed, and how well. Fetched with the words of all sheets when someone begins to type on the shelf.

const WHERE = { title: 9, card: 4, inside: 1 }

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase()
const tokens = (text) => plain(text).match(/[\p{L}\p{N}]{2,}/gu) ?? []
/** "walks", "walked" and "walking" have one stem, and so have "stop" and "stopping". */
const stem = (word) => word.replace(/(?<=...)(?:ies|ing|es|ed|s|e)$/, '').replace(/([bdgmnprt])\1$/, '$1')

/** A function of what is typed. `cards`: [[id, title, other words on the card], ...]; the rest is sheetwords.js. */
export function finder(cards, { sheets, words, same, stop }) {
  const passed = new Set(stop)
  const groups = same.map((some) => some.map((phrase) => tokens(phrase).filter((word) => !passed.has(word))))
  const inside = Object.fromEntries(sheets.map((id) => [id, []]))
  for (const [word, numbers] of Object.entries(words)) for (const number of numbers) inside[sheets[number]].push(word)
  const places = cards.map(([id, title, card]) => [id, { title: tokens(title), card: tokens(card), inside: inside[id] ?? [] }])

  /** Points of one word on one sheet: by where it stands, and twice where it is just this word. */
  function points(place, word, fits) {
    for (const [name, worth] of Object.entries(WHERE)) {
      const there = place[name].filter(fits)
      if (there.length) return there.includes(word) ? 2 * worth : worth
    }
    return 0
  }

  const alike = (word) => (one) => stem(one) === stem(word)
  const begun = (word) => (one) => one.startsWith(word) || stem(one) === stem(word) // it may be typed in part

  /** The other phrases of its meaning. */
  function others(word) {
    const known = alike(word)
    return groups.filter((some) => some.some((phrase) => phrase.length === 1 && known(phrase[0]))).flat()
      .filter((phrase) => phrase[0] !== word)
  }

  function fitsOf(word) {
    const fits = begun(word)
    const meant = others(word)
    return (place) => Math.max(points(place, word, fits),
      ...meant.map((phrase) => Math.min(...phrase.map((one) => points(place, one, alike(one)))) / 2))
  }

  /** [Map of id to points, whether each has all the words]; null when nothing but small words is typed. */
  return (typed) => {
    const wanted = tokens(typed).filter((word) => !passed.has(word))
    if (!wanted.length) return null
    const each = wanted.map(fitsOf)
    const found = places.map(([id, place]) => [id, each.map((fits) => fits(place)).filter(Boolean)])
    const most = Math.max(...found.map(([, some]) => some.length))
    const best = most ? found.filter(([, some]) => some.length === most) : []
    return [new Map(best.map(([id, some]) => [id, some.reduce((sum, one) => sum + one)])), most === wanted.length]
  }
}

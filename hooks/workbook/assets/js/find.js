// Which sheets fit what is typed, and how well. Fetched with the words of all sheets when someone begins to type on the shelf.

const WHERE = { title: 9, card: 4, inside: 1 }

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase()
const tokens = (text) => plain(text).match(/[\p{L}\p{N}]{2,}/gu) ?? []
/** "walks", "walked" and "walking" have one stem, and so have "stop" and "stopping". */
const cut = (word) => word.replace(/^(...+?)(?:ies|ing|es|ed|s|e)$/, '$1').replace(/([bdgmnprt])\1$/, '$1')
const stems = new Map() // each is asked for again at every letter that is typed
const stem = (word) => stems.get(word) ?? stems.set(word, cut(word)).get(word)

/** A function of what is typed. `cards`: [[id, title, other words on the card], ...]; the rest is sheetwords.js. */
export function finder(cards, { sheets, words, same, stop }) {
  const passed = new Set(stop)
  const groups = same.map((some) => some.map((phrase) => tokens(phrase).filter((word) => !passed.has(word))))
  const there = { title: new Map(), card: new Map(), inside: new Map(Object.entries(words)) } // word to ids of sheets
  for (const [word, numbers] of there.inside) there.inside.set(word, numbers.map((number) => sheets[number]))
  const put = (known, word, id) => known.get(word)?.push(id) ?? known.set(word, [id])
  for (const [id, title, card] of cards) {
    for (const word of tokens(title)) put(there.title, word, id)
    for (const word of tokens(card)) put(there.card, word, id)
  }

  /** Map of id to the points of one word: by where it stands, and twice where it is just this word. */
  function points(word, fits) {
    const found = new Map()
    for (const [name, worth] of Object.entries(WHERE).reverse()) { // the best place is the last to speak
      const like = [...there[name].keys()].filter(fits)
      for (const one of like) for (const id of there[name].get(one)) found.set(id, worth)
      for (const id of there[name].get(word) ?? []) found.set(id, 2 * worth)
    }
    return found
  }

  const alike = (word, root = stem(word)) => (one) => stem(one) === root
  const begun = (word, root = stem(word)) => (one) => one.startsWith(word) || stem(one) === root // it may be typed in part

  /** The other phrases of its meaning. */
  function others(word) {
    const known = alike(word)
    return groups.filter((some) => some.some((phrase) => phrase.length === 1 && known(phrase[0]))).flat()
      .filter((phrase) => phrase[0] !== word)
  }

  function fitsOf(word) {
    const own = points(word, begun(word))
    const meant = others(word).map((phrase) => phrase.map((one) => points(one, alike(one))))
    return (id) => Math.max(own.get(id) ?? 0,
      ...meant.map((phrase) => Math.min(...phrase.map((found) => found.get(id) ?? 0)) / 2))
  }

  /** [Map of id to points, whether each has all the words]; null when nothing but small words is typed. */
  return (typed) => {
    const wanted = tokens(typed).filter((word) => !passed.has(word))
    if (!wanted.length) return null
    const each = wanted.map(fitsOf)
    const found = cards.map(([id]) => [id, each.map((fits) => fits(id)).filter(Boolean)])
    const most = Math.max(...found.map(([, some]) => some.length))
    const best = most ? found.filter(([, some]) => some.length === most) : []
    return [new Map(best.map(([id, some]) => [id, some.reduce((sum, one) => sum + one)])), most === wanted.length]
  }
}

// Search: on its own page, over an index that is a script beside it and is fetched with that page alone. Nothing typed leaves the
// page or gets into the address. A plain script, because a page that was opened from a disk may not load modules.

(() => {
  const box = document.querySelector('.search')
  const input = box.querySelector('input')
  const status = box.querySelector('[role=status]')
  const list = document.querySelector('.found-list')
  const everything = document.querySelector('.everything')
  const danger = document.querySelector('.search-danger')
  const { root, index } = box.dataset
  const KINDS = [WORDS`search.page`, WORDS`search.worksheet`, WORDS`search.packet`, WORDS`search.word_explained`, WORDS`search.claim`]
  const MOST = 30
  const MOST_WORDS = 12 // a link may bring any number, and each is held against all that there are
  const ALARM = new RegExp(box.dataset.alarm)

  let found // { entries: [[kind, title, address, says, parts], ...], words: { word: [entry, ...] }, same: [[phrase, ...], ...] }
  let vocabulary

  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/’/g, "'").toLowerCase()
  const tokens = (text) => plain(text).match(/[\p{L}\p{N}]{2,}/gu) ?? []
  /** "walks" finds "walk", and the other way round, since a word is found by its beginning. */
  const stem = (word) => word.length > 3 ? word.replace(/(?:ies|es|s)$/, '') : word

  /** How well each entry fits one word: Map of entry to points. */
  function fits(word) {
    const points = new Map()
    const begin = stem(word)
    for (const one of vocabulary) {
      if (!one.startsWith(begin)) continue
      const worth = one === word ? 4 : stem(one) === begin ? 3 : 1
      for (const entry of found.words[one]) points.set(entry, Math.max(points.get(entry) ?? 0, worth))
    }
    for (const [entry, worth] of points) {
      const [, title, , says, parts] = found.entries[entry]
      const holds = (text) => tokens(text).some((one) => one.startsWith(begin))
      points.set(entry, worth + (holds(title) ? 12 : 0) + (holds(says) ? 3 : 0) + (parts.some(([name]) => holds(name)) ? 3 : 0))
    }
    return points
  }

  /** The same for a word and the others of its meaning, which count for half. */
  function meant(word) {
    const points = fits(word)
    const mine = (phrase) => tokens(phrase).length === 1 && stem(phrase) === stem(word)
    const others = new Set(found.same.filter((some) => some.some(mine)).flat().filter((phrase) => !mine(phrase)))
    for (const phrase of others) {
      const each = tokens(phrase).map(fits)
      for (const entry of each[0].keys()) {
        const worth = Math.min(...each.map((one) => one.get(entry) ?? 0)) / 2
        if (worth > (points.get(entry) ?? 0)) points.set(entry, worth)
      }
    }
    return points
  }

  /** [entries, whether each has all the words], best first. */
  function look(words) {
    const each = words.map(meant)
    const total = new Map()
    for (const points of each) for (const [entry, worth] of points) total.set(entry, (total.get(entry) ?? 0) + worth)
    const order = [...total].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([entry]) => entry)
    const all = order.filter((entry) => each.every((points) => points.has(entry)))
    return all.length ? [all, true] : [order, false]
  }

  /** Words one slip away from this one; two, when it is long. */
  function near(word) {
    const most = word.length > 6 ? 2 : 1
    return vocabulary.map((one) => [distance(word, one, most), one]).filter(([far]) => far <= most)
      .sort((one, other) => one[0] - other[0] || found.words[other[1]].length - found.words[one[1]].length)[0]?.[1]
  }

  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1
    let row = [...Array(other.length + 1).keys()]
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= other.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1))
      }
      row = next
    }
    return row[other.length]
  }

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    made.append(...children)
    return made
  }

  function item(entry, words) {
    const [kind, title, address, says, parts] = found.entries[entry]
    const begins = words.map(stem)
    const link = (words_, id) => make('a', { href: root + address + (id ? `#${id}` : '') }, words_)
    const fitting = parts.filter(([name]) => tokens(name).some((one) => begins.some((begin) => one.startsWith(begin)))).slice(0, 3)
    const made = make('li', {}, make('h2', {}, link(title)), make('p', {}, make('span', { class: 'tag' }, KINDS[kind]), says))
    if (fitting.length) made.append(make('p', { class: 'parts' }, ...fitting.map(([name, id]) => link(name, id))))
    return made
  }

  function tell(text, ...more) {
    status.replaceChildren(text, ...more)
  }

  function show() {
    const words = [...new Set(tokens(input.value))].slice(0, MOST_WORDS)
    danger.hidden = !ALARM.test(plain(input.value))
    everything.hidden = words.length > 0
    if (!words.length || !found) {
      list.replaceChildren()
      return tell(words.length ? WORDS`shared.one_moment` : '')
    }
    const [entries, all] = look(words)
    list.replaceChildren(...entries.slice(0, MOST).map((entry) => item(entry, words)))
    const count = `${entries.length} ${entries.length === 1 ? 'result' : 'results'}`
    const more = entries.length > MOST ? WORDS`search.only_the_best most=${MOST}` : ''
    if (entries.length && all) return tell(`${count}${more}.`)
    if (entries.length) return tell(WORDS`search.only_some_words_fit count=${count} more=${more}`)
    everything.hidden = false
    const guess = words.map((word) => near(word) ?? word).join(' ')
    if (guess === words.join(' ')) return tell(WORDS`search.nothing_fits`)
    const button = make('button', { type: 'button', class: 'btn second' }, guess)
    button.addEventListener('click', () => {
      input.value = guess
      show()
      input.focus()
    })
    tell(WORDS`search.did_you_mean`, button)
  }

  window.searchIndex = (data) => {
    found = data
    vocabulary = Object.keys(data.words)
    show()
  }

  const script = make('script', { src: index })
  script.addEventListener('error', () => tell(WORDS`search.did_not_arrive`))
  document.head.append(script)
  box.addEventListener('submit', (event) => event.preventDefault())
  input.addEventListener('input', show)
  addEventListener('pageshow', show) // what Back put into the box again
  const asked = new URLSearchParams(location.hash.slice(1)).get('q')
  if (asked) input.value = asked
  input.focus()
})()

// For a copy of the site that is opened from a disk, where browsers load no modules: modules as plain scripts, each in a file of its
// own as before. scripts.py has put every module into a call of module_. Links lead to files, since a disk shows folders as lists.

(() => {
  const known = new Map() // address → { exports, needs, run, ready }

  /** Each module's file calls this. `needs` are the modules that it imports at once; `run` is its own text. */
  window.module_ = (needs, run) => {
    const address = document.currentScript.src
    const mine = known.get(address)
    mine.needs = needs.map((one) => new URL(one, address).href)
    mine.run = () => run(mine.exports, (one) => known.get(new URL(one, address).href).exports,
      (one) => load(new URL(one, address).href), address)
  }

  /** The file of a module and of all that it needs. */
  function fetched(address) {
    if (!known.has(address)) {
      const mine = { exports: {} }
      known.set(address, mine)
      mine.ready = new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement('script'), { src: address, onload: resolve, onerror: reject })
        document.head.append(script)
      }).then(() => { mine.needs.forEach(fetched) })
    }
    return known.get(address).ready
  }

  async function whole(address, seen = new Set()) {
    if (seen.has(address)) return
    seen.add(address)
    await fetched(address)
    await Promise.all(known.get(address).needs.map((one) => whole(one, seen)))
  }

  /** What others need runs first; in a circle, whoever comes first. */
  function start(address) {
    const mine = known.get(address)
    const { run } = mine
    if (!run) return
    mine.run = undefined
    mine.needs.forEach(start)
    run()
  }

  async function load(address) {
    await whole(address)
    start(address)
    return known.get(address).exports
  }

  function toFile({ target }) {
    const link = target.closest?.('a[href]')
    if (link?.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html'
  }
  for (const kind of ['click', 'auxclick', 'contextmenu']) addEventListener(kind, toFile, true)

  const first = document.currentScript.dataset.run.split(' ').filter(Boolean)
  const begin = async () => { for (const one of first) await load(new URL(one, document.baseURI).href) }
  begin()
})()

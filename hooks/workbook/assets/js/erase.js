// Erasing what this site has put on the device: on each worksheet, and on a page that has an element with data-erase.
// Without it, browsers can do it: their settings list what a site has stored.
// Reading pages load this file too, so it is small, and fetches what it needs when the button is pressed.

const GONE = WORDS`erase.all_gone`
const ERASING = WORDS`erase.erasing` // in the midst of keeping the handbook it takes a while
const ABSENT = WORDS`erase.did_not_arrive`

/** What asks and what erases: { ask, say, eraseEverything }; null when it did not arrive. */
const parts = () => Promise.all([import('./ask.js'), import('./store.js')]).then(([one, other]) => ({ ...one, ...other }), () => null)

async function everything({ eraseEverything }) {
  const { left, unseen } = await eraseEverything()
  if (left.length) return WORDS`erase.some_is_left what=${left.join(', ')}`
  return unseen.length ? WORDS`erase.some_is_unseen what=${unseen.join(', ')}` : GONE
}

/** The Erase button of a worksheet. */
export async function open(page) {
  const found = await parts()
  if (!found) return page.say(ABSENT)
  const { ask, say } = found
  const body = [say(WORDS`erase.ask_for_sheet`),
    say(WORDS`erase.what_all_takes`)]
  const asked = await ask(WORDS`erase.erase`, body, [['', WORDS`shared.go_back`], ['sheet', WORDS`erase.erase_this_sheet`], ['all', WORDS`erase.erase_everything_on_this_device`]])
  const done = asked && await page.use('keep', 'erase', asked === 'all')
  if (!done) return
  page.set({})
  page.unsaved = false
  if (asked === 'all') {
    page.say(ERASING)
    page.say(await everything(found))
  } else page.say(done.gone ? WORDS`erase.sheet_gone` : WORDS`erase.sheet_not_gone`)
}

/** The same on a page that is not a worksheet. */
function dress(place) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'btn erase', textContent: WORDS`erase.erase_everything_on_this_device` })
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    const found = await parts()
    if (!found) return void (said.textContent = ABSENT)
    const { ask, say } = found
    const body = [say(WORDS`erase.ask_for_all`)]
    if (await ask(WORDS`erase.erase_everything_ask`, body, [['', WORDS`shared.go_back`], ['all', WORDS`erase.erase`]]) === 'all') {
      said.textContent = ERASING
      said.textContent = await everything(found)
    }
  })
  place.replaceChildren(button, said)
}

const place = document.querySelector('[data-erase]')
if (place) dress(place)

// Erasing what this site has put on the device: on each worksheet, and on a page that has an element with data-erase.
// Without it, browsers can do it: their settings list what a site has stored.
// Reading pages load this file too, so it is small, and fetches what it needs when the button is pressed.

const GONE = 'Erased. Nothing of yours is left on this device: no kept sheets, no settings, no stored pages.'
const ABSENT = 'Nothing is erased: that part of the page did not arrive. If you are offline, try again later.'

/** What asks and what erases: { ask, say, eraseEverything }; null when it did not arrive. */
const parts = () => Promise.all([import('./ask.js'), import('./store.js')]).then(([one, other]) => ({ ...one, ...other }), () => null)

async function everything({ eraseEverything }) {
  const { left, unseen } = await eraseEverything()
  if (left.length) return `Erased, but this browser still lists: ${left.join(', ')}. Close every other tab of this site and try again.`
  return unseen.length ? `Erased. This browser does not let a page look for: ${unseen.join(', ')}. To be sure, clear what this site stored in the browser’s settings.` : GONE
}

/** The Erase button of a worksheet. */
export async function open(page) {
  const found = await parts()
  if (!found) return page.say(ABSENT)
  const { ask, say } = found
  const body = [say('Erase everything on this sheet? This cannot be undone. What you kept of it on this device goes too.'),
    say('“Erase everything on this device” also takes every other sheet and setting of this site. Files you saved and pages you printed stay.')]
  const asked = await ask('Erase', body, [['', 'Go back'], ['sheet', 'Erase this sheet'], ['all', 'Erase everything on this device']])
  const done = asked && await page.use('keep', 'erase', asked === 'all')
  if (!done) return
  page.set({})
  page.unsaved = false
  if (asked === 'all') page.say(await everything(found))
  else page.say(done.gone ? 'Erased. Nothing on this sheet is left.' : 'The sheet is empty, but this browser did not erase what it kept. Use “Erase everything on this device”, or its own settings.')
}

/** The same on a page that is not a worksheet. */
function dress(place) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'btn erase', textContent: 'Erase everything on this device' })
  const said = document.createElement('p')
  said.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    const found = await parts()
    if (!found) return void (said.textContent = ABSENT)
    const { ask, say } = found
    const body = [say('This wipes everything that this site has put on this device. It cannot be undone. Files you saved and pages you printed stay.')]
    if (await ask('Erase everything on this device?', body, [['', 'Go back'], ['all', 'Erase']]) === 'all') said.textContent = await everything(found)
  })
  place.replaceChildren(button, said)
}

const place = document.querySelector('[data-erase]')
if (place) dress(place)

// Where this copy of the site begins, and what it calls that which it puts on the device. At one origin there may be other copies,
// a folder each: none of them may find, change or erase what is ours.
export const HOME = import.meta.url.replace(/assets\/(?:(?!assets\/).)*$/, '')
// On a disk all folders share one name: who moves the handbook, or opens a second copy of it, still finds what is kept and can erase it.
const FOLDER = location.protocol === 'file:' ? '/' : new URL(HOME).pathname
export const BASE = `points-and-steps${FOLDER}` // the database of store.js, and how tabs tell each other of it
export const CACHE = `handbook${FOLDER}` // the cache of sw.js, and how it tells how far it is

/** Our workers: one, or none. A worker of a copy further up answers for our pages too, and is not ours. On a disk Chromium refuses to be asked. */
export const workers = async () => (location.protocol === 'file:' ? [] : await navigator.serviceWorker?.getRegistrations() ?? []).filter(({ scope }) => scope === HOME)

// A passphrase over answers, in a standard that other programs open: JWE (RFC 7516), compact, with PBES2-HS512+A256KW and A256GCM.
// Without it answers can be kept and saved all the same, readable to whoever has the device or the file.
// On the device the passphrase locks a random key, and that key locks the answers: each save is then quick.
import { CompactEncrypt, compactDecrypt } from './vendor/jose.js'

const ROUNDS = 210_000 // of PBKDF2, as OWASP asks for SHA-512; other programs refuse 300,000 and more
const MOST_ROUNDS = 2_000_000 // a file may ask for more than ours, but not for an hour of work
const OPTIONS = { keyManagementAlgorithms: ['PBES2-HS512+A256KW'], contentEncryptionAlgorithms: ['A256GCM'], maxPBES2Count: MOST_ROUNDS, maxDecompressedLength: 0 }
const DIRECT = { ...OPTIONS, keyManagementAlgorithms: ['dir'] }

const bytes = (text) => new TextEncoder().encode(text)
const secret = (passphrase) => bytes(passphrase.normalize('NFC')) // typed on another keyboard, é may be two characters
const text = ({ plaintext }) => new TextDecoder().decode(plaintext)

/** Whether this page may encrypt: browsers allow it over https only. */
export const canLock = () => Boolean(globalThis.crypto?.subtle)

/** Whether this looks like a locked file. */
export const isLocked = (content) => /^[\w-]+(\.[\w-]+){4}$/.test(content.trim())

/** `content` under a passphrase. */
export const lock = (content, passphrase, type = 'json') => new CompactEncrypt(bytes(content))
  .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: type })
  .setKeyManagementParameters({ p2c: ROUNDS })
  .encrypt(secret(passphrase))

/** What was locked; null when the passphrase is another, or the file is damaged. */
export const unlock = (locked, passphrase) => compactDecrypt(locked.trim(), secret(passphrase), OPTIONS).then(text, () => null)

/** A new key under a passphrase: { key, locked }. The key itself cannot be read out of the page's memory by script. */
export async function newKey(passphrase) {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const k = btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
  const locked = await lock(JSON.stringify({ kty: 'oct', k, alg: 'A256GCM' }), passphrase, 'jwk+json')
  return { key: await imported(raw), locked }
}

/** The key that newKey() locked; null when the passphrase is another. */
export async function openKey(locked, passphrase) {
  const found = await unlock(locked, passphrase)
  if (found === null) return null
  const k = JSON.parse(found).k.replace(/-/g, '+').replace(/_/g, '/')
  return imported(Uint8Array.from(atob(k), (one) => one.charCodeAt(0)))
}

const imported = (raw) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

export const lockWith = (key, content) => new CompactEncrypt(bytes(content))
  .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', cty: 'json' }).encrypt(key)
export const unlockWith = (key, locked) => compactDecrypt(locked, key, DIRECT).then(text, () => null)

// The keys somebody expects, as they may have them: in hex, or as PEM.

const HEX = /^[0-9a-f]{64}$/i
const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/g
/** What stands before the 32 bytes of an Ed25519 key in DER. */
const ED25519 = '302a300506032b6570032100'

function hexOf(base64: string): string {
  try {
    return Array.from(atob(base64.replace(/\s/g, '')), (letter) =>
      letter.charCodeAt(0).toString(16).padStart(2, '0'),
    ).join('')
  } catch {
    return ''
  }
}

/**
 * @param text one key or several
 * @returns each in hex; undefined where anything in it is no Ed25519 public key
 */
export function keysIn(text: string): string[] | undefined {
  const found: string[] = []
  const rest = text.replace(PEM, (_, base64: string) => {
    const der = hexOf(base64)
    found.push(der.startsWith(ED25519) ? der.slice(ED25519.length) : '')
    return ' '
  })
  found.push(...rest.split(/[\s,]+/).filter((part) => part !== ''))
  return found.length && found.every((key) => HEX.test(key))
    ? found.map((key) => key.toLowerCase())
    : undefined
}

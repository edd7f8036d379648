// Numbers, dates and addresses as conditions write them.

const NUMBER = /^[+-]?\d+(\.\d+)?$/
export const numberOf = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined)

const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/
const MILLISECONDS = 1000

/** Milliseconds: ISO 8601 (W3C profile), or seconds since 1970, as AWS takes both. A time without a zone is in UTC. */
export function dateOf(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text) * MILLISECONDS
  if (!DATE.test(text)) return undefined
  const isWithoutZone = text.includes('T') && !/(Z|[+-]\d{2}:?\d{2})$/.test(text)
  const at = Date.parse(isWithoutZone ? `${text}Z` : text)
  return Number.isNaN(at) ? undefined : at
}

type Address = { bits: bigint; length: number }
const [V4, V6] = [32, 128]

function fourOf(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
}

function groupsOf(text: string): string[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const last = groups.at(-1) ?? ''
  if (last.includes('.')) {
    const four = fourOf(last)
    if (four === undefined) return undefined
    groups.splice(-1, 1, (four >> 16n).toString(16), (four & 0xffffn).toString(16))
  }
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups : undefined
}

function sixOf(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (!head || !tail) return undefined
  const zeros = 8 - head.length - tail.length
  if (halves.length === 2 ? zeros < 1 : zeros !== 0) return undefined
  const groups = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail]
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n)
}

function addressOf(text: string): Address | undefined {
  const length = text.includes(':') ? V6 : V4
  const bits = length === V6 ? sixOf(text) : fourOf(text)
  return bits === undefined ? undefined : { bits, length }
}

/** Whether the address is in the range (`203.0.113.0/24`, `2001:db8::/32`, or one address); undefined for no range. */
export function addressIn(given: string, range: string): boolean | undefined {
  const [text = '', prefix] = range.split('/')
  const wanted = addressOf(text)
  if (!wanted || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined
  const kept = prefix === undefined ? wanted.length : Number(prefix)
  if (kept > wanted.length) return undefined
  const address = addressOf(given.split('/')[0] ?? '')
  if (!address || address.length !== wanted.length) return false
  const shift = BigInt(wanted.length - kept)
  return address.bits >> shift === wanted.bits >> shift
}

// Checks a countersignature of a pack: whether it is of these very bytes, and by whom. In a browser as here.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { z } from 'zod'
import {
  Countersignature,
  COUNTERSIGNATURE,
  COUNTERSIGNATURE_MAX,
  isCountersigned,
} from '../pack/countersignature'

/**
 * not-one: it cannot be read as one; newer: of a form that another version knows; signature: it is not signed by the key that it
 * names; other-pack: it is of other bytes; key: it is by another key than was expected.
 */
export type CountersignatureProblem = {
  kind: 'not-one' | 'newer' | 'signature' | 'other-pack' | 'key'
  words: string
}
export type CheckedCountersignature = {
  problems: CountersignatureProblem[]
  /** What it says. Only where there is no problem is it what was signed about this pack. */
  countersignature?: Pick<Countersignature, 'key' | 'at' | 'statement' | 'sha256'>
  /** Whether the key is one of those that were expected; undefined where none was. */
  isExpectedKey?: boolean
}
type Expecting = {
  /** Public keys in hex, any of which may have signed it. */
  keys?: readonly string[]
  /** Waited for after every chunk of the pack. What it throws ends the check. */
  pause?: () => Promise<void>
}

const CHUNK = 1024 * 1024
const problem = (kind: CountersignatureProblem['kind'], words: string): CheckedCountersignature => ({
  problems: [{ kind, words }],
})
const NOT_ONE = problem('not-one', 'The countersignature is no countersignature of Rollcall.')

/** SHA-256 of a whole file, in hex. */
export async function sha256Of(file: Blob, pause?: () => Promise<void>): Promise<string> {
  const hash = sha256.create()
  for (let at = 0; at < file.size; at += CHUNK) {
    hash.update(new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer()))
    await pause?.()
  }
  return bytesToHex(hash.digest())
}

async function read(file: Blob): Promise<Countersignature | CheckedCountersignature> {
  if (file.size > COUNTERSIGNATURE_MAX)
    return problem('not-one', 'The countersignature is larger than any can be: it was not read.')
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
  } catch {
    return NOT_ONE
  }
  const schema = z.object({ schema: z.string() }).safeParse(json).data?.schema
  if (
    schema !== undefined &&
    schema !== COUNTERSIGNATURE &&
    /^rollcall-countersignature\/\d{1,9}$/.test(schema)
  )
    return problem(
      'newer',
      `It is a ${schema}, which another version of Rollcall made: check it with that one.`,
    )
  return Countersignature.safeParse(json).data ?? NOT_ONE
}

/** @param file the countersignature, as `rollcall evidence countersign` writes it */
export async function verifyCountersignature(
  pack: Blob,
  file: Blob,
  { keys, pause }: Expecting = {},
): Promise<CheckedCountersignature> {
  const found = await read(file)
  if (!('schema' in found)) return found
  const { key, at, statement, sha256: signed } = found
  const isExpectedKey = keys && keys.includes(key)
  const problems: CountersignatureProblem[] = []
  if (!(await isCountersigned(found)))
    problems.push({
      kind: 'signature',
      words: 'The countersignature is not signed by the key that it names, or was changed.',
    })
  if ((await sha256Of(pack, pause)) !== signed)
    problems.push({
      kind: 'other-pack',
      words: 'The countersignature is of another pack, or of other bytes.',
    })
  if (isExpectedKey === false)
    problems.push({ kind: 'key', words: 'The countersignature is by another key than was expected.' })
  return {
    problems,
    countersignature: { key, at, statement, sha256: signed },
    ...(isExpectedKey !== undefined && { isExpectedKey }),
  }
}

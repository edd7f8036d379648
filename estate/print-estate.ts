// Writes a generated estate as JSON lines: one for a scope, then one for every observation in it.
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { EstateOptions } from './connector'
import { readEstate } from './read-estate'

/** Lines handed on at a time. */
const LINES = 1000

/** @returns how many observations were written */
export async function printEstate(options: EstateOptions, to: Writable): Promise<number> {
  let count = 0
  let lines: string[] = []
  const flush = async () => {
    const text = lines.map((line) => `${line}\n`).join('')
    lines = []
    // A reader that is slower than this must not make it hold the estate in memory.
    if (text && !to.write(text)) await once(to, 'drain')
  }
  let within = ''
  for await (const { scope, observed } of readEstate(options)) {
    if (scope.nativeId !== within) lines.push(JSON.stringify({ scope, day: options.day }))
    within = scope.nativeId
    for await (const one of observed) {
      count++
      if (lines.push(JSON.stringify(one)) >= LINES) await flush()
    }
  }
  await flush()
  return count
}

// A small generated estate held whole, for tests: rows by scope, kind and native id.
import { isEnded, type Observation } from '@/core/observation'
import type { EstateOptions } from './connector'
import { readEstate } from './read-estate'

export type Row = { scope: string; stream: string; row: Observation }
export type Whole = { rows: Row[]; byKey: Map<string, Observation> }

export const keyOf = (scope: string, kind: string, nativeId: string) => `${scope} ${kind} ${nativeId}`

/** @throws when the same id comes twice in a scope */
export async function readWhole(options: EstateOptions): Promise<Whole> {
  const rows: Row[] = []
  const byKey = new Map<string, Observation>()
  for await (const { scope, stream, observed } of readEstate(options))
    for await (const row of observed) {
      if (isEnded(row)) throw new Error('a generated estate lists what there is')
      const key = keyOf(scope.nativeId, row.kind, row.nativeId)
      if (byKey.has(key)) throw new Error(`${key} came twice`)
      byKey.set(key, row)
      rows.push({ scope: scope.nativeId, stream, row })
    }
  return { rows, byKey }
}

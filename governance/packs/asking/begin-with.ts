// A ready-made pack as a question: what it proposes stands under what was said.
import { invalid } from '../../command'
import { readyPackOf, readyPacks, type ReadyPack } from '../ready'
import { ALWAYS } from '../renderings'
import type { PackInput } from './input'

const DAY_MS = 86_400_000

const textsOf = (filter: ReadyPack['filter']): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, [value].flat().join(',')]))

/** The day so many days before the moment; undefined where that is no date: whoever settles it says so. */
function fromOf({ days }: ReadyPack, asOf: string | undefined, now: Date): string | undefined {
  const at = asOf && asOf !== 'now' ? Date.parse(asOf) : now.getTime()
  if (days === undefined || Number.isNaN(at)) return undefined
  return new Date(at - days * DAY_MS).toISOString().slice(0, 10)
}

/** What a ready-made pack is begun with. */
export const proposed = (ready: ReadyPack, asOf: string | undefined, now: Date) => {
  const from = fromOf(ready, asOf, now)
  return {
    controls: [...ready.controls],
    filter: textsOf(ready.filter),
    contents: [...ready.parts, ...ALWAYS],
    ...(from !== undefined && { from }),
  }
}

/** @throws RollcallError `invalid` where there is no such ready-made pack */
export function begunWith<I extends PackInput>(given: I, now = new Date()): I & PackInput {
  if (given.ready === undefined) return given
  const ready = readyPackOf(given.ready)
  if (!ready)
    throw invalid([
      {
        path: 'ready',
        message: `There is no ${given.ready}. There are: ${readyPacks.map(({ id }) => id).join(', ')}.`,
      },
    ])
  const { controls, filter, contents, from } = proposed(ready, given.asOf, now)
  return {
    ...given,
    title: given.title ?? ready.title,
    controls: given.controls?.length ? given.controls : controls,
    filter: { ...filter, ...given.filter },
    contents: given.contents ?? contents,
    from: given.from ?? from,
  }
}

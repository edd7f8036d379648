// Which of many steps lie on a way from a start to the end that is short enough, and how many such ways there are.
import type { Link } from './ways'

type Net = { links: readonly Link[]; far: ReadonlyMap<string, number>; end: string }
export type Counted = {
  ways: number
  /** Whether there are more ways than were counted. */
  more: boolean
}

const lengthOf = ({ step }: Link): number => (step ? 1 : 0)
const outOf = (links: readonly Link[]): Map<string, Link[]> => {
  const found = new Map<string, Link[]>()
  for (const link of links) {
    const same = found.get(link.from)
    if (same) same.push(link)
    else found.set(link.from, [link])
  }
  return found
}

/** Only what a way of at most so many steps can use: one goes through a link where both its halves together are short enough. */
export function onTheWay({ links, far, end }: Net, starts: readonly string[], hops: number): Link[] {
  const near = distances(outOf(links), starts)
  return links.filter((link) => {
    const [before, after] = [near.get(link.from), far.get(link.to)]
    return (
      before !== undefined &&
      after !== undefined &&
      link.from !== end &&
      before + lengthOf(link) + after <= hops
    )
  })
}

/** Steps from the nearest start. What costs no step goes first, so that each thing is met at its least distance. */
function distances(out: ReadonlyMap<string, Link[]>, starts: readonly string[]): Map<string, number> {
  const near = new Map<string, number>(starts.map((id) => [id, 0]))
  let round = [...near.keys()]
  for (let hops = 0; round.length; hops++) {
    const next: string[] = []
    for (const id of round)
      for (const link of out.get(id) ?? []) {
        if (near.has(link.to)) continue
        if (link.step) next.push(link.to)
        else {
          near.set(link.to, hops)
          round.push(link.to)
        }
      }
    round = [...new Set(next)].filter((id) => !near.has(id))
    for (const id of round) near.set(id, hops + 1)
  }
  return near
}

const WAYS_MAX = 1000
const LOOKS_MAX = 200_000
/** Ways that meet nothing twice, up to a bound. Ways that differ in a step alone are different ways. */
export function countWays({ links, far, end }: Net, starts: readonly string[], hops: number): Counted {
  const out = outOf(links)
  let [ways, looks] = [0, 0]
  const onWay = new Set<string>()
  const go = (id: string, left: number): void => {
    if (ways > WAYS_MAX || ++looks > LOOKS_MAX) return
    if (id === end) {
      ways++
      return
    }
    onWay.add(id)
    for (const link of out.get(id) ?? []) {
      const rest = left - lengthOf(link)
      if (!onWay.has(link.to) && rest >= (far.get(link.to) ?? Infinity)) go(link.to, rest)
    }
    onWay.delete(id)
  }
  for (const start of starts) if (start !== end) go(start, hops)
  return { ways: Math.min(ways, WAYS_MAX), more: ways > WAYS_MAX || looks > LOOKS_MAX }
}

/** Starts from which something comes to the end along these links. */
export function arriving({ links, end }: Omit<Net, 'far'>, starts: readonly string[]): string[] {
  const back = new Map<string, string[]>()
  for (const { from, to } of links) back.set(to, [...(back.get(to) ?? []), from])
  const seen = new Set([end])
  for (const id of seen) for (const from of back.get(id) ?? []) seen.add(from)
  return starts.filter((id) => id !== end && seen.has(id))
}

// A long listing of which little is kept: each page is handed over, and what was not read to its end is unknown.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Session } from './session'
import type { Why } from './fact'

const Page = z.object({ items: z.array(z.string()), token: z.string().optional() })
class Refusal extends Error {
  constructor(readonly why: Why) {
    super(why)
  }
}

/** Reads the pages in their order; a word in their place is why there is no more. */
async function read(pages: readonly (z.infer<typeof Page> | Why)[], pagesMax?: number) {
  const left = [...pages]
  const taken: string[] = []
  const session = new Session({
    transport: {
      send: async () => {
        const next = left.shift()
        if (typeof next === 'string') throw new Refusal(next)
        return next
      },
      explain: (error) => (error instanceof Refusal ? { why: error.why, detail: 'no' } : undefined),
    },
    signal: new AbortController().signal,
    sleep: async () => undefined,
    random: () => 0,
  })
  const fact = await session.eachPage('items.list', {}, Page, {
    next: ({ token }) => (token === undefined ? undefined : { token }),
    take: ({ items }) => void taken.push(...items),
    ...(pagesMax !== undefined && { pagesMax }),
  })
  return { fact, taken, left, gaps: session.drainGaps() }
}
const LONG = [{ items: ['a'], token: '1' }, { items: ['b'], token: '2' }, { items: ['c'] }]

test('is handed over to its end, and counted', async () => {
  expect(await read(LONG)).toMatchObject({
    fact: { state: 'known', value: 3, source: 'items.list' },
    taken: ['a', 'b', 'c'],
    gaps: [],
  })
})
test('of which a page is refused is unknown, and noted', async () => {
  const { fact, taken, gaps } = await read([LONG[0]!, 'denied'])
  expect(fact).toMatchObject({ state: 'unknown', why: 'denied' })
  expect(taken).toEqual(['a'])
  expect(gaps).toMatchObject([{ why: 'denied', count: 1 }])
})
test('is read no further than is meant for it', async () => {
  const { fact, left } = await read(LONG, 2)
  expect(fact).toMatchObject({ state: 'unknown', why: 'limited', detail: 'more than 2 pages' })
  expect(left).toHaveLength(1)
  expect((await read(LONG, 3)).fact).toMatchObject({ state: 'known' })
})

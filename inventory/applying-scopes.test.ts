import { expect, test } from 'vitest'
import { ApplyingScopes } from './applying-scopes'

/** Applies when it is told to, one after the other. */
function slow() {
  const begun: string[] = []
  const end: (() => void)[] = []
  const fail: ((error: Error) => void)[] = []
  const applying = new ApplyingScopes((scopeId) => {
    begun.push(scopeId)
    return new Promise((resolve, reject) => {
      end.push(() => resolve({ identity: { created: 1, updated: 0, retired: 0, restored: 0, unchanged: 0 } }))
      fail.push(reject)
    })
  })
  return {
    applying,
    begun,
    end: (n: number) => end[n]?.(),
    fail: (n: number) => fail[n]?.(new Error('refused')),
  }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

test('one at a time, in order; some may wait, and who reads faster is held up', async () => {
  const { applying, begun, end } = slow()
  const added: number[] = []
  for (let n = 0; n < 12; n++) void applying.add(`s${n}`).then(() => added.push(n))
  await soon()
  expect(begun).toEqual(['s0'])
  expect(added).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  end(0)
  await soon()
  expect(begun).toEqual(['s0', 's1'])
  expect(added).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  for (let n = 1; n < 12; n++) {
    end(n)
    await soon()
  }
  expect((await applying.finish()).identity?.created).toBe(12)
})

test('what fails is told to who adds the next one, nothing after it is applied, and finishing tells it too', async () => {
  const { applying, begun, fail } = slow()
  await applying.add('s0')
  await applying.add('s1')
  await soon()
  fail(0)
  await soon()
  await expect(applying.add('s2')).rejects.toThrow('refused')
  await expect(applying.finish()).rejects.toThrow('refused')
  await applying.settled()
  expect(begun).toEqual(['s0'])
})

// What the check of a file remembers must stay far below the file itself, whatever is in it.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { SeenElements } from './seen-elements'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const memory = () => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
const idOf = (n: number) => `AROA${String(n).padStart(17, '0')}`

test('an id that comes again is named with whether it says the same', () => {
  const seen = new SeenElements()
  const rooms = 5000
  for (let n = 0; n < rooms; n++) expect(seen.add(idOf(n), n, `text ${n}`)).toBeUndefined()
  expect(seen.add(idOf(4321), rooms, 'text 4321')).toEqual({ index: 4321, same: true })
  expect(seen.add(idOf(0), rooms + 1, 'text 1')).toEqual({ index: 0, same: false })
  // A repeat leaves its place empty; what comes after it is compared with itself.
  expect(seen.add(idOf(rooms), rooms + 2, 'new')).toBeUndefined()
  expect(seen.add(idOf(rooms), rooms + 3, 'new')).toEqual({ index: rooms + 2, same: true })
})

test('an element takes less than 200 bytes, however long it is', () => {
  const seen = new SeenElements()
  const count = 100_000
  const text = 'x'.repeat(600)
  const before = memory()
  for (let n = 0; n < count; n++) seen.add(idOf(n), n, `${text} ${n}`)
  const each = (memory() - before) / count
  expect(each).toBeGreaterThan(20)
  expect(each).toBeLessThan(200)
  expect(seen.add(idOf(7), count, 'other')).toEqual({ index: 7, same: false })
})

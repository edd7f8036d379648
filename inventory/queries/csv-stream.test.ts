// CSV: what goes in comes out, nothing is run as a formula, nothing is cut, and a failure is not a short file.
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import type { Column } from './columns'
import { chooseColumns, identityColumns, unknownColumns } from './columns'
import { csvStream, safeCell } from './csv-stream'

type Row = { a: string; b: string }
const columns: Column<Row>[] = [
  { key: 'a', title: 'A', csv: (r) => r.a },
  { key: 'b', title: 'B', csv: (r) => r.b },
]
async function* batches(...rows: Row[][]) {
  yield* rows
}

test('any text survives, and no cell starts like a formula', async () => {
  const cell = fc.string({ unit: 'grapheme' })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell })), async (rows) => {
      const csv = await text(csvStream(columns, batches(rows)))
      const read = parse(csv, { record_delimiter: '\r\n' }) as string[][]
      expect(read).toEqual([['a', 'b'], ...rows.map((r) => [safeCell(r.a), safeCell(r.b)])])
      for (const one of read.flat()) expect(one).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%o gets an apostrophe', (formula) => {
  expect(safeCell(formula)).toBe(`'${formula}`)
})
test.each(['a=1', "'=1", '', ' =1', '名前'])('%o stays as it is', (plain) => {
  expect(safeCell(plain)).toBe(plain)
})

test('line breaks of any kind stay inside their cell', async () => {
  const rows = [{ a: 'x\ny', b: 'x\ry' }]
  expect(await text(csvStream(columns, batches(rows)))).toBe('a,b\r\n"x\ny","x\ry"\r\n')
})

test('a name of 300 wide characters is whole', async () => {
  const a = '名'.repeat(300)
  expect(await text(csvStream(columns, batches([{ a, b: '' }])))).toContain(a)
})

test('a failure in the middle fails the stream', async () => {
  async function* broken() {
    yield [{ a: '1', b: '2' }]
    throw new Error('the database went away')
  }
  await expect(text(csvStream(columns, broken()))).rejects.toThrow('the database went away')
})

test('a reader that stops also stops the reading', async () => {
  let read = 0
  let stopped = false
  async function* endless() {
    try {
      for (;;) {
        read++
        yield Array.from({ length: 1000 }, () => ({ a: 'x'.repeat(100), b: '' }))
      }
    } finally {
      stopped = true
    }
  }
  const stream = csvStream(columns, endless())
  for await (const _ of stream) break
  await expect.poll(() => stopped).toBe(true)
  expect(read).toBeLessThan(20)
})

test('ids are in every choice of columns', () => {
  expect(chooseColumns(identityColumns, ['owner']).map((c) => c.key)).toEqual(['id', 'nativeId', 'owner'])
  expect(chooseColumns(identityColumns)).toBe(identityColumns)
  expect(unknownColumns(identityColumns, ['owner', 'colour'])).toEqual(['colour'])
})

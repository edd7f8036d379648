// Tables come out as the formatter of the repository would write them.
import { format } from 'prettier'
import { expect, test } from 'vitest'
import { markdownTable } from './table'

test('the formatter leaves a table as it is', async () => {
  const table = `${markdownTable(
    ['What', 'n'],
    [
      ['a | b', '1 000'],
      ['–', '7'],
    ],
    [1],
  )}\n`
  expect(await format(table, { parser: 'markdown' })).toBe(table)
  expect(table).toContain('a \\| b')
})

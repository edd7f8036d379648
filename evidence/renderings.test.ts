// Every format is a file of a pack, and takes no more memory for more verdicts.
import { expect, test } from 'vitest'
import { madeFacts, madeFinding } from '@/tests/report-facts'
import { FILE_NAME } from './pack/manifest'
import { FORMATS } from './renderings'

test('names are names of files of a pack, each once', () => {
  for (const { file } of FORMATS) expect(file).toMatch(FILE_NAME)
  expect(new Set(FORMATS.map(({ file }) => file)).size).toBe(FORMATS.length)
  expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length)
})

/** How many batches were made that nothing had been written about yet, at most. */
async function ahead(render: (typeof FORMATS)[number]['render']): Promise<number> {
  let [made, most, sinceWritten] = [0, 0, 0]
  const findings = async function* () {
    for (let n = 0; n < 40; n++) {
      made++
      most = Math.max(most, ++sinceWritten)
      yield Array.from({ length: 250 }, (_, index) => madeFinding(n * 250 + index))
    }
  }
  for await (const chunk of render(madeFacts(), findings)) if (chunk.length) sinceWritten = 0
  expect(made).toBeGreaterThanOrEqual(40)
  return most
}

test('events go out as verdicts come in', async () => {
  expect(await ahead(FORMATS.find(({ id }) => id === 'ocsf')!.render)).toBeLessThan(5)
})
test.each(FORMATS)('$id takes an error of the record as its own', async ({ render }) => {
  const broken = async function* () {
    yield [madeFinding(0)]
    throw new Error('the connection was lost')
  }
  const all = async () => {
    for await (const chunk of render(madeFacts({ controls: 1 }), broken)) void chunk
  }
  await expect(all()).rejects.toThrow('the connection was lost')
})

// Whatever a text holds, YAML reads it back as it is, by its newer rules and by the older ones that clusters go by.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { HOSTILE } from '@/tests/hostile-texts'
import { yaml } from './yaml'

test('a text comes back as it is: as a value, in a list, as a key', () => {
  fc.assert(
    fc.property(HOSTILE, HOSTILE, (text, key) => {
      const value = { one: text, many: [text, { two: text, more: [text] }], of: { [key]: text } }
      for (const version of ['1.1', '1.2'] as const) expect(parse(yaml(value), { version })).toEqual(value)
    }),
  )
})
test('nothing of a text begins a document or a comment', () => {
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const documents = parseAllDocuments(yaml({ a: text }, { b: [] }, { c: {} }))
      expect(documents.map((one) => one.toJS() as unknown)).toEqual([{ a: text }, { b: [] }, { c: {} }])
    }),
  )
})
test('it reads as people write it', () => {
  expect(
    yaml({ apiVersion: 'v1', on: 1, 'iam.gke.io/gcp-service-account': 'x', list: [{ a: true, b: [] }] }),
  ).toBe('apiVersion: "v1"\n"on": 1\niam.gke.io/gcp-service-account: "x"\nlist:\n  - a: true\n    b: []\n')
})

import { expect, test } from 'vitest'
import { showValue } from './show-value'

const AT = '2026-03-03T10:00:00.000Z'

test.each([
  ['several things by name', { count: 12, names: ['a', 'b'] }, 'consumers', 'a, b and 10 more'],
  [
    'and why there may be others',
    { count: 1, names: ['a'], environments: ['prod'], unlabelled: 2, more: 'denied' },
    'consumers',
    'a; in prod; 2 of no told environment; there may be others: denied',
  ],
  [
    'what is wrong with trust',
    [
      { id: 'F1', topic: 'subject', answer: 'yes', severity: 'high', because: ['It lets in all.'] },
      { id: 'F2', topic: 'subject', answer: 'depends', severity: 'low', because: [] },
    ],
    'trustWeaknesses',
    'It lets in all. (F1, high); F2 (F2, low, depends)',
  ],
  [
    'rights that are used',
    { granted: 9, used: 2, from: AT, to: AT },
    'exercise',
    '2 of 9, seen from 3 Mar 2026 10:00 UTC to 3 Mar 2026 10:00 UTC',
  ],
  ['where it reaches', { environments: ['prod'], open: 'cut' }, 'reaches', 'prod; there may be others: cut'],
  ['one of a register', { name: 'Acme', endedOn: '2026-01-01' }, 'supplier', 'name=Acme, endedOn=2026-01-01'],
  ['tags', { env: 'prod' }, 'tags', 'env=prod'],
  ['nothing', [], 'copies', 'None'],
])('%s', (_, value, name, words) => {
  expect(showValue(value, name).replace(/\s+/g, ' ')).toBe(words)
})
test('no value is shown as code', () => {
  const nested = showValue([{ a: { b: [1, { c: true }] } }])
  expect(nested).not.toMatch(/[{}[\]"]/)
})

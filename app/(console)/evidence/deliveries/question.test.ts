// A question goes through the form as it is.
import { expect, test } from 'vitest'
import { askedBy, questionWords, whatOf } from './question'

test.each([
  ['ready:csf', { ready: 'csf' }],
  ['framework:csf', { controls: ['csf'] }],
  ['record', {}],
  ['kept', { controls: ['csf:PR.AA-05'] }],
  ['kept', { ready: 'csf', filter: { class: 'machine' } }],
  ['kept', { contents: ['sources'] }],
])('%s', (what, asked) => {
  const held = { ...asked, keepDays: 90, redact: ['people' as const] }
  expect(whatOf(held)).toBe(what)
  expect(askedBy(what, true, held)).toEqual(held)
  expect(askedBy(what, false, held)).toEqual({ ...held, redact: [] })
})
test('in words', () => {
  expect(
    questionWords({ controls: ['csf:PR.AA-05'], filter: { class: 'machine' }, redact: ['people'] }),
  ).toBe('csf:PR.AA-05; class=machine; without names of people')
  expect(questionWords({})).toBe('The record alone')
})

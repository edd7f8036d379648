// A ready-made pack stands under what is said; nothing of it is lost on the way to a question.
import { describe, expect, test } from 'vitest'
import { CONTENTS } from '../makers'
import { readyPacks } from '../ready'
import { begunWith } from './begin-with'

const NOW = new Date('2026-09-30T12:00:00.000Z')

describe.each(readyPacks.map((ready) => [ready.id, ready] as const))('%s', (id, ready) => {
  test('is a question about all of its controls and files that there are', () => {
    const { controls, contents = [], title } = begunWith({ ready: id }, NOW)
    expect([controls, title]).toEqual([ready.controls, ready.title])
    const known = CONTENTS.map((one) => one.id)
    expect(contents.filter((one) => !known.includes(one))).toEqual([])
    expect(contents).toEqual(expect.arrayContaining(['population', 'readme', 'report']))
  })
  test('what is said takes the place of what it proposes', () => {
    const said = { controls: ['csf'], contents: ['sources'], from: '2026-01-01', title: 'Ours' }
    expect(begunWith({ ready: id, ...said }, NOW)).toMatchObject(said)
  })
})

test('its period ends at the moment that is asked about', () => {
  expect(begunWith({ ready: 'csf' }, NOW).from).toBe('2026-07-02')
  expect(begunWith({ ready: 'csf', asOf: '2026-03-31' }, NOW).from).toBe('2025-12-31')
  expect(begunWith({ ready: 'owasp-nhi' }, NOW).from).toBeUndefined()
})
test('one that is not there is named, with those that are', () => {
  expect(() => begunWith({ ready: 'soc' }, NOW)).toThrow(
    'There is no soc. There are: owasp-nhi, csf, pci-review.',
  )
})

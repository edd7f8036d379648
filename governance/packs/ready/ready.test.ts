// Ready-made packs ask for what there is: controls that exist, parts that can be written, and a test said for each control.
import { describe, expect, test } from 'vitest'
import { IdentityFilter } from '@/core/list'
import { controlTitle } from '../../frameworks/control-title'
import { rulesOf } from '../../frameworks/rules-of-controls'
import { controlsAsked } from '../controls'
import { REVIEWED } from '../facts/reviewed-controls'
import { parts } from '../parts'
import { readyPackOf, readyPacks } from '.'

describe.each(readyPacks)('$id', (pack) => {
  const controls = controlsAsked(pack.controls).map(
    ({ framework, control }) => `${framework.id}:${control.id}`,
  )
  test('each of its controls is there, with what was tested for it', () => {
    expect(controls.length).toBeGreaterThan(4)
    for (const asked of pack.controls)
      expect(asked.includes(':') ? controls : controls.map((id) => id.split(':')[0]), asked).toContain(asked)
    expect(Object.keys(pack.tests).sort()).toEqual([...controls].sort())
    for (const words of Object.values(pack.tests)) expect(words.length).toBeGreaterThan(40)
  })
  test('its parts are there, in the order in which they are written', () => {
    const known = parts.map(({ id }) => id)
    expect(pack.parts).toEqual(known.filter((id) => pack.parts.includes(id)))
    expect(pack.parts).toEqual(
      expect.arrayContaining(['population', 'findings', 'sources', 'reconciliation']),
    )
  })
  test('its filter is one of the list of identities', () => {
    const texts = Object.fromEntries(Object.entries(pack.filter).map(([key, words]) => [key, String(words)]))
    expect(IdentityFilter.parse(texts)).toMatchObject(pack.filter)
  })
})

test('the pack of CSF is about all subcategories that rules speak to, and about no other', () => {
  const csf = readyPackOf('csf')
  expect(csf?.controls).toContain('csf:PR.AA-05')
  expect(csf?.controls.every((id) => rulesOf(id).length > 0)).toBe(true)
})
test('the review of PCI leaves out no account that may be one of an application', () => {
  expect(readyPackOf('pci-review')?.filter.class).toEqual(['machine', 'unclear'])
})
test('what cites no statement of PCI says so in its own words', () => {
  for (const { control } of controlsAsked(['pci-dss'])) expect(control.text).toBeUndefined()
})
test('each control that a review is evidence toward exists', () => {
  for (const control of REVIEWED) expect(controlTitle(control), control).toBeDefined()
})

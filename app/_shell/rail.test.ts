import { expect, test } from 'vitest'
import { PLACES } from './navigation'
import { ICONS } from './rail'

test('every place has an icon of its own', () => {
  expect(PLACES.map(({ href }) => href).filter((href) => !ICONS[href])).toEqual([])
  const icons = PLACES.map(({ href }) => ICONS[href])
  expect(new Set(icons).size).toBe(icons.length)
})

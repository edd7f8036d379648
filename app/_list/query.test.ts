// Reading and changing the address of a list.
import { expect, test } from 'vitest'
import { IdentityFilter } from '@/core/list'
import { hrefWith, readFilter } from './query'

test('repeated parameters are one list, empty ones are none', () => {
  const { filter, params } = readFilter(IdentityFilter, { class: ['machine', 'human'], q: '', owner: 'none' })
  expect(filter.class).toEqual(['machine', 'human'])
  expect(filter.q).toBeUndefined()
  expect(params).toEqual({ class: 'machine,human', owner: 'none' })
})

test('what is not understood is left out and named', () => {
  const { filter, problems } = readFilter(IdentityFilter, { class: 'robot', q: 'ci' })
  expect(problems).toEqual(['class=robot'])
  expect(filter).toMatchObject({ q: 'ci', sort: 'name', size: 50 })
  expect(filter.class).toBeUndefined()
})

test('a change keeps the other filters and goes back to the start', () => {
  const params = { q: 'ci', class: 'machine,human', after: 'abc' }
  expect(hrefWith('/identities', params, { sort: '-lastUsed' })).toBe(
    '/identities?q=ci&class=machine,human&sort=-lastUsed',
  )
  expect(hrefWith('/identities', params, { class: undefined, q: undefined })).toBe('/identities')
  expect(hrefWith('/identities', params, { after: 'def' })).toContain('after=def')
})

// Addresses keep the moment of the page, whatever they look like, and lose it only on purpose.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atOtherMoment, keepMoment, momentParams } from './keep-moment'

const search = (query: string) => new URLSearchParams(query)
const past = search('asOf=2026-09-30&known=2026-10-05T00:00:00Z&class=machine')

test.each([
  ['/identities', '/identities?asOf=2026-09-30&known=2026-10-05T00:00:00Z'],
  ['/', '/?asOf=2026-09-30&known=2026-10-05T00:00:00Z'],
  ['/identities?q=a,b#trust', '/identities?q=a,b&asOf=2026-09-30&known=2026-10-05T00:00:00Z#trust'],
  ['/identities?asOf=2026-01-01', '/identities?asOf=2026-01-01'],
  ['#trust', '#trust'],
  ['https://example.com/x', 'https://example.com/x'],
  ['//example.com/x', '//example.com/x'],
  ['/diff', '/diff?to=2026-09-30'],
  ['/diff?to=2026-08-01', '/diff?to=2026-08-01'],
  ['/identities/1/diff?from=2026-08-01', '/identities/1/diff?from=2026-08-01&to=2026-09-30'],
])('%s on a page about the past leads to %s', (href, expected) => {
  expect(keepMoment(href, past)).toBe(expected)
})

test.each(['', 'q=x', 'asOf=', 'asOf=now', 'known=2026-10-05T00:00:00Z'])(
  'a page about the present (%s) adds nothing',
  (query) => {
    expect(keepMoment('/identities?q=1', search(query))).toBe('/identities?q=1')
  },
)

test('what is written is what is read, whatever stands in the address', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }),
      fc.webQueryParameters(),
      (asOf, known, own) => {
        const from = new URLSearchParams({ asOf, known })
        const wanted = momentParams(from)
        fc.pre(!new URLSearchParams(own).has('asOf') && !new URLSearchParams(own).has('known'))
        const url = new URL(keepMoment(`/identities?${own}`, from), 'http://x')
        expect(momentParams(url.searchParams)).toEqual(wanted)
      },
    ),
  )
})

test('another moment of the same page keeps the filter and goes back to the start of a list', () => {
  const query = 'class=machine%2Chuman&after=abc&asOf=2026-09-30&known=now'
  expect(atOtherMoment('/identities', query)).toBe('/identities?class=machine,human')
  expect(atOtherMoment('/identities', query, { asOf: '2026-08-31' })).toBe(
    '/identities?class=machine,human&asOf=2026-08-31',
  )
  expect(atOtherMoment('/', 'asOf=2026-09-30')).toBe('/')
})

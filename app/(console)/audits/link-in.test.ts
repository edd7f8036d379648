// The address of a page as people copy it, and what is none.
import { expect, test } from 'vitest'
import { hrefOf, linkIn } from './link-in'

const ID = '0190b7a0-0000-7000-8000-00000000000a'

test.each([
  [`https://rollcall.example/identities/${ID}?asOf=2026-01-01#timeline`, 'identity'],
  [`/credentials/${ID}`, 'credential'],
  [`/findings/${ID.toUpperCase()}`, 'finding'],
  [`/campaigns/${ID}/items/x`, 'campaign'],
  [`http://localhost:3000/evidence/${ID}`, 'pack'],
])('%s', (address, kind) => {
  const link = linkIn(address, '')
  expect(link).toEqual({ kind, id: ID })
  expect(link && address.toLowerCase()).toContain(link && hrefOf(link))
})

test('nothing is nothing, a chosen pack is one, and both are too much', () => {
  expect(linkIn('', '')).toBeUndefined()
  expect(linkIn('', ID)).toEqual({ kind: 'pack', id: ID })
  expect(() => linkIn(`/identities/${ID}`, ID)).toThrow(/either/)
})

test.each(['x', `/reviews/${ID}`, '/identities/1', `/identities/${ID}0`, 'javascript:alert(1)'])(
  '%s is none',
  (text) => {
    expect(() => linkIn(text, '')).toThrow(/address of/)
  },
)

// Which pairs of key and text name an owner, and whom they are taken to name.
import { expect, test } from 'vitest'
import { ownerIn } from './owner-words'
import { REMOVED } from './secret-like'

test.each([
  ['Team', 'Payments', 'team'],
  ['acme:Owner_Email', 'eva@acme.example', 'person'],
  ['example.com/owner', 'platform-oncall@acme.example', 'team'],
  ['Technical Contact', 'Eva, or Adam', 'unclear'],
])('%s names %s: a %s', (key, value, names) => expect(ownerIn(key, ` ${value} `)).toEqual({ names, value }))

test.each([
  ['a key that names nobody', 'environment', 'payments'],
  ['a key that only begins so', 'owner-id-of-template', 'payments'],
  ['no text', 'owner', ' '],
  ['a text that was removed', 'owner', REMOVED],
  ['a text that is longer than a name', 'owner', 'a'.repeat(501)],
  ['a key that is longer than a key', `${'a'.repeat(300)}/owner`, 'payments'],
])('%s is no hint', (_, key, value) => expect(ownerIn(key, value)).toBeUndefined())

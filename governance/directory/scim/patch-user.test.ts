// What a PATCH makes of somebody: the forms that providers document, and what is refused.
import { describe, expect, test } from 'vitest'
import { readOperations } from './operations'
import { patchUser } from './patch-user'
import type { Said } from './user-said'

const BEFORE: Said = {
  userName: 'ada@acme.example',
  externalId: 'e1',
  isActive: true,
  name: { formatted: 'Ada Byron', givenName: 'Ada', familyName: 'Byron' },
  displayName: 'Ada Byron',
  emails: [
    { value: 'ada@acme.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
}
const after = (...Operations: unknown[]) => patchUser(BEFORE, readOperations({ Operations }))
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

test.each<[string, unknown, Partial<Said>]>([
  ['active as a word', { op: 'Replace', path: 'active', value: 'False' }, { isActive: false }],
  ['active without a path', { op: 'replace', value: { active: false } }, { isActive: false }],
  ['active in a list', { op: 'Replace', path: 'active', value: [{ value: 'False' }] }, { isActive: false }],
  ['a name', { op: 'Add', path: 'displayName', value: 'Countess' }, { displayName: 'Countess' }],
  [
    'a part of a name',
    { op: 'Replace', path: 'name.familyName', value: 'Lovelace' },
    { name: { formatted: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' } },
  ],
  [
    'parts with dots, without a path',
    {
      op: 'replace',
      value: { 'name.givenName': 'A', 'name.familyName': 'L', [`${ENTERPRISE}:employeeNumber`]: '7' },
    },
    { name: { formatted: 'A L', givenName: 'A', familyName: 'L' } },
  ],
  [
    'an address by a filter',
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@acme.example' },
    {
      emails: [
        { value: 'ada@home.example', type: 'home' },
        { value: 'new@acme.example', type: 'work', primary: true },
      ],
    },
  ],
  [
    'an address that was not there',
    { op: 'Add', path: 'emails[type eq "other"].value', value: 'x@acme.example' },
    { emails: [...BEFORE.emails, { type: 'other', value: 'x@acme.example' }] },
  ],
  ['addresses, all of them', { op: 'remove', path: 'emails' }, { emails: [] }],
  ['an address taken out', { op: 'remove', path: 'emails[type eq "home"]' }, { emails: [BEFORE.emails[0]!] }],
  ['a manager by id', { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'm1' }, { manager: 'm1' }],
  ['a manager as an object', { op: 'replace', path: 'manager', value: { value: 'm1' } }, { manager: 'm1' }],
  [
    'a manager of a schema',
    { op: 'add', value: { [ENTERPRISE]: { manager: { value: 'm1' } } } },
    { manager: 'm1' },
  ],
  ['what is not kept', { op: 'Add', path: 'nickName', value: 'Babs' }, {}],
  ['a password', { op: 'replace', value: { password: 'made up for this' } }, {}],
  ['what another schema says', { op: 'add', path: 'urn:acme:2.0:User:shoeSize', value: 38 }, {}],
])('%s', (_, operation, changed) => expect(after(operation).said).toEqual({ ...BEFORE, ...changed }))

test('says whether it speaks of somebody being there', () => {
  expect(after({ op: 'replace', path: 'displayName', value: 'A' }).saysActive).toBe(false)
  expect(after({ op: 'replace', path: 'active', value: true }).saysActive).toBe(true)
})

describe('refused', () => {
  test.each<[string, unknown, string]>([
    ['an attribute that there is not', { op: 'replace', path: 'activ', value: false }, 'invalidPath'],
    ['the same without a path', { op: 'replace', value: { activ: false } }, 'invalidPath'],
    ['a word that is no truth', { op: 'replace', path: 'active', value: 'no longer' }, 'invalidValue'],
    ['taking active out', { op: 'remove', path: 'active' }, 'mutability'],
    ['taking out nothing in particular', { op: 'remove', value: {} }, 'noTarget'],
    ['taking the userName out', { op: 'remove', path: 'userName' }, 'invalidValue'],
    ['a text that is a number', { op: 'replace', path: 'displayName', value: 7 }, 'invalidValue'],
    ['a path that does not end', { op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath'],
    ['an operation that there is not', { op: 'move', path: 'active', value: false }, 'invalidSyntax'],
    ['a value that is no object', { op: 'add', value: 'x' }, 'invalidValue'],
  ])('%s', (_, operation, scimType) => {
    expect(() => after(operation)).toThrow(expect.objectContaining({ scimType }) as Error)
  })
  test('no operations, and too many', () => {
    expect(() => readOperations({})).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }) as Error)
    const many = Array.from({ length: 1001 }, () => ({ op: 'add', path: 'title', value: 'x' }))
    expect(() => readOperations({ Operations: many })).toThrow(
      expect.objectContaining({ scimType: 'tooMany' }) as Error,
    )
  })
})

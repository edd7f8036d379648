// Paths and filters as providers send them, and whatever else somebody may send.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterOf, targetOf } from './path'
import { ScimError } from './scim-error'

const eq = (attribute: string, value: string) => ({
  kind: 'compare',
  path: { attribute },
  operator: 'eq',
  value,
})

describe('a filter', () => {
  test.each<[string, unknown]>([
    ['userName eq "a@b.c"', eq('username', 'a@b.c')],
    ['USERNAME EQ "a"', eq('username', 'a')],
    ['userName eq "say \\"hi\\""', eq('username', 'say "hi"')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"', eq('username', 'a')],
    ['id eq "1" and manager eq "2"', { kind: 'and', parts: [eq('id', '1'), eq('manager', '2')] }],
    [
      'a eq "1" or b eq "2" and c eq "3"',
      { kind: 'or', parts: [eq('a', '1'), { kind: 'and', parts: [eq('b', '2'), eq('c', '3')] }] },
    ],
    ['not (a pr)', { kind: 'not', of: { kind: 'present', path: { attribute: 'a' } } }],
    ['emails[type eq "work"]', { kind: 'among', attribute: 'emails', of: eq('type', 'work') }],
    [
      'emails[type eq "work"].value eq "x"',
      {
        ...{ kind: 'among', attribute: 'emails', of: eq('type', 'work') },
        then: { sub: 'value', operator: 'eq', value: 'x' },
      },
    ],
    ['active eq true', { kind: 'compare', path: { attribute: 'active' }, operator: 'eq', value: true }],
  ])('%s', (text, filter) => expect(filterOf(text)).toEqual(filter))
  test.each([
    ...[
      '',
      'userName',
      'userName eq',
      'userName eq a',
      'userName like "a"',
      'userName eq "a',
      'userName eq "a" b',
    ],
    ...['(userName eq "a"', 'userName eq {}', 'a.b.c eq "1"', 'not a pr', 'a eq "\\u0000"', '='.repeat(5000)],
    `${'('.repeat(20)}a pr${')'.repeat(20)}`,
  ])('%s is refused', (text) => {
    expect(() => filterOf(text)).toThrow(ScimError)
  })
  test('whatever is sent is read or refused', () => {
    const pieces = fc.constantFrom(
      'userName',
      ' ',
      'eq',
      '"a"',
      '(',
      ')',
      '[',
      ']',
      'and',
      'not',
      '.',
      '"',
      '\\',
      'é',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          filterOf(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError)
        }
      }),
    )
  })
})

describe('a path', () => {
  test.each<[string, unknown]>([
    ['active', { attribute: 'active' }],
    ['name.familyName', { attribute: 'name', sub: 'familyname' }],
    ['members[value eq "1"]', { attribute: 'members', of: eq('value', '1') }],
    ['emails[type eq "work"].value', { attribute: 'emails', of: eq('type', 'work'), sub: 'value' }],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', { attribute: 'manager' }],
    ['urn:acme:2.0:User:shoeSize', { attribute: 'urn:acme:2.0:user:shoesize', isForeign: true }],
  ])('%s', (text, target) => expect(targetOf(text)).toEqual(target))
  test.each(['', 'a b', 'a[', 'a[b eq "1"', 'a[b eq "1"]c', '[b eq "1"]', 'a.b.c', '"a"'])(
    '%s is refused',
    (text) => {
      expect(() => targetOf(text)).toThrow(ScimError)
    },
  )
})

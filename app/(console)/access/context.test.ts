// Lines of key=value become what is known of a request, or words about the line that is not one.
import { expect, test } from 'vitest'
import { contextOf } from './context'

test.each([
  ['', {}],
  ['  \n', {}],
  ['a=b', { context: { a: 'b' } }],
  ['a = b \r\n\n c=d=e', { context: { a: 'b', c: 'd=e' } }],
  ['a=1\na=2', { context: { a: ['1', '2'] } }],
  ['a=', { context: { a: [] } }],
  ['a=1\na=', { context: { a: '1' } }],
])('%j is read', (text, told) => expect(contextOf(text)).toEqual(told))

test.each([
  ['a=b\nno sign', 'Line 2 is not key=value: “no sign”.'],
  ['=b', 'Line 1 is not key=value: “=b”.'],
])('%j is refused in words', (text, issue) => expect(contextOf(text)).toEqual({ issue }))

// Whatever a text holds, HCL reads it back as it is: nothing in it becomes a template, a comment or the end of a text.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSTILE } from '@/tests/hostile-texts'
import { plainValue, readHcl } from '@/tests/read-hcl'
import { block, hcl, joined, jsonencode, reference } from './hcl'

const read = (text: string) => readHcl(text)[0]?.values ?? {}
const plain = (value: Parameters<typeof plainValue>[0]) => plainValue(value, (ref) => `<${ref}>`)

describe('a text', () => {
  test('comes back as it is, as a value, in lists, as a key, in a call', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const values = read(
          hcl(
            block(
              'resource',
              ['a', text],
              ['one', text],
              ['many', [text, text]],
              ['call', jsonencode({ [text]: [{ [text]: text }] })],
            ),
          ),
        )
        expect(plain(values['one'])).toBe(text)
        expect(plain(values['many'])).toEqual([text, text])
        expect(plain(values['call'])).toEqual({ [text]: [{ [text]: text }] })
      }),
    )
  })
  test('beside a reference leaves the reference one', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const values = read(hcl(block('r', [], ['one', joined(text, reference('a.b'), text)])))
        expect(values['one']).toEqual({ parts: [text, { ref: 'a.b' }, text] })
      }),
    )
  })
  test.each([
    ['${x}', '"\\u0024{x}"'],
    ['$${x}', '"$\\u0024{x}"'],
    ['a"b\\c\n', '"a\\"b\\\\c\\n"'],
    ['$5 and 10%', '"$5 and 10%"'],
  ])('%s is written as %s', (text, written) => {
    expect(hcl(block('r', [], ['one', text]))).toBe(`r {\n  one = ${written}\n}\n`)
  })
})

test('the reader refuses what is no text, so that it can fail', () => {
  for (const text of ['r {\n  one = "${x"\n}\n', 'r {\n  one = "%{if}"\n}\n', 'r {\n  one = "a\nb"\n}\n'])
    expect(() => readHcl(text)).toThrow()
  expect(readHcl('r {\n  one = "${a.b}"\n}\n')[0]?.values).toEqual({
    one: { parts: ['', { ref: 'a.b' }, ''] },
  })
})

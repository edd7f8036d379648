// Small sets of permission documents whose answer was worked out by hand, each with the reason for it.
import { describe, expect, test } from 'vitest'
import { administrator } from '@/evaluators/aws-iam/administrator'
import { DOCUMENT_CASES } from './aws-document-cases'
import type { Case } from './aws-documents'
import { NAME_CASES } from './aws-name-cases'
import { STATEMENT_CASES } from './aws-statement-cases'

describe.each([
  ['statements', STATEMENT_CASES],
  ['documents', DOCUMENT_CASES],
  ['names', NAME_CASES],
])('%s', (_, cases: readonly Case[]) => {
  test.each(cases)('$answer: $because', ({ held, answer, says }) => {
    const judged = administrator(held)
    expect(judged).toMatchObject({ answer })
    expect(judged.because.length).toBeGreaterThan(0)
    if (says) expect(judged.because.join('\n')).toMatch(says)
  })
})

test('no two cases are the same', () => {
  const texts = [...STATEMENT_CASES, ...DOCUMENT_CASES, ...NAME_CASES].map(({ held }) => JSON.stringify(held))
  expect(new Set(texts).size).toBe(texts.length)
})

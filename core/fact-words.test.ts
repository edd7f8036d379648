import { expect, test } from 'vitest'
import { factNames } from './fact-words'

test('what is not known is named in words, and never as the code calls it', () => {
  expect(factNames(['lastUsedAt'])).toBe('when it was last used')
  expect(factNames(['owner', 'enabled', 'plainSecrets'])).toBe(
    'who answers for it, whether it is enabled and whether secrets stand in plain where something runs as it',
  )
})

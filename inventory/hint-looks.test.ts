// Owners of secrets are another question than owners of identities.
import { expect, test } from 'vitest'
import { identityLooks, secretHintLooks } from './hint-looks'

const look = (stream: string, kind: string) => ({ stream, kind })

test('a look for the owners of secrets says nothing of identities, whatever became of it', () => {
  const looks = [
    look('people', 'identity'),
    look('people', 'owner-hint'),
    look('tags', 'owner-hint'),
    look('stored', 'secret'),
    look('stored', 'owner-hint'),
    look('both', 'secret'),
    look('both', 'identity'),
    look('both', 'owner-hint'),
  ]
  expect(identityLooks(looks)).toEqual(looks.filter((one) => one !== looks[4]))
})

test('of secrets speak the looks of streams that read secrets', () => {
  const looks = [
    look('tags', 'owner-hint'),
    look('stored', 'secret'),
    look('stored', 'owner-hint'),
    look('bare', 'secret'),
  ]
  expect(secretHintLooks(looks)).toEqual([looks[2]])
})

// What is told of variables with secrets in plain: names, bounded, and never more than is known.
import { expect, test } from 'vitest'
import { absent, known, unknown } from './fact'
import { PLAIN_MAX, PlainSecrets } from './observation'
import { plainSecrets } from './plain-secrets'

const OPEN = unknown('not-collected', 'list', 'others come from a file')

test('names once each, in order, and only those that tell of a secret', () =>
  expect(plainSecrets(['TOKEN', 'REGION', 'DB_PASSWORD', 'TOKEN'], 'list')).toEqual(
    known({ count: 2, names: ['DB_PASSWORD', 'TOKEN'] }, 'list'),
  ))
test('that there is none is only said where everything was seen', () => {
  expect(plainSecrets(['REGION'], 'list')).toEqual(absent('list'))
  expect(plainSecrets(['REGION'], 'list', OPEN)).toEqual(OPEN)
})
test('what was found stands, whatever was not seen beside it', () => {
  expect(plainSecrets(['TOKEN'], 'list', OPEN)).toEqual(
    known({ count: 1, names: ['TOKEN'], more: 'others come from a file' }, 'list'),
  )
  expect(plainSecrets(['TOKEN'], 'list', unknown('denied', 'list'))).toMatchObject({
    value: { more: 'list: denied' },
  })
})
test('more than a few are counted, and so is a name that cannot be told', () => {
  const many = Array.from({ length: PLAIN_MAX + 5 }, (_, at) => `TOKEN_${at}`)
  const odd = [`${'A'.repeat(2000)}_TOKEN`, `ghp_${'a'.repeat(36)}_TOKEN`, 'A\0_TOKEN']
  const fact = plainSecrets([...many, ...odd], 'list')
  expect(fact).toMatchObject({ value: { count: PLAIN_MAX + 8 } })
  expect(fact.state === 'known' && fact.value.names).toHaveLength(PLAIN_MAX)
  expect(fact.state === 'known' && PlainSecrets.safeParse(fact.value).success).toBe(true)
  expect(plainSecrets(odd, 'list')).toEqual(known({ count: 3, names: [] }, 'list'))
})

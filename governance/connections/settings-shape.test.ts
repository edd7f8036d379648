// The fields of a settings schema, and that nothing secret can be shown whatever the shape of the schema.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { settingsShape } from './settings-shape'
import { changedFields, keepSecrets, settingsView, withoutEmpty } from './settings-values'

const secret = z.string().min(8).meta({ title: 'Token', secret: true })
const Flat = z.strictObject({
  address: z.url().meta({ title: 'Address', description: 'Where it is.', placeholder: 'https://a.example' }),
  depth: z.number().int().default(3),
  verify: z.boolean().optional(),
  token: secret.optional(),
})
const Either = z.discriminatedUnion('by', [
  z.object({ by: z.literal('key'), token: secret }),
  z.object({ by: z.literal('login'), login: z.object({ name: z.string(), token: secret.optional() }) }),
])

describe('fields', () => {
  test('of a flat schema, as a form needs them', () => {
    expect(settingsShape(Flat)).toEqual([
      {
        path: 'address',
        title: 'Address',
        description: 'Where it is.',
        placeholder: 'https://a.example',
        secret: false,
        required: true,
        address: true,
        type: 'text',
      },
      { path: 'depth', title: 'depth', secret: false, required: false, type: 'number', default: 3 },
      { path: 'verify', title: 'verify', secret: false, required: false, type: 'boolean' },
      { path: 'token', title: 'Token', secret: true, required: false, type: 'text' },
    ])
  })
  test('of alternatives are those of all', () => {
    const fields = settingsShape(Either)
    expect(fields.map(({ path, secret }) => [path, secret])).toEqual([
      ['by', false],
      ['token', true],
      ['login.name', false],
      ['login.token', true],
    ])
    expect(fields[0]).toMatchObject({ type: 'choice', choices: ['key', 'login'] })
  })
})

const VALUE = 'hush-hush-hush'
const hidden: [string, z.ZodType, unknown][] = [
  ['a field', Flat, { address: 'https://a.example', token: VALUE }],
  ['an alternative', Either, { by: 'key', token: VALUE }],
  ['a nested alternative', Either, { by: 'login', login: { name: 'a', token: VALUE } }],
  ['an optional alternative', z.object({ login: Either.optional() }), { login: { by: 'key', token: VALUE } }],
  ['a list of objects', z.object({ all: z.array(z.object({ token: secret })) }), { all: [{ token: VALUE }] }],
  ['a secret list', z.object({ all: z.array(z.string()).meta({ secret: true }) }), { all: [VALUE] }],
  ['a map', z.object({ all: z.record(z.string(), z.string()) }), { all: { token: VALUE } }],
  ['anything', z.object({ all: z.unknown() }), { all: VALUE }],
  ['a nullable field', z.object({ token: secret.nullable() }), { token: VALUE }],
  ['a field with a default', z.object({ token: secret.default(VALUE) }), { token: VALUE }],
  ['a field nobody described', Flat, { address: 'https://a.example', forgotten: VALUE }],
  ['an intersection', z.intersection(Flat, z.object({ other: secret })), { other: VALUE }],
]

describe('the view', () => {
  test.each(hidden)('does not show a secret in %s', (_, schema, settings) => {
    const fields = settingsShape(schema)
    const shown = JSON.stringify([fields, settingsView(fields, settings)])
    expect(shown).not.toContain(VALUE)
  })
  test('shows the rest, and that a secret is there', () => {
    const view = settingsView(settingsShape(Flat), { address: 'https://a.example', depth: 3, token: VALUE })
    expect(view).toEqual({
      address: { secret: false, isSet: true, value: 'https://a.example' },
      depth: { secret: false, isSet: true, value: 3 },
      verify: { secret: false, isSet: false },
      token: { secret: true, isSet: true },
    })
  })
})

describe('a form that comes back', () => {
  const fields = settingsShape(Flat)
  const held = { address: 'https://a.example', token: VALUE }
  test('keeps a secret left empty', () => {
    for (const token of ['', undefined, '  '])
      expect(keepSecrets(fields, held, { address: 'https://b.example', token })).toEqual({
        address: 'https://b.example',
        token: VALUE,
      })
  })
  test('replaces a secret that was filled in', () => {
    expect(keepSecrets(fields, held, { ...held, token: 'another-one' })).toMatchObject({
      token: 'another-one',
    })
  })
  test('clears what is not secret and left empty', () => {
    expect(keepSecrets(fields, { ...held, depth: 5 }, { address: 'https://a.example', depth: '' })).toEqual(
      held,
    )
  })
  test('keeps a nested secret', () => {
    const nested = { by: 'login', login: { name: 'a', token: VALUE } }
    const given = { by: 'login', login: { name: 'b', token: '' } }
    expect(keepSecrets(settingsShape(Either), nested, given)).toEqual({
      by: 'login',
      login: { name: 'b', token: VALUE },
    })
  })
  test('has no empty text', () => {
    expect(withoutEmpty({ a: '', b: { c: ' ', d: 0, e: false }, f: null })).toEqual({ b: { d: 0, e: false } })
  })
  test('says which fields changed, by name alone', () => {
    expect(changedFields(fields, held, { address: 'https://a.example', depth: 2, token: 'x' })).toEqual([
      'depth',
      'token',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { idOf } from '../content-hash'
import { HeldRows } from './held-rows'

const rowsOf = (pairs: [string, string][]) => Buffer.from(pairs.flat().join('').replaceAll('-', ''), 'hex')
const pairs = (of: string, count: number) =>
  Array.from({ length: count }, (_, n): [string, string] => [
    idOf(of, String(n)),
    idOf(of, String(n), 'content'),
  ])

describe('what a scope holds', () => {
  const [many, few] = [pairs('many', 5000), pairs('few', 3)]
  const held = new HeldRows([
    { kind: 'identity', stream: 'users', rows: rowsOf(many) },
    { kind: 'credential', stream: 'users', rows: rowsOf([]) },
    { kind: 'credential', stream: 'keys', rows: rowsOf(few) },
  ])

  test('every row is found under its id, with its stream and fingerprint', () => {
    expect(held.size).toBe(5003)
    for (const [id, fingerprint] of many)
      expect(held.find(id)).toMatchObject({ kind: 'identity', stream: 'users', fingerprint })
    for (const [id, fingerprint] of few)
      expect(held.find(id)).toMatchObject({ kind: 'credential', stream: 'keys', fingerprint })
    expect(held.find(idOf('nobody'))).toBeUndefined()
  })

  test('unseen is what nothing was said of, where it is asked about', () => {
    for (const [id] of [...many.slice(1), ...few.slice(0, 2)]) held.say(held.find(id)?.at ?? -1, 'same')
    held.say(held.find(few[2]?.[0] ?? '')?.at ?? -1, 'written')
    expect([...held.unseen(() => true)]).toEqual([{ kind: 'identity', stream: 'users', id: many[0]?.[0] }])
    expect([...held.unseen(({ stream }) => stream === 'keys')]).toEqual([])
  })

  test('ids that begin alike are told apart', () => {
    const alike = Array.from({ length: 50 }, (_, n): [string, string] => [
      `ffffffff-0000-8000-8000-${String(n).padStart(12, '0')}`,
      idOf(String(n)),
    ])
    const rows = new HeldRows([{ kind: 'identity', stream: 'all', rows: rowsOf(alike) }])
    expect(new Set(alike.map(([id]) => rows.find(id)?.at)).size).toBe(50)
    expect(rows.find('ffffffff-0000-8000-8000-999999999999')).toBeUndefined()
  })

  test('nothing held, nothing found', () => {
    expect(new HeldRows([]).find(idOf('a'))).toBeUndefined()
  })
})

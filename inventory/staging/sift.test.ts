import { describe, expect, test } from 'vitest'
import type { Observed } from '@/core/observation'
import { identity } from '@/tests/scripted-source'
import { HeldRows } from './held-rows'
import { sift } from './sift'

const SCOPE = '00000000-0000-8000-8000-000000000001'
const at = (stream: string) => ({ scopeId: SCOPE, stream })
const ended: Observed = { kind: 'ended', of: 'identity', nativeId: 'a', at: '2026-10-01T00:00:00.000Z' }
const [same, other] = [identity('a'), identity('a', { name: 'another' })]

/** A scope that holds `a` as the stream saw it. */
function holding(): HeldRows {
  const [row] = sift(at('users'), [same], new HeldRows([])).good.map((sifted) => sifted.row)
  const rows = Buffer.from(`${row?.id}${row?.fingerprint}`.replaceAll('-', ''), 'hex')
  return new HeldRows([{ kind: 'identity', stream: 'users', rows }])
}
/** What is staged, in order, and how many things were seen. */
function told(batches: [stream: string, one: Observed][], held = holding()) {
  const sifted = batches.flatMap(([stream, one]) => sift(at(stream), [one], held).good)
  return {
    staged: sifted
      .filter(({ staged }) => staged)
      .map(({ row }) => `${row.stream} ${row.says}${row.doc ? ' whole' : ''}`),
    counted: sifted.filter(({ counted }) => counted).length,
    unseen: [...held.unseen(() => true)].length,
  }
}

describe('an observation', () => {
  test('of something new is staged whole', () => {
    expect(told([['users', identity('b')]])).toEqual({ staged: ['users seen whole'], counted: 1, unseen: 1 })
  })
  test('of something held that changed is staged whole', () => {
    expect(told([['users', other]])).toEqual({ staged: ['users seen whole'], counted: 1, unseen: 0 })
  })
  test('that changes nothing is counted and not staged, however often it comes', () => {
    expect(told([['users', same]])).toEqual({ staged: [], counted: 1, unseen: 0 })
    expect(
      told([
        ['users', same],
        ['users', same],
      ]),
    ).toEqual({ staged: [], counted: 1, unseen: 0 })
  })
  test.each<[string, [string, Observed][], string[], number]>([
    [
      'the same, then another',
      [
        ['users', same],
        ['users', other],
      ],
      ['users seen', 'users seen whole'],
      2,
    ],
    [
      'another, then the same',
      [
        ['users', other],
        ['users', same],
      ],
      ['users seen whole', 'users seen'],
      2,
    ],
    [
      'the same, then its end',
      [
        ['users', same],
        ['users', ended],
      ],
      ['users seen', 'users ended'],
      1,
    ],
    [
      'its end, then the same',
      [
        ['users', ended],
        ['users', same],
      ],
      ['users ended', 'users seen'],
      1,
    ],
    [
      'the same in two streams',
      [
        ['users', same],
        ['roles', same],
      ],
      ['users seen', 'roles seen whole'],
      2,
    ],
  ])('that comes twice is told twice, in order: %s', (_, batches, staged, counted) => {
    expect(told(batches)).toEqual({ staged, counted, unseen: 0 })
  })
  test('of a stream that did not hold it is staged whole', () => {
    expect(told([['roles', same]])).toEqual({ staged: ['roles seen whole'], counted: 1, unseen: 0 })
  })
  test('that is not understood ends its batch, and what came before it stands', () => {
    const broken = { ...identity('c'), class: 'nonsense' } as unknown as Observed
    const { good, bad } = sift(at('users'), [same, broken, other], holding())
    expect(good.map(({ staged }) => staged)).toEqual([false])
    expect(bad).toBeInstanceOf(Error)
  })
})

// The suite itself under test: the reference connector keeps every law, and each planted bug is caught by a named one.
import { describe, expect, test } from 'vitest'
import { conformance, dropping, replay } from './conformance'
import { laws } from './conformance/laws'
import { collectOnce } from './conformance/look'
import { PLANTS } from './conformance/plants'
import { apply } from './conformance/reference-inventory'
import { Study } from './conformance/study'
import { reference } from './reference/connector'
import { recording } from './reference/recording'
import { world } from './reference/world'

conformance(reference, world)

describe('planted bugs', () => {
  test.each(Object.entries(PLANTS))('%s', async (_, { law, says, connector, machine, world: other }) => {
    const study = new Study(connector ?? reference, other ?? world, {
      collect: collectOnce(),
      apply,
      ...machine,
    })
    const failure: unknown = await laws[law](study).then(
      () => 'the law held',
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Error)
    expect(String(failure)).toMatch(new RegExp(`${law}: `))
    expect(String(failure)).toMatch(says)
  })

  test('a skip without a reason is refused', () => {
    expect(() => conformance(reference, { ...world, skip: { order: 'flaky' } })).toThrow(
      /skipped without a reason/,
    )
  })

  test('the real identity of a vanished robot is the only one that goes', async () => {
    const study = new Study(reference, {
      ...world,
      remove: {
        identity: 'east-robot-1',
        from: () => dropping(replay(recording), ({ id }) => id === 'east-robot-9'),
      },
    })
    await expect(laws.deletion(study)).rejects.toThrow(/east-robot-1 is gone and was not retired/)
  })
})

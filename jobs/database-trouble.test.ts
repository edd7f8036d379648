import { expect, test, vi } from 'vitest'
import { databaseTrouble, reconnecting } from './database-trouble'

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code })

test.each([
  [coded('53100'), /disk is full/],
  [new Error('could not extend file "base/5/18977" with FileFallocate(): File too large'), /disk is full/],
  [new Error('Raw query failed. Code: `57P01`. Message: `terminating connection`'), /connection .* was lost/],
  [coded('ECONNREFUSED'), /connection .* was lost/],
  [new Error('Connection terminated unexpectedly'), /connection .* was lost/],
])('%s is told in plain words', (error, told) => expect(databaseTrouble(error)).toMatch(told))

test.each([
  new Error('roles.list: refused'),
  coded('P2002', 'Unique constraint failed'),
  'a text',
  undefined,
])('%s is not the trouble of the database', (error) => expect(databaseTrouble(error)).toBeUndefined())

test('how work ended is written down by the first connection that is not lost, and other trouble is told at once', async () => {
  const lost = coded('57P01')
  const write = vi.fn().mockRejectedValueOnce(lost).mockRejectedValueOnce(lost).mockResolvedValue('written')
  expect(await reconnecting(write, 3, 0)).toBe('written')
  const dead = vi.fn().mockRejectedValue(lost)
  await expect(reconnecting(dead, 3, 0)).rejects.toThrow(lost)
  expect(dead).toHaveBeenCalledTimes(3)
  const full = vi.fn().mockRejectedValue(coded('53100'))
  await expect(reconnecting(full, 3, 0)).rejects.toThrow()
  expect(full).toHaveBeenCalledTimes(1)
})

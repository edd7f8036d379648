// A place in a sorted list as opaque text: sort, part of the list, value and id of the last row, and a check sum.
import { RollcallError } from '@/core/errors'
import { createHash } from 'node:crypto'

/** `part` counts the parts a list is read in: rows that have the sorted value, then rows that have none. */
export type Place = { sort: string; part: number; value: string; id: string }

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url')
const decode = (text: string) => Buffer.from(text, 'base64url').toString('utf8')
const sumOf = (body: string) => createHash('sha256').update(body).digest('base64url').slice(0, 8)

export function encodeCursor({ sort, part, value, id }: Place): string {
  const body = [encode(sort), String(part), encode(value), encode(id)].join('.')
  return `${body}.${sumOf(body)}`
}

/** @throws RollcallError `invalid` when it is not a cursor of this list, or was changed */
export function decodeCursor(cursor: string, sort: string): Place {
  const refuse = (why: string) =>
    new RollcallError(
      'invalid',
      `This page of the list cannot be found: ${why}. Start again from the first page.`,
      [{ path: 'after', message: why }],
    )
  const pieces = cursor.split('.')
  const [ofSort, part, value, id, sum] = pieces
  if (
    pieces.length !== 5 ||
    ofSort === undefined ||
    part === undefined ||
    value === undefined ||
    id === undefined
  )
    throw refuse('the place is not one that a list has given out')
  if (sumOf([ofSort, part, value, id].join('.')) !== sum) throw refuse('the place was changed')
  if (decode(ofSort) !== sort) throw refuse('the place belongs to another order of the list')
  return { sort, part: Number(part), value: decode(value), id: decode(id) }
}

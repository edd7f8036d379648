// Whether a request to decide is carried out: each of its rows is asked, and where one is refused nothing is done.
import { VERDICTS } from '@/core/campaign'
import { RollcallError, type Code } from '@/core/errors'
import type { Person } from '@/prisma/generated/client'
import type { StoredPolicy } from './campaign-input'
import type { DecisionRow } from './decision-input'
import { rowRefusal, togetherRefusals, type Refusal } from './decision-rules'
import type { HeldItem } from './held-items'

export type Deciding = {
  person: Person
  places: readonly string[]
  policy: StoredPolicy
  now: Date
  byLink?: boolean
}

const minute = (at: Date): string => `${at.toISOString().slice(0, 16)}Z`
const refuse = (code: Code, message: string): Refusal => ({ code, message })

/** Whose it is, and whether it can still be decided about. */
export function standingRefusal(
  item: HeldItem | undefined,
  version: number,
  { places }: Pick<Deciding, 'places'>,
): Refusal | undefined {
  if (!item) return refuse('not-found', 'There is no such item in this campaign.')
  if (!item.reviewerId || !places.includes(item.reviewerId))
    return refuse(
      'forbidden',
      item.reviewerName ? `It is for ${item.reviewerName} to decide.` : 'It has no reviewer.',
    )
  if (item.state === 'signed')
    return refuse('conflict', 'It was signed off: say what is to be added as an addendum.')
  if (item.state === 'excepted')
    return refuse('conflict', 'Nobody decided it in time: somebody answers for it by name now.')
  if (item.state === 'moved') return refuse('conflict', 'It was left to the next campaign.')
  if (item.version === version) return undefined
  const first =
    item.decidedBy && item.decidedAt
      ? `${item.decidedBy} decided “${item.decision}” at ${minute(item.decidedAt)}${item.decidedReason ? ` (${item.decidedReason})` : ''}.`
      : 'Somebody changed it meanwhile.'
  return refuse('conflict', `${first} Look at it again.`)
}

/** What is of high risk is not decided by whoever holds a mail. */
export const linkRefusal = ({
  tier,
  administrator,
}: Pick<HeldItem, 'tier' | 'administrator'>): Refusal | undefined =>
  tier === 0 || administrator
    ? refuse(
        'forbidden',
        'It is of high risk: sign in to decide about it. Without an account, ask an administrator for one, or say that it is not yours.',
      )
    : undefined

/** Whoever has something at stake is never the only one who keeps it. */
function selfRefusal(item: HeldItem, { decision }: DecisionRow, { person }: Deciding): Refusal | undefined {
  if (!item.administrator || item.control) return undefined
  if (item.secondId === person.id)
    return refuse('forbidden', 'You give the second look at it: somebody else decides first.')
  const own = item.interested.find(({ personId }) => personId === person.id)
  if (own && decision === 'keep' && item.secondId === null)
    return refuse(
      'forbidden',
      `You cannot be the only one to keep it: ${own.why}. Somebody has to be named for the second look.`,
    )
  return undefined
}

const isVerdict = ({ decision }: DecisionRow): boolean => (VERDICTS as readonly string[]).includes(decision)

function goneRefusal({ goneAt, control }: HeldItem, { decision }: DecisionRow): Refusal | undefined {
  if (!goneAt || control || (decision !== 'keep' && decision !== 'reduce')) return undefined
  return refuse(
    'conflict',
    `It is gone since ${minute(goneAt)}: there is nothing left to ${decision}. Decide to remove it.`,
  )
}

/** Row by row, in the order of the request; nothing where all can be carried out. */
export function refusalsOf(
  rows: readonly DecisionRow[],
  items: ReadonlyMap<string, HeldItem>,
  at: Deciding,
): Map<string, Refusal> {
  const refused = new Map<string, Refusal>()
  const rest: { id: string; asked: DecisionRow; card: HeldItem['card'] }[] = []
  for (const row of rows) {
    const item = items.get(row.item)
    const refusal =
      standingRefusal(item, row.version, at) ??
      (item &&
        ((at.byLink && isVerdict(row) ? linkRefusal(item) : undefined) ??
          selfRefusal(item, row, at) ??
          goneRefusal(item, row) ??
          rowRefusal(row, item.card, at.policy, at.now)))
    if (refusal) refused.set(row.item, refusal)
    else if (item) rest.push({ id: row.item, asked: row, card: item.card })
  }
  const kept = rows.flatMap((row) => {
    const item = items.get(row.item)
    return item ? [{ id: row.item, asked: row, card: item.card }] : []
  })
  for (const [id, refusal] of togetherRefusals(kept))
    if (rest.some((row) => row.id === id)) refused.set(id, refusal)
  return refused
}

/** Of a row that is refused for nothing of its own. */
export const NOT_FOR_OTHERS = 'Not decided, because others of the request were refused.'

/** The gravest first: it is the code of the whole answer. */
const CODES: readonly Code[] = ['forbidden', 'not-found', 'conflict', 'invalid']

/** @throws RollcallError that answers every row of the request: those that were refused, and those that were not done for it */
export function throwRefused(rows: readonly { item: string }[], refused: ReadonlyMap<string, Refusal>): void {
  if (!refused.size) return
  const codes = [...refused.values()].map(({ code }) => code)
  const code = CODES.find((one) => codes.includes(one)) ?? 'invalid'
  const [only] = refused.values()
  const message =
    rows.length === 1 && only
      ? only.message
      : `Nothing was decided: ${refused.size} of ${rows.length} ${refused.size === 1 ? 'was' : 'were'} refused.`
  throw new RollcallError(
    code,
    message,
    rows.map(({ item }) => ({
      path: item,
      message: refused.get(item)?.message ?? NOT_FOR_OTHERS,
    })),
  )
}

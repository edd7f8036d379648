// Makes an audit, changes what it says, who audits and what they are handed, and closes it.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { Audit } from '@/prisma/generated/client'
import { command, invalid } from '../command'
import { titleOfControl } from '../packs/asking/settle'
import { AuditEdit, AuditInput, beginOf, endOf, Words } from './audit-input'
import { auditToChange } from './held-audit'
import { canAudit } from './who-audits'

const wrong = (path: string, message: string) => invalid([{ path, message }])

function ensurePeriod(from: Date, to: Date): void {
  if (from >= to) throw wrong('to', 'lies before the first day')
}

function settledControls(controls: readonly string[]): string[] {
  const unknown = controls.find((control) => titleOfControl(control) === undefined)
  if (unknown !== undefined)
    throw wrong('controls', `There is no ${unknown}: write <framework> or <framework>:<control>.`)
  return [...new Set(controls)].sort()
}

type At = { tx: Tx; now: Date; by: string }
type Changed = { added: string[]; removed: string[] }

/** Names who audits: members with that role, whose accounts are in use. Who is named already may stay whatever they are now. */
async function nameAuditors({ tx, now, by }: At, auditId: string, ids: readonly string[]): Promise<Changed> {
  const before = await tx.auditAuditor.findMany({ where: { auditId } })
  const wanted = new Set(ids)
  const removed = before.filter(({ userId }) => !wanted.has(userId))
  const fresh = [...wanted].filter((id) => !before.some(({ userId }) => userId === id))
  const users = await tx.user.findMany({
    where: { id: { in: fresh }, ...canAudit(now) },
  })
  if (users.length < fresh.length)
    throw wrong('auditors', 'Only members with the role auditor, whose access has not ended, can audit.')
  await tx.auditAuditor.deleteMany({
    where: { auditId, userId: { in: removed.map(({ userId }) => userId) } },
  })
  await tx.auditAuditor.createMany({
    data: users.map(({ id, name }) => ({ auditId, userId: id, name, addedAt: now, addedBy: by })),
  })
  return { added: users.map(({ name }) => name), removed: removed.map(({ name }) => name) }
}

/** Hands packs over. Taking one back again is possible: what was downloaded meanwhile is in the activity log. */
export async function sharePacks(
  { tx, now, by }: At,
  auditId: string,
  ids: readonly string[],
): Promise<string[]> {
  const held = await tx.auditPack.findMany({ where: { auditId, packId: { in: [...ids] } } })
  const fresh = [...new Set(ids)].filter((id) => !held.some(({ packId }) => packId === id))
  const sealed = await tx.pack.findMany({
    where: { id: { in: fresh }, state: 'sealed' },
    select: { id: true, title: true },
  })
  if (sealed.length < fresh.length) throw wrong('packs', 'Only packs that are sealed can be handed over.')
  await tx.auditPack.createMany({
    data: sealed.map(({ id }) => ({ auditId, packId: id, sharedAt: now, sharedBy: by })),
  })
  return sealed.map(({ title }) => title)
}

async function setPacks(at: At, auditId: string, ids: readonly string[]): Promise<Changed> {
  const removed = await at.tx.auditPack.findMany({
    where: { auditId, packId: { notIn: [...ids] } },
    include: { pack: { select: { title: true } } },
  })
  await at.tx.auditPack.deleteMany({
    where: { auditId, packId: { in: removed.map(({ packId }) => packId) } },
  })
  return { added: await sharePacks(at, auditId, ids), removed: removed.map(({ pack }) => pack.title) }
}

export const createAudit = command({
  name: 'audit.create',
  permission: 'audit:manage',
  input: AuditInput,
  async run({ actor, input: { title, about, from, to, controls, auditors, packs }, tx, now }) {
    const [periodFrom, periodTo] = [beginOf(from), endOf(to)]
    ensurePeriod(periodFrom, periodTo)
    const { id } = await tx.audit.create({
      data: {
        title,
        about,
        periodFrom,
        periodTo,
        controls: settledControls(controls),
        createdAt: now,
        createdById: actor.id,
        createdByName: actor.name,
      },
    })
    const at = { tx, now, by: actor.name }
    const named = await nameAuditors(at, id, auditors)
    const handed = await setPacks(at, id, packs)
    return { id, title, auditors: named.added, packs: handed.added }
  },
  activity: ({ from, to }, { id, title, auditors, packs }) => ({
    object: `audit:${id}`,
    detail: { title, from, to, auditors, packs },
  }),
})

const saidOf = (input: z.output<typeof AuditEdit>, held: Audit) => ({
  title: input.title ?? held.title,
  about: input.about ?? held.about,
  periodFrom: input.from === undefined ? held.periodFrom : beginOf(input.from),
  periodTo: input.to === undefined ? held.periodTo : endOf(input.to),
  controls: input.controls === undefined ? held.controls : settledControls(input.controls),
})

const NONE: Changed = { added: [], removed: [] }
export const editAudit = command({
  name: 'audit.edit',
  permission: 'audit:manage',
  input: AuditEdit.extend({ id: z.guid('is not the id of an audit') }),
  async run({ actor, input: { id, ...input }, tx, now }) {
    const held = await auditToChange(tx, actor, id)
    const said = saidOf(input, held)
    ensurePeriod(said.periodFrom, said.periodTo)
    await tx.audit.update({ where: { id }, data: said })
    const at = { tx, now, by: actor.name }
    const auditors = input.auditors ? await nameAuditors(at, id, input.auditors) : NONE
    const packs = input.packs ? await setPacks(at, id, input.packs) : NONE
    return { id, title: said.title, auditors, packs }
  },
  activity: ({ id: _, auditors: __, packs: ___, about, ...input }, { id, title, auditors, packs }) => ({
    object: `audit:${id}`,
    detail: {
      ...input,
      title,
      ...(about !== undefined && { about: 'said anew' }),
      ...Object.fromEntries(
        Object.entries({
          auditorsAdded: auditors.added,
          auditorsRemoved: auditors.removed,
          packsShared: packs.added,
          packsTakenBack: packs.removed,
        }).filter(([, names]) => names.length > 0),
      ),
    },
  }),
})

export const CloseBody = z.strictObject({ why: Words('Say why', 2000) })
export const closeAudit = command({
  name: 'audit.close',
  permission: 'audit:manage',
  input: CloseBody.extend({ id: z.guid('is not the id of an audit') }),
  async run({ actor, input: { id, why }, tx, now }) {
    const { title } = await auditToChange(tx, actor, id)
    const open = await tx.auditItem.count({ where: { auditId: id, status: { in: ['waiting', 'ready'] } } })
    await tx.audit.update({ where: { id }, data: { closedAt: now, closedBy: actor.name, closedWhy: why } })
    return { id, title, open }
  },
  activity: ({ why }, { id, title, open }) => ({ object: `audit:${id}`, detail: { title, open, why } }),
})

/** @throws RollcallError `invalid` for a pack that the auditors were not handed, or whose file could not be made */
export async function sharedPack(tx: Pick<Tx, 'auditPack'>, auditId: string, packId: string) {
  const shared = await tx.auditPack.findUnique({
    where: { auditId_packId: { auditId, packId } },
    include: { pack: true },
  })
  if (!shared)
    throw new RollcallError('invalid', 'That pack is not one of this audit.', [
      { path: 'pack', message: 'is no pack of this audit' },
    ])
  return shared.pack
}

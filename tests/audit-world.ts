// An audit of a small estate: who makes it, who audits, and a pack that they are handed.
import { createAudit } from '@/governance/audits/create-audit'
import type { ItemView } from '@/governance/audits/list-items'
import { listItems } from '@/governance/audits/list-items'
import { askRequest } from '@/governance/audits/ask-request'
import { settledNow } from '@/inventory/moment/settled-now'
import { db } from '@/prisma/client'
import { actorOf } from './queried-estate'
import type { Actor, Role } from '@/core/permissions'

export const maker = actorOf('analyst', { id: 'maker', name: 'Mia Maker' })
export const auditor = actorOf('auditor', { id: 'audrey', name: 'Audrey' })
export const another = actorOf('auditor', { id: 'arthur', name: 'Arthur' })

/** Accounts as the login library has them. */
export async function accounts(...actors: readonly Actor[]): Promise<void> {
  for (const { id, name, role } of actors)
    await db.user.create({
      data: { id, name, email: `${id}@example.com`, role: role satisfies Role, updatedAt: new Date() },
    })
}

const today = (days = 0) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
export const PERIOD = { from: today(-30), to: today() }

export async function audit(more: Partial<Parameters<typeof createAudit>[1]> = {}): Promise<string> {
  const { id } = await createAudit(maker, {
    title: 'Access in the year 2026',
    about: 'Who has access, and who says so.',
    ...PERIOD,
    auditors: [auditor.id],
    ...more,
  })
  return id
}

export async function request(auditId: string, more: { title?: string; due?: string } = {}): Promise<string> {
  const { id } = await askRequest(auditor, {
    audit: auditId,
    title: 'The policy of rotation',
    question: 'Which policy says how often keys are made anew?',
    ...more,
  })
  return id
}

/** A pack as it stands once it is sealed, without its file. */
export async function sealedPack(
  asked: { filter?: Record<string, string>; asOf?: string; controls?: string[] } = {},
): Promise<string> {
  const now = asked.asOf ?? (await settledNow())
  const { id } = await db.pack.create({
    data: {
      title: 'Quarter 3',
      asked: {
        controls: asked.controls ?? [],
        filter: asked.filter ?? {},
        asOf: now,
        known: now,
        contents: ['population'],
        redact: [],
      },
      needs: ['identity:read', 'campaign:read'],
      state: 'sealed',
      actorKind: 'user',
      actorId: maker.id,
      actorName: maker.name,
      actorRole: maker.role,
      askedAt: new Date(),
      endedAt: new Date(),
      sha256: '9f'.repeat(32),
      content: '8f'.repeat(32),
      key: '7f'.repeat(32),
      files: [],
      complete: true,
      keepDays: 30,
    },
  })
  return id
}

export const drawnIds = async (actor: Actor, auditId: string, sample: string): Promise<string[]> => {
  const { rows } = await listItems(actor, auditId, { sample, size: 500 })
  return rows.map(({ subject }) => subject?.id ?? '')
}
export type Thread = ItemView['thread']

// Writes what was planned of a file of people: a few statements, however many they are.
import { randomUUID } from 'node:crypto'
import type { Tx } from '@/prisma/client'
import type { Plan } from './plan-people'
import { evaluateOwnedBy, settleStanding } from './standing'

const withIds = ({ people }: Plan) => people.map((one) => ({ ...one, id: one.held?.id ?? randomUUID() }))
type Row = ReturnType<typeof withIds>[number]

async function writePersons(tx: Tx, rows: readonly Row[], now: Date): Promise<void> {
  const json = JSON.stringify(rows.map(({ id, name, email, isActive }) => ({ id, name, email, isActive })))
  await tx.$executeRaw`
    INSERT INTO person AS p (id, name, email, standing, left_at, created_at, changed_at)
    SELECT t.id, t.name, t.email, CASE WHEN t."isActive" THEN 'here' ELSE 'left' END, CASE WHEN NOT t."isActive" THEN ${now}::timestamptz END,
      ${now}::timestamptz, ${now}::timestamptz
    FROM jsonb_to_recordset(${json}::jsonb) AS t (id uuid, name text, email text, "isActive" boolean)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, changed_at = excluded.changed_at
    WHERE (p.name, p.email) IS DISTINCT FROM (excluded.name, excluded.email)`
}

async function writeSources(tx: Tx, { source, missing }: Plan, rows: readonly Row[], now: Date) {
  const said = [
    ...rows.map(({ externalId, id, isActive }) => ({ externalId, id, isActive })),
    ...missing.map(({ externalId, personId }) => ({ externalId, id: personId, isActive: false })),
  ]
  await tx.$executeRaw`
    INSERT INTO person_source AS s (source, external_id, person_id, is_active, at)
    SELECT ${source}, t."externalId", t.id, t."isActive", ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS t ("externalId" text, id uuid, "isActive" boolean)
    ON CONFLICT (source, external_id) DO UPDATE SET is_active = excluded.is_active, at = excluded.at`
}

async function writeManagers(tx: Tx, rows: readonly Row[]): Promise<void> {
  const told = rows.flatMap(({ id, manager }) => (manager === undefined ? [] : [{ id, manager }]))
  if (!told.length) return
  await tx.$executeRaw`
    UPDATE person p SET manager_id = m.id
    FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS t (id uuid, manager text) LEFT JOIN person m ON m.email = t.manager
    WHERE p.id = t.id AND p.manager_id IS DISTINCT FROM m.id`
}

/** Memberships that another source told stay: a file speaks for itself. */
async function writeTeams(tx: Tx, source: string, rows: readonly Row[], now: Date): Promise<void> {
  const told = rows.filter(({ teams }) => teams !== undefined)
  if (!told.length) return
  const names = [...new Set(told.flatMap(({ teams = [] }) => teams))]
  const at = { createdAt: now, changedAt: now }
  await tx.team.createMany({
    data: names.map((name) => ({ id: randomUUID(), name, source, ...at })),
    skipDuplicates: true,
  })
  const ids = told.map(({ id }) => id)
  const members = told.flatMap(({ id, teams = [] }) => teams.map((team) => ({ id, team })))
  await tx.$executeRaw`DELETE FROM team_member WHERE source = ${source} AND person_id = ANY(${ids}::uuid[])`
  await tx.$executeRaw`
    INSERT INTO team_member (team_id, person_id, source)
    SELECT m.id, t.id, ${source} FROM jsonb_to_recordset(${JSON.stringify(members)}::jsonb) AS t (id uuid, team text)
    JOIN team m ON m.name = t.team ON CONFLICT DO NOTHING`
}

/** The day that the file tells counts, not the day of the file. */
async function writeLastDays(tx: Tx, rows: readonly Row[]): Promise<void> {
  const told = rows.flatMap(({ id, leftOn, isActive }) => (leftOn && !isActive ? [{ id, leftOn }] : []))
  if (!told.length) return
  await tx.$executeRaw`
    UPDATE person p SET left_at = t."leftOn" FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS t (id uuid, "leftOn" timestamptz)
    WHERE p.id = t.id AND p.standing = 'left'`
}

/** @returns whose standing is another now */
export async function writePeople(tx: Tx, plan: Plan, now: Date): Promise<string[]> {
  const rows = withIds(plan)
  await writePersons(tx, rows, now)
  await writeSources(tx, plan, rows, now)
  await writeManagers(tx, rows)
  await writeTeams(tx, plan.source, rows, now)
  const all = [...rows.map(({ id }) => id), ...plan.missing.map(({ personId }) => personId)]
  const settled = await settleStanding(tx, all, now)
  await writeLastDays(tx, rows)
  const moved = rows.flatMap(({ id, held, name, email, saidActive }) =>
    !held || saidActive === undefined || held.name !== name || held.email !== email ? [id] : [],
  )
  await evaluateOwnedBy(tx, [...new Set([...settled, ...moved])])
  return settled
}

// Every command as every role: who may is what the table of permissions says, and nobody gets in without a name.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { may, PERMISSIONS, ROLES, type Actor } from '@/core/permissions'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { ACTORS, actorAs } from '@/tests/actors'
import { listActivity } from './activity/list-activity'
import { command, type Command } from './command'
import { COMMANDS } from './commands'
import { listAudits, auditView } from './audits/list-audits'
import { itemView, listItems } from './audits/list-items'
import { possibleAuditors } from './audits/who-audits'
import { exceptionView, listExceptions } from './exceptions/list-exceptions'
import { channelView, listChannels } from './channels/list-channels'
import { listNotices, noticeCounts } from './notices/list-notices'
import { preferencesView } from './notices/set-preferences'
import { eventReviews } from './campaigns/events/event-policy'
import { campaignItems, reviewQueue } from './campaigns/campaign-items'
import { campaignView } from './campaigns/campaign-view'
import { listCampaigns } from './campaigns/list-campaigns'
import { listReviewers, namedReviewers } from './campaigns/list-reviewers'
import { checkPopulation } from './campaigns/check-population'
import { differences } from './campaigns/differences'
import { foreseenReviewers } from './campaigns/foreseen-reviewers'
import { lastAlike } from './campaigns/last-alike'
import { myReviews } from './campaigns/my-reviews'
import { reviewedCampaign } from './campaigns/reviewing/as-reviewer'
import { foresee } from './campaigns/reviewing/foresee'
import { handedOn } from './campaigns/reviewing/handed-on'
import { myPace } from './campaigns/reviewing/pace'
import { placeOf } from './campaigns/reviewing/place'
import { alike } from './campaigns/reviewing/same'
import { savedOf } from './campaigns/reviewing/saved'
import { myTally } from './campaigns/reviewing/tally'
import { mySigned, toSign } from './campaigns/reviewing/to-sign'
import { campaignScope } from './campaigns/population'
import { preparationOf, preparations } from './campaigns/preparation'
import { campaignQuality } from './campaigns/quality'
import { myRemediations, remediations } from './campaigns/remediations'
import { connectionView, listConnections } from './connections/list-connections'
import { listGroups, readScimGroup } from './directory/scim/list-groups'
import { listUsers, readScimUser } from './directory/scim/list-users'
import { provisioning } from './directory/scim/provisioning'
import { scopesToSee } from './members/list-scopes'
import { listMembers } from './members/list-members'
import { listCodeOwners } from './owners/code-owners/list-code-owners'
import { checkOwnersFile } from './owners/file/apply-file'
import { ownersFileView } from './owners/file/read-file'
import { listDelegations } from './owners/list-delegations'
import { listPacks, packView, recentPacks } from './packs/asking/list'
import { previewPack } from './packs/asking/preview'
import { deliveryDetail, listDeliveries } from './packs/delivery/listing/list-deliveries'
import { keyTrouble, signingKeys } from './packs/keys/list-keys'
import { policyVersion, policyVersions, policyView } from './policy/read-policy'
import { listRuns, runDetail } from './runs/list-runs'
import { hasSample } from './sample/has-sample'
import { historyView } from './settings/history-view'
import { listTokens } from './tokens/list-tokens'

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

/** No command has such a field, so that none of them does anything here. */
const NONSENSE = { thereIsNoSuchField: true } as never

const outcome = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work()
    return 'done'
  } catch (error) {
    return error instanceof RollcallError ? error.code : String(error)
  }
}

describe.each(COMMANDS.map((one) => [one.meta.name, one] as const))('%s', (_, one: Command) => {
  test('is refused without an actor', async () => {
    expect(await outcome(() => one(null, NONSENSE))).toBe('unauthenticated')
  })
  test.each(ACTORS.map((actor) => [actor.role, actor] as const))('as %s', async (role, actor) => {
    const allowed = (PERMISSIONS[one.meta.permission] as readonly string[]).includes(role)
    expect(await outcome(() => one(actor, NONSENSE))).toBe(allowed ? 'invalid' : 'forbidden')
  })
})

const GROUPS_ASKED = { startIndex: 1, count: 1, members: true }
const NOTHING_ASKED = {
  id: crypto.randomUUID(),
  decisions: [{ item: crypto.randomUUID(), version: 1, decision: 'remove' as const }],
}

describe('reads', () => {
  const reads: [string, keyof typeof PERMISSIONS, (actor: Actor | null) => Promise<unknown>][] = [
    ['connections', 'source:read', listConnections],
    ['a connection', 'source:read', (actor) => connectionView(actor, 'none')],
    ['runs', 'source:read', listRuns],
    ['a run', 'source:read', (actor) => runDetail(actor, 'none')],
    ['members', 'member:manage', listMembers],
    ['scopes to limit to', 'member:manage', scopesToSee],
    ['tokens', 'token:manage', listTokens],
    ['activity', 'activity:read', listActivity],
    ['exceptions', 'exception:read', (actor) => listExceptions(actor)],
    ['an exception', 'exception:read', (actor) => exceptionView(actor, 'none')],
    ['campaigns', 'campaign:read', (actor) => listCampaigns(actor)],
    ['a campaign', 'campaign:read', (actor) => campaignView(actor, 'none')],
    ['items', 'campaign:read', (actor) => campaignItems(actor, 'none')],
    ['a population', 'campaign:read', (actor) => checkPopulation(actor, 'none')],
    ['quality', 'campaign:read', (actor) => campaignQuality(actor, 'none')],
    ['remediations', 'campaign:read', (actor) => remediations(actor, 'none')],
    ['differences', 'campaign:read', (actor) => differences(actor, 'none')],
    ['reviewers', 'campaign:read', (actor) => listReviewers(actor, 'none')],
    ['names of reviewers', 'campaign:read', (actor) => namedReviewers(actor, 'none')],
    ['the campaign before', 'campaign:read', (actor) => lastAlike(actor, 'none')],
    ['a preparation', 'campaign:read', (actor) => preparationOf(actor, 'none')],
    ['preparations', 'campaign:read', (actor) => preparations(actor)],
    ['who would be asked', 'campaign:manage', (actor) => foreseenReviewers(actor, {}, [{ by: 'owner' }])],
    ['the scope of a draft', 'campaign:manage', (actor) => campaignScope(actor, {})],
    ['what starts reviews', 'campaign:read', (actor) => eventReviews(actor)],
    ['reviews', 'review:decide', (actor) => myReviews(actor)],
    ['a queue', 'review:decide', (actor) => reviewQueue(actor, crypto.randomUUID())],
    ['what became of removals', 'review:decide', (actor) => myRemediations(actor)],
    ['a campaign one reviews', 'review:decide', (actor) => reviewedCampaign(actor, 'none')],
    ['what one is asked, counted', 'review:decide', (actor) => myTally(actor, 'none')],
    ['a place in a queue', 'review:decide', (actor) => placeOf(actor, 'none')],
    ['one’s pace', 'review:decide', (actor) => myPace(actor, 'none')],
    ['what was handed on', 'review:decide', (actor) => handedOn(actor, 'none')],
    ['what is the same', 'review:decide', (actor) => alike(actor, 'none')],
    ['what was just decided', 'review:decide', (actor) => savedOf(actor, 'none')],
    ['what would happen', 'review:decide', (actor) => foresee(actor, NOTHING_ASKED)],
    ['what would be signed', 'review:decide', (actor) => toSign(actor, 'none')],
    ['what was signed', 'review:decide', (actor) => mySigned(actor, 'none')],
    ['packs', 'evidence:read', (actor) => listPacks(actor)],
    ['a pack', 'evidence:read', (actor) => packView(actor, 'none')],
    ['packs of one’s own', 'evidence:read', (actor) => recentPacks(actor)],
    ['what a pack would hold', 'evidence:build', (actor) => previewPack(actor, {})],
    ['deliveries', 'delivery:read', (actor) => listDeliveries(actor)],
    ['one delivery', 'delivery:read', (actor) => deliveryDetail(actor, 'none')],
    ['signing keys', 'evidence:read', signingKeys],
    ['what is wrong with a key', 'evidence:read', keyTrouble],
    ['audits', 'audit:read', (actor) => listAudits(actor)],
    ['an audit', 'audit:read', (actor) => auditView(actor, 'none')],
    ['who can audit', 'audit:manage', possibleAuditors],
    ['items of an audit', 'audit:read', (actor) => listItems(actor, 'none')],
    ['an item of an audit', 'audit:read', (actor) => itemView(actor, 'none', 'none')],
    ['the policy', 'policy:read', policyView],
    ['versions of the policy', 'policy:read', (actor) => policyVersions(actor)],
    ['a version of the policy', 'policy:read', (actor) => policyVersion(actor, 9)],
    ['channels', 'notice:read', listChannels],
    ['a channel', 'notice:read', (actor) => channelView(actor, 'none')],
    ['notices', 'notice:read', (actor) => listNotices(actor)],
    ['how many notices there are', 'notice:read', noticeCounts],
    ['when one wants to be told', 'notice:prefer', preferencesView],
    ['the sample', 'identity:read', hasSample],
    ['the OWNERS file', 'person:read', ownersFileView],
    ['files of code owners', 'person:read', listCodeOwners],
    ['what an OWNERS file changes', 'owner:assign', (actor) => checkOwnersFile(actor, { text: '' })],
    ['delegations', 'identity:read', (actor) => listDelegations(actor)],
    ['who comes by SCIM', 'person:read', provisioning],
    ['users of SCIM', 'person:provision', (actor) => listUsers(actor, { startIndex: 1, count: 1 })],
    ['a user of SCIM', 'person:provision', (actor) => readScimUser(actor, 'none')],
    ['groups of SCIM', 'person:provision', (actor) => listGroups(actor, GROUPS_ASKED)],
    ['a group of SCIM', 'person:provision', (actor) => readScimGroup(actor, 'none')],
    ['how long history is kept', 'setting:manage', historyView],
  ]
  test.each(reads)('of %s keep to the table', async (_, permission, read) => {
    expect(await outcome(() => read(null))).toBe('unauthenticated')
    // One who is limited to some scopes gets less than the role.
    for (const actor of [...ACTORS, { ...actorAs('auditor'), within: [] }]) {
      const got = await outcome(() => read(actor))
      if (may(actor, permission)) expect(['done', 'not-found'], actor.role).toContain(got)
      else expect(got, actor.role).toBe('forbidden')
    }
  })
})

test('the list holds every command there is, once', () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name))
  const text = sources.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\n')
  const named = [...text.matchAll(/(?:name: |pausing\()'([a-z-]+\.[a-z-]+)'/g)].map((match) => match[1])
  expect(named.length).toBeGreaterThan(10)
  expect(COMMANDS.map((one) => one.meta.name).sort()).toEqual(named.sort())
})

describe('a command', () => {
  const rename = command({
    name: 'test.rename',
    permission: 'source:manage',
    input: z.strictObject({
      name: z.string().min(3, { error: 'must have 3 letters' }),
      at: z.object({ depth: z.number({ error: 'must be a number' }) }),
      secret: z.string().optional(),
    }),
    async run({ input, tx, now }) {
      if (input.name === 'crash') throw new Error('broken')
      await tx.worker.create({ data: { id: input.name, startedAt: now, beatAt: now } })
      return { id: input.name }
    },
    activity: ({ name }, { id }) => ({ object: `test:${id}`, detail: { name } }),
  })
  const administrator = actorAs('administrator')

  test('names every wrong field', async () => {
    const failure = rename(administrator, { name: 'x', at: { depth: 'deep' }, other: 1 } as never)
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      issues: expect.arrayContaining([
        { path: 'name', message: 'must have 3 letters' },
        { path: 'at.depth', message: 'must be a number' },
        { path: 'other', message: 'There is no such field.' },
      ]),
    })
  })
  test('says who may', async () => {
    const failure = rename(actorAs('auditor'), { name: 'abc', at: { depth: 1 } })
    await expect(failure).rejects.toThrow(
      'Only an administrator can do this (permission source:manage); you are an auditor.',
    )
  })
  test('writes what it did and who did it, as of the same moment', async () => {
    const now = new Date('2026-03-04T05:06:07Z')
    await rename(administrator, { name: 'one', at: { depth: 1 }, secret: 'not-to-be-logged' }, { now })
    const { rows } = await listActivity(administrator, { object: 'test:one' })
    expect(rows).toEqual([
      {
        id: expect.any(String),
        at: now.toISOString(),
        actor: { kind: 'user', id: administrator.id, name: administrator.name },
        action: 'test.rename',
        object: 'test:one',
        detail: { name: 'one' },
      },
    ])
  })
  test('that fails leaves neither its work nor a line', async () => {
    await rename(administrator, { name: 'two', at: { depth: 1 } })
    const before = await db.activity.count()
    await expect(rename(administrator, { name: 'two', at: { depth: 1 } })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(rename(administrator, { name: 'crash', at: { depth: 1 } })).rejects.toThrow('broken')
    expect(await db.activity.count()).toBe(before)
  })
  test('whose line cannot be written is not done', async () => {
    const unsayable = command({
      name: 'test.unsayable',
      permission: 'source:manage',
      input: z.strictObject({}),
      run: ({ tx, now }) => tx.worker.create({ data: { id: 'unsaid', startedAt: now, beatAt: now } }),
      activity: () => {
        throw new Error('no words')
      },
    })
    await expect(unsayable(administrator, {})).rejects.toThrow('no words')
    expect(await db.worker.findUnique({ where: { id: 'unsaid' } })).toBeNull()
  })
})

test('activity is read page by page, newest first', async () => {
  const auditor = actorAs('auditor')
  await db.activity.createMany({
    data: ROLES.map((role) => ({
      actorKind: 'user',
      actorId: role,
      actorName: role,
      action: 'test.page',
      object: 'test:page',
      detail: {},
    })),
  })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await listActivity(auditor, { object: 'test:page', size: 3, after })
    seen.push(...page.rows.map((row) => row.actor.id))
    after = page.next
  } while (after)
  expect(seen).toEqual([...ROLES].reverse())
})

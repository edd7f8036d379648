// The rows that say what lies in what: only what was seen whole, small however large the organisation is, and nothing made up.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openExport } from './import-export'
import { GCLOUD } from './manifest'
import { treeRows } from './map-tree'
import { Project } from './shapes'
import { coverage, no, policy, project, read, A, type Answers } from './fixtures/small-estate'
import { eventsOf, observationsOf } from './fixtures/recorded-world'

const rulings = async (answers: Answers) => {
  const { events, of, asked } = await read(answers)
  const rows = of('entitlement').filter(({ type }) => type === 'gcp.tree')
  return {
    events,
    asked,
    rows,
    documents: Object.fromEntries(
      rows.map(({ nativeId, document }) => [nativeId, document.state === 'known' && document.value]),
    ),
  }
}
/** `organizations/1` holds proj-one and folder 7, which holds proj-two. */
const NESTED: Answers = {
  'resourcemanager.folders.list': ({ parent }) =>
    parent === 'organizations/1' ? { folders: [{ name: 'folders/7', parent }] } : {},
  'resourcemanager.projects.list': ({ parent }) =>
    parent === 'organizations/1'
      ? { projects: [project('proj-one', '101')] }
      : { projects: [project('proj-two', '102')] },
}

describe('an organisation', () => {
  test('is told node by node, with the numbers of projects', async () => {
    const { documents, rows, events } = await rulings(NESTED)
    expect(documents).toEqual({
      'gcp.tree:organizations/1': {
        parents: { 'folders/7': 'organizations/1', 'projects/proj-one': 'organizations/1' },
        numbers: { 'proj-one': '101' },
      },
      'gcp.tree:folders/7': {
        parents: { 'projects/proj-two': 'folders/7' },
        numbers: { 'proj-two': '102' },
      },
    })
    expect(rows.map(({ gives, language }) => [gives, language])).toEqual([
      ['nothing', 'gcp-tree'],
      ['nothing', 'gcp-tree'],
    ])
    expect(coverage(events, 'hierarchy')['entitlement']).toMatchObject({ state: 'complete' })
  })
  test.each(['resourcemanager.folders.list', 'resourcemanager.projects.list'] as const)(
    'of which %s is refused in one folder says nothing of that folder, and is not whole',
    async (call) => {
      const { documents, events } = await rulings({
        ...NESTED,
        [call]: (params: { parent: string }) =>
          params.parent === 'folders/7' ? no('denied') : NESTED[call]?.(params),
      })
      expect(Object.keys(documents)).toEqual(['gcp.tree:organizations/1'])
      expect(coverage(events, 'hierarchy')['entitlement']).toMatchObject({ state: 'partial', why: 'denied' })
    },
  )
  test('with ten thousand projects in one place is told in parts', () => {
    const projects = Array.from({ length: 10_000 }, (_, n) =>
      Project.parse(project(`proj-n${n}`, String(20_000 + n))),
    )
    const root = 'organizations/1'
    const below = new Map([[root, { folders: ['folders/7'], projects }]])
    const rows = [...treeRows({ root, projects, below })]
    const sizes = rows.map((row) => JSON.stringify(row).length)
    expect(rows).toHaveLength(16)
    expect(Math.max(...sizes)).toBeLessThan(100_000)
    const told = rows.flatMap(({ document }) =>
      Object.keys(document.state === 'known' ? (document.value['numbers'] as object) : {}),
    )
    expect(new Set(told).size).toBe(10_000)
  })
})

describe('a folder that is read by itself', () => {
  const FOLDER: Answers = {
    'sign-in': () => ({ method: 'ambient', resources: ['folders/7'] }),
    'resourcemanager.folders.get': ({ name }) =>
      name === 'folders/7'
        ? { name, displayName: 'shop', parent: 'folders/5' }
        : { name, parent: 'organizations/1' },
  }
  test('tells what it lies in, up to the organisation', async () => {
    const { documents, events } = await rulings(FOLDER)
    expect(documents['gcp.tree:folders/7/above']).toEqual({
      parents: { 'folders/7': 'folders/5' },
      numbers: {},
      above: ['folders/5', 'organizations/1'],
    })
    expect(coverage(events, 'hierarchy')['entitlement']).toMatchObject({ state: 'complete' })
  })
  test('leaves out what is above it where that may not be asked, and forgets none of it', async () => {
    const { documents, events } = await rulings({
      ...FOLDER,
      'resourcemanager.folders.get': (params) =>
        params['name'] === 'folders/7' ? FOLDER['resourcemanager.folders.get']?.(params) : no('denied'),
    })
    expect(Object.keys(documents)).toEqual(['gcp.tree:folders/7'])
    // Where a row of it is held, the look is none at all; here everything is taken to be held.
    expect(coverage(events, 'hierarchy')['entitlement']).toMatchObject({
      state: 'partial',
      why: 'denied',
      permission: 'resourcemanager.folders.get',
    })
  })
})

describe('a project that is read by itself', () => {
  const named = (more: object): Answers => ({
    'sign-in': () => ({ method: 'ambient', resources: ['projects/proj-one'] }),
    'resourcemanager.projects.get': () => project('proj-one', '101', more),
  })
  test('tells its number, and what it lies in', async () => {
    const { documents } = await rulings(named({ parent: 'organizations/1' }))
    expect(documents).toEqual({
      'gcp.tree:projects/proj-one': { parents: {}, numbers: { 'proj-one': '101' } },
      'gcp.tree:projects/proj-one/above': {
        parents: { 'projects/proj-one': 'organizations/1' },
        numbers: {},
        above: ['organizations/1'],
      },
    })
  })
  test('of which it is not told what it lies in is not said to lie in nothing', async () => {
    const { documents } = await rulings(named({}))
    expect(Object.keys(documents)).toEqual(['gcp.tree:projects/proj-one'])
    const { documents: odd } = await rulings(named({ parent: 'galaxies/1' }))
    expect(Object.keys(odd)).toEqual(['gcp.tree:projects/proj-one'])
  })
})

test('a file, which knows neither folders nor numbers, tells nothing of the hierarchy', async () => {
  const path = join(tmpdir(), `gcp-hierarchy-${process.pid}.json`)
  const email = 'a@proj-one.iam.gserviceaccount.com'
  writeFileSync(
    path,
    JSON.stringify([{ name: `projects/proj-one/serviceAccounts/${email}`, uniqueId: '1', email }]),
  )
  const { transport } = await openExport(GCLOUD, path)
  const events = await eventsOf(transport)
  const rows = observationsOf(events)
  expect(rows.some(({ kind }) => kind === 'identity')).toBe(true)
  expect(rows.filter((one) => one.kind === 'entitlement' && one.type === 'gcp.tree')).toEqual([])
  expect(coverage(events, 'hierarchy')['entitlement']).toMatchObject({ state: 'partial', why: 'not-offered' })
})

describe('a role that bindings still name', () => {
  const NAMED = policy('projects/proj-one', { role: 'projects/proj-one/roles/gone', members: [A] })
  const document = async (answers: Answers) => {
    const { of } = await read({ ...NAMED, ...answers })
    return of('entitlement').find(({ nativeId }) => nativeId === 'projects/proj-one/roles/gone')?.document
  }
  test('gives nothing where it was deleted', async () =>
    expect(await document({})).toMatchObject({
      state: 'known',
      value: { deleted: true, includedPermissions: [] },
    }))
  test('is not known where the roles of its project may not be listed', async () =>
    expect(await document({ 'iam.roles.list': () => no('denied') })).toMatchObject({
      state: 'unknown',
      why: 'denied',
    }))
  test('is not said to be deleted where one that is asked for by itself is not found', async () => {
    const elsewhere = 'projects/other-one/roles/gone'
    const { of } = await read({
      ...policy('projects/proj-one', { role: elsewhere, members: [A] }),
      'iam.roles.get': ({ name }) => (name === elsewhere ? no('not-offered', 'gone') : {}),
    })
    expect(of('entitlement').find(({ nativeId }) => nativeId === elsewhere)?.document.state).toBe('absent')
  })
})

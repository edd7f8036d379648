// Without the names of people nobody of the sample organisation is named by any file of a pack, by account or address.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { asked, inPack, wholePack } from '@/tests/asked-pack'
import { packFacts } from '../facts'
import { renderings } from '../renderings'
import type { Asked } from '../part'
import { veilOf } from './veil'

const DAY_MS = 86_400_000

let question: Asked
let files: Record<string, string>
beforeAll(async () => {
  const { moment } = await asked()
  question = await asked({
    moment,
    from: new Date(Date.parse(moment.valid) - DAY_MS / 24).toISOString(),
    controls: ['owasp-nhi'],
    redact: ['people'],
  })
  files = await wholePack(question)
  await inPack(question, async (at) => {
    const report = await packFacts.report(at, [])
    for (const { file, render } of renderings) {
      const chunks: Uint8Array[] = []
      for await (const chunk of render(report, () => packFacts.findings(at))) chunks.push(chunk)
      files[file] = Buffer.concat(chunks).toString('utf8')
    }
  })
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('without the names of people', () => {
  test('no file calls the account of a person, or an owner, by its name', async () => {
    const humans = await db.identity.findMany({ where: { class: 'human' } })
    const owners = await db.posture.findMany({ where: { ownerName: { contains: '@' } } })
    const names = new Set([
      ...humans.flatMap(({ name, nativeId }) => [name, nativeId]).filter((name) => /[@:/]/.test(name)),
      ...owners.flatMap(({ ownerName }) => ownerName ?? []),
    ])
    expect(names.size).toBeGreaterThan(10)
    for (const [file, text] of Object.entries(files))
      expect(
        [...names].filter((name) => text.toLowerCase().includes(name.toLowerCase())),
        file,
      ).toEqual([])
  })
  test('accounts of machines are called as they are', async () => {
    const machine = await db.identity.findFirstOrThrow({
      where: { class: 'machine', name: { contains: '@' }, retiredAt: null },
    })
    expect(files['population.csv']).toContain(machine.name)
  })
  test('a name is one word wherever it stands', async () => {
    const { name } = await db.identity.findFirstOrThrow({
      where: { class: 'human', name: { contains: '@' } },
    })
    await inPack(question, async (at) => {
      const veil = await veilOf(at)
      const word = veil?.cell(name)
      expect(word).toMatch(/^person-[\da-f]{12}$/)
      expect(veil?.cell(`user:${name}`)).toBe(`user:${word}`)
      expect(veil?.cell(`["user:${name}", "${name.toUpperCase()}"]`)).toBe(`["user:${word}", "${word}"]`)
      expect(veil?.words(`It was used by ${name}.`)).toBe(`It was used by ${word}.`)
      expect(veil?.words('Nobody answers for it.')).toBe('Nobody answers for it.')
    })
  })
  test('more names than can be held are no pack instead of one with names', async () => {
    await expect(inPack(question, (at) => veilOf(at, 3))).rejects.toThrow('more than 3 names of people')
  })
})

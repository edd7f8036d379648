// The facts and files of packs about the sample organisation agree with its pages, and asked again they are the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { atMoment } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { ruleTallies } from '@/inventory/queries/rule-tallies'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { asked, fileOf, inPack, rowsOf, wholePack } from '@/tests/asked-pack'
import type { Asked } from '../part'
import { packFacts } from '.'

const auditor = actorAs('auditor')
let now: Asked['moment']
beforeAll(async () => {
  now = (await asked()).moment
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const reportOf = (question: Asked) => inPack(question, (at) => packFacts.report(at, []))

describe('counts of rules', () => {
  test('over everything are those of the tallies, passes among them', async () => {
    const question = await asked({ moment: now, controls: ['owasp-nhi', 'csf'] })
    const { controls } = await reportOf(question)
    const tallies = await atMoment(now, () => ruleTallies(auditor))
    const tests = new Map(controls.flatMap(({ rules }) => rules).map((one) => [one.id, one]))
    const counted = [...tests.values()].map(({ id, pass, fail, unknown }) => ({ id, pass, fail, unknown }))
    const told = tallies
      .filter(({ ruleId }) => tests.has(ruleId))
      .map(({ ruleId, pass, fail, unknown }) => ({ id: ruleId, pass, fail, unknown }))
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(counted.sort(byId)).toEqual(told.sort(byId))
    expect(counted.reduce((sum, { pass }) => sum + pass, 0)).toBeGreaterThan(100)
  })
})

test('look', async () => {
  const { writeFileSync } = await import('node:fs')
  const report = await reportOf(
    await asked({ moment: now, controls: ['pci-dss'], filter: { class: ['machine'] } }),
  )
  writeFileSync('/tmp/pc-report.json', JSON.stringify(report, null, 1))
  const whole = await reportOf(await asked({ moment: now, controls: ['owasp-nhi'] }))
  writeFileSync('/tmp/pc-report-whole.json', JSON.stringify(whole, null, 1))
  const pack = await wholePack(
    await asked({ moment: now, controls: ['pci-dss'], filter: { class: ['machine'] } }),
  )
  for (const [name, text] of Object.entries(pack)) writeFileSync(`/tmp/pc-${name}`, text)
})

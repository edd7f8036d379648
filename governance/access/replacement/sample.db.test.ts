// The sample organisation: every credential that could be done without has a way, over command line and API the same.
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ReplacementAnswer } from '@/app/api/v1/_api/replacement-schemas'
import { handlers } from '@/app/api/v1/_api/routes'
import { createToken } from '@/governance/tokens/create-token'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf } from '@/tests/queried-estate'
import { readHcl } from '@/tests/read-hcl'
import { runCli } from '@/tests/run-cli'
import { ADMINISTRATOR } from '@/tests/sample/administrator'
import { replacementOf } from './replacement-of'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const found = () =>
  db.finding.findMany({
    where: { ruleId: 'credential-replaceable', state: 'open', verdict: 'fail' },
    orderBy: { id: 'asc' },
  })
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('whatever the rule speaks of has a way whose files are texts of their languages', async () => {
  const findings = await found()
  expect(findings.length).toBeGreaterThan(10)
  const types = new Set<string>()
  for (const { subjectId, subjectName } of findings) {
    const { ways, credential } = await replacementOf(actorOf('analyst'), subjectId)
    expect(ways.length, subjectName).toBeGreaterThan(0)
    types.add(credential.type)
    for (const { language, text } of ways.flatMap(({ files }) => files))
      if (language === 'hcl') expect(readHcl(text).length, subjectName).toBeGreaterThan(0)
      else expect(parse(text), subjectName).toBeTypeOf('object')
  }
  expect(types.size).toBeGreaterThan(4)
})
test('command line and API answer the same', async () => {
  const [finding] = await found()
  const id = finding?.subjectId ?? ''
  const user = await db.user.findFirstOrThrow({ where: { email: ADMINISTRATOR.email } })
  const actor = { kind: 'user', id: user.id, name: ADMINISTRATOR.name, role: 'administrator' } as const
  const { token } = await createToken(actor, { name: 'test' })
  const response = await handlers('/credentials/{id}/replacement').GET(
    new Request(`${HOST}/api/v1/credentials/${id}/replacement`, {
      headers: { authorization: `Bearer ${token}` },
    }),
  )
  expect(response.status).toBe(200)
  const api = ReplacementAnswer.parse(await response.json())
  const { code, out } = await runCli(['credentials', 'replace', id, '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ schema: 'rollcall.credential-replacement/1' })
  const cli = ReplacementAnswer.parse(JSON.parse(out))
  expect({ ...cli, at: api.at }).toEqual(api)
  const { out: text } = await runCli(['credentials', 'replace', id])
  for (const { title, files } of api.ways) {
    expect(text).toContain(title)
    for (const { name } of files) expect(text).toContain(`--- ${name}`)
  }
  expect(text).toContain('Nothing of this is run by Rollcall')
  const one = await runCli(['credentials', 'replace', id, '--way', api.ways[0]?.id ?? '', '--json'])
  expect(ReplacementAnswer.parse(JSON.parse(one.out)).ways).toEqual(api.ways.slice(0, 1))
  expect((await runCli(['credentials', 'replace', 'nobody'])).code).toBe(5)
})

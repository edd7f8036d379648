// The table itself: ids are its own, actions exist, and none is in it twice.
import { expect, test } from 'vitest'
import { actionNamed } from '../catalogue'
import { TABLE } from './table'

test('every action is one that AWS knows', () => {
  const unknown = TABLE.flatMap(({ needs }) => needs).filter((action) => actionNamed(action)?.name !== action)
  expect([...new Set(unknown)]).toEqual([])
})

test('ids are the definitions’ own', () => {
  expect(new Set(TABLE.map(({ id }) => id)).size).toBe(TABLE.length)
  expect(TABLE.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
})

test('no two say the same: permissions, way and targets', () => {
  const keys = TABLE.map(({ needs, way, ...rest }) =>
    JSON.stringify([
      [...needs].sort(),
      way,
      'of' in rest && rest.of,
      'held' in rest && rest.held,
      'enter' in rest,
    ]),
  )
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test('every one names where it is documented', () => {
  expect(TABLE.filter(({ source, title, gives }) => !source || !title || !gives)).toEqual([])
})

/** Ids of pathfinding.cloud as of December 2025, with those of newer files that have no other meaning since. */
const KNOWN = `apprunner 2, batch 3, bedrock 7, braket 1, cloudformation 5, codebuild 4, codedeploy 1,
  cognitoidentity 1, datapipeline 1, ec2 4, ec2instanceconnect-003, ecs 9, emr 1, emrserverless 1, gamelift 1, glue 7,
  iam 26, imagebuilder 1, kinesisanalytics 1, lambda 6, omics 1, sagemaker 5, scheduler 1, ssm 3, sso 3, stepfunctions 2,
  sts 4`
  .split(',')
  .flatMap((part) => {
    const [name = '', count] = part.trim().split(' ')
    if (count === undefined) return [name]
    return Array.from({ length: Number(count) }, (_, at) => `${name}-${String(at + 1).padStart(3, '0')}`)
  })

test('every known path is told, by its reference', () => {
  const told = TABLE.map(({ source }) => source).join(' ')
  expect(KNOWN.filter((id) => !told.includes(id))).toEqual([])
  expect(KNOWN.length).toBe(102)
})

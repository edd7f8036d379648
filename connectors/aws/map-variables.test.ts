// Variables with secrets in plain, of each thing that runs: decoded by the allow-list, which lets no value through.
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { functionVariables, projectVariables, taskVariables } from './map-variables'
import { LambdaFunction, ProjectsAnswer, TaskDefinitionAnswer } from './shapes-workloads'

const CANARY = 'canary-value'
const arn = (rest: string) => `arn:aws:service:eu-west-1:123456789012:${rest}`
function decoded<T>(shape: z.ZodType<T>, answer: object): T {
  const found = shape.parse(answer)
  expect(JSON.stringify(found)).not.toContain(CANARY)
  return found
}
const functionWith = (Environment?: object) =>
  functionVariables(
    decoded(LambdaFunction, {
      ...{ FunctionArn: arn('function:x'), FunctionName: 'x', Role: arn('role/x') },
      ...{ Description: CANARY, Environment },
    }),
    'list',
  )
const task = (containerDefinitions?: object[]) =>
  decoded(TaskDefinitionAnswer, { taskDefinition: { taskDefinitionArn: 'x:1', containerDefinitions } })
    .taskDefinition
const taskWith = (...containers: object[]) => taskVariables([task(containers)], 'list')
function buildWith(environment?: object) {
  const answer = { projects: [{ name: 'x', arn: arn('project/x'), environment }], projectsNotFound: [] }
  return decoded(ProjectsAnswer, answer).projects.map((one) => projectVariables(one, 'list'))[0]
}
const variables = (...environmentVariables: object[]) => buildWith({ environmentVariables })

const NONE = { state: 'absent', source: 'list' }
const names = (...found: string[]) => ({
  ...{ state: 'known', source: 'list' },
  value: { count: found.length, names: found },
})
const plain = (name: string, more: object = {}) => ({ name, value: CANARY, ...more })

test('of a function: names that tell of a secret, whatever stands in them', () => {
  const Variables = {
    ...{ API_KEY: CANARY, TOKEN_URL: CANARY, QUEUE: CANARY },
    ...{ TOKEN: { odd: CANARY }, SECRET: null, DB_PASSWORD: '' },
  }
  expect(functionWith({ Variables })).toEqual(names('API_KEY', 'DB_PASSWORD', 'SECRET', 'TOKEN'))
  expect(functionWith({ Variables: { QUEUE: CANARY, DB_SECRET_ARN: CANARY } })).toEqual(NONE)
})
test('of a function without variables there is none: AWS leaves them out', () => {
  expect(functionWith()).toEqual(NONE)
  expect(functionWith({ Variables: {} })).toEqual(NONE)
})
test('of a function of whose variables AWS tells an error nothing is known, and nothing of its text is told', () => {
  const Error = { ErrorCode: 'AccessDeniedException', Message: CANARY }
  const fact = functionWith({ Error })
  expect(fact).toMatchObject({ state: 'unknown', why: 'denied' })
  expect(JSON.stringify(fact)).not.toContain(CANARY)
  expect(functionWith({ Error: {} })).toMatchObject({ state: 'unknown', why: 'not-offered' })
})

test('of a task: over all containers and all that it runs by, each name once', () => {
  const one = task([
    { environment: [plain('API_KEY'), plain('LOG_LEVEL')] },
    { environment: [plain('TOKEN')] },
  ])
  const other = task([{ environment: [plain('TOKEN'), plain('PASSWORD')] }])
  expect(taskVariables([one, other], 'list')).toEqual(names('API_KEY', 'PASSWORD', 'TOKEN'))
})
test('of a task: what is taken from a store is none', () =>
  expect(taskWith({ secrets: [{ name: 'DB_PASSWORD', valueFrom: CANARY }] })).toEqual(NONE))
test('of a task: a file may hold more of them', () => {
  const file = { environmentFiles: [{ value: CANARY, type: 's3' }] }
  expect(taskWith({}, file)).toMatchObject({ state: 'unknown', why: 'not-collected' })
  expect(taskWith({ ...file, environment: [plain('TOKEN')] })).toMatchObject({
    value: { names: ['TOKEN'], more: expect.stringContaining('S3') as string },
  })
})
test('of a task nothing is known where the answer holds no containers, or where it names nothing that it runs by', () => {
  expect(taskVariables([task([{}]), task()], 'list')).toMatchObject({ state: 'unknown', why: 'not-offered' })
  expect(taskVariables([], 'list')).toMatchObject({ state: 'unknown', why: 'not-offered' })
})

test('of a build: by where the value comes from, which is in plain where nobody says anything', () => {
  const kept = ['PARAMETER_STORE', 'SECRETS_MANAGER'].map((type) => plain('KEPT_TOKEN', { type }))
  expect(variables(...kept)).toEqual(NONE)
  const open = [plain('NPM_TOKEN'), plain('SONAR_TOKEN', { type: 'PLAINTEXT' }), plain('REGION')]
  expect(variables(...kept, ...open)).toEqual(names('NPM_TOKEN', 'SONAR_TOKEN'))
})
test('of a build whose answer holds no environment nothing is known', () =>
  expect(buildWith()).toMatchObject({ state: 'unknown', why: 'not-offered' }))

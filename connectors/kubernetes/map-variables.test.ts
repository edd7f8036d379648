// Which variables of a workload have secrets in plain, by names alone: of its template and of its pods together.
import { describe, expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { workload } from './map-workload'
import { PodSpec } from './shapes-pods'
import { addPod, addSpec, newDraft } from './workload-draft'

const CANARY = 'canary-value'
const AT = { uid: 'u', kind: 'Deployment', namespace: 'shop', name: 'api' }
const SOURCE = 'list deployments.apps'

/** @param template what it says of variables; the others are its pods */
function factOf(template: object, ...pods: object[]) {
  const draft = newDraft(AT)
  // As a file is: decoded when it is opened, and again when it is asked.
  const decoded = (spec: object) => PodSpec.parse(PodSpec.parse(spec))
  addSpec(draft, decoded(template), new Map())
  for (const pod of pods) addPod(draft, decoded(pod), new Map())
  const row = Observation.parse(workload(draft, new Map(), 'cluster'))
  expect(JSON.stringify(row)).not.toContain(CANARY)
  return row.kind === 'workload' ? row.plainSecrets : undefined
}
const env = (...variables: object[]) => ({ containers: [{ env: variables }] })
const plain = (name: string) => ({ name, value: CANARY })
const from = (name: string, valueFrom: object) => ({ name, valueFrom })

describe('variables', () => {
  test('whose value stands there, told by name, over containers of every kind', () => {
    const fact = factOf({
      containers: [{ env: [plain('DB_PASSWORD'), plain('LOG_LEVEL')] }, { env: [plain('DB_PASSWORD')] }],
      initContainers: [{ env: [plain('API_KEY')] }],
      ephemeralContainers: [{ env: [plain('GITHUB_TOKEN')] }],
    })
    expect(fact).toEqual({
      state: 'known',
      value: { count: 3, names: ['API_KEY', 'DB_PASSWORD', 'GITHUB_TOKEN'] },
      source: SOURCE,
    })
  })
  test('that are taken from a Secret or from the pod itself are none', () =>
    expect(
      factOf(
        env(
          from('DB_PASSWORD', { secretKeyRef: { name: 'db', key: 'password' } }),
          from('POD_TOKEN', { fieldRef: { fieldPath: 'metadata.name' } }),
          from('API_KEY', { someNewRef: { name: 'x' } }),
        ),
      ),
    ).toEqual({ state: 'absent', source: SOURCE }))
  test('that are taken from a ConfigMap are as plain as it is', () =>
    expect(
      factOf(env(from('DB_PASSWORD', { configMapKeyRef: { name: 'db', key: 'password' } }))),
    ).toMatchObject({
      value: { names: ['DB_PASSWORD'] },
    }))
  test('with no value are told as well: whether one is empty is not read', () =>
    expect(factOf(env({ name: 'DB_PASSWORD' }))).toMatchObject({ value: { names: ['DB_PASSWORD'] } }))
  test('of a pod that was made by an older template count too', () =>
    expect(factOf(env(plain('TOKEN')), env(plain('OLD_TOKEN')))).toMatchObject({
      value: { names: ['OLD_TOKEN', 'TOKEN'] },
    }))
})

describe('all that a ConfigMap holds', () => {
  const unnamed = { envFrom: [{ configMapRef: { name: 'settings' } }] }
  test('may be more of them: nothing is said to be absent', () => {
    expect(factOf({ containers: [unnamed] })).toMatchObject({ state: 'unknown', why: 'not-collected' })
    expect(factOf({ containers: [{}] }, { containers: [unnamed] })).toMatchObject({ state: 'unknown' })
  })
  test('takes nothing from what was seen', () =>
    expect(factOf({ containers: [{ ...unnamed, env: [plain('TOKEN')] }] })).toMatchObject({
      value: { names: ['TOKEN'], more: expect.stringContaining('ConfigMap') as string },
    }))
  test('is no such thing where it is a Secret', () =>
    expect(factOf({ containers: [{ envFrom: [{ secretRef: { name: 'db' } }] }] })).toMatchObject({
      state: 'absent',
    }))
})

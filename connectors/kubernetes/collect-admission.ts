// What decides which objects the cluster lets in.
import type { z } from 'zod'
import type { Stream, StreamAt } from '@/core/connector'
import type { Kind, Of } from '@/core/observation'
import { tryList, type Params } from './list'
import {
  admissionBinding,
  admissionPolicy,
  mutatingWebhooks,
  namespaceLabels,
  podSecurity,
  validatingWebhooks,
} from './map-admission'
import { ADMISSION, LIST } from './permissions'
import { placeOf, servedVersion } from './place'
import { Bare } from './shapes'
import { AdmissionBinding, AdmissionPolicy, Webhooks } from './shapes-admission'

const KINDS = ['entitlement'] as const satisfies readonly Kind[]
type Listed = (at: StreamAt, params: Params) => AsyncGenerator<Of<'entitlement'>>

const listed = <T extends { metadata: { uid: string } }>(
  permission: string,
  item: z.ZodType<T>,
  ...rows: ((one: T) => Of<'entitlement'>)[]
): Listed =>
  async function* (at, params) {
    const found = await tryList(at, { permission, params, item, kinds: KINDS })
    at.lacking(KINDS, found)
    if (found.state === 'known') for await (const one of found.value) for (const row of rows) yield row(one)
  }

const levels = listed(LIST.namespaces, Bare, podSecurity, namespaceLabels)
export const podSecurityLevels: Stream = {
  kinds: KINDS,
  async *collect(at) {
    yield* levels(at, placeOf(at.scope).params)
  },
}

const RULES: readonly Listed[] = [
  listed(LIST.admissionPolicies, AdmissionPolicy, admissionPolicy),
  listed(LIST.admissionBindings, AdmissionBinding, admissionBinding),
  listed(LIST.validatingWebhooks, Webhooks, validatingWebhooks),
  listed(LIST.mutatingWebhooks, Webhooks, mutatingWebhooks),
]
export const admission: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const version = await servedVersion(at, ADMISSION, ['v1'])
    at.lacking(KINDS, version)
    if (version.state !== 'known') return
    const params = { ...placeOf(at.scope).params, version: version.value }
    for (const rules of RULES) yield* rules(at, params)
  },
}

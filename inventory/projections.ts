// How each kind of observation becomes columns. The one place that knows both the document and the table.
import type { Kind } from '@/core/observation'

export type Projection = {
  table: string
  /** Column → SQL over `s.doc` (the document) and `@scope` (the id of the scope). Constant text: nothing from outside gets in. */
  columns: Readonly<Record<string, string>>
  /** The field that names the identity the row is about, as SQL. */
  identityRef?: string
}

const text = (field: string) => `s.doc ->> '${field}'`
const instant = (field: string) => `fact_instant(s.doc, '${field}')`
const flag = (field: string) => `fact_text(s.doc, '${field}')::boolean`
const texts = (field: string) => `ARRAY(SELECT jsonb_array_elements_text(s.doc -> '${field}'))`
const state = (field: string) => `s.doc -> '${field}' ->> 'state'`
/** When a value was made: rotated, else created. Whether it was rotated may not be known, and then that is not either. */
const VALUE_MADE = `CASE ${state('rotatedAt')} WHEN 'known' THEN ${instant('rotatedAt')} WHEN 'absent' THEN ${instant('createdAt')} END`
const aboutIdentity = (ref: string) => ({
  identity_ref: ref,
  identity_id: `rollcall_id(@scope, 'identity', ${ref})`,
})

export const PROJECTIONS: Readonly<Record<Kind, Projection>> = {
  identity: {
    table: 'identity',
    columns: {
      type: text('type'),
      name: text('name'),
      class: text('class'),
      aliases: texts('aliases'),
      created_at: instant('createdAt'),
      last_used_at: instant('lastUsedAt'),
      last_used_state: state('lastUsedAt'),
      enabled: flag('enabled'),
    },
  },
  credential: {
    table: 'credential',
    identityRef: `fact_text(s.doc, 'identity')`,
    columns: {
      ...aboutIdentity(`fact_text(s.doc, 'identity')`),
      type: text('type'),
      form: text('form'),
      name: text('name'),
      created_at: instant('createdAt'),
      rotated_at: instant('rotatedAt'),
      expires_at: instant('expiresAt'),
      last_used_at: instant('lastUsedAt'),
      enabled: flag('enabled'),
      value_made_at: VALUE_MADE,
      expires_state: state('expiresAt'),
      last_used_state: state('lastUsedAt'),
    },
  },
  entitlement: {
    table: 'entitlement',
    columns: {
      type: text('type'),
      name: text('name'),
      language: text('language'),
      managed_by: text('managedBy'),
      aliases: texts('aliases'),
    },
  },
  grant: {
    table: '"grant"',
    identityRef: text('identity'),
    columns: {
      ...aboutIdentity(text('identity')),
      entitlement_id: `rollcall_id(@scope, 'entitlement', s.doc ->> 'entitlement')`,
      effect: text('effect'),
      via: text('via'),
    },
  },
  trust: {
    table: 'trust',
    identityRef: text('identity'),
    columns: {
      ...aboutIdentity(text('identity')),
      principal_type: text('principalType'),
      principal: text('principal'),
      effect: text('effect'),
    },
  },
  workload: {
    table: 'workload',
    columns: { type: text('type'), name: text('name'), aliases: texts('aliases'), uses: texts('uses') },
  },
  usage: {
    table: 'usage',
    identityRef: text('identity'),
    columns: {
      ...aboutIdentity(text('identity')),
      used_at: `(s.doc ->> 'at')::timestamptz`,
      what: text('what'),
    },
  },
  'owner-hint': {
    table: 'owner_hint',
    identityRef: text('identity'),
    columns: {
      ...aboutIdentity(text('identity')),
      names: text('names'),
      value: text('value'),
      via: text('via'),
    },
  },
  secret: {
    table: 'secret',
    columns: {
      type: text('type'),
      name: text('name'),
      rotated_at: instant('rotatedAt'),
      last_read_at: instant('lastReadAt'),
      expires_at: instant('expiresAt'),
      value_made_at: VALUE_MADE,
      expires_state: state('expiresAt'),
      last_read_state: state('lastReadAt'),
    },
  },
  issuer: {
    table: 'issuer',
    columns: {
      type: text('type'),
      name: text('name'),
      aliases: texts('aliases'),
      expires_at: instant('expiresAt'),
    },
  },
}

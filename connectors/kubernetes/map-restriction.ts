// What decides about the use of rights that others give: an entitlement that gives nobody anything and that nobody holds.
import type { Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import type { Metadata } from './shapes'

type Restriction = { type: string; language: string; document: Fact<Record<string, unknown>> }

export const restriction = (
  { uid, namespace, name }: Pick<Metadata, 'uid' | 'namespace' | 'name'>,
  { type, language, document }: Restriction,
): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: uid,
  aliases: [],
  type,
  name: namespace ? `${namespace}/${name}` : name,
  language,
  managedBy: 'customer',
  document,
  gives: 'nothing',
})

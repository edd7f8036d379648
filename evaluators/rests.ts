// The parts that answers about a principal rest on, whatever the platform: what it holds itself, and what a realm tells of everybody.
import type { Principal, Realm, Rests } from '@/core/access'

/** The principal and how it holds what, and the documents themselves: many hold the same ones. */
export function ownParts({ held, ...own }: Principal): Rests {
  const bindings = held.map(({ document, ...binding }) => [binding, document !== undefined])
  return [{ own, bindings }, ...held.flatMap(({ document }): object[] => (document ? [document] : []))]
}

/** What else a realm holds, in the order in which it is looked at. @param told what all rest on of other principals */
export function frameOf({ principals, ...rest }: Realm, told: (one: Principal) => object): object {
  return { frame: { ...rest, principals: principals.map(told) } }
}

/** What others hold, and whom they let in, is not among it. */
export const named = ({ id, type, name, aliases, tags }: Principal): object => ({
  ...{ id, type, name, aliases },
  ...(tags && { tags }),
})

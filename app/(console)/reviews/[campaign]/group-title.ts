// What a system or kind is called: two systems of the same name are told apart by whose they are.
import type { Group } from '@/governance/campaigns/reviewing/tally'
import { connectorTitle, typeTitle } from '@/app/_inventory/type-title'

export function groupTitle({ key, title, type }: Group, all: readonly Group[]): string {
  if (key === type) return typeTitle(type)
  const isAlone = all.filter((one) => one.title === title).length < 2
  return isAlone ? title : `${title} (${connectorTitle(type.slice(0, type.indexOf('.')))})`
}

// What the registry says about a rule; a rule that is no longer there keeps its id as its title.
import { rules } from '@/rules'

export const ruleMeta = (id: string) => rules.find((rule) => rule.meta.id === id)?.meta
export const ruleTitle = (id: string): string => ruleMeta(id)?.title ?? id

// What a rule calls itself; one that is no longer there keeps its id.
import { rules } from '@/rules'

const TITLES = new Map(rules.map(({ meta }) => [meta.id, meta.title]))
export const ruleTitleOf = (id: string): string => TITLES.get(id) ?? id

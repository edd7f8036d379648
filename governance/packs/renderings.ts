// Files of a pack that are made of its facts instead of from the record.
import type { Rendering } from './part'

export const renderings: readonly Rendering[] = []

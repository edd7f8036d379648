// Settings of one connection: none. Files need no address and no sign-in.
import { z } from 'zod'

export const SpireSettings = z.strictObject({})
export type SpireSettings = z.infer<typeof SpireSettings>

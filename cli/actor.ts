// Who acts at the command line: whoever can start it has the database already, so they are administrators.
import type { Actor } from '@/core/permissions'
import { env } from '@/env'

export const cliActor = (): Actor => ({
  kind: 'cli',
  role: 'administrator',
  id: `cli:${env.userName}`,
  name: `${env.userName} (command line)`,
})

// Stops and resumes the scheduled syncs of a connection. A sync can still be asked for by hand.
import { z } from 'zod'
import { ensure } from '@/core/errors'
import { command } from '../command'
import { dropResumes } from '../runs/drop-resumes'
import { lockConnection } from '../runs/start-run'

const pausing = (name: string, paused: boolean) =>
  command({
    name,
    permission: 'source:manage',
    input: z.strictObject({ connectionId: z.uuid() }),
    async run({ input: { connectionId }, tx, now }) {
      const connection = await lockConnection(tx, connectionId)
      ensure(connection.mode === 'live', 'invalid', 'Only a live connection is synced on a schedule.')
      await tx.connection.update({ where: { id: connectionId }, data: { paused } })
      if (paused) await dropResumes(tx, connectionId, { why: 'paused', now })
      return { id: connectionId, paused }
    },
    activity: ({ connectionId }) => ({ object: `connection:${connectionId}` }),
  })

export const pauseConnection = pausing('connection.pause', true)
export const resumeConnection = pausing('connection.resume', false)

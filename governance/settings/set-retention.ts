// For how many days the past can be asked about. Longer takes room; shorter lets go of what is older, within a day.
import { z } from 'zod'
import { HistorySetting } from '@/inventory/moment/history-begins'
import { command } from '../command'

export const RETENTION_DAYS = { min: 30, max: 3650, default: 400 } as const
const OUT_OF_RANGE = `must be a whole number of days from ${RETENTION_DAYS.min} to ${RETENTION_DAYS.max}`

export const setRetention = command({
  name: 'history.set-retention',
  permission: 'setting:manage',
  input: z.strictObject({
    days: z.int(OUT_OF_RANGE).min(RETENTION_DAYS.min, OUT_OF_RANGE).max(RETENTION_DAYS.max, OUT_OF_RANGE),
  }),
  async run({ input: { days }, tx }) {
    await tx.$queryRaw`SELECT 1 FROM setting WHERE key = 'history' FOR UPDATE`
    const { value } = await tx.setting.findUniqueOrThrow({ where: { key: 'history' } })
    const held = HistorySetting.parse(value)
    await tx.setting.update({ where: { key: 'history' }, data: { value: { ...held, days } } })
    return { days, before: held.days }
  },
  activity: (_, { days, before }) => ({ detail: { days, before } }),
})

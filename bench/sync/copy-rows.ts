// The limit of a first sync: the same rows, ready made, copied into tables of the same definition and indexes.
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from, to } from 'pg-copy-streams'
import type pg from 'pg'
import { atMost, secondsOf, spaced, type Step } from '../contract'
import { INVENTORY, settle, withServer } from './server'

const RATIO_MAX = 2

/** Seconds that copying one table takes; writing the file before is not counted. */
async function copyTable(client: pg.Client, table: string, folder: string): Promise<number> {
  const file = path.join(folder, `${table}.copy`)
  try {
    await pipeline(client.query(to(`COPY public."${table}" TO STDOUT`)), createWriteStream(file))
    await client.query(`CREATE TABLE bench_copy."${table}" (LIKE public."${table}" INCLUDING ALL)`)
    await client.query('CHECKPOINT').catch(() => {})
    const began = performance.now()
    await pipeline(
      createReadStream(file, { highWaterMark: 2 ** 20 }),
      client.query(from(`COPY bench_copy."${table}" FROM STDIN`)),
    )
    const seconds = (performance.now() - began) / 1000
    await client.query(`DROP TABLE bench_copy."${table}"`)
    return seconds
  } finally {
    await rm(file, { force: true })
  }
}

export const copyRows: Step = async ({ folder, facts }) => {
  const { first, generateSeconds = 0 } = facts
  if (!first) throw new Error('copying is compared with the first sync, which was not measured')
  await settle()
  let copied = 0
  await withServer(async (client) => {
    await client.query('DROP SCHEMA IF EXISTS bench_copy CASCADE')
    await client.query('CREATE SCHEMA bench_copy')
    for (const table of INVENTORY) copied += await copyTable(client, table, folder)
    await client.query('DROP SCHEMA bench_copy')
  })
  const ratio = first.seconds / copied
  const without = (first.seconds - generateSeconds) / copied
  return {
    figures: [
      {
        group: 'Sync',
        name: 'Plain COPY of the same rows',
        measured: `${secondsOf(copied)}, ${spaced(first.rows / copied)} rows a second`,
        verdict: 'told',
      },
      {
        group: 'Sync',
        name: 'First sync against plain COPY',
        aim: `at most ${RATIO_MAX} times`,
        measured: `${ratio.toFixed(2)} times; ${without.toFixed(2)} without making the observations`,
        verdict: atMost(ratio, RATIO_MAX),
      },
    ],
    facts: {},
  }
}

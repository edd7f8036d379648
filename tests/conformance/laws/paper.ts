// The papers of a connector say what it does: id, README, permissions, streams, types and imports agree.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { holds, observed, type Law } from '../law'

const HEADINGS = ['## Setup', '## Permissions', '## What it reads', '## What it cannot see', '## Imports']

export const paper: Law = async (study) => {
  const { connector, world } = study
  const { manifest } = connector
  const folder = basename(world.folder)
  holds(manifest.id === folder, 'paper', `manifest.id is ${manifest.id}, its folder is ${folder}`)
  const path = join(world.folder, 'README.md')
  holds(existsSync(path), 'paper', `${path} is missing`)
  const readme = readFileSync(path, 'utf8')
  const present = readme.split(/\r?\n/).filter((line) => HEADINGS.includes(line.trim()))
  holds(
    present.join() === HEADINGS.join(),
    'paper',
    `README.md needs these headings once, in order: ${HEADINGS.join(', ')}`,
  )
  const names = manifest.permissions.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  holds(!twice, 'paper', `the manifest declares ${twice} twice`)
  const unsaid = names.filter((name) => !readme.includes(name))
  holds(!unsaid.length, 'paper', `README.md does not mention the permission ${unsaid.join(', ')}`)
  const unread = manifest.imports.filter(({ command }) => !readme.includes(command))
  holds(
    !unread.length,
    'paper',
    `README.md does not show the command of the import ${unread.map(({ id }) => id).join(', ')}`,
  )
  const described = Object.keys(manifest.streams).sort().join()
  const streams = Object.keys(connector.streams).sort().join()
  holds(
    described === streams,
    'paper',
    `the manifest describes the streams ${described}; there are ${streams}`,
  )
  const { events } = await study.calm()
  for (const { observation } of observed(events))
    if ('type' in observation)
      holds(
        manifest.types[observation.type],
        'paper',
        `the manifest has no display name for the type ${observation.type}`,
      )
}

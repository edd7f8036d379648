// The display name of a type of identity, as its connector's manifest gives it.
import { connectors } from '@/connectors'
import { typeWords } from './words'

export function typeTitle(type: string): string {
  const connectorId = type.slice(0, type.indexOf('.'))
  const manifest = Object.hasOwn(connectors, connectorId) ? connectors[connectorId]?.manifest : undefined
  return manifest?.types[type] ?? typeWords(type)
}

export function connectorTitle(connectorId: string): string {
  return (
    (Object.hasOwn(connectors, connectorId) ? connectors[connectorId]?.manifest.title : undefined) ??
    connectorId
  )
}

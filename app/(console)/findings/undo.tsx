'use client'
// Says what was done to findings, and takes it back.
import { UndoLast } from '@/app/_form/undo-last'
import { undo } from './actions'

export const Undo = () => <UndoLast undo={undo} />

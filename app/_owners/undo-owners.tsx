'use client'
// Says what was done to who answers, and takes it back.
import { UndoLast } from '@/app/_form/undo-last'
import { undo } from './actions'

export const UndoOwners = () => <UndoLast undo={undo} />
